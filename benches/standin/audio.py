"""Clips that tell what they are of: valid MP3, silent, with the text in what decoders skip."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADER = bytes((0xFF, 0xF3, 0x40, 0xC0))
"""MPEG-2 layer III, 32 kbit/s, 22,050 Hz, mono: what ElevenLabs calls mp3_22050_32."""
FRAME = 72 * 32_000 // 22_050
_SIDE = 9  # bytes of side information; all zero: no sound in this frame
_ROOM = FRAME - len(HEADER) - _SIDE
_SECONDS = 576 / 22_050
_CHARACTERS_A_SECOND = 15


def clip(about: Mapping[str, str]) -> bytes:
    """As long as its ``text`` takes to say; ``about`` stands in the bytes after each frame's."""
    told = json.dumps(about, sort_keys=True).encode() + b"\0"
    said = len(about["text"]) / _CHARACTERS_A_SECOND
    frames = max(math.ceil(said / _SECONDS), math.ceil(len(told) / _ROOM), 1)
    room = told.ljust(frames * _ROOM, b"\0")
    parts = (room[at : at + _ROOM] for at in range(0, len(room), _ROOM))
    return b"".join(HEADER + bytes(_SIDE) + part for part in parts)


def about(sound: bytes) -> dict[str, str]:
    """What a clip is of; raises ValueError when it is no whole clip of the stand-in's."""
    frames = [sound[at : at + FRAME] for at in range(0, len(sound), FRAME)]
    if not frames or any(len(one) != FRAME or not one.startswith(HEADER) for one in frames):
        raise ValueError("no MP3 frames of the stand-in's")
    told, end, _ = b"".join(one[len(HEADER) + _SIDE :] for one in frames).partition(b"\0")
    if not end:
        raise ValueError("the clip is cut")
    found: dict[str, str] = json.loads(told)
    return found
