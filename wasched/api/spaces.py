"""Going to another space, and joining one, as plain form posts."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from wasched import bootstrap
from wasched.api import cookies
from wasched.api.callers import MembersRoute, caller
from wasched.domain.errors import InputError
from wasched.domain.typed import read_id
from wasched.services.identity import spaces, team

router = APIRouter(prefix="/spaces", route_class=MembersRoute)

ALL = "all"
"""In place of a space, as the pages' addresses have it."""

_Field = Annotated[str, Form(max_length=1000)]


@router.post("/choose")
def choose(request: Request, space: _Field = "") -> Response:
    """Have this browser be in another space, or show Home of all of one's own."""
    if space == ALL:
        return RedirectResponse(f"/?space={ALL}", status_code=303)
    return _go_to(request, read_id(space))


@router.post("/join")
def join(request: Request, invite: _Field = "") -> Response:
    """Take an invitation with the account that is signed in, and go where it leads."""
    user = caller(request)
    try:
        space_id = bootstrap.transaction(
            lambda session, now: team.join_by_invitation(session, user, invite, now)
        )
    except InputError as refusal:
        query = urlencode({"error": refusal.code, "invite": invite})
        return RedirectResponse(f"/sign-up?{query}", status_code=303)
    return _go_to(request, space_id)


def _go_to(request: Request, space_id: int) -> Response:
    """Home, in another space from here on; its tab knows by the address that it was led there."""
    user, token = caller(request), request.cookies.get(cookies.SESSION, "")
    bootstrap.transaction(
        lambda session, now: spaces.choose_space(session, user, token, space_id, now)
    )
    return RedirectResponse(f"/?space={space_id}", status_code=303)
