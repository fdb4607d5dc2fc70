"""The description of the JSON API (OpenAPI 3.1), and what all of its routes answer alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel, ConfigDict
from spectree import Response, SecurityScheme, SpecTree
from spectree.models import InType, SecureType, SecuritySchemeData

from clientsvia.admin.access.visitor import Need

if TYPE_CHECKING:
    from collections.abc import Mapping

    import falcon.asgi


GIVEN = "Given"
"""How the names of models end that are read, and differ from what is sent."""


class Wrong(BaseModel):
    """One field that is wrong; ``field`` is its path, as in ``targets[2].number``."""

    field: str
    message: str


class Problem(BaseModel):
    """Why a request was refused, and what to do; nothing that was sent is repeated."""

    title: str
    detail: str
    errors: list[Wrong] = []


class ApiModel(BaseModel):
    """What a route takes or gives: no field that is not described."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _tell(
    _request: falcon.asgi.Request,
    response: falcon.asgi.Response,
    error: Any,  # noqa: ANN401 - of pydantic's
    _resource: object,
    _adapter: object,
) -> None:
    """Say what is wrong with a request; the package's own answer repeats what was sent."""
    if error is None:
        return
    wrong = [
        {"field": ".".join(map(str, one["loc"])), "message": f"{one['msg']}: mend it"}
        for one in error.errors(include_url=False, include_input=False, include_context=False)
    ]
    response.media = {
        "title": "Something is to be mended",
        "detail": "; ".join(f"{one['field']}: {one['message']}" for one in wrong),
        "errors": wrong,
    }


class OnceEach(SpecTree):
    """A description that asks each model for its schema once.

    PERF: every route may answer with the same dozen problems: 1.5 s of every start of the service.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - its own
        self._known: dict[tuple[Any, str], str] = {}
        super().__init__(*arguments, **options)

    def _add_model(self, model: Any, mode: Any = "validation") -> str:  # noqa: ANN401 - pydantic's
        known = self._known.get((model, mode))
        if known is None:
            known = self._known[model, mode] = super()._add_model(model, mode)
        return known


spec = OnceEach(
    "falcon-asgi",
    title="ClientsVia",
    description=(
        "Everything the company profile does, for programs. Send an API token as "
        "`Authorization: Bearer cv_…`. Edits take the ETag they begin with as `If-Match`."
    ),
    version="1",
    mode="strict",
    annotations=False,
    before=_tell,
    validation_error_model=Problem,
    naming_strategy=lambda model: str(model.__name__),
    # What is read may differ from what is sent, deep down as well: as dates that are written so.
    nested_naming_strategy=lambda parent, child: (
        str(child) + (GIVEN if parent.endswith(GIVEN) and child != "Secret" else "")
    ),
    security_schemes=[
        SecurityScheme("token", SecuritySchemeData(SecureType.HTTP, scheme="bearer")),
        SecurityScheme(
            "session",
            SecuritySchemeData(SecureType.API_KEY, name="__Host-session", field_in=InType.COOKIE),
        ),
    ],
    security=[{"token": []}, {"session": []}],
)
"""What decorates the methods of every route of the API; ``spec.validate(resp=answers(…))``."""


def answers(
    model: Any = None,  # noqa: ANN401 - of pydantic's
    *,
    status: int = 200,
    edits: bool = False,
    also: Mapping[int, Any] | None = None,
) -> Response:
    """The answers a route documents: its own, and those every route may give.

    ``edits`` adds the two of a change that began with another state, ``also`` a route's own.
    """
    common = dict.fromkeys((400, 401, 403, 404, 405, 413, 415, 422, 429, 500, 503), Problem)
    edited = dict.fromkeys((412, 428), Problem) if edits else {}
    every = {status: model, **common, **edited, **(also or {})}
    return Response(**{f"HTTP_{code}": kind for code, kind in every.items()})


class Description:
    """``GET /api/v1/openapi.json``: the description itself, for those who are signed in."""

    needs: ClassVar = {"GET": Need.ACCOUNT}

    def __init__(self, app: falcon.asgi.App[Any, Any]) -> None:
        self._app = app
        self._told: dict[str, Any] | None = None

    async def on_get(self, _request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """The description, made when it is first asked for."""
        response.media = self.told()

    def told(self) -> dict[str, Any]:
        """The description as plain data."""
        if self._told is None:
            spec.app = self._app
            spec.__dict__.pop("_spec", None)  # another application of this process may have one
            self._told = spec.spec
        return self._told
