"""What people who answered are called."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.models import Message, Reaction, Recipient, Vote
from wasched.services.phone_numbers import phones
from wasched.services.recipients import group_readers
from wasched.services.recipients.recipients import recipient_title

REMOVED = "Somebody who was removed"
"""In place of the name of who is in the address book no more."""

Row = Vote | Reaction


def voter_names(session: Session, rows: Sequence[Row]) -> list[str]:
    """The names of who gave these answers, in their order.

    By the address book or the linked phone; else what they call themselves, else the number.
    """
    to = _asked_of(session, rows)
    known = _entries(session, {one.recipient_id for one in rows if one.recipient_id})
    strangers = defaultdict(set)
    for row in rows:
        if row.recipient_id is None and (address := _address(row)):
            strangers[to[row.message_id].id].add(address)
    groups = {one.id: one for one in to.values()}
    called = {
        group_id: group_readers.member_names(session, groups[group_id], addresses)
        for group_id, addresses in strangers.items()
    }
    return [_name(row, known, called.get(to[row.message_id].id, {})) for row in rows]


def _asked_of(session: Session, rows: Sequence[Row]) -> dict[int, Recipient]:
    """Whom the messages went to, by message."""
    found = session.execute(
        select(col(Message.id), Recipient)
        .join(Recipient, col(Recipient.id) == Message.recipient_id)
        .where(col(Message.id).in_({one.message_id for one in rows}))
    )
    return {row[0]: row[1] for row in found}


def _entries(session: Session, ids: set[int]) -> dict[int, Recipient]:
    rows = session.scalars(select(Recipient).where(col(Recipient.id).in_(ids)))
    return {one.id or 0: one for one in rows}


def _address(row: Row) -> str:
    return phones.to_jid(row.number) if row.number else row.lid or ""


def _name(row: Row, known: dict[int, Recipient], called: dict[str, str]) -> str:
    if row.recipient_id is not None:
        entry = known[row.recipient_id]
        return REMOVED if entry.removed_at is not None else entry.name or _said(row, entry)
    found = called.get(_address(row), "")
    is_name = found and found != group_readers.NOBODY_KNOWN and not found.startswith("+")
    if is_name:
        return found
    return row.name or found or (REMOVED if not _address(row) else group_readers.NOBODY_KNOWN)


def _said(row: Row, entry: Recipient) -> str:
    return row.name or recipient_title(entry)
