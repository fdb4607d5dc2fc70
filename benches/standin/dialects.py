"""The two ways OpenAI streams an answer, chunk by chunk: the Responses API and chat.completions."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from benches.standin.answers import Asked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from benches.standin.answers import Call

DONE = b"data: [DONE]\n\n"


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a request used; a token is a word of the answer, and four characters of the prompt."""

    prompt: int
    cached: int
    answer: int


class Dialect(Protocol):
    """One request's stream, as bytes; each method but ``asked`` is called in the order given."""

    def asked(self) -> Asked:
        """What the request asks."""

    def opening(self) -> Iterator[bytes]:
        """What comes before the first token."""

    def token(self, text: str) -> bytes:
        """A piece of text."""

    def call(self, index: int, call: Call) -> Iterator[bytes]:
        """A wish to use a tool, in pieces."""

    def ending(self, tokens: Tokens, reason: str) -> Iterator[bytes]:
        """What comes after the last token; ``reason`` is empty, ``length`` or ``filter``."""

    def failure(self, code: str, message: str) -> bytes:
        """An error in mid-stream."""

    def odd(self) -> bytes:
        """A chunk of another shape than any the provider documents."""


def _text(content: object) -> str:
    """The text of a message, which is a string or a list of parts."""
    if isinstance(content, list):
        return "".join(str(part.get("text", "")) for part in content)
    return str(content or "")


