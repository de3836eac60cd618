"""Files to take away: the messages that a list shows, and the people."""

from collections.abc import Callable, Iterator
from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response, StreamingResponse
from sqlmodel import Session

from wasched import bootstrap
from wasched.api.callers import PoliteRoute, caller
from wasched.domain.errors import SignInError
from wasched.services.address_book import export_people
from wasched.services.caller import Caller
from wasched.services.messages import export_messages, filters
from wasched.text.reasons import reason_sentence

Lines = Callable[[Session, Caller], Iterator[str]]

router = APIRouter(prefix="/export", route_class=PoliteRoute)


@router.get("/messages.csv")
def messages(request: Request) -> Response:
    """The messages that the query chooses, in the words of the list's own address."""

    def lines(session: Session, user: Caller) -> Iterator[str]:
        wanted = filters.read_filters(request.query_params, user.zone)
        now = bootstrap.clock().now()
        word = partial(reason_sentence, zone=user.zone, now=now)
        return export_messages.csv_lines(session, user, wanted, now, word)

    return _file(request, "messages.csv", "text/csv", lines)


@router.get("/people.csv")
def people_csv(request: Request) -> Response:
    """All the caller's people, for spreadsheets and to be imported again."""
    return _file(request, "people.csv", "text/csv", export_people.csv_lines)


@router.get("/people.vcf")
def people_vcf(request: Request) -> Response:
    """All the caller's people, for the contacts of a phone."""
    return _file(request, "people.vcf", "text/vcard", export_people.write_vcards)


def _file(request: Request, name: str, kind: str, lines: Lines) -> Response:
    """A file to save; whoever is not signed in is led to where they can be."""
    try:
        user = caller(request)
    except SignInError:
        return RedirectResponse("/sign-in", status_code=303)
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
    return StreamingResponse(_written(user, lines), media_type=kind, headers=headers)


def _written(user: Caller, lines: Lines) -> Iterator[str]:
    return bootstrap.database().stream(lambda session: lines(session, user))
