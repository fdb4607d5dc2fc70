"""What is worth remembering, up to some size."""

from __future__ import annotations

from collections import OrderedDict
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Kept(Generic[K, V]):
    """Values by key, each of some size; what was put first goes first when all is too much."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held = 0
        self._values: OrderedDict[K, tuple[V, int]] = OrderedDict()

    def get(self, key: K) -> V | None:
        """A value that is still there."""
        found = self._values.get(key)
        return None if found is None else found[0]

    def put(self, key: K, value: V, size: int) -> None:
        """Remember a value in place of any other of its key."""
        self._let_go(key)
        self._values[key] = value, size
        self._held += size
        while self._held > self._most:
            self._let_go(next(iter(self._values)))

    def _let_go(self, key: K) -> None:
        _, size = self._values.pop(key, (None, 0))
        self._held -= size
