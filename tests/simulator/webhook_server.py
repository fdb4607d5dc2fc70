"""A webhook server that answers what a test tells it to, and remembers what it was asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from aiohttp import web

from clientsvia.simulator import Script, VirtualClock, place_call

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from clientsvia.simulator import CallResult, Step

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
    Answer = str | Handler


@dataclass(frozen=True, slots=True)
class Asked:
    method: str
    path: str
    query: str
    form: dict[str, str]
    headers: dict[str, str]


def twiml(*verbs: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><Response>{"".join(verbs)}</Response>'


def answer(
    body: bytes | str = b"", *, status: int = 200, content_type: str = "text/xml"
) -> Handler:
    data = body.encode() if isinstance(body, str) else body

    async def handler(_: web.Request) -> web.StreamResponse:
        headers = {"Content-Type": content_type} if content_type else {}
        return web.Response(body=data, status=status, headers=headers)

    return handler


@dataclass
class WebhookServer:
    origin: str = ""
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def on(self, path: str, *answers: Answer) -> None:
        """Answer at ``path`` with each in turn, the last one for ever."""
        self.answers[path] = list(answers)

    def url(self, path: str = "/voice") -> str:
        return f"{self.origin}{path}"

    def at(self, path: str) -> list[Asked]:
        return [request for request in self.asked if request.path == path]

    def forms(self, path: str) -> Iterator[dict[str, str]]:
        return (request.form for request in self.at(path))

    async def handle(self, request: web.Request) -> web.StreamResponse:
        body = (await request.read()).decode()
        form = dict(parse_qsl(body, keep_blank_values=True, strict_parsing=bool(body)))
        self.asked.append(
            Asked(
                request.method,
                request.path,
                request.raw_path.partition("?")[2],
                form,
                {name.lower(): value for name, value in request.headers.items()},
            )
        )
        prepared = self.answers.get(request.path)
        if not prepared:
            return web.Response(status=404)
        chosen = prepared.pop(0) if len(prepared) > 1 else prepared[0]
        if isinstance(chosen, str):
            chosen = answer(chosen)
        return await chosen(request)


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - the same noise each time is the point


async def placed(server: WebhookServer, *steps: Step, **fields: Any) -> CallResult:
    """A call to ``/voice`` in virtual time, by a caller who stays on the line unless told."""
    script = Script(**{"at_end": "stay", "seed": 7, "steps": steps, **fields})
    return await place_call(script, url=server.url(), clock=VirtualClock())


def codes(result: CallResult) -> list[tuple[int, str]]:
    return [(problem.code, problem.level) for problem in result.problems]
