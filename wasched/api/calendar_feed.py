"""A person's calendar of a space, as other programs read it at its secret address (RFC 5545)."""

from datetime import datetime
from functools import partial
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session
from starlette.exceptions import HTTPException

from wasched import bootstrap
from wasched.api import doors
from wasched.api.callers import PoliteRoute
from wasched.api.etags import is_known
from wasched.config import settings
from wasched.domain.calendar_file import CalendarEvent, CalendarFile, etag_of, revise
from wasched.domain.errors import NotFoundError, SignInError
from wasched.domain.message import Status
from wasched.services.caller import Caller
from wasched.services.identity import calendar_addresses
from wasched.services.messages import calendar_feed
from wasched.services.messages.calendar_feed import Feed, FeedLine
from wasched.text import feed_words
from wasched.text.refusals import error_sentence

router = APIRouter(route_class=PoliteRoute)


@router.api_route("/calendar/{token}.ics", methods=["GET", "HEAD"])
def read_calendar(request: Request, token: str) -> Response:
    """The calendar as it is now; 304 for who has it, 404 for what is no address any more."""
    try:
        reader, file = _admitted(token, doors.caller_address(request), _origin(request))
    except SignInError as refusal:
        wait = {"Retry-After": str(60 * refusal.minutes)}
        raise HTTPException(429, error_sentence(refusal), wait) from None
    etag = etag_of(file)
    headers = {
        "ETag": f'W/"{etag}"',  # weak: of the same content the stamps may be others
        "Cache-Control": "private, no-cache",
        "Content-Disposition": 'inline; filename="wasched.ics"',
    }
    if is_known(request, etag):
        return Response(status_code=304, headers=headers)
    written = bootstrap.write_calendar(_stamped(reader, file))
    return Response(written, media_type="text/calendar", headers=headers)


def _admitted(token: str, caller_address: str, origin: str) -> tuple[Caller, CalendarFile]:
    """Who reads, and what they see; NotFoundError for a wrong token, which is counted."""
    try:
        return bootstrap.answer(partial(_read, token, caller_address, origin))
    except NotFoundError:
        bootstrap.transaction(
            lambda session, now: calendar_addresses.note_wrong_token(session, caller_address, now)
        )
        raise


def _read(
    token: str, caller_address: str, origin: str, session: Session, now: datetime
) -> tuple[Caller, CalendarFile]:
    reader = calendar_addresses.read_address(session, token, caller_address, now)
    return reader, _file(calendar_feed.read_feed(session, reader, now), reader, origin, now)


def _stamped(user: Caller, file: CalendarFile) -> CalendarFile:
    """The file with the stamps of its events; what is told is kept, to be compared next time."""

    def stamp(session: Session, now: datetime) -> CalendarFile:
        known = calendar_feed.told_before(session, user)
        revised, told = revise(file, known, now)
        if told != known:
            calendar_feed.note_told(session, user, told)
        return revised

    return bootstrap.transaction(stamp)


def _file(feed: Feed, user: Caller, origin: str, now: datetime) -> CalendarFile:
    about = feed_words.feed_about(
        calendar_feed.DAYS_BACK,
        calendar_feed.DAYS_AHEAD,
        calendar_feed.PAST_MAX,
        calendar_feed.COMING_MAX,
        is_cut=feed.is_cut,
    )
    events = tuple(_event(one, user, origin, now) for one in feed.lines)
    return CalendarFile(f"wasched: {feed.space}", about, user.zone, events)


def _event(line: FeedLine, user: Caller, origin: str, now: datetime) -> CalendarEvent:
    return CalendarEvent(
        uid=line.uid,
        start=line.at,
        title=feed_words.event_title(line.status, line.to, line.count, line.text),
        text=feed_words.event_text(
            line.text, line.account, line.tally, line.reason, user.zone, now
        ),
        url=origin + _page(line, user.space_id),
        is_cancelled=line.status == Status.CANCELLED,
    )


def _page(line: FeedLine, space_id: int) -> str:
    """The page of the one message, else of the schedule at this time."""
    if line.message_id:
        return f"/messages/{line.message_id}?{urlencode({'space': space_id})}"
    asked = {"at": line.at.isoformat(), "space": space_id}
    return f"/schedules/{line.schedule_id}?{urlencode(asked)}"


def _origin(request: Request) -> str:
    """This server as the reader reaches it; the Host was looked at before."""
    return settings().public_url or f"{request.url.scheme}://{request.headers.get('host', '')}"
