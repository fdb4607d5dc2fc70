from __future__ import annotations

from clientsvia.admin.forwarding_codes import forwarding_codes


def test_each_code_has_the_number_and_a_way_to_end_it() -> None:
    codes = forwarding_codes("+12395551212")
    assert all("2395551212" in code.begin and code.end for code in codes)
    assert ("*92 2395551212", "*93") in [(code.begin, code.end) for code in codes]


def test_codes_of_north_america_are_for_its_numbers_alone() -> None:
    codes = forwarding_codes("+442079460123")
    assert {code.line for code in codes} == {"Mobile (GSM, most carriers)"}
    assert codes[0].begin == "**61*+442079460123**20#"
