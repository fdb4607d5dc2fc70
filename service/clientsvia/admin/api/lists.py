"""Lists that are read page by page."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

MOST = 200
MOST_CURSOR = 2**53
"""Above the number of any entry, and what every store can compare with."""

Limit = Annotated[int, Field(ge=1, le=MOST, description="How many at most.")]
Before = Annotated[
    int | None,
    Field(
        ge=1, le=MOST_CURSOR, description="The `next` of the answer before: what comes after it."
    ),
]


class Query(BaseModel):
    """What a list takes; what it does not know is left alone."""

    model_config = ConfigDict(frozen=True)

    limit: Limit = 50


class NumberedQuery(Query):
    """A list whose entries have numbers, newest first."""

    before: Before = None
