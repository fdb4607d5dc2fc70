"""OpenAI's package builds the types of what it reads when it first does: better before any call.

PERF: the first answer of a process came 200 ms later than the second, and stopped the event loop
for 150 ms of them. A stream of each API is read here once, from memory.
"""

from __future__ import annotations

import json

_RESPONSE = {
    "id": "resp_0",
    "object": "response",
    "created_at": 0,
    "status": "completed",
    "model": "m",
    "output": [],
    "parallel_tool_calls": True,
    "tool_choice": "auto",
    "tools": [],
    "usage": {
        "input_tokens": 1,
        "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
        "output_tokens": 1,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": 2,
    },
}
_CALL = {
    "id": "fc_0",
    "type": "function_call",
    "call_id": "call_0",
    "name": "t",
    "arguments": "{}",
    "status": "completed",
}
_PLACE = {"item_id": "msg_0", "output_index": 0, "content_index": 0, "sequence_number": 0}
_EVENTS = (
    {"type": "response.created", "response": _RESPONSE, "sequence_number": 0},
    {"type": "response.output_item.added", "item": _CALL, **_PLACE},
    {"type": "response.output_text.delta", "delta": "a", "logprobs": [], **_PLACE},
    {"type": "response.function_call_arguments.delta", "delta": "{", **_PLACE},
    {"type": "response.output_item.done", "item": _CALL, **_PLACE},
    {"type": "response.completed", "response": _RESPONSE, "sequence_number": 0},
)
_WISH = {"index": 0, "id": "c", "type": "function", "function": {"name": "t", "arguments": "{}"}}
_CHUNKS = tuple(
    {
        "id": "c",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "m",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }
    for delta, finish in (({"content": "a"}, None), ({"tool_calls": [_WISH]}, "tool_calls"))
)


def rehearse() -> int:
    """Read a stream of each API; returns how many events there were. Blocks for 0.2 s."""
    import httpx2  # noqa: PLC0415 - PERF: 0.5 s and 30 MB, for those who have a key
    from openai import OpenAI  # noqa: PLC0415 - see above

    def answer(request: httpx2.Request) -> httpx2.Response:
        told = _EVENTS if request.url.path.endswith("/responses") else _CHUNKS
        body = "".join(f"data: {json.dumps(event)}\n\n" for event in told)
        return httpx2.Response(200, headers={"Content-Type": "text/event-stream"}, text=body)

    with (
        httpx2.Client(transport=httpx2.MockTransport(answer), trust_env=False) as http,
        OpenAI(api_key="none", base_url="http://127.0.0.1", http_client=http) as client,
    ):
        responses = client.responses.create(model="m", input="a", stream=True)
        chat = client.chat.completions.create(
            model="m", messages=[{"role": "user", "content": "a"}], stream=True
        )
        return sum(1 for _ in responses) + sum(1 for _ in chat)
