from __future__ import annotations

import pytest
from pydantic import ValidationError

from clientsvia.simulator.script import Script
from clientsvia.simulator.wording import explained


def test_places_are_counted_as_people_count() -> None:
    with pytest.raises(ValidationError) as caught:
        Script.model_validate({"steps": [{"say": "a"}, {"wait": -1}]})
    text = explained(caught.value, "x.yaml", {})
    assert text.splitlines()[0] == "x.yaml cannot be used:"
    assert text.splitlines()[1].startswith("  steps[2].wait: ")
