from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benches.standin.audio import FRAME, HEADER, about, clip

texts = st.text(max_size=500)


@given(texts, texts)
def test_a_clip_tells_what_it_is_of(text: str, voice: str) -> None:
    told = {"text": text, "voice": voice}
    assert about(clip(told)) == told


@given(texts)
def test_every_frame_is_one_of_the_format_that_is_asked_for(text: str) -> None:
    sound = clip({"text": text})
    frames = [sound[at : at + FRAME] for at in range(0, len(sound), FRAME)]
    assert all(len(frame) == FRAME and frame.startswith(HEADER) for frame in frames)
    assert FRAME == 104  # 32 kbit/s at 22,050 Hz, layer III of MPEG-2


def test_a_longer_text_takes_longer_to_say() -> None:
    short, long = clip({"text": "Hello."}), clip({"text": "Hello. " * 40})
    assert 15 < len(long) / len(short) < 60


def test_a_clip_that_was_cut_is_no_clip() -> None:
    sound = clip({"text": "We are open from 8 to 5. " * 5})
    for wrong in (sound[:-1], sound[:FRAME], b"", b"<html>" * 20):
        with pytest.raises(ValueError, match=r"clip|frames"):
            about(wrong)
