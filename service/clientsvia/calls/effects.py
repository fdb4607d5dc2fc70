"""What a decision does beyond the call; carried out once its step is committed, and only once."""

from __future__ import annotations

from clientsvia.companies.value import value


@value(frozen=True, slots=True)
class MessageLeft:
    """A message, or what there is of it so far; what is empty here was not said again.

    ``number`` is where to call back, ``recording`` the address of the sound at Twilio. A message
    that is not ``complete`` when the call is over is kept as it stands.
    """

    name: str = ""
    number: str = ""
    reason: str = ""
    urgent: bool = False
    recording: str = ""
    seconds: int = 0
    complete: bool = False


@value(frozen=True, slots=True)
class MessageTranscribed:
    """What was recognised of a recorded message, in ``text``; empty when nothing was."""

    text: str


@value(frozen=True, slots=True)
class TransferMissed:
    """Nobody of ``target`` took the call; ``outcome`` is one of ``ringing.transfer.Outcome``."""

    target: str
    outcome: str


@value(frozen=True, slots=True)
class UrgentCall:
    """The caller's urgent ``words``, and the ``target`` that is rung for them, if any is."""

    words: str
    target: str = ""


Effect = MessageLeft | MessageTranscribed | TransferMissed | UrgentCall
