"""Which number calls for help in a country, as a voice should say it."""

from __future__ import annotations

_LOCAL = {
    "9 9 9": "GB IE HK SG MY KE ZW BH QA AE GH PL",
    "0 0 0": "AU",
    "1 1 1": "NZ",
    "1 1 0": "JP",
    "1 1 9": "KR TW",
    "1 9 0": "BR",
    "1 0 1 1 1": "ZA",
    "911": "US CA MX PR VI GU AS MP AG AI AR BB BM BS BZ CR DM DO EC GD GY HN JM KN KY LC MS PA "
    "PE PH PY SV TC TT UY VC VG VE",
}
_BY_REGION = {region: number for number, regions in _LOCAL.items() for region in regions.split()}
_ELSEWHERE = "1 1 2"  # the European Union, and every mobile network


def emergency_number(region: str) -> str:
    """The emergency number of a country by its two letters; 112 where no other is known."""
    return _BY_REGION.get(region, _ELSEWHERE)
