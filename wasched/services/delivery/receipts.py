"""Receipts: kept as they come, matched by WhatsApp's message id, never by address."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.domain.link import ReceiptKind, ReceiptSeen
from wasched.domain.message import Status, may_become
from wasched.models import Account, Attempt, Message, Outcome, Receipt
from wasched.services.changes import MESSAGES, announce

_BECOMES = {
    ReceiptKind.DELIVERED: Status.DELIVERED,
    ReceiptKind.READ: Status.READ,
    ReceiptKind.PLAYED: Status.PLAYED,
}


def record(session: Session, account: Account, seen: ReceiptSeen) -> None:
    """Keep a receipt and move its messages on; a receipt seen twice changes nothing."""
    for whatsapp_id in seen.message_ids:
        known = session.scalar(
            select(Receipt.id).where(
                Receipt.account_id == account.id,
                Receipt.whatsapp_id == whatsapp_id,
                Receipt.kind == seen.kind,
                Receipt.by == seen.by,
            )
        )
        if known is None:
            assert account.id is not None
            receipt = Receipt(
                account_id=account.id,
                whatsapp_id=whatsapp_id,
                kind=seen.kind,
                by=seen.by,
                at=seen.at,
            )
            session.add(receipt)
            _apply(session, account, receipt)


def apply_early(session: Session, account: Account, whatsapp_ids: list[str]) -> None:
    """Apply receipts that came before the answer to the send they belong to."""
    early = session.scalars(
        select(Receipt)
        .where(Receipt.account_id == account.id, col(Receipt.whatsapp_id).in_(whatsapp_ids))
        .order_by(col(Receipt.id))
    )
    for receipt in early:
        _apply(session, account, receipt)


def _apply(session: Session, account: Account, receipt: Receipt) -> None:
    message = session.scalar(
        select(Message)
        .join(Attempt, col(Attempt.message_id) == Message.id)
        .where(Attempt.whatsapp_id == receipt.whatsapp_id, Message.account_id == account.id)
    )
    if message is None:
        return
    wanted = _BECOMES[ReceiptKind(receipt.kind)]
    message.sent_at = message.sent_at or receipt.at
    message.delivered_at = message.delivered_at or receipt.at
    if wanted is not Status.DELIVERED:
        message.read_at = message.read_at or receipt.at
    if may_become(Status(message.status), wanted):
        _settle_attempt(session, receipt)
        message.status, message.reason = wanted, ""
        message.settled_at = message.settled_at or receipt.at
    session.add(message)
    announce(session, message.owner_id, MESSAGES, receipt.at)


def _settle_attempt(session: Session, receipt: Receipt) -> None:
    """A receipt proves that an attempt with an unknown end was taken."""
    attempt = session.scalar(
        select(Attempt).where(
            Attempt.whatsapp_id == receipt.whatsapp_id,
            col(Attempt.outcome).in_((Outcome.UNKNOWN, Outcome.OPEN)),
        )
    )
    if attempt is not None:
        attempt.outcome, attempt.ended_at = Outcome.TAKEN, attempt.ended_at or receipt.at
        session.add(attempt)


def readers(session: Session, whatsapp_ids: list[str], kind: ReceiptKind) -> int:
    """How many different people sent a receipt of this kind."""
    rows = session.execute(
        select(Receipt.by)
        .where(col(Receipt.whatsapp_id).in_(whatsapp_ids), Receipt.kind == kind)
        .distinct()
    )
    return len(rows.all())


def seen_at(session: Session, whatsapp_id: str) -> list[tuple[str, str, datetime]]:
    """Kind, reader and instant of every receipt of a message, in order."""
    rows = session.execute(
        select(Receipt.kind, Receipt.by, Receipt.at)
        .where(Receipt.whatsapp_id == whatsapp_id)
        .order_by(col(Receipt.at), col(Receipt.id))
    )
    return [(row[0], row[1], row[2]) for row in rows]
