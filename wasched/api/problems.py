"""What a refusal looks like on a plain route: problem details with a sentence (RFC 9457)."""

from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from wasched.api.preparing import FAULT_TITLE
from wasched.domain.errors import (
    BadHostError,
    ChangedError,
    ConflictError,
    ElsewhereError,
    InputError,
    MediaAwayError,
    NoRoomError,
    NotFoundError,
    RoleError,
    SignInError,
    TooLargeError,
    TooOftenError,
    UnseenError,
    WaschedError,
    WrongKindError,
)
from wasched.text.refusals import error_sentence

_STATUS: dict[type[WaschedError], tuple[int, str]] = {
    TooLargeError: (413, "Too large"),
    WrongKindError: (415, "Wrong kind"),
    NoRoomError: (507, "No room"),
    MediaAwayError: (502, "The store of attached files is away"),
    ChangedError: (412, "Changed meanwhile"),
    UnseenError: (428, "Not said what was seen"),
    InputError: (422, "Cannot be taken"),
    NotFoundError: (404, "Not found"),
    ConflictError: (409, "Not as it stands now"),
    RoleError: (403, "Not allowed"),
    TooOftenError: (429, "Too often"),
    SignInError: (401, "Not signed in"),
    ElsewhereError: (403, "Not allowed"),
    BadHostError: (400, "Refused"),
}
TITLES = {**dict(_STATUS.values()), 405: "No such method", 503: FAULT_TITLE}
"""By status, what kind of refusal it is."""


def problem_answer(refusal: WaschedError) -> Response:
    """The refusal as application/problem+json."""
    return problem_details(status_of(refusal), error_sentence(refusal))


def status_of(refusal: WaschedError) -> int:
    """The status of a refusal (RFC 9110, 15.5)."""
    known = next((cls for cls in type(refusal).__mro__ if cls in _STATUS), None)
    return _STATUS[known][0] if known else 400


async def answer_http(_request: Request, refusal: Exception) -> Response:
    """What a framework refuses by a status, in the same form."""
    assert isinstance(refusal, HTTPException)
    return problem_details(refusal.status_code, refusal.detail, refusal.headers)


async def answer_misfit(_request: Request, refusal: Exception) -> Response:
    """What does not have the form that was asked for: where and why, never what came in."""
    assert isinstance(refusal, RequestValidationError)
    return problem_details(422, "; ".join(_fault(one) for one in refusal.errors()[:5]))


def problem_details(status: int, sentence: str, headers: Any = None, **more: Any) -> Response:
    """An answer of application/problem+json; `more` are members beside those of the standard."""
    title = TITLES.get(status, "Refused")
    body = {"title": title, "status": status, "detail": sentence, **more}
    return JSONResponse(body, status, headers, media_type="application/problem+json")


def _fault(one: dict[str, Any]) -> str:
    """One fault as `where: why`; the first part of the place is body, query, path or header."""
    where = ".".join(str(part)[:40] for part in one["loc"][1:]) or str(one["loc"][0])
    return f"{where}: {one['msg'][:200]}"
