from collections.abc import Iterable, Mapping, Sequence
from types import GenericAlias
from typing import Final, Generic, Literal, TypeAlias, TypeVar, final

__all__ = [
    "Directory",
    "Element",
    "Form",
    "Index",
    "PhoneNumber",
    "Slot",
    "Template",
    "__version__",
    "caller_kind",
    "classify",
    "normalize",
    "parse",
    "parse_form",
    "redact",
    "render",
    "sign",
    "slot",
    "verify",
]

__version__: Final[str]

_T = TypeVar("_T")
_Pairs: TypeAlias = Mapping[str, str | Sequence[str]] | Iterable[tuple[str, str]]

def normalize(raw: str, region: str | None = "US", *, possible: bool = False) -> str: ...
def classify(raw: str, region: str | None) -> str: ...
def parse(raw: str, region: str | None = "US") -> PhoneNumber: ...

@final
class PhoneNumber:
    @property
    def e164(self) -> str: ...
    @property
    def calling_code(self) -> int: ...
    @property
    def region(self) -> str | None: ...
    @property
    def kind(
        self,
    ) -> Literal[
        "premium_rate",
        "toll_free",
        "shared_cost",
        "voip",
        "personal_number",
        "pager",
        "uan",
        "voicemail",
        "fixed_line",
        "mobile",
        "fixed_line_or_mobile",
        "unknown",
    ]: ...
    @property
    def valid(self) -> bool: ...
    @property
    def possible(self) -> bool: ...
    @property
    def national(self) -> str: ...
    @property
    def international(self) -> str: ...
    @property
    def extension(self) -> str | None: ...

def caller_kind(
    raw: str,
) -> Literal[
    "number",
    "anonymous",
    "restricted",
    "unavailable",
    "client",
    "sip",
    "short_code",
    "unknown",
]: ...
def redact(raw: str) -> str: ...

@final
class Form:
    def get(self, name: str, default: str = "") -> str: ...
    def first(self, *names: str) -> str: ...
    def get_all(self, name: str) -> list[str]: ...
    def pairs(self) -> list[tuple[str, str]]: ...
    def __contains__(self, name: str, /) -> bool: ...
    def __len__(self) -> int: ...

def parse_form(
    body: bytes | str, *, max_bytes: int = 65536, max_parameters: int = 1000
) -> Form: ...
def sign(
    token: str, url: str, params: Form | _Pairs | None = None, *, sha256: bool = False
) -> str: ...
def verify(
    token: str | Sequence[str],
    url: str,
    params: Form | _Pairs | bytes | None,
    signature: str | None,
    *,
    sha256: bool = False,
) -> bool: ...

@final
class Slot:
    @property
    def name(self) -> str: ...

def slot(name: str) -> Slot: ...

@final
class Element:
    def __new__(
        cls,
        tag: str,
        text: str | Slot | None = None,
        children: Iterable[Element | str | Slot] = ...,
        /,
        **attributes: object,
    ) -> Element: ...

def render(element: Element) -> bytes: ...

@final
class Template:
    def __new__(cls, document: Element) -> Template: ...
    @property
    def slots(self) -> list[str]: ...
    def render(self, **values: str) -> bytes: ...

@final
class Index:
    def __new__(cls, documents: Sequence[str]) -> Index: ...
    def search(self, query: str, limit: int = 3) -> list[tuple[int, float]]: ...
    def __len__(self) -> int: ...

@final
class Directory(Generic[_T]):
    def __new__(
        cls,
        *,
        lifetime_s: float = 300.0,
        miss_lifetime_s: float = 30.0,
        capacity: int = 100_000,
    ) -> Directory[_T]: ...
    def __class_getitem__(cls, key: object) -> GenericAlias: ...
    def get(self, e164: str) -> _T | Literal[False] | None: ...
    def stale(self, e164: str) -> _T | None: ...
    def replace(self, owner: str, value: _T, numbers: Sequence[str]) -> None: ...
    def remember_miss(self, e164: str) -> None: ...
    def invalidate(self, owner: str) -> bool: ...
    def clear(self) -> None: ...
    def stats(self) -> dict[str, int]: ...
    def __len__(self) -> int: ...
