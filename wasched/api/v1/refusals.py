"""What a program is refused with: problem details, and where in what it sent to mend it."""

from collections.abc import Sequence
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from wasched.api.database_faults import note_database_fault
from wasched.api.problems import TITLES, problem_details, status_of
from wasched.domain.errors import (
    InputError,
    NotFoundError,
    SignInError,
    TooOftenError,
    WaschedError,
)
from wasched.services.identity.kept_answers import FIELD
from wasched.text.refusals import error_sentence

DOCS = "/api/docs"
_SHOWN = 20
"""So many faults are named at once."""

OF_TIME = ("when", "phrase", "weekdays")
"""What services call a time, however it was said."""

_PARAMETERS = (FIELD, "If-Match", "Upload-Offset", "scope", "occurrence", "from")

_POINTERS = {
    "phrase": "when",
    "late": "late_minutes",
    "spread": "late_minutes",
    "short_months": "month_end",
    "options": "poll/options",
    "kinds": "events",
    "list": "",
    "cursor": "",
    "changed": "",
}
"""Where a field of a service stands in what a program sends, if it is called otherwise there."""


_NOT_THERE = "There is no such thing in the space of this key, or its accounts."
_SENTENCES = {
    400: "What was sent cannot be read as JSON.",
    404: f"There is no such address. {DOCS} names those there are.",
    405: f"This address does not take that method. {DOCS} says which it takes.",
}


def answer_refusal(refusal: Exception) -> Response:
    """The refusal, with a pointer (RFC 6901) to what of the body is wrong."""
    if isinstance(refusal, RequestValidationError):
        return _misfit(refusal)
    if isinstance(refusal, HTTPException):
        sentence = _SENTENCES.get(refusal.status_code, str(refusal.detail))
        return _refused(refusal.status_code, sentence, refusal.headers)
    assert isinstance(refusal, WaschedError)
    sentence, place = refusal_sentence(refusal), refused_place(refusal)
    where = {"parameter": place} if place in _PARAMETERS else {"pointer": f"#/{place}"}
    errors = [{**where, "detail": sentence}] if place else None
    return _refused(status_of(refusal), sentence, _headers(refusal), errors)


def refusal_sentence(refusal: WaschedError) -> str:
    """What a program is told: what is wrong, and how to mend it."""
    return _NOT_THERE if isinstance(refusal, NotFoundError) else error_sentence(refusal)


def refused_place(refusal: WaschedError) -> str:
    """Which of the things that were sent is wrong; empty for none of them."""
    return _POINTERS.get(refusal.field, refusal.field) if isinstance(refusal, InputError) else ""


def misfit_sentence(faults: Sequence[dict[str, Any]]) -> tuple[str, list[dict[str, str]]]:
    """What does not have the form that is described, and each fault with its place."""
    errors = [_fault(one) for one in faults[:_SHOWN]]
    return "; ".join(f"{_place(one)}: {one['detail']}" for one in errors[:5]), errors


def describe_refusal(status: int, about: str) -> dict[str, Any]:
    """A refusal as the description of the door has it."""
    schema = {"$ref": "#/components/schemas/Problem"}
    content = {"application/problem+json": {"schema": schema}}
    return {"description": f"{TITLES.get(status, 'Refused')}: {about}.", "content": content}


async def answer_database_fault(request: Request, fault: Exception) -> Response:
    """503 with the sentence of a fault of the storage."""
    return _refused(503, note_database_fault(request, fault), {"Cache-Control": "no-store"})


def pointer_of(field: str, time_field: str = "") -> str:
    """Where a field of a service stands in a body whose time is said by `time_field`."""
    if field in OF_TIME:
        return f"#/{time_field}"
    return f"#/{_POINTERS.get(field, field)}"


async def answer(request: Request, refusal: Exception) -> Response:
    """The same, as the application asks for it."""
    answered = answer_refusal(refusal)
    if answered.status_code == 405:
        answered.headers["Allow"] = ", ".join(_methods_there(request))
    return answered


def anchor(title: str) -> str:
    """What a kind of refusal is called in an address."""
    return title.lower().replace(" ", "-")


def _methods_there(request: Request) -> list[str]:
    """All methods of an address: the router names those of one route alone (RFC 9110, 15.5.6)."""
    path = request.scope["path"].removeprefix(request.scope["root_path"])
    return [
        method.upper()
        for template, methods in request.app.openapi()["paths"].items()
        if compile_path(template)[0].match(path)
        for method in methods
    ]


def _headers(refusal: WaschedError) -> dict[str, str]:
    if isinstance(refusal, SignInError):
        return {"WWW-Authenticate": "Bearer"}
    if isinstance(refusal, TooOftenError):
        return {"Retry-After": str(refusal.seconds)}
    return {}


def _misfit(refusal: RequestValidationError) -> Response:
    """What does not have the form that is described: where and why, never what came in."""
    sentence, errors = misfit_sentence(refusal.errors())
    return _refused(422, sentence, None, errors)


def _fault(one: dict[str, Any]) -> dict[str, str]:
    kind, *parts = one["loc"]
    if one["type"] == "json_invalid":
        return {"pointer": "#", "detail": "This is no JSON."}
    # Half an emoji may stand in a name, and cannot be written down.
    named = (str(part)[:60].encode("utf-8", "replace").decode() for part in parts)
    path = [one.replace("~", "~0").replace("/", "~1") for one in named]
    detail = str(one["msg"]).removeprefix("Value error, ")[:300]
    if kind == "body":
        return {"pointer": "/".join(["#", *path]), "detail": detail}
    return {"parameter": path[0] if path else str(kind), "detail": detail}


def _place(one: dict[str, str]) -> str:
    return one.get("parameter") or one["pointer"].removeprefix("#/") or "body"


def _refused(
    status: int, sentence: str, headers: Any = None, errors: list[dict[str, str]] | None = None
) -> Response:
    more = {"errors": errors} if errors else {}
    kind = f"{DOCS}#{anchor(TITLES.get(status, 'Refused'))}"
    return problem_details(status, sentence, headers, type=kind, **more)
