"""People who may be rung: a crew of two, and a desk behind it."""

from __future__ import annotations

from dataclasses import replace

from clientsvia.companies.routing import Availability, Target


def person(name: str, number: str, **fields: object) -> Target:
    """Somebody who may be rung at any hour."""
    always = Availability.ALWAYS
    return Target(name, name.title(), number, (), always, **fields)  # type: ignore[arg-type]


ERIN, SAM = person("erin", "+12395550121"), person("sam", "+12395550122")
DESK = person("desk", "+12395550120")
CREW = replace(person("crew", ""), members=("erin", "sam"), fallback="desk")
