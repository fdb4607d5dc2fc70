"""Notices what any process commits about companies."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_POLL_S = 0.02
_RETRY_S = 0.2
_REVISION = """
SELECT max(coalesce((SELECT max(revision) FROM companies), 0),
           coalesce((SELECT max(revision) FROM revisions), 0))
"""  # a company that was removed is in the second alone


class Watcher:
    """Follows the newest revision of a database file's companies; ``close`` it after.

    PERF: the thread asks SQLite itself, 20 us a time. Asking from the event loop took three changes
    of thread, 400 us, fifty times a second, and more after each batch of the log.
    """

    def __init__(self, path: Path, *, timeout: float) -> None:
        self._path = path
        self._timeout = timeout
        self._thread: threading.Thread | None = None
        self._closing = False
        self._news = asyncio.Event()
        self._revision = 0
        self._failure: sqlite3.Error | None = None

    async def newer(self, than: int) -> int:
        """The newest revision, as soon as there is one above ``than``.

        Raises the driver's error when the database does not answer.
        """
        if self._thread is None:
            loop = asyncio.get_running_loop()
            self._thread = threading.Thread(
                target=self._watch, args=(loop,), name="company-watcher", daemon=True
            )
            self._thread.start()
        while self._revision <= than:
            self._news.clear()
            await self._news.wait()
            if self._failure is not None:
                raise self._failure
        return self._revision

    async def close(self) -> None:
        """Stop watching."""
        self._closing = True
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join)

    def _watch(self, loop: asyncio.AbstractEventLoop) -> None:
        while not self._closing:
            try:
                self._poll(loop)
            except sqlite3.Error as error:
                self._tell(loop, self._revision, error)
                time.sleep(_RETRY_S)

    def _poll(self, loop: asyncio.AbstractEventLoop) -> None:
        """Look until closed; SQLite promises nothing about versions of two connections."""
        with closing(sqlite3.connect(self._path, timeout=self._timeout)) as connection:
            seen = None
            while not self._closing:
                (version,) = connection.execute("PRAGMA data_version").fetchone()
                if version != seen:
                    (revision,) = connection.execute(_REVISION).fetchone()
                    if self._failure is not None or (revision or 0) != self._revision:
                        self._tell(loop, revision or 0, None)
                    seen = version
                time.sleep(_POLL_S)

    def _tell(
        self, loop: asyncio.AbstractEventLoop, revision: int, failure: sqlite3.Error | None
    ) -> None:
        self._revision, self._failure = revision, failure
        try:
            loop.call_soon_threadsafe(self._news.set)
        except RuntimeError:  # the loop is closed: nobody waits any more
            self._closing = True
