"""What every decision about a schedule shares: fetching it, and what it leaves to take back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlmodel import Session, col

from wasched.domain.errors import InputError, MovedOnError
from wasched.domain.message import NO_TRY, Status
from wasched.domain.reasons import Code, Reason, because
from wasched.domain.schedule import SCHEDULE_CHOICES, ScheduleChoice
from wasched.models import Message, Schedule, ScheduleStatus
from wasched.services import effects, permissions
from wasched.services.audit_log import record_deed
from wasched.services.caller import Caller
from wasched.services.change_notes import MESSAGES, announce
from wasched.services.permissions import Action
from wasched.services.schedules import approval, nudges, occurrences
from wasched.services.schedules.catch_up import catch_up
from wasched.services.schedules.create import go_to, step_schedule
from wasched.services.schedules.expand import lay_out

_BEHIND = "What was missed while the server was down is still being listed. Try again in a minute."


@dataclass(frozen=True)
class Undo:
    """What takes a decision back: what it was, when, and how the schedule stood before."""

    kind: str
    schedule_id: int
    at: datetime
    status: str = ""
    next_at: datetime | None = None
    next_local: datetime | None = None
    local: datetime | None = None  # the occurrence it was about


@dataclass(frozen=True)
class ActionResult:
    """A decision carried out, in a sentence."""

    schedule_id: int
    sentence: str
    undo: Undo | None = None


def take_schedule(
    session: Session,
    user: Caller,
    schedule_id: int,
    now: datetime,
    choice: ScheduleChoice | None = None,
    *,
    stops: bool = False,
    narrows: bool = False,
) -> Schedule:
    """The schedule that a person changes now, if it stands in a status in which they may.

    InputError if it moved on.

    One that is behind after a downtime is brought up to now before anything is decided about it.
    What `stops` it does not wait for that where it takes long; anything else has to. Whatever an
    author does has to be approved anew, unless it only stops it or `narrows` what it sends.
    """
    made = permissions.fetch_own(session, Schedule, schedule_id, user, Action.WRITE)
    is_up = catch_up(session, made, now)
    if choice and made.status not in SCHEDULE_CHOICES[choice]:
        raise moved_on()
    if not is_up and not stops:
        raise InputError("", _BEHIND)
    made.changed_by_id = user.id
    if not stops and not narrows:
        approval.ask_anew(session, user, made, now)
    return made


def take_to_send(
    session: Session, user: Caller, schedule_id: int, now: datetime, choice: ScheduleChoice
) -> Schedule:
    """The same for what a person sends at once; InputError if it may not go out."""
    made = take_schedule(session, user, schedule_id, now, choice, narrows=True)
    approval.require_approved(made)
    approval.ask_anew(session, user, made, now)
    return made


def come_to(session: Session, made: Schedule, now: datetime) -> None:
    """Let what has come not be the next one any more, and lay out what is.

    What a pause passed over was not wanted: of it only what is laid out already stays.
    """
    if not made.rrule or made.next_at is None or made.next_at > now:
        return
    if made.status == ScheduleStatus.PAUSED:
        go_to(made, occurrences.first_occurrence(occurrences.rule_of(made), now))
        lay_out(session, made, now)
        return
    while made.next_at is not None and made.next_at <= now:
        step_schedule(session, made, now)


def moved_on() -> MovedOnError:
    """It is not as the page showed it any more."""
    return MovedOnError("", "This has moved on meanwhile. Look again.")


def note_change(session: Session, made: Schedule, now: datetime) -> None:
    """Note that a person changed a schedule: what waits of it may go sooner than it was to."""
    made.changed_at = now
    made.version += 1
    session.add(made)
    session.flush()
    approval.hold_back(session, made)
    nudges.follow_change(session, made, now)
    announce(session, made.space_id, MESSAGES, now)
    effects.wake(session, made.account_id, now)


def record_on_schedule(
    session: Session, user: Caller, did: Code, schedule_id: int, now: datetime
) -> None:
    """Write into the audit log what somebody did with a schedule."""
    record_deed(session, user, because(did, schedule_id=schedule_id), now)


def undo_of(kind: str, made: Schedule, now: datetime, local: datetime | None = None) -> Undo:
    """How a schedule stands before a decision."""
    assert made.id is not None
    return Undo(kind, made.id, now, made.status, made.next_at, made.next_local, local)


def waiting_messages(made: Schedule, *more: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    """The messages of a schedule that have yet to go out."""
    return [col(Message.schedule_id) == made.id, col(Message.status) == Status.SCHEDULED, *more]


def held_messages(made: Schedule, *more: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    """Those of them that a pause holds back."""
    return waiting_messages(made, col(Message.try_at) == NO_TRY, *more)


def unsent_messages(made: Schedule) -> list[ColumnElement[bool]]:
    """The messages of a schedule that wait, or are being sent and may come back to wait."""
    return [
        col(Message.schedule_id) == made.id,
        col(Message.status).in_((Status.SCHEDULED, Status.SENDING)),
    ]


def count_messages(session: Session, where: list[ColumnElement[bool]]) -> int:
    """How many messages fit."""
    return session.scalar(select(func.count()).select_from(Message).where(*where)) or 0


def change_messages(session: Session, where: list[ColumnElement[bool]], **values: Any) -> int:
    """Change the messages that fit, in one statement; returns how many."""
    done = session.execute(
        update(Message)
        .where(*where)
        .values(**values)
        .execution_options(synchronize_session="fetch")
    )
    return int(done.rowcount)  # type: ignore[attr-defined]


def cancelled_columns(reason: Reason, now: datetime) -> dict[str, Any]:
    """The columns of a message that a person took back."""
    return {"status": Status.CANCELLED, "reason": reason, "settled_at": now}
