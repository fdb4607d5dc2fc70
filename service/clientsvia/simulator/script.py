"""What a caller does, written down: the YAML of a simulated call."""

from __future__ import annotations

import fnmatch
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

import yaml
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from clientsvia.simulator.wording import explained

if TYPE_CHECKING:
    from collections.abc import Mapping


class ScriptError(ValueError):
    """A script that cannot be used; the text lists each field and its remedy."""


def _listed(value: Any) -> Any:  # noqa: ANN401 - pydantic hands over whatever the YAML held
    return (value,) if isinstance(value, str) else value


Phrases = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Seconds = Annotated[float, Field(ge=0, le=86_400)]
Share = Annotated[float, Field(ge=0, le=1)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Step(_Part):
    """One thing the caller does: exactly one of ``say``, ``press``, ``wait`` and ``hang_up``.

    A step with ``when`` waits until the agent has said that phrase. ``after`` is how many seconds
    the caller takes; with ``interrupt`` they count from the beginning of what the agent says, not
    from its end. ``heard`` and ``confidence`` are what the recogniser makes of ``say``. ``expect``
    are phrases the agent must say before the caller's next step.
    """

    say: str | None = None
    press: str | None = Field(default=None, pattern=r"^[0-9*#]+$")
    wait: Seconds | None = None
    hang_up: bool | Literal["speaking", "recording", "waiting", "ringing", "talking"] = False
    when: str | None = None
    after: Seconds = 0.5
    interrupt: bool = False
    heard: str | None = None
    confidence: Share | None = None
    expect: Phrases = ()

    @model_validator(mode="after")
    def _one_action(self) -> Self:
        actions = [self.say is not None, self.press is not None, self.wait is not None]
        count = sum(actions) + bool(self.hang_up)
        if count > 1 or (count == 0 and not self.expect):
            raise ValueError("give exactly one of say, press, wait and hang_up, or expect alone")
        return self

    @property
    def acts(self) -> bool:
        """False for a step that only expects."""
        return bool(self.say is not None or self.press or self.wait is not None or self.hang_up)

    def __str__(self) -> str:
        """The step in words."""
        if self.say is not None:
            return f"say {self.say!r}"
        if self.press:
            return f"press {self.press}"
        return f"wait {self.wait:g} s" if self.wait is not None else "hang up"


class Dialled(_Part):
    """What happens at numbers, clients or SIP addresses that match ``to`` when they are dialled.

    ``after`` is seconds of ringing until it answers or is found busy; ``talks`` seconds of
    conversation; ``presses`` what the callee presses when asked before being connected. A voicemail
    answers and presses nothing. ``sip`` is the code that a failure is reported with.
    """

    to: str = "*"
    does: Literal["answers", "voicemail", "busy", "no-answer", "failed"] = "answers"
    after: Seconds = 4.0
    talks: Seconds = 20.0
    presses: str = Field(default="1", pattern=r"^[0-9*#]*$")
    sip: int | None = Field(default=None, ge=400, le=699)


class Recognition(_Part):
    """How the recogniser behaves: seconds between partials and of delay, and shares that go wrong.

    ``errors`` is the share of partials whose newest word is wrong and mended in the next,
    ``doubled`` of those sent twice, ``late`` of those that arrive ``lateness`` seconds late,
    perhaps after the final.
    """

    every: Seconds = 0.3
    delay: Seconds = 0.1
    errors: Share = 0.0
    doubled: Share = 0.0
    late: Share = 0.0
    lateness: Seconds = 0.7
    auto_seconds: Seconds = 1.2
    """Silence after which ``speechTimeout="auto"`` takes the caller to have finished."""


class Script(_Part):
    """A call: who calls whom, what the caller does, what dialled people do.

    ``fallback_url`` and ``status_url`` may be relative to the voice URL. ``at_end`` says what the
    caller does when all steps are done. ``parameters`` replaces request parameters, or removes
    those that are null. Equal seeds make equal calls, to the call's SID; without one each call is
    new.
    """

    name: str = ""
    description: str = ""
    from_: str = Field(default="+12395550123", alias="from")
    to: str = "+12395551212"
    method: Literal["GET", "POST"] = "POST"
    fallback_url: str | None = None
    fallback_method: Literal["GET", "POST"] = "POST"
    status_url: str | None = None
    token: str | None = None
    account_sid: str | None = Field(default=None, pattern=r"^AC[0-9a-f]{32}$")
    seed: int | None = None
    at_end: Literal["hang_up", "stay"] = "hang_up"
    steps: tuple[Step, ...] = ()
    dialled: tuple[Dialled, ...] = ()
    recognition: Recognition = Recognition()
    parameters: dict[str, str | None] = Field(default_factory=dict)
    max_seconds: Annotated[float, Field(gt=0, le=14_400)] = 14_400
    max_documents: Annotated[int, Field(gt=0)] = 200

    def callee(self, target: str) -> Dialled:
        """What the one who is dialled as ``target`` does: the first entry that matches."""
        for entry in self.dialled:
            if fnmatch.fnmatchcase(target, entry.to):
                return entry
        return Dialled()


def parse_script(text: str, source: str = "the script") -> Script:
    """Read YAML; raises ScriptError that names every wrong field with its remedy."""
    try:
        values = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ScriptError(f"{source} is not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(values, dict):
        raise ScriptError(f"{source} must be a mapping with from, to and steps")
    return validated(values, source)


def validated(values: Mapping[str, Any], source: str) -> Script:
    """A script of plain values; raises ScriptError that names every wrong field."""
    try:
        return Script.model_validate(values)
    except ValidationError as error:
        raise ScriptError(explained(error, source, _fields())) from error


def _fields() -> dict[str, list[str]]:
    parts: dict[str, type[_Part]] = {
        "": Script,
        "steps": Step,
        "dialled": Dialled,
        "recognition": Recognition,
    }
    return {
        section: [field.alias or name for name, field in part.model_fields.items()]
        for section, part in parts.items()
    }


def load_script(path: str | Path) -> Script:
    """Read a YAML file; raises ScriptError when it is not there or cannot be used."""
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ScriptError(f"cannot read the script {path}: {error}") from error
    return parse_script(text, str(path))


def shipped_script(name: str = "three_questions") -> Script:
    """One of the scripts that come with the simulator."""
    found = files("clientsvia.simulator") / "scripts" / f"{name}.yaml"
    return parse_script(found.read_text(encoding="utf-8"), name)


def shipped_names() -> list[str]:
    """The scripts that come with the simulator."""
    entries = (files("clientsvia.simulator") / "scripts").iterdir()
    return sorted(Path(entry.name).stem for entry in entries if entry.name.endswith(".yaml"))
