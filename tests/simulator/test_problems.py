from __future__ import annotations

import json

from clientsvia.simulator.problems import Code, Refusal


def test_a_refusal_carries_twilios_code_and_says_why() -> None:
    refusal = Refusal(Code.BAD_ROOT, "the root is <html>", "http://h/voice")
    assert (refusal.code, str(refusal), refusal.url) == (
        12102,
        "the root is <html>",
        "http://h/voice",
    )


def test_codes_are_numbers_in_json() -> None:
    assert json.dumps(int(Code.RETRIEVAL)) == "11200"
