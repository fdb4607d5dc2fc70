"""What lets people try an agent without a call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.admin.played_call import Player
from clientsvia.admin.try_it import TryIt
from clientsvia.providers.clock import StartedClock
from clientsvia.transports.text import TextTransport
from clientsvia.transports.text_token import TextTokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.calls.makings import Makings
    from clientsvia.calls.ports import Clock
    from clientsvia.settings import Settings
    from clientsvia.wiring.providers import Providers
    from clientsvia.wiring.stores import Stores


@dataclass(frozen=True, slots=True)
class Trying:
    """Conversations in a page, and calls of the log played again."""

    player: Player
    try_it: TryIt


def open_trying(
    settings: Settings,
    keys: Sequence[bytes],
    stores: Stores,
    providers: Providers,
    makings: Makings,
    clock: Clock,
) -> Trying:
    """The same answers and voices as calls get, and none of the stores that calls are kept in."""
    transport = TextTransport(settings.origin, keys, providers.speech)
    player = Player(makings, stores.prepared, providers.own_data, transport, StartedClock, clock)
    return Trying(player, TryIt(player, TextTokens(keys), clock))
