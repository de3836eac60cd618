"""What a refusal looks like on a plain route: problem details with a sentence (RFC 9457)."""

from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from wasched.domain.errors import (
    BadHostError,
    ElsewhereError,
    InputError,
    NoRoomError,
    NotFoundError,
    RoleError,
    SignInError,
    TooLargeError,
    WaschedError,
    WrongKindError,
)
from wasched.text.refusals import error_sentence

_STATUS: dict[type[WaschedError], tuple[int, str]] = {
    TooLargeError: (413, "Too large"),
    WrongKindError: (415, "Wrong kind"),
    NoRoomError: (507, "No room"),
    InputError: (422, "Cannot be taken"),
    NotFoundError: (404, "Not found"),
    RoleError: (403, "Not in your role"),
    SignInError: (401, "Not signed in"),
    ElsewhereError: (403, "From another site"),
    BadHostError: (400, "Refused"),
}
_TITLES = dict(_STATUS.values())


def problem_answer(refusal: WaschedError) -> Response:
    """The refusal as application/problem+json."""
    known = next((cls for cls in type(refusal).__mro__ if cls in _STATUS), None)
    return _details(_STATUS[known][0] if known else 400, error_sentence(refusal))


async def answer_http(_request: Request, refusal: Exception) -> Response:
    """What a framework refuses by a status, in the same form."""
    assert isinstance(refusal, HTTPException)
    return _details(refusal.status_code, refusal.detail, refusal.headers)


async def answer_misfit(_request: Request, refusal: Exception) -> Response:
    """What does not have the form that was asked for: where and why, never what came in."""
    assert isinstance(refusal, RequestValidationError)
    return _details(422, "; ".join(_fault(one) for one in refusal.errors()[:5]))


def _fault(one: dict[str, Any]) -> str:
    """One fault as `where: why`; the first part of the place is body, query, path or header."""
    where = ".".join(str(part)[:40] for part in one["loc"][1:]) or str(one["loc"][0])
    return f"{where}: {one['msg'][:200]}"


def _details(status: int, sentence: str, headers: Any = None) -> Response:
    body = {"title": _TITLES.get(status, "Refused"), "status": status, "detail": sentence}
    return JSONResponse(body, status, headers, media_type="application/problem+json")
