"""Decisions about many messages at once, each of which can be taken back for a moment."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col

from wasched.domain.errors import InputError
from wasched.domain.message import (
    MESSAGE_CHOICES,
    SENDING_CHOICES,
    MessageChoice,
    Status,
)
from wasched.domain.reasons import Code, Reason, because
from wasched.models import Message
from wasched.services import effects, permissions
from wasched.services.audit_log import record_deed
from wasched.services.caller import Caller
from wasched.services.change_notes import MESSAGES, announce
from wasched.services.messages import batches, chosen, message_actions
from wasched.services.messages.batch_ids import BatchKey
from wasched.services.messages.filters import Filters
from wasched.services.permissions import Action
from wasched.services.schedules import approval
from wasched.services.schedules.already_gone import (
    AlreadyGone,
    count_gone,
    gone_words,
    too_late,
)

AT_ONCE = 5_000
"""How many messages one decision may be about."""

_FOR_MANY = (MessageChoice.CANCEL, MessageChoice.DISMISS, MessageChoice.SEND_AGAIN)


@dataclass(frozen=True)
class Snapshot:
    """How a message stood before a decision, and the status that the decision gave it."""

    id: int
    status: str
    due_at: datetime
    try_at: datetime
    late_at: datetime
    reason: Reason
    settled_at: datetime | None
    dismissed_at: datetime | None
    became: str


@dataclass(frozen=True)
class BulkResult:
    """What a decision did: to which messages, through which accounts, and how many it left."""

    done: tuple[Snapshot, ...] = ()
    accounts: frozenset[int] = frozenset()
    is_paused: bool = False  # some of it waits for a schedule that is paused
    left: int = 0
    held: str = ""  # why none of a schedule goes out, if one is not approved


def ids_of(session: Session, user: Caller, keys: Sequence[BatchKey], wanted: Filters) -> list[int]:
    """The messages of these sends that the filter shows."""
    if not keys:
        return []
    statement = batches.these_batches(chosen.chosen_messages(user, wanted), keys).with_only_columns(
        Message.id
    )
    return list(session.scalars(statement.limit(AT_ONCE + 1)))


def decide_messages(
    session: Session, user: Caller, ids: Sequence[int], choice: str, now: datetime
) -> BulkResult:
    """Cancel, dismiss or send again what may be; the rest is left as it is and counted."""
    permissions.require(user, Action.WRITE)
    if choice not in _FOR_MANY:
        raise InputError("", "That cannot be done with many messages at once.")
    found = _fit(session, user, ids, choice)
    before = tuple(_before(one) for one in found)
    for one in found:
        message_actions.apply_decision(session, user, one, choice, now)
    message_actions.record_decision(session, user, choice, len(found), now)
    lets_go = found if choice in SENDING_CHOICES else []
    held = _ask_for(session, user, lets_go, now)
    return _deed(before, found, len(ids), held)


def move_messages(
    session: Session, user: Caller, ids: Sequence[int], by: timedelta, now: datetime
) -> BulkResult:
    """Let waiting messages go out earlier or later; InputError if that would be in the past."""
    permissions.require(user, Action.WRITE)
    found = _fit(session, user, ids, MessageChoice.MOVE)
    before = tuple(_before(one) for one in found)
    for one in found:
        if one.due_at + by < now:
            raise InputError("when", "That is over. Choose a later time.")
        one.due_at, one.late_at = one.due_at + by, one.late_at + by
        if not one.is_held_back:  # what is paused waits all the same
            one.try_at = one.due_at
            effects.wake(session, one.account_id, one.try_at)
        announce(session, one.space_id, MESSAGES, now)
    if found:
        record_deed(session, user, because(Code.MOVED_MESSAGES, count=len(found)), now)
    return _deed(before, found, len(ids), _ask_for(session, user, found, now))


def say_gone(
    session: Session,
    user: Caller,
    keys: Sequence[BatchKey],
    wanted: Filters,
    deed: BulkResult,
    now: datetime,
) -> str:
    """How much of these sends a deed came too late for, in a sentence; nothing if for none."""
    everything = chosen.chosen_messages(user, replace(wanted, tab="", status=""))
    of_them = batches.these_batches(everything, keys).with_only_columns(Message.id)
    found = count_gone(session, col(Message.id).in_(of_them)) if keys else AlreadyGone()
    if not found.gone:
        return ""
    return f"{gone_words(found, len(deed.done))}." if deed.done else too_late(found.at, user, now)


def undo_bulk(session: Session, user: Caller, deed: BulkResult, now: datetime) -> int:
    """Take a decision back where nothing happened since; returns for how many messages."""
    permissions.require(user, Action.WRITE)
    undone, let_go = 0, []
    for one in deed.done:
        message = session.get(Message, one.id)
        if message is None or not permissions.may(user, Action.WRITE, message):
            continue
        # The condition decides, not what was just read: a worker may claim it meanwhile.
        restored = session.exec(
            update(Message)
            .where(col(Message.id) == one.id, col(Message.status) == one.became)
            .values(
                status=one.status,
                due_at=one.due_at,
                try_at=one.try_at,
                late_at=one.late_at,
                reason=one.reason,
                settled_at=one.settled_at,
                dismissed_at=one.dismissed_at,
            )
        )
        undone += int(restored.rowcount)
        if one.status == Status.SCHEDULED:
            let_go.append(message)
            effects.wake(session, message.account_id, one.try_at)
        announce(session, message.space_id, MESSAGES, now)
    if undone:
        record_deed(session, user, because(Code.UNDID_MESSAGES, count=undone), now)
    _ask_for(session, user, let_go, now)
    return undone


def _ask_for(
    session: Session, user: Caller, let_go: Sequence[Message], now: datetime
) -> dict[int, str]:
    """Have approved what an author lets go; returns by schedule what holds it, if anything does."""
    ids = [one.id or 0 for one in let_go]
    found = approval.ask_for_messages(session, user, ids, now) if ids else []
    return {made.id or 0: held for made in found if (held := approval.say_held(made))}


def _fit(session: Session, user: Caller, ids: Sequence[int], choice: str) -> list[Message]:
    """The messages that this can be done with."""
    if len(ids) > AT_ONCE:
        sentence = f"That is about more than {AT_ONCE:,} messages. Choose fewer."
        raise InputError("", sentence)
    everything = chosen.chosen_messages(user, Filters(tab=""))
    statement = everything.where(
        col(Message.id).in_(ids), col(Message.status).in_(MESSAGE_CHOICES[choice])
    )
    if choice in SENDING_CHOICES:
        statement = statement.where(approval.is_approved())
    if choice == MessageChoice.DISMISS:
        statement = statement.where(col(Message.dismissed_at).is_(None))
    return list(session.scalars(statement.order_by(col(Message.id))))


def _before(one: Message) -> Snapshot:
    assert one.id is not None
    return Snapshot(
        one.id,
        one.status,
        one.due_at,
        one.try_at,
        one.late_at,
        one.reason,
        one.settled_at,
        one.dismissed_at,
        became="",
    )


def _deed(
    before: tuple[Snapshot, ...], found: Sequence[Message], asked: int, held: dict[int, str]
) -> BulkResult:
    done = tuple(
        Snapshot(**{**vars(was), "became": one.status})
        for was, one in zip(before, found, strict=True)
    )
    return BulkResult(
        done,
        frozenset(one.account_id for one in found),
        any(one.is_held_back and one.schedule_id not in held for one in found),
        asked - len(found),
        next(iter(held.values()), ""),
    )