def _said_by_us(messages: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """What the service says to the model, beside what callers say and what it answered."""
    for message in messages:
        if message.get("role") in {"system", "developer"}:
            yield _text(message["content"])


def _halves(text: str) -> Iterator[str]:
    middle = len(text) // 2
    yield text[:middle]
    yield text[middle:]


@dataclass(slots=True)
class Responses:
    """``POST /v1/responses``."""

    body: Mapping[str, Any]
    _number: int = 0
    _text: list[str] = field(default_factory=list)
    _open: bool = False
    _output: list[dict[str, Any]] = field(default_factory=list)

    def asked(self) -> Asked:
        given = self.body["input"]
        items = [{"role": "user", "content": given}] if isinstance(given, str) else given
        said = [item for item in items if item.get("role") == "user"]
        results = [
            str(item["output"]) for item in items if item.get("type") == "function_call_output"
        ]
        tools = [tool for tool in self.body.get("tools") or () if tool["type"] == "function"]
        heard = [str(self.body.get("instructions") or ""), *_said_by_us(items)]
        return Asked(_text(said[-1]["content"]), tuple(tools), tuple(results), "\n".join(heard))

    def opening(self) -> Iterator[bytes]:
        yield self._event("response.created", response=self._response("in_progress"))
        yield self._event("response.in_progress", response=self._response("in_progress"))

    def token(self, text: str) -> bytes:
        begun = b"" if self._open else self._begin_message()
        self._text.append(text)
        place = {"item_id": "msg_1", "output_index": 0, "content_index": 0}
        return begun + self._event("response.output_text.delta", delta=text, logprobs=[], **place)

    def _begin_message(self) -> bytes:
        self._open = True
        item = self._message("in_progress", [])
        part = {"type": "output_text", "text": "", "annotations": []}
        place = {"item_id": "msg_1", "output_index": 0, "content_index": 0}
        return self._event("response.output_item.added", output_index=0, item=item) + self._event(
            "response.content_part.added", part=part, **place
        )

    def _end_message(self) -> bytes:
        if not self._open:
            return b""
        self._open = False
        text = "".join(self._text)
        part = {"type": "output_text", "text": text, "annotations": []}
        item = self._message("completed", [part])
        self._output.append(item)
        place = {"item_id": "msg_1", "output_index": 0, "content_index": 0}
        return (
            self._event("response.output_text.done", text=text, logprobs=[], **place)
            + self._event("response.content_part.done", part=part, **place)
            + self._event("response.output_item.done", output_index=0, item=item)
        )

    @staticmethod
    def _message(status: str, content: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "id": "msg_1",
            "type": "message",
            "role": "assistant",
            "status": status,
            "content": content,
        }

    def call(self, index: int, call: Call) -> Iterator[bytes]:
        ended = self._end_message()
        item = {
            "id": f"fc_{index}",
            "type": "function_call",
            "call_id": f"call_{index}",
            "name": call.name,
            "status": "in_progress",
        }
        place = {"item_id": item["id"], "output_index": index + 1}
        at = index + 1
        empty = item | {"arguments": ""}
        yield ended + self._event("response.output_item.added", output_index=at, item=empty)
        for half in _halves(call.arguments):
            yield self._event("response.function_call_arguments.delta", delta=half, **place)
        done = {"arguments": call.arguments}
        named = {"name": call.name}
        yield self._event("response.function_call_arguments.done", **done, **named, **place)
        item |= {"status": "completed", **done}
        self._output.append(item)
        yield self._event("response.output_item.done", output_index=at, item=item)

    def ending(self, tokens: Tokens, reason: str) -> Iterator[bytes]:
        yield self._end_message()
        usage = {
            "input_tokens": tokens.prompt,
            "input_tokens_details": {"cached_tokens": tokens.cached, "cache_write_tokens": 0},
            "output_tokens": tokens.answer,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": tokens.prompt + tokens.answer,
        }
        if not reason:
            response = self._response("completed", usage=usage)
            yield self._event("response.completed", response=response)
            return
        name = "max_output_tokens" if reason == "length" else "content_filter"
        response = self._response("incomplete", usage=usage, incomplete_details={"reason": name})
        yield self._event("response.incomplete", response=response)

    def failure(self, code: str, message: str) -> bytes:
        if code == "error_event":
            return self._event("error", code="server_error", message=message, param=None)
        error = {"code": code, "message": message}
        return self._event("response.failed", response=self._response("failed", error=error))

    def odd(self) -> bytes:
        return b'event: response.completed\ndata: {"type":"response.completed","response":7}\n\n'

    def _response(self, status: str, **fields: object) -> dict[str, Any]:
        return {
            "id": "resp_standin",
            "object": "response",
            "created_at": int(time.time()),
            "status": status,
            "model": self.body["model"],
            "output": self._output,
            "parallel_tool_calls": True,
            "tool_choice": "auto",
            "tools": self.body.get("tools") or [],
            "error": None,
            "incomplete_details": None,
            "usage": None,
            **fields,
        }

    def _event(self, kind: str, **fields: object) -> bytes:
        told = json.dumps({"type": kind, "sequence_number": self._number, **fields})
        self._number += 1
        return f"event: {kind}\ndata: {told}\n\n".encode()


@dataclass(slots=True)
class Chat:
    """``POST /v1/chat/completions``."""

    body: Mapping[str, Any]
    _called: bool = False

    def asked(self) -> Asked:
        messages = self.body["messages"]
        said = [message for message in messages if message["role"] == "user"]
        results = [_text(message["content"]) for message in messages if message["role"] == "tool"]
        tools = [tool["function"] for tool in self.body.get("tools") or ()]
        heard = "\n".join(_said_by_us(messages))
        return Asked(_text(said[-1]["content"]), tuple(tools), tuple(results), heard)

    def opening(self) -> Iterator[bytes]:
        yield self._chunk({"role": "assistant", "content": "", "refusal": None})

    def token(self, text: str) -> bytes:
        return self._chunk({"content": text})

    def call(self, index: int, call: Call) -> Iterator[bytes]:
        self._called = True
        begun = {"name": call.name, "arguments": ""}
        first = {"index": index, "id": f"call_{index}", "type": "function", "function": begun}
        yield self._chunk({"tool_calls": [first]})
        for half in _halves(call.arguments):
            piece = {"index": index, "function": {"arguments": half}}
            yield self._chunk({"tool_calls": [piece]})

    def ending(self, tokens: Tokens, reason: str) -> Iterator[bytes]:
        usual = "tool_calls" if self._called else "stop"
        finish = {"": usual, "length": "length", "filter": "content_filter"}[reason]
        yield self._chunk({}, finish)
        if (self.body.get("stream_options") or {}).get("include_usage"):
            usage = {
                "prompt_tokens": tokens.prompt,
                "completion_tokens": tokens.answer,
                "total_tokens": tokens.prompt + tokens.answer,
                "prompt_tokens_details": {"cached_tokens": tokens.cached},
            }
            yield self._data({**self._head(), "choices": [], "usage": usage})
        yield DONE

    def failure(self, code: str, message: str) -> bytes:
        return self._data({"error": {"message": message, "type": "server_error", "code": code}})

    def odd(self) -> bytes:
        return self._data({**self._head(), "choices": [{"index": 0, "delta": 7}]})

    def _chunk(self, delta: Mapping[str, Any], finish: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return self._data({**self._head(), "choices": [choice]})

    def _head(self) -> dict[str, Any]:
        return {
            "id": "chatcmpl-standin",
            "object": "chat.completion.chunk",
            "created": int(time.time()),
            "model": self.body["model"],
        }

    @staticmethod
    def _data(told: Mapping[str, Any]) -> bytes:
        return f"data: {json.dumps(told)}\n\n".encode()
