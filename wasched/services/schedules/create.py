"""Schedules: from what a person asks for to messages laid out for their instant."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from wasched.domain import content as contents
from wasched.domain import nudge
from wasched.domain.content_rules import preview_line
from wasched.domain.reasons import Code, because
from wasched.models import Schedule, ScheduleStatus
from wasched.services import permissions
from wasched.services.audit_log import record_deed
from wasched.services.caller import Caller
from wasched.services.delivery import amendments, expiry
from wasched.services.permissions import Action
from wasched.services.recipients import number_checks
from wasched.services.replies import record
from wasched.services.schedules import (
    approval,
    audience,
    catch_up,
    doubles,
    occurrences,
    requests,
    zone_updates,
)
from wasched.services.schedules.expand import lay_out
from wasched.services.schedules.occurrences import go_to
from wasched.services.schedules.requests import RECIPIENTS_MAX, ScheduleRequest
from wasched.services.schedules.zone_updates import relay_instants

__all__ = [
    "RECIPIENTS_MAX",
    "ScheduleRequest",
    "Scheduled",
    "advance_schedules",
    "create_schedule",
    "go_to",
    "put_right",
    "relay_instants",
]


@dataclass(frozen=True)
class Scheduled:
    """A saved schedule: its id, its account and the first instant (UTC)."""

    schedule_id: int
    account_id: int
    first_at: datetime


def create_schedule(
    session: Session, user: Caller, request: ScheduleRequest, now: datetime
) -> Scheduled:
    """Save what a person asks for and lay out its first messages; InputError saves nothing."""
    permissions.require(user, Action.WRITE)
    account = requests.account_of(session, user, request)
    start = requests.request_start(request, now)
    requests.check_request(session, account, request, now)
    requests.check_nudge(session, account, request, now)
    chosen = requests.recipient_ids(session, user, request, now)
    made = Schedule(
        space_id=account.space_id,
        made_by_id=user.id,
        changed_by_id=user.id,
        created_at=now,
        **schedule_columns(request, start.local, now),
    )
    go_to(made, start.first)
    approval.saved_by(session, user, made, now)
    session.add(made)
    session.flush()
    assert made.id is not None
    audience.address_new(
        session, made, chosen, request.lists, request.but_not, request.but_not_people
    )
    lay_out(session, made, now)
    if len(chosen) == 1 and not request.lists:
        record.note_written_to(session, account, chosen[0], now)
    record_deed(session, user, because(Code.SCHEDULED, schedule_id=made.id), now)
    number_checks.ask_about_schedule(session, made.id, now)
    return Scheduled(made.id, request.account_id, start.first[0])


def advance_schedules(session: Session, now: datetime, limit: int = 200) -> list[int]:
    """Bring schedules whose occurrence has come up to now; returns the accounts they are of.

    After a downtime every occurrence in between is laid out too, so that none is lost; at most
    `limit` schedules are moved, the next call moves the rest. Nothing is behind once no account
    is returned. All of it is one transaction: a worker works off by `catching_up.work_off`.
    """
    accounts: set[int] = set()
    for made in session.scalars(catch_up.schedules_behind(now).limit(limit)).all():
        catch_up.bring_up(session, made, now)
        accounts.add(made.account_id)
    return sorted(accounts)


def step_schedule(session: Session, made: Schedule, now: datetime) -> None:
    """Let the occurrence after the present one be the next, or the schedule end."""
    go_to(made, occurrences.next_occurrence(made))
    if made.next_at is None:
        made.status = ScheduleStatus.ENDED
    session.flush()
    lay_out(session, made, now)


def put_right(session: Session, now: datetime) -> bool:
    """Bring instants up to date with the zone data, then expire what is late by them.

    Before that, what an earlier version laid out twice is held for a person.

    False when there is more to do, for the next call.
    """
    doubles.ask_about(session, now)
    if zone_updates.relay_instants(session, zone_updates.AT_ONCE) == zone_updates.AT_ONCE:
        return False
    expiry.expire_messages(session, now)
    amendments.expire_amendments(session, now)
    return True


def schedule_columns(
    request: ScheduleRequest, starts_local: datetime, now: datetime
) -> dict[str, Any]:
    """The columns of a schedule that a request decides."""
    return {
        "account_id": request.account_id,
        "contents": [contents.to_json(one) for one in request.contents],
        "preview": preview_line(request.contents[0]),
        "starts_local": starts_local,
        "zone": request.zone,
        "rrule": request.rrule,
        "month_end": request.month_end,
        "exdates": [one.isoformat() for one in request.left_out],
        "late_window_s": request.late_s,
        "respects_quiet_hours": request.respects_quiet_hours,
        "stops_on_reply": request.stops_on_reply,
        "nudge": nudge.to_json(request.nudge),
        "changed_at": now,
    }
