"""What goes wrong at providers, told as OpenAI and as ElevenLabs tell it."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer instead of a stream."""

    status: int
    body: bytes
    content_type: str = "application/json"


def _openai(status: int, message: str, kind: str, code: str | None, param: str = "") -> Refusal:
    error = {"message": message, "type": kind, "param": param or None, "code": code}
    return Refusal(status, json.dumps({"error": error}).encode())


def _elevenlabs(status: int, reason: str, message: str) -> Refusal:
    detail = {"status": reason, "message": message}
    return Refusal(status, json.dumps({"detail": detail}).encode())


_PAGE = Refusal(502, b"<html><h1>502 Bad Gateway</h1></html>", "text/html")
_INVALID, _SERVER = "invalid_request_error", "server_error"

OPENAI = {
    "key_refused": _openai(
        401, "Incorrect API key provided: sk-canar**********key.", _INVALID, "invalid_api_key"
    ),
    "forbidden": _openai(
        403, "You do not have access to this endpoint.", _INVALID, "missing_scope"
    ),
    "quota": _openai(
        429,
        "You exceeded your current quota, please check your plan and billing details.",
        "insufficient_quota",
        "insufficient_quota",
    ),
    "rate_limited": _openai(
        429, "Rate limit reached on requests per min (RPM).", "requests", "rate_limit_exceeded"
    ),
    "unknown_model": _openai(404, "The model does not exist.", _INVALID, "model_not_found"),
    "context_too_long": _openai(
        400,
        "Your input exceeds the context window of this model.",
        _INVALID,
        "context_length_exceeded",
        "input",
    ),
    "refuses_temperature": _openai(
        400,
        "Unsupported parameter: 'temperature' is not supported with this model.",
        _INVALID,
        "unsupported_parameter",
        "temperature",
    ),
    "bad_request": _openai(400, "Invalid 'input': it is wrong.", _INVALID, None, "input"),
    "server_error": _openai(500, "The server had an error.", _SERVER, None),
    "overloaded": _openai(503, "The engine is currently overloaded.", _SERVER, None),
    "bad_gateway": _PAGE,
}

ELEVENLABS = {
    "key_refused": _elevenlabs(401, "invalid_api_key", "Invalid API key"),
    "forbidden": _elevenlabs(
        401,
        "missing_permissions",
        "The API key you used is missing the permission text_to_speech.",
    ),
    "quota": _elevenlabs(
        401,
        "quota_exceeded",
        "This request exceeds your quota of 10000. You have 3 credits remaining, while 40 "
        "credits are required for this request.",
    ),
    "rate_limited": _elevenlabs(
        429, "too_many_concurrent_requests", "Too many concurrent requests."
    ),
    "busy": _elevenlabs(429, "system_busy", "The system is experiencing heavy traffic."),
    "unknown_model": _elevenlabs(400, "model_not_found", "A model with that ID was not found."),
    "unknown_voice": _elevenlabs(404, "voice_not_found", "A voice with that ID was not found."),
    "context_too_long": _elevenlabs(
        400, "max_character_limit_exceeded", "This request exceeds the maximum of 5000 characters."
    ),
    "bad_request": Refusal(
        422,
        json.dumps(
            {"detail": [{"loc": ["body", "text"], "msg": "field required", "type": "missing"}]}
        ).encode(),
    ),
    "server_error": Refusal(500, b"Internal Server Error", "text/plain"),
    "bad_gateway": _PAGE,
}

MID_STREAM = {
    "silent": "takes the request and never answers",
    "no_token": "opens the stream and sends nothing",
    "pings": "opens the stream and sends comments for ever",
    "refused_connection": "closes the connection before it answers",
    "stall": "stops in mid-stream, with the connection open",
    "malformed": "sends a chunk that is no JSON",
    "odd": "sends a chunk that is JSON of another shape",
    "cut": "closes the connection in mid-stream",
    "unfinished": "ends the stream properly, but too early",
    "failed": "tells of an error of its own in mid-stream",
    "failed_limit": "tells of a rate limit in mid-stream",
    "error_event": "sends an error event in mid-stream",
    "incomplete": "ends with the answer cut at its greatest length",
    "wordless": "ends at its greatest length without a word",
    "filtered": "ends because of a content filter",
    "bad_arguments": "asks for a tool with arguments that are no JSON",
    "redirect": "sends the request elsewhere",
    "empty": "ends properly without having sent a byte of sound",
    "not_sound": "sends a page instead of sound, with HTTP 200",
}

FAULTS = frozenset(OPENAI) | frozenset(ELEVENLABS) | frozenset(MID_STREAM)
