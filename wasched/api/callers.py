"""Who calls a plain route, and what a refusal looks like there (RFC 9457)."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse, Response
from fastapi.routing import APIRoute

from wasched import bootstrap
from wasched.api.auth import COOKIE
from wasched.domain.errors import (
    DraftError,
    NoRoomError,
    NotYoursError,
    SignInError,
    TooLargeError,
    WaschedError,
    WrongKindError,
)
from wasched.services import people
from wasched.services.views import SignedIn

_STATUS: dict[type[WaschedError], tuple[int, str]] = {
    TooLargeError: (413, "Too large"),
    WrongKindError: (415, "Wrong kind"),
    NoRoomError: (507, "No room"),
    DraftError: (422, "Cannot be taken"),
    NotYoursError: (404, "Not found"),
    SignInError: (401, "Not signed in"),
}


class PoliteRoute(APIRoute):
    """A route whose refusals are problem details with a sentence for people in `detail`."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The route's own handler, its refusals told as answers."""
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await handle(request)
            except WaschedError as refusal:
                return problem(refusal)

        return handled


def problem(refusal: WaschedError) -> Response:
    """The refusal as application/problem+json."""
    known = next((cls for cls in type(refusal).__mro__ if cls in _STATUS), None)
    status, title = _STATUS[known] if known else (400, "Refused")
    body = {"title": title, "status": status, "detail": str(refusal)}
    return JSONResponse(body, status, media_type="application/problem+json")


def caller(request: Request) -> SignedIn:
    """The person whose browser asks; SignInError if there is none."""
    with bootstrap.session_scope(write=False) as session:
        token = request.cookies.get(COOKIE, "")
        user = people.who_is(session, token, bootstrap.clock().now())
    if user is None:
        raise SignInError("You were signed out. Sign in to go on.")
    return user
