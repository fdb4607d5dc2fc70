"""The whole service in this process: ASGI in, TwiML out, with SQLite, call log and validation."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from benches.webhook import ACCOUNT, ORIGIN, PATH, TOKEN
from clientsvia.app import create_app
from clientsvia.companies.files import demo_profile
from clientsvia.companies.profile import KnowledgeEntry
from clientsvia.settings import load_settings
from clientsvia.wiring import build, prepare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from clientsvia.companies.profile import CompanyProfile
    from clientsvia.wiring import Services

    Request = tuple[bytes, str] | tuple[bytes, str, str]

WEDNESDAY_MORNING = datetime.fromisoformat("2026-11-18T10:00:00-05:00")  # the demo is open
KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="


@dataclass(frozen=True, slots=True)
class InProcess:
    """A running service whose webhooks are called as the server would call them."""

    app: Callable[..., Any]
    services: Services
    loop: asyncio.AbstractEventLoop

    def post(self, requests: Iterable[Request]) -> bytes:
        """Answer signed webhooks, one after the other; returns the last document.

        Each is a body, its signature and the path with its query, the voice webhook's if left out.
        """
        return self.loop.run_until_complete(_post(self.app, requests))

    def settle(self) -> None:
        """Let the background finish what the webhooks left to it."""
        self.loop.run_until_complete(self._settle())

    async def _settle(self) -> None:
        await self.services.call_log.flush()
        await asyncio.sleep(0.1)

    def be_quiet(self) -> None:
        """Stop following the store, so that nothing but webhooks runs."""
        for task in asyncio.all_tasks(self.loop):
            task.cancel()
        self.settle()


@contextmanager
def service(folder: Path, entries: Sequence[tuple[str, str]] = ()) -> Iterator[InProcess]:
    """The service on a store of its own in ``folder``, with the demo company in it.

    ``entries`` are questions and answers that take the place of the company's knowledge.
    """
    settings = load_settings(
        demo=False,
        public_origin=ORIGIN,
        store=f"sqlite+aiosqlite:///{folder}/clientsvia.db",
        secret_keys=KEY,
        twilio_account_sid=ACCOUNT,
        twilio_auth_tokens=TOKEN,
    ).model_copy(update={"clock_start": WEDNESDAY_MORNING})
    keys = prepare(settings.model_copy(update={"demo": True}))  # with the demo company in the store
    services = build(settings, keys)
    app = create_app(settings, services)
    loop = asyncio.new_event_loop()
    if entries:
        loop.run_until_complete(services.companies.save([_knowing(entries)]))
    loop.run_until_complete(services.start())
    yield InProcess(app, services, loop)
    loop.run_until_complete(services.stop())
    loop.close()


def _knowing(entries: Sequence[tuple[str, str]]) -> CompanyProfile:
    knowledge = tuple(
        KnowledgeEntry(id=f"entry-{at}", question=question, answer=answer)
        for at, (question, answer) in enumerate(entries)
    )
    return demo_profile().model_copy(update={"knowledge": knowledge})


def scope_of(body: bytes, signature: str, target: str) -> dict[str, Any]:
    """What the server hands the application for one webhook."""
    path, _, query = target.partition("?")
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "https",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [
            (b"host", b"answers.example"),
            (b"content-type", b"application/x-www-form-urlencoded"),
            (b"content-length", str(len(body)).encode()),
            (b"x-twilio-signature", signature.encode()),
        ],
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 8000),
    }


async def _post(app: Callable[..., Any], requests: Iterable[Request]) -> bytes:
    """Never yields to the loop by itself: background work does not mix into what is measured."""
    answers: list[bytes] = []

    async def send(message: dict[str, Any]) -> None:
        answers.append(message.get("body", b""))

    for body, signature, *target in requests:
        answers.clear()
        message = {"type": "http.request", "body": body, "more_body": False}

        async def receive(message: dict[str, Any] = message) -> dict[str, Any]:
            return message

        await app(scope_of(body, signature, *target or (PATH,)), receive, send)
    return b"".join(answers)
