"""Who in a group has had a message: told by receipts, counted as WhatsApp's own ticks do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlmodel import Session, col

from wasched.domain.link import ReceiptKind
from wasched.models import (
    Account,
    Contact,
    GroupMember,
    Message,
    NumberCheck,
    Receipt,
    Recipient,
    RecipientKind,
)
from wasched.services.phone_numbers import phones
from wasched.services.recipients.recipients import recipient_title

LISTED = 100
"""How many of a group are listed by name; of the others it says how many there are."""

NOBODY_KNOWN = "a member"
"""What somebody is called of whom neither name nor number is known."""


@dataclass(frozen=True)
class Reader:
    """Somebody in a group who has had a message, and since when (UTC)."""

    name: str
    at: datetime


@dataclass(frozen=True)
class GroupReaders:
    """Those of a group who have had a message in one way: the first of them, and how many."""

    kind: str
    count: int
    of: int  # how many there are in all; 0 if nobody knows
    last_at: datetime
    first: tuple[Reader, ...]


def count_others(session: Session, account: Account, group_ids: Iterable[int]) -> dict[int, int]:
    """How many beside the account are in each of these groups, as far as they are known."""
    own = {phones.from_jid(account.jid or ""), account.lid or ""} - {""}
    others = (
        select(col(GroupMember.group_id), func.count())
        .where(
            col(GroupMember.group_id).in_(set(group_ids)),
            col(GroupMember.address).not_in(own),
            or_(col(GroupMember.lid).is_(None), col(GroupMember.lid).not_in(own)),
        )
        .group_by(col(GroupMember.group_id))
    )
    return dict(session.execute(others).all())


def others_of(session: Session, account: Account, message: Message, group: Recipient) -> int:
    """How many others a message to a group was for; 0 if nobody knows."""
    if message.group_others is not None:
        return message.group_others
    counted = count_others(session, account, [message.recipient_id])
    return counted.get(message.recipient_id, max(group.size - 1, 0))


def groups_among(session: Session, messages: Iterable[Message]) -> dict[int, Recipient]:
    """The groups among those whom messages go to, by id."""
    rows = session.scalars(
        select(Recipient).where(
            col(Recipient.id).in_({one.recipient_id for one in messages}),
            Recipient.kind == RecipientKind.GROUP,
        )
    )
    return {row.id or 0: row for row in rows}


def tally_readers(
    session: Session, whatsapp_ids: Iterable[str], kinds: Sequence[ReceiptKind]
) -> dict[str, int]:
    """How many different people sent a receipt of one of these kinds, by message."""
    rows = session.execute(
        select(col(Receipt.whatsapp_id), func.count(func.distinct(Receipt.by)))
        .where(col(Receipt.whatsapp_id).in_(set(whatsapp_ids)), col(Receipt.kind).in_(kinds))
        .group_by(col(Receipt.whatsapp_id))
    )
    return dict(rows.all())


def group_readers(
    session: Session, group: Recipient, seen: Sequence[tuple[str, str, datetime]], of: int
) -> list[GroupReaders]:
    """Receipts (kind, address, instant; in order) of a message to a group, each kind as one."""
    by_kind: dict[str, dict[str, datetime]] = {}
    for kind, by, at in seen:
        by_kind.setdefault(kind, {}).setdefault(by, at)
    listed = {by for people in by_kind.values() for by in list(people)[:LISTED]}
    called = member_names(session, group, listed)
    return [
        GroupReaders(
            kind,
            len(people),
            of if of >= len(people) else 0,
            max(people.values()),
            tuple(Reader(called[by], at) for by, at in list(people.items())[:LISTED]),
        )
        for kind, people in by_kind.items()
    ]


def member_names(session: Session, group: Recipient, addresses: Iterable[str]) -> dict[str, str]:
    """What the members of a group behind WhatsApp addresses are called, by address.

    By the name in the address book or on the phone, else by their number.
    """
    wanted = set(addresses)
    numbers = {one: phones.from_jid(one) for one in wanted}
    numbers |= numbers_behind(session, group, wanted)
    known = [one for one in numbers.values() if one]
    by_phone = _by_contact(session, group.space_id, known) | _by_phone(session, group, known)
    by_lid = {
        row.lid: recipient_title(row)
        for row in _people_of(session, group, col(Recipient.lid).in_(wanted))
        if row.lid
    }
    return {
        one: by_lid.get(one) or by_phone.get(numbers[one]) or _nameless_words(numbers[one])
        for one in wanted
    }


def _nameless_words(phone: str) -> str:
    return phones.pretty_number(phone) if phone else NOBODY_KNOWN


def numbers_behind(session: Session, group: Recipient, lids: set[str]) -> dict[str, str]:
    """The numbers behind LIDs, as the group or WhatsApp told them."""
    told = session.execute(
        select(col(NumberCheck.lid), col(NumberCheck.phone)).where(
            NumberCheck.space_id == group.space_id, col(NumberCheck.lid).in_(lids)
        )
    )
    inside = session.execute(
        select(col(GroupMember.lid), col(GroupMember.address)).where(
            GroupMember.group_id == group.id, col(GroupMember.lid).in_(lids)
        )
    )
    return {row[0]: row[1] for row in [*told, *inside]}


def _by_phone(session: Session, group: Recipient, numbers: Sequence[str]) -> dict[str, str]:
    forms = {form: number for number in numbers for form in phones.number_variants(number)}
    rows = _people_of(session, group, col(Recipient.phone).in_(forms))
    return {forms[row.phone]: row.name for row in rows if row.phone and row.name}


def _people_of(session: Session, group: Recipient, which: object) -> Iterable[Recipient]:
    mine = (Recipient.space_id == group.space_id, Recipient.kind == RecipientKind.PERSON)
    return session.scalars(select(Recipient).where(*mine, which))


def _by_contact(session: Session, space_id: int, numbers: Sequence[str]) -> dict[str, str]:
    rows = session.scalars(
        select(Contact).where(Contact.space_id == space_id, col(Contact.phone).in_(numbers))
    )
    return {row.phone: row.name or row.push_name for row in rows}
