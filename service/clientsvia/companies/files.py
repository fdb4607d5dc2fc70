"""Profiles in files: YAML or JSON, one company a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

import orjson
import yaml

from clientsvia.companies.problems import Problem, check, refuse
from clientsvia.companies.saving import with_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from clientsvia.companies.profile import CompanyProfile

_KINDS = ("null", "bool", "str", "seq", "map")
_SUFFIXES = frozenset({".yaml", ".yml", ".json"})
_LARGEST = 16 * 1024 * 1024
# Problems of the parser that quote nothing of a file but one character.
_QUOTES_LITTLE = ("expected ", "found character ")


@dataclass(frozen=True, slots=True)
class ProfileFile:
    """A profile and the name of the file it was read from."""

    file: str
    profile: CompanyProfile


class _PlainLoader(yaml.SafeLoader):
    """YAML in which all but null, true and false is text, and no key may stand twice.

    So ``+12395551212`` keeps its plus, ``NO`` stays Norway, and dates reach the profile as written.
    """

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's own attribute, emptied

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - PyYAML's signature
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        if twice := sorted({key for key in keys if keys.count(key) > 1}):
            raise yaml.constructor.ConstructorError(
                problem=f"{_field_name(twice[0])} stands twice in one section: keep one",
                problem_mark=node.start_mark,
            )
        return super().construct_mapping(node, deep=deep)


_PlainLoader.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile(r"(?:~|null|)$"), ["~", "n", ""]
)
_PlainLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"(?:true|false)$"), ["t", "f"]
)


def _field_name(key: str) -> str:
    """A key as it may be told: what has digits may be a token that was put in its place."""
    return key if key.replace("_", "").isalpha() else "a field"


# Any other tag would only let text be anything else, and its errors repeat that text.
_PlainLoader.yaml_constructors = {
    tag: constructor
    for tag, constructor in yaml.SafeLoader.yaml_constructors.items()
    if tag in {None, *(f"tag:yaml.org,2002:{kind}" for kind in _KINDS)}
}


def demo_profile() -> CompanyProfile:
    """The company that answers a fresh installation."""
    text = resources.files("clientsvia.companies").joinpath("demo.yaml").read_bytes()
    profile, problems = check(yaml.load(text, _PlainLoader), "demo.yaml")  # noqa: S506 - a SafeLoader
    if profile is None:
        raise refuse(problems)
    return profile


def profile_paths(path: Path) -> Sequence[Path]:
    """The file itself, or every YAML and JSON file of a directory, by name.

    Raises InvalidProfile when there is none.
    """
    if path.is_file():
        return [path]
    paths = sorted(entry for entry in path.glob("*") if entry.suffix.lower() in _SUFFIXES)
    if not paths:
        raise refuse(
            [
                Problem(
                    str(path),
                    "",
                    "holds no profile: name a .yaml or .json file, or a directory of such",
                )
            ]
        )
    return paths


def read_profiles(
    paths: Sequence[Path], each: Callable[[Path], object] = lambda _: None
) -> Sequence[ProfileFile]:
    """Read every file, calling ``each`` after it; raises InvalidProfile with all that is wrong."""
    found: list[ProfileFile] = []
    problems: list[Problem] = []
    for path in paths:
        profile, wrong = _read(path)
        problems += wrong
        if profile is not None:
            found.append(ProfileFile(path.name, profile))
        each(path)
    problems += _claimed_twice(found)
    if problems:
        raise refuse(problems)
    return found


def data_of(text: str) -> Any:  # noqa: ANN401 - whatever it holds
    """YAML or JSON as plain data; raises InvalidProfile with the line that is wrong."""
    try:
        return yaml.load(text, _PlainLoader)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, ValueError, LookupError, RecursionError) as error:
        raise refuse(
            [Problem("", "text", f"is not valid YAML or JSON: {_reason(error)}")]
        ) from None


def as_data(profile: CompanyProfile, only: str = "") -> dict[str, Any]:
    """A profile without secrets and without what is only a default, as plain data.

    With ``only`` that field or section alone, where it is set.
    """
    return with_keys(profile, {}).model_dump(
        mode="json",
        by_alias=True,
        exclude_defaults=True,
        include={only} if only else None,
        exclude={"twilio": {"auth_tokens"}},
    )


def as_yaml(profile: CompanyProfile) -> str:
    """A profile as a YAML file without secrets; importing it again changes nothing."""
    return yaml.safe_dump(as_data(profile), sort_keys=False, allow_unicode=True, width=100)


def _read(path: Path) -> tuple[CompanyProfile | None, Sequence[Problem]]:
    try:
        if path.stat().st_size > _LARGEST:
            return None, [Problem(path.name, "", "is larger than 16 MB: split or shorten it")]
        return read_content(path.read_bytes(), path.suffix, path.name)
    except OSError as error:
        return None, [Problem(path.name, "", f"cannot be read ({error.strerror}): check the path")]


def read_content(
    content: bytes, suffix: str, file: str = ""
) -> tuple[CompanyProfile | None, Sequence[Problem]]:
    """The profile in a file's content, or else every problem that keeps it from being one."""
    try:
        return check(_parse(content, suffix), file)
    except (yaml.YAMLError, ValueError, LookupError, RecursionError) as error:
        return None, [Problem(file, "", f"is not valid YAML or JSON: {_reason(error)}")]


def _reason(error: Exception) -> str:
    """What is wrong and in which line, without anything that stands there: it may be a secret."""
    match error:
        case orjson.JSONDecodeError():
            return f"{error.msg} (line {error.lineno})"
        case yaml.MarkedYAMLError():
            mark = error.problem_mark or error.context_mark
            problem = error.problem or "it cannot be understood"
            if not problem.startswith(_QUOTES_LITTLE):
                problem = problem.partition("'")[0].strip()
            return f"{problem} (line {mark.line + 1})" if mark else problem
        case yaml.reader.ReaderError():
            return f"it holds a character that no text has ({error.reason})"
        case UnicodeDecodeError():
            return "it is not text in UTF-8: save it as such"
        case RecursionError():
            return "its sections lie too deep in each other"
    return "it cannot be understood"


def _parse(content: bytes, suffix: str) -> Any:  # noqa: ANN401 - whatever the file holds
    if suffix.lower() == ".json":
        return orjson.loads(content)
    return yaml.load(content.decode(), _PlainLoader)  # noqa: S506 - a SafeLoader


def _claimed_twice(found: Sequence[ProfileFile]) -> Sequence[Problem]:
    """Slugs and numbers that two of the files claim."""
    first: dict[str, str] = {}
    problems = []
    for item in found:
        claims = [("slug", item.profile.slug)]
        claims += [("numbers", entry.number) for entry in item.profile.numbers]
        for field, value in claims:
            other = first.setdefault(value, item.file)
            if other != item.file:
                problems.append(
                    Problem(
                        item.file, field, f"{value!r} stands in {other} too: keep it in one file"
                    )
                )
    return problems
