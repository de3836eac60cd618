"""Which message a reply answers: the one it quotes, else the latest to that person."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from wasched.db import hints
from wasched.domain.link import IncomingSeen
from wasched.domain.message import GONE_OUT, Status
from wasched.domain.reply import WINDOW, MatchedBy
from wasched.models import Account, Attempt, Message, Recipient, RecipientKind

_MAY_HAVE_GONE = (*GONE_OUT, Status.SENDING, Status.UNKNOWN)
_LATE = timedelta(days=366)
"""A message goes out so long after it was due, at most."""

_SLACK = timedelta(seconds=5)
"""WhatsApp tells whole seconds, and what nobody answered has the instant of our own clock."""

People = Mapping[str, Sequence[Recipient]]
"""Who is behind an address, be it of a number or a LID."""


@dataclass(frozen=True)
class Match:
    """The message that a reply answers, and whom that went to."""

    message_id: int
    recipient_id: int
    by: MatchedBy


def is_in_group(chat: str) -> bool:
    """True for a chat of several."""
    return chat.endswith("@g.us")


def authors_of(people: People, *addresses: str | None) -> list[Recipient]:
    """The entries of whoever has these addresses, those that were not removed."""
    found = {one.id: one for address in addresses if address for one in people.get(address, ())}
    return [one for one in found.values() if one.removed_at is None]


def match_replies(
    session: Session, account: Account, seen: Sequence[IncomingSeen], people: People
) -> list[Match | None]:
    """The message that each of these answers, None for what answers nothing of ours.

    Many at once cost two questions. In groups only quotes count: there people talk to each other.
    """
    quoted = _quoted(session, account, {one.quotes for one in seen if one.quotes})
    found = [_by_quote(one, quoted.get(one.quotes), people) for one in seen]
    left = [
        one
        for one, match in zip(seen, found, strict=True)
        if match is None and not is_in_group(one.chat)
    ]
    latest = _latest(session, account, left, people)
    return [
        match or (None if is_in_group(one.chat) else _by_window(one, latest, people))
        for one, match in zip(seen, found, strict=True)
    ]


def _quoted(session: Session, account: Account, ids: Collection[str]) -> dict[str, Any]:
    """The messages that are known to WhatsApp under some ids."""
    if not ids:
        return {}
    rows = session.execute(
        select(
            col(Attempt.whatsapp_id),
            col(Message.id),
            col(Message.recipient_id),
            col(Recipient.jid),
            col(Recipient.kind),
        )
        .join(Message, col(Attempt.message_id) == Message.id)
        .join(Recipient, col(Message.recipient_id) == Recipient.id)
        .where(col(Attempt.whatsapp_id).in_(ids), col(Message.account_id) == account.id)
    )
    return {row.whatsapp_id: row for row in rows}


def _by_quote(one: IncomingSeen, row: Any, people: People) -> Match | None:
    """A quote counts in its chat; what went to a group or status may be answered in private."""
    if row is None:
        return None
    if is_in_group(one.chat):
        fits = row.jid == one.chat
    else:
        authors = authors_of(people, one.sender, one.sender_alt)
        is_own = row.recipient_id in {author.id for author in authors}
        fits = is_own or row.kind != RecipientKind.PERSON
    return Match(row.id, row.recipient_id, MatchedBy.QUOTE) if fits else None


def _latest(
    session: Session, account: Account, seen: Sequence[IncomingSeen], people: People
) -> list[tuple[datetime, int, int]]:
    """What went to those who wrote: since when, its id and its recipient's, the latest first."""
    ids = {one.id for some in seen for one in authors_of(people, some.sender, some.sender_alt)}
    if not ids:
        return []
    since = min(one.at for one in seen) - WINDOW - _SLACK
    rows = session.execute(
        select(
            col(Message.id), col(Message.recipient_id), col(Message.sent_at), col(Message.due_at)
        ).where(
            col(Message.recipient_id).in_(ids),
            col(Message.due_at) >= since - _LATE,
            hints.off_index(Message.account_id, 0) == account.id,
            hints.off_index(Message.status, "").in_(_MAY_HAVE_GONE),
            func.coalesce(Message.sent_at, Message.due_at) >= since,
        )
    )
    went = [(row.sent_at or row.due_at, row.id, row.recipient_id) for row in rows]
    return sorted(went, reverse=True)


def _by_window(
    one: IncomingSeen, latest: Sequence[tuple[datetime, int, int]], people: People
) -> Match | None:
    mine = {author.id for author in authors_of(people, one.sender, one.sender_alt)}
    for at, message_id, recipient_id in latest:
        if recipient_id in mine and at - _SLACK <= one.at <= at + WINDOW:
            return Match(message_id, recipient_id, MatchedBy.WINDOW)
    return None
