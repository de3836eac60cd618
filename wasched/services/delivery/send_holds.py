"""Sends that went badly and wait for a person: nothing of them is claimed, whatever put it where.

The rest of one is put away as what a paused schedule has is, in the transaction that writes the
hold, so that a kill leaves both or neither. Unlike that it is missed at its time
(`delivery/expiry.py`).
"""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, or_, select, update
from sqlmodel import Session, col

from wasched.db import hints
from wasched.domain.early_stop import Alarm
from wasched.domain.errors import InputError
from wasched.domain.message import NO_TRY, Status
from wasched.domain.reasons import Code, Reason
from wasched.models import HoldState, Message, SendHold

SendKey = tuple[int, datetime]
"""The schedule of a send, and its occurrence (UTC)."""

HELD = Reason(Code.SEND_HELD)


def is_held() -> ColumnElement[bool]:
    """Messages of sends that wait for a person; one step of a nearly empty index for each."""
    return exists().where(
        col(SendHold.schedule_id) == Message.schedule_id,
        col(SendHold.occurrence_at) == Message.occurrence_at,
        is_open(),
    )


def is_open() -> ColumnElement[bool]:
    """Holds that wait, as the index of them says it."""
    waits: ColumnElement[bool] = col(SendHold.state) == hints.written_text(HoldState.WAITING)
    return waits


def hold_send(session: Session, key: SendKey, alarm: Alarm, now: datetime) -> None:
    """Stop a send: what waits of it waits for a person from now on."""
    session.add(
        SendHold(
            schedule_id=key[0],
            occurrence_at=key[1],
            held_at=now,
            measure=alarm.measure,
            bad=alarm.seen.bad,
            seen=alarm.seen.of,
            past_bad=alarm.past.bad,
            past_seen=alarm.past.of,
        )
    )
    session.flush()
    session.execute(
        update(Message)
        .where(*of_send(key), col(Message.status) == Status.SCHEDULED)
        .values(try_at=NO_TRY, reason=HELD)
        .execution_options(synchronize_session=False)
    )


def of_send(key: SendKey) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The messages of an occurrence."""
    return col(Message.schedule_id) == key[0], col(Message.occurrence_at) == key[1]


def held_at_all(session: Session, key: SendKey) -> bool:
    """True if a send was stopped already, whatever was decided then."""
    found = select(SendHold.id).where(
        col(SendHold.schedule_id) == key[0], col(SendHold.occurrence_at) == key[1]
    )
    return session.scalar(found) is not None


def require_not_held(session: Session, key: SendKey) -> None:
    """InputError if a send waits: it is decided about as a whole."""
    found = select(SendHold.id).where(
        col(SendHold.schedule_id) == key[0], col(SendHold.occurrence_at) == key[1], is_open()
    )
    if session.scalar(found) is not None:
        raise InputError(
            "", "This send stopped itself. Let it go on, or take back the rest, on Home first."
        )


def close_spent(session: Session, now: datetime) -> None:
    """End the holds of which nothing is left to decide about; mostly there are none at all."""
    waiting = session.scalars(select(SendHold.id).where(is_open())).all()
    if not waiting:
        return
    is_left = exists().where(
        col(Message.schedule_id) == SendHold.schedule_id,
        col(Message.occurrence_at) == SendHold.occurrence_at,
        or_(col(Message.status) == Status.SCHEDULED, col(Message.status) == Status.SENDING),
    )
    session.execute(
        update(SendHold)
        .where(col(SendHold.id).in_(waiting), is_open(), ~is_left)
        .values(state=HoldState.OVER, decided_at=now)
        .execution_options(synchronize_session=False)
    )


def move_hold(session: Session, old: SendKey, new: SendKey) -> None:
    """Let the hold of an occurrence follow its messages to another schedule or instant."""
    if old == new or not held_at_all(session, old):
        return
    there = (col(SendHold.schedule_id) == new[0], col(SendHold.occurrence_at) == new[1])
    session.execute(delete(SendHold).where(*there))
    session.execute(
        update(SendHold)
        .where(col(SendHold.schedule_id) == old[0], col(SendHold.occurrence_at) == old[1])
        .values(schedule_id=new[0], occurrence_at=new[1])
        .execution_options(synchronize_session=False)
    )
