"""Approval: what an author writes or changes waits until an editor or manager lets it out.

It is a schedule's, and about all that the schedule has yet to send: whoever approves has seen the
words, the people and the times together. While it waits, its messages are put away like those of
a paused one, and no claim takes them whatever put them elsewhere (`delivery/claim.py`); unlike
those of a paused one they are missed at their time (`delivery/expiry.py`).
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, or_, select, update
from sqlmodel import Session, col

from wasched.domain.errors import InputError
from wasched.domain.message import NO_TRY, Status
from wasched.models import LIVE_STATUSES, Approval, Message, Schedule, ScheduleRecipient
from wasched.services import permissions
from wasched.services.caller import Caller
from wasched.services.change_notes import MESSAGES, announce
from wasched.services.permissions import Action
from wasched.services.schedules import nudges

_HELD = {
    Approval.WAITING: "It waits for approval, and cannot go out before that.",
    Approval.REFUSED: "It was not approved, so it cannot go out. Change it to ask again.",
}


def ask_anew(session: Session, user: Caller, made: Schedule, now: datetime) -> None:
    """Let a schedule wait for approval if it is an author who changes what it sends.

    Whoever may approve needs nobody else's word, and gives none for what others wrote. Messages
    follow by `hold_back`, once the change is made.
    """
    if permissions.may(user, Action.APPROVE):
        return
    made.approval, made.approval_word = Approval.WAITING, ""
    made.approval_turn += 1
    made.asked_by_id, made.asked_at = user.id, now
    session.add(made)
    nudges.ask_for_all(session, made)


def saved_by(session: Session, user: Caller, made: Schedule, now: datetime) -> None:
    """An author's whole schedule waits; one that somebody else saved is approved by that."""
    ask_anew(session, user, made, now)
    if made.approval != Approval.GIVEN and permissions.may(user, Action.APPROVE):
        give(made, user, now)
        nudges.decide_all(session, made, made.asked_at)


def give(made: Schedule, user: Caller, now: datetime) -> None:
    """Let a schedule send; its messages follow by `settle`."""
    made.approval, made.approval_word = Approval.GIVEN, ""
    made.decided_by_id, made.decided_at = user.id, now


def require_approved(made: Schedule) -> None:
    """InputError if nothing of a schedule may go out: sending now does not approve it."""
    if held := say_held(made):
        raise InputError("", held)


def say_held(made: Schedule) -> str:
    """What keeps a schedule from sending, if it is not approved; else nothing."""
    return _HELD[Approval(made.approval)] if made.approval != Approval.GIVEN else ""


def hold_back(session: Session, made: Schedule) -> None:
    """Put away what waits of a schedule that is not approved."""
    if made.approval != Approval.GIVEN:
        session.flush()
        _set_tries(session, made, col(Message.try_at) < NO_TRY, NO_TRY)


def settle(session: Session, made: Schedule) -> None:
    """The same, and let what waits of any other go at its time if it is not paused."""
    hold_back(session, made)
    if not made.holds_back:
        session.flush()
        _set_tries(session, made, col(Message.try_at) == NO_TRY, Message.due_at)


def ask_for_people(
    session: Session, user: Caller, ids: Sequence[int] | Select[int], now: datetime
) -> None:
    """Let all that goes to these people wait for approval, if an author changes who they are.

    A name, a field or a number decides what an approved message says, and to whom.
    """
    reached = select(col(ScheduleRecipient.schedule_id)).where(
        col(ScheduleRecipient.recipient_id).in_(ids)
    )
    _ask_for(session, user, reached.distinct(), now)


def ask_for_messages(
    session: Session, user: Caller, ids: Sequence[int], now: datetime
) -> list[Schedule]:
    """Let the schedules of messages wait that an author lets go out, or moves; returns all."""
    session.flush()
    theirs = select(col(Message.schedule_id)).where(col(Message.id).in_(ids)).distinct()
    found = list(session.scalars(select(Schedule).where(col(Schedule.id).in_(theirs))))
    for made in found:
        ask_anew(session, user, made, now)
        settle(session, made)
    return found


def is_approved() -> ColumnElement[bool]:
    """Messages of schedules that may send."""
    held = select(col(Schedule.id)).where(col(Schedule.approval) != Approval.GIVEN)
    return col(Message.schedule_id).not_in(held)


def _ask_for(session: Session, user: Caller, ids: Select[int], now: datetime) -> None:
    if permissions.may(user, Action.APPROVE):
        return
    waits = exists().where(
        col(Message.schedule_id) == Schedule.id, col(Message.status) == Status.SCHEDULED
    )
    session.flush()
    for made in session.scalars(
        select(Schedule).where(
            col(Schedule.id).in_(ids), or_(col(Schedule.status).in_(LIVE_STATUSES), waits)
        )
    ).all():
        ask_anew(session, user, made, now)
        hold_back(session, made)
        announce(session, made.space_id, MESSAGES, now)


def _set_tries(
    session: Session, made: Schedule, which: ColumnElement[bool], try_at: object
) -> None:
    session.execute(
        update(Message)
        .where(col(Message.schedule_id) == made.id, col(Message.status) == Status.SCHEDULED, which)
        .values(try_at=try_at)
        .execution_options(synchronize_session="fetch")
    )
