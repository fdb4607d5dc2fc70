"""Which clips there are, and which have to go."""

from __future__ import annotations

from collections import OrderedDict

from clientsvia.calls.clips import owner_of

GRACE_S = 120.0  # longer than anything a document says, and than other workers take to notice
_LEAVING = 8  # the part of the room, an eighth, for those that have to go and can still be fetched


class Shelf:
    """Names and sizes of clips, of which those that may stay take 7/8 of ``limit`` bytes.

    Over the limit, the company that holds most gives up what it has used least recently: who
    holds less than an equal share never loses anything to another.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit - limit // _LEAVING
        self._owners: dict[str, OrderedDict[str, int]] = {}
        self._held: dict[str, int] = {}
        self.total = 0

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name in self._owners.get(owner_of(name), ())

    def __len__(self) -> int:
        return sum(map(len, self._owners.values()))

    def sizes(self, owner: str) -> dict[str, int]:
        """The clips of a company and their sizes, the least recently used first."""
        return dict(self._owners.get(owner, ()))

    def owners(self) -> list[str]:
        """The companies that have clips here."""
        return list(self._owners)

    def use(self, name: str) -> bool:
        """Whether the clip is here; it is then the one used last."""
        clips = self._owners.get(owner_of(name))
        if clips is None or name not in clips:
            return False
        clips.move_to_end(name)
        return True

    def add(self, name: str, size: int) -> None:
        """Put a clip of ``size`` bytes here, as the one used last."""
        self.drop(name)
        owner = owner_of(name)
        self._owners.setdefault(owner, OrderedDict())[name] = size
        self._held[owner] = self._held.get(owner, 0) + size
        self.total += size

    def drop(self, name: str) -> int:
        """Take a clip away; returns its size, 0 when there is none."""
        owner = owner_of(name)
        clips = self._owners.get(owner)
        if clips is None or name not in clips:
            return 0
        size = clips.pop(name)
        self._held[owner] -= size
        self.total -= size
        if not clips:
            del self._owners[owner], self._held[owner]
        return size

    def fits(self, size: int) -> bool:
        """Whether there would be room for so many bytes on an empty shelf."""
        return size <= self._limit

    def surplus(self, needed: int = 0) -> dict[str, int]:
        """Take away what has to go before ``needed`` bytes fit; names and sizes, in order."""
        gone: dict[str, int] = {}
        while self._owners and self.total + needed > self._limit:
            owner = max(self._held, key=self._held.__getitem__)
            name = next(iter(self._owners[owner]))
            gone[name] = self.drop(name)
        return gone
