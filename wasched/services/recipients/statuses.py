"""The status of each linked account, to which messages go as to a recipient."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.domain.content import Content
from wasched.domain.errors import InputError
from wasched.domain.fitting import check_status
from wasched.models import Account, Acquaintance, Recipient, RecipientKind

_EVER = datetime(2000, 1, 1, tzinfo=UTC)
"""Since when an account knows its own status: it is nobody new, whatever the caps."""


def note_status(session: Session, account: Account, now: datetime) -> None:
    """Let an account that is linked have its status among the recipients, by the account's name."""
    row = status_of(session, account.id or 0)
    if row is None:
        jid = f"{account.id}.status@broadcast"
        row = Recipient(
            space_id=account.space_id,
            kind=RecipientKind.STATUS,
            jid=jid,
            account_id=account.id,
            created_at=now,
        )
        session.add(row)
        session.flush()
        known = {"account_id": account.id or 0, "recipient_id": row.id or 0}
        session.add(Acquaintance(**known, since=_EVER))
    row.name, row.left_at = f"My status ({account.name})", None
    session.add(row)


def status_of(session: Session, account_id: int) -> Recipient | None:
    """The status of an account, None before it was linked."""
    return session.scalar(
        select(Recipient).where(
            Recipient.kind == RecipientKind.STATUS, Recipient.account_id == account_id
        )
    )


def status_ids(session: Session, account_ids: Sequence[int]) -> dict[int, int]:
    """The recipients that are the statuses of these accounts, by account."""
    rows = session.execute(
        select(col(Recipient.account_id), col(Recipient.id)).where(
            Recipient.kind == RecipientKind.STATUS, col(Recipient.account_id).in_(account_ids)
        )
    )
    return {row[0]: row[1] for row in rows}


def is_among(session: Session, recipient_ids: Sequence[int]) -> bool:
    """True if a status is among these recipients."""
    return bool(_among(session, recipient_ids))


def check_statuses(
    session: Session, account: Account, recipient_ids: Sequence[int], contents: Sequence[Content]
) -> None:
    """InputError where a status would be posted through another account, or cannot show it."""
    for row in _among(session, recipient_ids):
        if row.account_id != account.id:
            sentence = f"{row.name} is posted through its own account. Choose that account."
            raise InputError("account", sentence)
        for content in contents:
            check_status(content)


def _among(session: Session, recipient_ids: Sequence[int]) -> Sequence[Recipient]:
    if not recipient_ids:
        return []
    is_status = Recipient.kind == RecipientKind.STATUS
    chosen = col(Recipient.id).in_(recipient_ids)
    return session.scalars(select(Recipient).where(is_status, chosen)).all()
