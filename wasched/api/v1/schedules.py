"""Schedules: previewing, making, finding, changing and ending them."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, Literal, TypeGuard

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field, StrictBool
from sqlmodel import Session

from wasched import bootstrap
from wasched.api.v1.callers import KeyRoute, Reader, Sender
from wasched.api.v1.etags import CANCELS, CHANGES, SHOWS, Seen, SeenIfSaid, note_version
from wasched.api.v1.ids import AccountId, AudienceIdText, InPath, ScheduleId
from wasched.api.v1.lists_of import After, Limit, Page, link_next, page_of, read_cursor
from wasched.api.v1.merge_patch import named_fields
from wasched.api.v1.once import Once
from wasched.api.v1.refusals import pointer_of
from wasched.api.v1.requests import (
    LATE_MINUTES,
    AccountOf,
    ContentIn,
    Late,
    NudgeIn,
    ScheduleIn,
    To,
    contents_of,
    fields_of,
    read_account,
    read_audience,
    read_nudge,
    request_of,
)
from wasched.api.v1.schedule_views import (
    PreviewOut,
    ScheduledOut,
    ScheduleOut,
    ScheduleStory,
    preview_out,
    schedule_out,
    schedule_story,
)
from wasched.api.v1.scheduling import schedule_once
from wasched.api.v1.times import Instant, TimeIn, example, read_when
from wasched.domain.content import Content, Media
from wasched.domain.content import Text as TextContent
from wasched.domain.errors import InputError, NotFoundError
from wasched.domain.media import CAPTIONED
from wasched.domain.opaque_ids import Kind
from wasched.domain.typed import read_instant
from wasched.models import Schedule, ScheduleStatus
from wasched.services import schedules, versions
from wasched.services.accounts import accounts
from wasched.services.caller import Caller
from wasched.services.schedules import preview
from wasched.services.schedules.requests import ScheduleRequest
from wasched.services.schedules.schedule_views import ScheduleView

router = APIRouter(tags=["schedules"], route_class=KeyRoute)

Scope = Literal["this", "following", "all"]
Which = Literal["all", "repeating", "once", "paused", "over"]

_CONTENTS = ContentIn.model_fields.keys()


class ScheduleChange(TimeIn, ContentIn):
    """What of a schedule is to be another; what is not named stays.

    Another poll, place, card, file or other wordings take the place of all that it said. A text
    stays under a file, and goes on under another one.
    """

    model_config = example(text="At eight this time", late_minutes=60)

    to: To | None = None
    but_not: Annotated[
        tuple[AudienceIdText, ...] | None,
        Field(description="With `to`: who of them is left out."),
    ] = None
    account: AccountOf = None
    late_minutes: Late | None = None
    quiet_hours: StrictBool | None = None
    stop_on_reply: StrictBool | None = None
    nudge: Annotated[NudgeIn | None, Field(description="null for none any more.")] = None


class SchedulePatch(ScheduleChange):
    """What of a schedule is to be another (RFC 7396); what is not named stays."""

    status: Annotated[
        Literal["active", "paused"] | None, Field(description="Pauses it, or lets it go on.")
    ] = None


@router.post("/schedules:preview", summary="Tell what a schedule would do")
def preview_schedule(program: Sender, body: ScheduleIn) -> PreviewOut:
    """Takes what `POST /schedules` takes and saves nothing: the next times, and what to know."""
    return bootstrap.answer(lambda session, now: tell_preview(session, program, body, now))


def tell_preview(session: Session, program: Caller, body: ScheduleIn, now: datetime) -> PreviewOut:
    """What a schedule would do, as it is answered."""
    with fields_of(body):
        request = request_of(session, program, body, now)
    found = preview.preview(session, program, request, now)
    return preview_out(found, program, now, lambda field: pointer_of(field, body.said))


@router.post("/schedules", status_code=201, summary="Schedule a message, once or repeated")
def make_schedule(program: Sender, asked: Once, body: ScheduleIn) -> ScheduledOut:
    """Without `at`, `local` or `when` it goes now."""
    return schedule_once(program, asked, body)  # type: ignore[return-value] # written already


@router.get("/schedules", summary="List schedules")
def list_schedules(
    program: Reader,
    request: Request,
    answer: Response,
    which: Which = "all",
    q: Annotated[str, Query(max_length=200, description="Words of texts or names.")] = "",
    account: Annotated[AccountId | None, Query()] = None,
    limit: Limit = 50,
    after: After = "",
) -> Page[ScheduleOut]:
    """The newest first."""
    found = find_schedules(program, which, q, account, limit, after)
    link_next(request, answer, found.next)
    return found


def find_schedules(
    program: Caller, which: Which, q: str, account: int | None, limit: int, after: str
) -> Page[ScheduleOut]:
    """A page of schedules; NotFoundError for an account that there is not."""
    cursor = read_cursor(after, Kind.SCHEDULE)
    if account == 0:
        raise NotFoundError()
    found = bootstrap.answer(
        lambda session, now: schedules.list_schedules(
            session,
            program,
            now,
            which=which,
            search=q,
            account_id=account or 0,
            cursor=cursor,
            limit=limit,
        )
    )
    items = [schedule_out(one) for one in found.lines]
    return page_of(items, found.next_cursor, Kind.SCHEDULE)


@router.get("/schedules/{schedule}", summary="One schedule", responses=SHOWS)
def read_schedule(
    program: Reader, answer: Response, schedule: Annotated[ScheduleId, InPath]
) -> ScheduleStory:
    """With its next times, and how many of its messages stand how."""
    view = bootstrap.answer(
        lambda session, now: schedules.schedule_view(session, program, schedule, now)
    )
    return _told(answer, view)


@router.patch("/schedules/{schedule}", summary="Change a schedule", responses=CHANGES)
def change_schedule(
    program: Sender,
    answer: Response,
    schedule: Annotated[ScheduleId, InPath],
    seen: Seen,
    body: SchedulePatch,
    scope: Annotated[
        Scope | None,
        Query(description="Of one that repeats: one time, one and those after it, or all."),
    ] = None,
    occurrence: Annotated[
        Instant | None, Query(description="The time that is meant; without it the next.")
    ] = None,
) -> ScheduleStory:
    """What went stays as it went. `this` and `following` answer the schedule that took over."""

    def change(session: Session, now: datetime) -> ScheduleView:
        versions.require_version(session, program, Schedule, schedule, seen)
        changed = edit_by_patch(session, program, schedule, body, (scope, occurrence or ""), now)
        if body.status == "paused":
            schedules.pause_schedule(session, program, changed, now)
        elif body.status == "active":
            schedules.resume_schedule(session, program, changed, now)
        elif "status" in body.model_fields_set:
            raise InputError("status", "Say active or paused; a schedule is cancelled by DELETE.")
        return schedules.schedule_view(session, program, changed, now)

    return _told(answer, bootstrap.transaction(change))


@router.delete("/schedules/{schedule}", summary="Cancel a schedule", responses=CANCELS)
def cancel_schedule(
    program: Sender, answer: Response, schedule: Annotated[ScheduleId, InPath], seen: SeenIfSaid
) -> ScheduleStory:
    """Takes back all that has not gone. One that is cancelled stays so."""

    view = bootstrap.transaction(
        lambda session, now: cancel_once(session, program, schedule, seen, now)
    )
    return _told(answer, view)


def cancel_once(
    session: Session, program: Caller, schedule: int, seen: Collection[int] | None, now: datetime
) -> ScheduleView:
    """Cancel a schedule, which was `seen` so if that is said; one that is cancelled stays so."""
    view = schedules.schedule_view(session, program, schedule, now)
    if view.line.status == ScheduleStatus.CANCELLED:
        return view
    versions.require_version(session, program, Schedule, schedule, seen)
    schedules.cancel_schedule(session, program, schedule, now)
    return schedules.schedule_view(session, program, schedule, now)


def tell_schedule(
    session: Session, program: Caller, schedule_id: int, now: datetime
) -> ScheduleStory:
    """One schedule as it is answered."""
    return schedule_story(schedules.schedule_view(session, program, schedule_id, now))


def edit_by_patch(
    session: Session,
    program: Caller,
    schedule: int,
    body: ScheduleChange,
    which: tuple[str | None, str],
    now: datetime,
    read_at: datetime | None = None,
) -> int:
    """Change what the body names; returns the schedule that has it then.

    `which` are the scope and the occurrence that are meant. Words about time are read as of
    `read_at`, if that is not now.
    """
    before = schedules.request_of(session, program, schedule)
    with fields_of(body):
        request = _changed(session, program, before, body, read_at or now)
        if request == before:
            return schedule
        scope, at = _which_times(before, which)
        preview.check_spread(session, program, request, now, schedule)
        done = schedules.edit_schedule(
            session, program, schedule, request, now, scope=scope, occurrence_at=at
        )
    return done.schedule_id


def _which_times(
    before: ScheduleRequest, which: tuple[str | None, str]
) -> tuple[str, datetime | None]:
    """The scope and the instant of the occurrence; InputError where that is not said rightly."""
    scope, occurrence = which
    if before.rrule and scope is None:
        raise InputError("scope", "It repeats: say by scope whether this, following or all change.")
    at = read_instant(occurrence) if occurrence else None
    if occurrence and at is None:
        raise InputError("occurrence", "Give the instant of the time, with its offset.")
    return scope or "all", at


def _changed(
    session: Session, program: Caller, before: ScheduleRequest, body: ScheduleChange, now: datetime
) -> ScheduleRequest:
    said = named_fields(body)
    request = replace(before, **_readdressed(said))
    if "account" in said:
        request = replace(request, account_id=read_account(session, program, body.account))
    if said.keys() & _CONTENTS:
        contents = _said_anew(session, program, request, body, said)
        request = replace(request, contents=contents)
    if "late_minutes" in said:
        late = LATE_MINUTES if body.late_minutes is None else body.late_minutes
        request = replace(request, late_s=late * 60)
    if "quiet_hours" in said:
        request = replace(request, respects_quiet_hours=bool(body.quiet_hours))
    if "stop_on_reply" in said:
        request = replace(request, stops_on_reply=bool(body.stop_on_reply))
    if "nudge" in said:
        request = replace(request, nudge=read_nudge(body.nudge))
    if body.said:
        request = request.at(read_when(body, body.zone or before.zone, now))
    return request


def _said_anew(
    session: Session,
    program: Caller,
    before: ScheduleRequest,
    body: ScheduleChange,
    said: dict[str, Any],
) -> tuple[Content, ...]:
    """What it says then: a file stays where only words are named, words where only a file is."""
    first = before.contents[0]
    if said.keys() & _CONTENTS == {"text"} and _has_words_under(first):
        return (replace(first, caption=body.text or "", mentions=()),)
    named = {name for name in _CONTENTS if getattr(body, name) is not None}
    if named <= {"media", "send_as"} and not said.keys() & {"text", "wordings"}:
        body = body.model_copy(update=_words_of(before.contents))
    country = accounts.account_country(session, program, before.account_id)
    return contents_of(session, program, body, country)


def _has_words_under(content: Content) -> TypeGuard[Media]:
    return isinstance(content, Media) and content.kind in CAPTIONED


def _words_of(contents: tuple[Content, ...]) -> dict[str, Any]:
    """What was said in words, by the fields of a body; empty ones where there were none."""
    words = [
        one.body if isinstance(one, TextContent) else one.caption if isinstance(one, Media) else ""
        for one in contents
    ]
    return {"wordings": words} if len(words) > 1 else {"text": words[0]}


def _readdressed(said: dict[str, Any]) -> dict[str, Any]:
    """What of whom it goes to is to be another."""
    named = read_audience(said.get("to") or (), said.get("but_not") or ())
    to = {"to": named.to, "lists": named.lists} if "to" in said else {}
    if "but_not" not in said:
        return to
    return {**to, "but_not": named.but_not, "but_not_people": named.but_not_people}


def _told(answer: Response, view: ScheduleView) -> ScheduleStory:
    story = schedule_story(view)
    note_version(answer, view.line.version)
    answer.headers["Content-Location"] = f"/api/v1/schedules/{story.id}"
    return story
