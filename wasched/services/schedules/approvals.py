"""Approving what authors wrote, and saying why not."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from wasched.db import hints
from wasched.domain.errors import InputError
from wasched.domain.message import Status
from wasched.domain.reasons import Code
from wasched.domain.visible import clean_text
from wasched.models import Account, Approval, Message, Schedule, ScheduleStatus, User
from wasched.services import effects, permissions
from wasched.services.caller import Caller
from wasched.services.change_notes import MESSAGES, announce
from wasched.services.delivery import expiry
from wasched.services.permissions import Action
from wasched.services.schedules import approval, nudges, schedule_queries
from wasched.services.schedules.landing import say_of_schedule
from wasched.services.schedules.steps import ActionResult, record_on_schedule
from wasched.services.views import ScheduleLine

WORD_MAX = 300


def approve_schedule(
    session: Session, user: Caller, schedule_id: int, turn: int, now: datetime
) -> ActionResult:
    """Let a schedule send, as it was seen.

    `turn` is the number it was asked for with. InputError if its author changed it since, or if
    somebody else decided. What is too late by now stays missed.
    """
    made = permissions.fetch_own(session, Schedule, schedule_id, user, Action.APPROVE)
    expiry.expire_of(session, session.get_one(Account, made.account_id), now)
    _decide(session, user, made, turn, Approval.GIVEN, "", now)
    approval.settle(session, made)
    effects.wake(session, made.account_id, now)
    return ActionResult(schedule_id, say_of_schedule(session, made, "Approved."))


def refuse_schedule(
    session: Session, user: Caller, schedule_id: int, turn: int, word: str, now: datetime
) -> ActionResult:
    """Give a schedule back to its author, with a word why; InputError as for an approval."""
    made = permissions.fetch_own(session, Schedule, schedule_id, user, Action.APPROVE)
    said = clean_text(word).strip()
    if not said:
        raise InputError("word", "Say in a word or two why not.")
    if len(said) > WORD_MAX:
        raise InputError("word", f"That has {len(said):,} characters; {WORD_MAX} are enough.")
    _decide(session, user, made, turn, Approval.REFUSED, said, now)
    return ActionResult(schedule_id, "Given back to its author.")


def list_approvals(session: Session, user: Caller, now: datetime, limit: int) -> list[ScheduleLine]:
    """What waits for this person: to be approved by them, or changed because it was refused."""
    return schedule_queries.schedule_lines(session, user, now, _is_for(user), limit)


def count_approvals(session: Session, user: Caller) -> int:
    """How many schedules that are."""
    mine = permissions.visible_to(Schedule.space_id, user)
    return session.scalar(select(func.count(col(Schedule.id))).where(mine, _is_for(user))) or 0


def _is_for(user: Caller) -> ColumnElement[bool]:
    """Schedules that wait for this person's word, or came back to them."""
    came_back = and_(
        col(Schedule.approval) == Approval.REFUSED,
        col(Schedule.asked_by_id) == user.id,
        col(Schedule.status) != ScheduleStatus.CANCELLED,
    )
    waits = exists().where(
        col(Message.schedule_id) == Schedule.id, col(Message.status) == Status.SCHEDULED
    )
    to_decide = and_(
        col(Schedule.approval) == Approval.WAITING,
        or_(col(Schedule.next_at).is_not(None), waits),
    )
    is_mine = or_(came_back, to_decide) if permissions.may(user, Action.APPROVE) else came_back
    unapproved = col(Schedule.approval) != hints.written_empty_text()
    return and_(unapproved, is_mine, ~_asked_with_another())


def _asked_with_another() -> ColumnElement[bool]:
    """Nudges that were asked for with their schedule, and are decided with it."""
    whole = aliased(Schedule)
    return exists().where(
        col(whole.id) == Schedule.nudge_of_id,
        col(whole.approval) == Schedule.approval,
        col(whole.asked_at) == Schedule.asked_at,
    )


def _decide(
    session: Session,
    user: Caller,
    made: Schedule,
    turn: int,
    to: Approval,
    word: str,
    now: datetime,
) -> None:
    """Write a decision down, if nobody was quicker: the condition decides, not what was read."""
    waits = [Approval.WAITING] if to is Approval.REFUSED else [Approval.WAITING, Approval.REFUSED]
    done = session.execute(
        update(Schedule)
        .where(
            col(Schedule.id) == made.id,
            col(Schedule.approval).in_(waits),
            col(Schedule.approval_turn) == turn,
            col(Schedule.status) != ScheduleStatus.CANCELLED,
        )
        .values(approval=to, approval_word=word, decided_by_id=user.id, decided_at=now)
        .execution_options(synchronize_session=False)
    )
    session.refresh(made)
    if not done.rowcount:  # type: ignore[attr-defined]
        raise InputError("", _was_quicker(session, made, turn))
    code = Code.APPROVED if to is Approval.GIVEN else Code.DID_NOT_APPROVE
    nudges.decide_all(session, made, made.asked_at)
    record_on_schedule(session, user, code, made.id or 0, now)
    announce(session, made.space_id, MESSAGES, now)


def _was_quicker(session: Session, made: Schedule, turn: int) -> str:
    if made.approval == Approval.WAITING and made.approval_turn != turn:
        return f"{_name(session, made.asked_by_id)} changed this meanwhile. Look again first."
    if made.status == ScheduleStatus.CANCELLED:
        return "This was cancelled meanwhile."
    did = "approved" if made.approval == Approval.GIVEN else "refused"
    return f"{_name(session, made.decided_by_id)} {did} this already."


def _name(session: Session, user_id: int | None) -> str:
    found = session.get(User, user_id or 0)
    return found.name if found else "Somebody"
