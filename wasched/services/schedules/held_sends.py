"""Sends that stopped themselves: shown to who decides, who lets them go on or takes back the rest.

What has gone out is not touched by either: it can be deleted for everyone as ever
(`messages/amending.py`).
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlmodel import Session, col

from wasched.domain.errors import MovedOnError, NotFoundError
from wasched.domain.message import NO_TRY, Status
from wasched.domain.reasons import NO_REASON, Code, because
from wasched.models import Account, HoldState, Message, Schedule, SendHold, User
from wasched.services import effects, permissions
from wasched.services.audit_log import record_deed
from wasched.services.caller import Caller
from wasched.services.change_notes import MESSAGES, announce
from wasched.services.delivery import expiry, send_holds
from wasched.services.permissions import Action
from wasched.services.schedules.steps import change_messages
from wasched.services.views import HeldSend

SendAt = tuple[int, datetime]
"""The schedule of a send, and the instant (UTC) at which its messages are due."""

_WORDS = {
    HoldState.GONE_ON: "let it go on already",
    HoldState.TAKEN_BACK: "took back the rest already",
}


def list_held(session: Session, user: Caller, limit: int = 200) -> list[HeldSend]:
    """The sends that wait for a word, those first that are missed first."""
    rows = session.execute(_held(user).limit(limit)).all()
    return [_shown(row, user) for row in rows]


def count_held(session: Session, user: Caller) -> int:
    """How many sends wait for this person's word."""
    if not permissions.may(user, Action.WRITE):
        return 0
    return session.scalar(select(func.count()).select_from(_held(user).subquery())) or 0


def held_of_schedule(session: Session, user: Caller, schedule_id: int) -> list[HeldSend]:
    """Those of one schedule."""
    rows = session.execute(_held(user).where(col(Schedule.id) == schedule_id)).all()
    return [_shown(row, user) for row in rows]


def let_go_on(session: Session, user: Caller, key: SendAt, now: datetime) -> int:
    """Let a send that stopped itself go on; returns how many messages wait to go.

    NotFoundError if none waits there for the user, MovedOnError if somebody was quicker. What is
    too late by now is missed. It is not stopped a second time.
    """
    made, hold = _take(session, user, key, Action.APPROVE, HoldState.GONE_ON, now)
    waits = [
        *send_holds.of_send((hold.schedule_id, hold.occurrence_at)),
        col(Message.status) == Status.SCHEDULED,
        col(Message.reason) == send_holds.HELD,
    ]
    try_at = NO_TRY if made.holds_back else Message.due_at
    done = change_messages(session, waits, try_at=try_at, reason=NO_REASON)
    _record(session, user, Code.LET_SEND_GO_ON, made, now)
    effects.wake(session, made.account_id, now)
    return done


def take_back_rest(session: Session, user: Caller, key: SendAt, now: datetime) -> int:
    """Cancel what has not gone of a send that stopped itself; returns how many messages.

    Errors as for letting it go on.
    """
    made, hold = _take(session, user, key, Action.WRITE, HoldState.TAKEN_BACK, now)
    waits = [
        *send_holds.of_send((hold.schedule_id, hold.occurrence_at)),
        col(Message.status) == Status.SCHEDULED,
    ]
    reason = because(Code.REST_TAKEN_BACK, user=user.name)
    done = change_messages(session, waits, status=Status.CANCELLED, reason=reason, settled_at=now)
    _record(session, user, Code.TOOK_REST_BACK, made, now, count=done)
    return done


def _held(user: Caller) -> Select[Any]:
    """What waits, with how much of it."""
    found: Select[Any] = (
        select(
            SendHold,
            Schedule.preview,
            Account.id.label("account_id"),  # type: ignore[union-attr]
            Account.name.label("account"),  # type: ignore[attr-defined]
            func.min(Message.due_at).label("due_at"),
            func.min(Message.late_at).label("late_at"),
            func.count(col(Message.id)).label("waiting"),
        )
        .join(Schedule, col(Schedule.id) == SendHold.schedule_id)
        .join(Account, col(Account.id) == Schedule.account_id)
        .join(
            Message,
            (col(Message.schedule_id) == SendHold.schedule_id)
            & (col(Message.occurrence_at) == SendHold.occurrence_at),
        )
        .where(
            send_holds.is_open(),
            permissions.visible_to(Schedule.space_id, user),
            col(Message.status) == Status.SCHEDULED,
        )
        .group_by(col(SendHold.id), col(Schedule.id), col(Account.id))
        .order_by(func.min(Message.late_at), col(SendHold.id))
    )
    return found


def _shown(row: Any, user: Caller) -> HeldSend:
    hold = row.SendHold
    return HeldSend(
        schedule_id=hold.schedule_id,
        due_at=row.due_at,
        held_at=hold.held_at,
        account_id=row.account_id,
        account=row.account,
        text=row.preview,
        measure=hold.measure,
        bad=hold.bad,
        seen=hold.seen,
        past_bad=hold.past_bad,
        past_seen=hold.past_seen,
        waiting=row.waiting,
        late_at=row.late_at,
        may_go_on=permissions.may(user, Action.APPROVE),
        may_take_back=permissions.may(user, Action.WRITE),
    )


def _take(
    session: Session, user: Caller, key: SendAt, action: Action, to: HoldState, now: datetime
) -> tuple[Schedule, SendHold]:
    """Decide about a hold, if nobody was quicker: the condition decides, not what was read."""
    made = permissions.fetch_own(session, Schedule, key[0], user, action)
    hold = _hold_at(session, key)
    expiry.expire_of(session, session.get_one(Account, made.account_id), now)
    done = session.execute(
        update(SendHold)
        .where(col(SendHold.id) == hold.id, send_holds.is_open())
        .values(state=to, decided_at=now, decided_by_id=user.id)
        .execution_options(synchronize_session=False)
    )
    session.refresh(hold)
    if not done.rowcount:  # type: ignore[attr-defined]
        raise MovedOnError("", _was_quicker(session, hold))
    announce(session, made.space_id, MESSAGES, now)
    return made, hold


def _hold_at(session: Session, key: SendAt) -> SendHold:
    """The hold of what is due at an instant, or of that occurrence; open ones first."""
    found = sorted(_holds_at(session, key), key=lambda one: one.state != HoldState.WAITING)
    if not found:
        raise NotFoundError()
    return found[0]


def _holds_at(session: Session, key: SendAt) -> Iterator[SendHold]:
    schedule_id, at = key
    for hold in session.scalars(select(SendHold).where(col(SendHold.schedule_id) == schedule_id)):
        there = select(Message.id).where(
            *send_holds.of_send((schedule_id, hold.occurrence_at)), col(Message.due_at) == at
        )
        if hold.occurrence_at == at or session.scalar(there.limit(1)) is not None:
            yield hold


def _was_quicker(session: Session, hold: SendHold) -> str:
    if hold.state == HoldState.OVER:
        return "Nothing of it waits any more: its time is over."
    by = session.get(User, hold.decided_by_id or 0)
    return f"{by.name if by else 'Somebody'} {_WORDS[HoldState(hold.state)]}."


def _record(
    session: Session, user: Caller, did: Code, made: Schedule, now: datetime, **more: int
) -> None:
    record_deed(session, user, because(did, schedule_id=made.id or 0, **more), now)
