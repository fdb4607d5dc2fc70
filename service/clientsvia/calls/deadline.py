"""How long a caller may be kept waiting, in seconds."""

from __future__ import annotations

MEMORY = 0.05  # asking or telling the call-state port; then the call goes on without it
JOIN = 1.0  # waiting for an answer that is being prepared; then it is made anew
ANSWER = 2.5  # a responder, so that no webhook comes near Twilio's 15 s
