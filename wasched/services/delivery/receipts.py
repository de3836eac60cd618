"""Receipts: kept as they come, matched by WhatsApp's message id, never by address."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.domain.link import ReceiptKind, ReceiptSeen
from wasched.domain.message import Status, may_become
from wasched.domain.reasons import NO_REASON
from wasched.models import Account, Attempt, Message, Outcome, Receipt
from wasched.services.change_notes import MESSAGES, announce
from wasched.services.recipients import group_readers

_TOLD_BY = {
    Status.READ: (ReceiptKind.READ, ReceiptKind.PLAYED),
    Status.PLAYED: (ReceiptKind.PLAYED,),
}
"""The receipts that tell that somebody has read a message, or played it."""

_BECOMES = {
    ReceiptKind.DELIVERED: Status.DELIVERED,
    ReceiptKind.READ: Status.READ,
    ReceiptKind.PLAYED: Status.PLAYED,
}


def record_receipts(session: Session, account: Account, seen: Sequence[ReceiptSeen]) -> None:
    """Keep receipts and move their messages on; a receipt seen twice changes nothing.

    Many at once cost little more than one: each step asks the database once for all of them.
    """
    fresh = _fresh(session, account, seen)
    session.add_all(fresh)
    _apply(session, account, fresh)


def apply_early(session: Session, account: Account, whatsapp_ids: list[str]) -> None:
    """Apply receipts that came before anybody knew which send they belong to.

    Whatever tells an attempt its id has to call this: an answer, evidence, settling.
    """
    if not whatsapp_ids:
        return
    early = session.scalars(
        select(Receipt)
        .where(Receipt.account_id == account.id, col(Receipt.whatsapp_id).in_(whatsapp_ids))
        .order_by(col(Receipt.id))
    )
    _apply(session, account, early.all())


def _fresh(session: Session, account: Account, seen: Sequence[ReceiptSeen]) -> list[Receipt]:
    """The receipts among these that nobody has kept yet, in order."""
    told: dict[tuple[str, str, str], datetime] = {}
    for one in seen:
        for whatsapp_id in one.message_ids:
            told.setdefault((whatsapp_id, one.kind, one.by), one.at)
    known = session.execute(
        select(Receipt.whatsapp_id, Receipt.kind, Receipt.by).where(
            Receipt.account_id == account.id,
            col(Receipt.whatsapp_id).in_({whatsapp_id for whatsapp_id, _, _ in told}),
        )
    )
    for row in known:
        told.pop((row[0], row[1], row[2]), None)
    assert account.id is not None
    return [
        Receipt(account_id=account.id, whatsapp_id=whatsapp_id, kind=kind, by=by, at=at)
        for (whatsapp_id, kind, by), at in told.items()
    ]


def _apply(session: Session, account: Account, receipts: Sequence[Receipt]) -> None:
    if not receipts:
        return
    attempts = select(Attempt).where(
        col(Attempt.whatsapp_id).in_({one.whatsapp_id for one in receipts})
    )
    found = session.execute(
        attempts.join(Message, col(Attempt.message_id) == Message.id)
        .where(Message.account_id == account.id)
        .add_columns(Message)
    )
    known = {attempt.whatsapp_id: (attempt, message) for attempt, message in found}
    awaited = _awaited(session, account, known)
    for receipt in receipts:
        if receipt.whatsapp_id in known:
            wanted = _BECOMES[ReceiptKind(receipt.kind)]
            waits = wanted in awaited.get(receipt.whatsapp_id, ())
            _move_on(*known[receipt.whatsapp_id], receipt, Status.DELIVERED if waits else wanted)
            announce(session, account.space_id, MESSAGES, receipt.at)


def _awaited(
    session: Session, account: Account, known: Mapping[str | None, tuple[Attempt, Message]]
) -> dict[str, set[Status]]:
    """What a message to a group is not yet, since not all in it have told so; by WhatsApp's id.

    As on phones: the ticks of a group turn blue once everybody has read.
    """
    groups = group_readers.groups_among(session, (message for _, message in known.values()))
    if not groups:
        return {}
    to_groups = {
        one: sent[1] for one, sent in known.items() if one and sent[1].recipient_id in groups
    }
    others = {
        one: group_readers.others_of(session, account, message, groups[message.recipient_id])
        for one, message in to_groups.items()
    }
    awaited: dict[str, set[Status]] = {one: set() for one in to_groups}
    for status, kinds in _TOLD_BY.items():
        told = group_readers.tally_readers(session, to_groups, kinds)
        for one, number in others.items():
            if told.get(one, 0) < number:
                awaited[one].add(status)
    return awaited


def _move_on(attempt: Attempt, message: Message, receipt: Receipt, wanted: Status) -> None:
    message.sent_at = message.sent_at or receipt.at
    message.delivered_at = message.delivered_at or receipt.at
    if wanted is not Status.DELIVERED:
        message.read_at = message.read_at or receipt.at
    if not may_become(Status(message.status), wanted):
        return
    message.status, message.reason = wanted, NO_REASON
    message.settled_at = message.settled_at or receipt.at
    if attempt.outcome in (Outcome.UNKNOWN, Outcome.OPEN):  # the receipt proves that it was taken
        attempt.outcome, attempt.ended_at = Outcome.TAKEN, attempt.ended_at or receipt.at


def seen_at(session: Session, whatsapp_id: str) -> list[tuple[str, str, datetime]]:
    """Kind, reader and instant of every receipt of a message, in order."""
    rows = session.execute(
        select(Receipt.kind, Receipt.by, Receipt.at)
        .where(Receipt.whatsapp_id == whatsapp_id)
        .order_by(col(Receipt.at), col(Receipt.id))
    )
    return [(row[0], row[1], row[2]) for row in rows]
