"""How long a caller may be kept waiting, in seconds."""

from __future__ import annotations

MEMORY = 0.05  # asking or telling the call-state port; then the call goes on without it
WORDS = 0.5  # the same, for what a caller asked who waits for the answer anyhow
FIRST = 1.2  # until the first sentence of an answer; then a filler is said
WEBHOOK = 2.5  # any single webhook, so that none comes near Twilio's 15 s
TURN = 6.0  # from the caller's last word to an answer, whichever it is, across redirects
SPEAK = 0.8  # the sound of a sentence whose words are there; then Twilio speaks it
GENERATION = 10.0  # a whole answer, to its last sentence
