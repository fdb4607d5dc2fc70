"""Puts companies into the store that the environment names: ``python -m benches.load.fill 1000``.

A process of its own, so that the store is made by the same code as serves it.
"""

from __future__ import annotations

import asyncio
import sys

from benches.load.wire import company_name
from benches.webhook import numbers
from clientsvia.companies.files import demo_profile
from clientsvia.companies.profile import NumberEntry
from clientsvia.settings import load_settings
from clientsvia.wiring import build, prepare


def fill(companies: int) -> None:
    """Store companies like the demo's, each with a number, hours and knowledge."""
    demo = demo_profile()
    profiles = [
        demo.model_copy(
            update={
                "slug": f"company-{at:04}",
                "name": company_name(at),
                "numbers": (NumberEntry(number=number),),
            }
        )
        for at, number in enumerate(numbers(0, companies))
    ]
    settings = load_settings()
    services = build(settings, prepare(settings))

    async def save() -> None:
        await services.companies.save(profiles)
        await services.stop()

    asyncio.run(save())


if __name__ == "__main__":
    fill(int(sys.argv[1]))
