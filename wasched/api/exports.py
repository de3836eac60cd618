"""Files to take away: the messages that a list shows, as CSV."""

from collections.abc import Iterator

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response, StreamingResponse

from wasched import bootstrap
from wasched.api.auth import COOKIE
from wasched.services import export, filters, people
from wasched.services.views import SignedIn

router = APIRouter()


@router.get("/export/messages.csv")
def messages(request: Request) -> Response:
    """The messages that the query chooses, in the words of the list's own address."""
    with bootstrap.session_scope(write=False) as session:
        token = request.cookies.get(COOKIE, "")
        user = people.who_is(session, token, bootstrap.clock().now())
    if user is None:
        return RedirectResponse("/sign-in", status_code=303)
    headers = {
        "Content-Disposition": 'attachment; filename="messages.csv"',
        "Cache-Control": "no-store",
    }
    wanted = filters.read(request.query_params, user.zone)
    return StreamingResponse(_lines(user, wanted), media_type="text/csv", headers=headers)


def _lines(user: SignedIn, wanted: filters.Filters) -> Iterator[str]:
    with bootstrap.session_scope(write=False) as session:
        yield from export.lines(session, user, wanted, bootstrap.clock().now())
