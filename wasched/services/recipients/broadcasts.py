"""What a linked account posts for all to see: its status, and the channels that it runs."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.domain.content import Content
from wasched.domain.errors import InputError
from wasched.domain.fitting import check_channel, check_status
from wasched.domain.visible import clean_name
from wasched.models import Account, Acquaintance, Recipient, RecipientKind
from wasched.services.change_notes import RECIPIENTS, announce
from wasched.services.ports import ChannelSeen

FOR_ALL = (RecipientKind.STATUS, RecipientKind.CHANNEL)
"""The kinds of what everybody may look at; they stand in no list."""

_EVER = datetime(2000, 1, 1, tzinfo=UTC)
"""Since when an account knows them: they are nobody new, whatever the caps."""


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
        _meet(session, row, account.id or 0)
    row.name, row.left_at = f"My status ({account.name})", None
    session.add(row)


def sync_channels(
    session: Session, account: Account, seen: Sequence[ChannelSeen], now: datetime
) -> None:
    """Make the stored channels of an account those that it may post to now."""
    in_space = Recipient.space_id == account.space_id, Recipient.kind == RecipientKind.CHANNEL
    known = {row.jid: row for row in session.scalars(select(Recipient).where(*in_space))}
    for channel in seen:
        row = known.pop(channel.jid, None)
        if row is None:
            row = Recipient(
                space_id=account.space_id,
                kind=RecipientKind.CHANNEL,
                jid=channel.jid,
                created_at=now,
            )
        if row.account_id is None or row.left_at is not None:  # else another one runs it, too
            row.account_id = account.id
        row.name, row.size, row.left_at = clean_name(channel.name)[:200], channel.followers, None
        _meet(session, row, account.id or 0)
    for gone in known.values():
        if gone.account_id == account.id and gone.left_at is None:
            gone.left_at = now
            session.add(gone)
    announce(session, account.space_id, RECIPIENTS, now)


def _meet(session: Session, row: Recipient, account_id: int) -> None:
    session.add(row)
    session.flush()
    if session.get(Acquaintance, (account_id, row.id)) is None:
        session.add(Acquaintance(account_id=account_id, recipient_id=row.id or 0, since=_EVER))


def status_of(session: Session, account_id: int) -> Recipient | None:
    """The status of an account, None before it was linked."""
    return session.scalar(
        select(Recipient).where(
            Recipient.kind == RecipientKind.STATUS, Recipient.account_id == account_id
        )
    )


def of_accounts(session: Session, account_ids: Sequence[int]) -> dict[int, list[Recipient]]:
    """The statuses and the channels of these accounts that they may post to, by account."""
    rows = session.scalars(
        select(Recipient)
        .where(
            col(Recipient.kind).in_(FOR_ALL),
            col(Recipient.account_id).in_(account_ids),
            col(Recipient.left_at).is_(None),
        )
        .order_by(col(Recipient.sort_key), col(Recipient.id))
    )
    found: dict[int, list[Recipient]] = {one: [] for one in account_ids}
    for row in rows:
        found[row.account_id or 0].append(row)
    return found


def among(session: Session, recipient_ids: Sequence[int]) -> Sequence[Recipient]:
    """The statuses and channels among these recipients."""
    if not recipient_ids:
        return []
    chosen = col(Recipient.id).in_(recipient_ids)
    return session.scalars(select(Recipient).where(col(Recipient.kind).in_(FOR_ALL), chosen)).all()


def check_posts(
    session: Session, account: Account, recipient_ids: Sequence[int], contents: Sequence[Content]
) -> None:
    """InputError where one of them would be posted to by another account, or cannot show it."""
    for row in among(session, recipient_ids):
        if row.account_id != account.id:
            sentence = f"{row.name} is posted to through its own account. Choose that account."
            raise InputError("account", sentence)
        if row.left_at is not None:
            raise InputError("to", f"{account.name} may no longer post to {row.name}. Take it out.")
        for content in contents:
            (check_status if row.kind == RecipientKind.STATUS else check_channel)(content)
