from collections.abc import Callable, Iterable, Mapping, Sequence
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
    "dial",
    "gather",
    "hangup",
    "normalize",
    "number",
    "parse",
    "parse_form",
    "pause",
    "play",
    "record",
    "redact",
    "redirect",
    "render",
    "response",
    "say",
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
    def fill(self, *values: str) -> bytes: ...

_Text: TypeAlias = str | Slot | None
_Number: TypeAlias = int | str | Slot | None
_Content: TypeAlias = Element | str | Slot

def response(*content: _Content, **attributes: object) -> Element: ...
def say(
    *content: _Content,
    voice: _Text = None,
    language: _Text = None,
    loop: _Number = None,
    **attributes: object,
) -> Element: ...
def play(
    url: _Text = None,
    /,
    *,
    loop: _Number = None,
    digits: _Text = None,
    **attributes: object,
) -> Element: ...
def pause(*, length: _Number = None, **attributes: object) -> Element: ...
def gather(
    *content: _Content,
    input: _Text | Sequence[str] = None,  # noqa: A002 - the attribute's name
    action: _Text = None,
    method: _Text = None,
    timeout: _Number = None,
    speech_timeout: _Number = None,
    max_speech_time: _Number = None,
    profanity_filter: bool | None = None,
    finish_on_key: _Text = None,
    num_digits: _Number = None,
    partial_result_callback: _Text = None,
    partial_result_callback_method: _Text = None,
    language: _Text = None,
    hints: _Text = None,
    barge_in: bool | None = None,
    action_on_empty_result: bool | None = None,
    speech_model: _Text = None,
    enhanced: bool | None = None,
    **attributes: object,
) -> Element: ...
def record(
    *,
    action: _Text = None,
    method: _Text = None,
    timeout: _Number = None,
    finish_on_key: _Text = None,
    max_length: _Number = None,
    play_beep: bool | None = None,
    trim: _Text = None,
    recording_status_callback: _Text = None,
    recording_status_callback_method: _Text = None,
    recording_status_callback_event: _Text | Sequence[str] = None,
    transcribe: bool | None = None,
    transcribe_callback: _Text = None,
    **attributes: object,
) -> Element: ...
def dial(
    *content: _Content,
    action: _Text = None,
    method: _Text = None,
    timeout: _Number = None,
    hangup_on_star: bool | None = None,
    time_limit: _Number = None,
    caller_id: _Text = None,
    record: _Text = None,
    trim: _Text = None,
    recording_status_callback: _Text = None,
    recording_status_callback_method: _Text = None,
    recording_status_callback_event: _Text | Sequence[str] = None,
    answer_on_bridge: bool | None = None,
    ring_tone: _Text = None,
    sequential: bool | None = None,
    **attributes: object,
) -> Element: ...
def number(
    phone_number: str | Slot,
    /,
    *,
    send_digits: _Text = None,
    url: _Text = None,
    method: _Text = None,
    status_callback_event: _Text | Sequence[str] = None,
    status_callback: _Text = None,
    status_callback_method: _Text = None,
    machine_detection: _Text = None,
    **attributes: object,
) -> Element: ...
def redirect(url: str | Slot, /, *, method: _Text = None, **attributes: object) -> Element: ...
def hangup(**attributes: object) -> Element: ...

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
        jitter: float = 0.1,
        seed: int | None = None,
        lease_s: float = 5.0,
        loads: int = 64,
        clock: Callable[[], float] | None = None,
    ) -> Directory[_T]: ...
    def __class_getitem__(cls, key: object) -> GenericAlias: ...
    def get(self, e164: str, /) -> _T | Literal[False] | None: ...
    def stale(self, e164: str) -> _T | None: ...
    def replace(self, owner: str, value: _T, numbers: Sequence[str]) -> None: ...
    def remember_miss(self, e164: str) -> None: ...
    def vacate(self, e164: str) -> None: ...
    def invalidate(self, owner: str) -> bool: ...
    def flush(self) -> None: ...
    def clear(self) -> None: ...
    def claim(self, e164: str) -> int | None: ...
    def release(self, e164: str, ticket: int) -> None: ...
    def stats(self) -> dict[str, int]: ...
    def __len__(self) -> int: ...
    def __sizeof__(self) -> int: ...
