"""Who answered: one person is one voter, whether their number or their LID is told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, or_, select, update
from sqlmodel import Session, col

from wasched.models import (
    Account,
    GroupMember,
    Message,
    Reaction,
    Recipient,
    RecipientKind,
    UnsettledAnswer,
    Vote,
)
from wasched.services.phone_numbers import phones
from wasched.services.recipients import group_readers

Asked = tuple[Message, Account, UnsettledAnswer]


@dataclass(frozen=True)
class Voter:
    """Somebody by all that is known: an entry of the address book, a number (E.164), a LID."""

    recipient_id: int | None = None
    number: str | None = None
    lid: str | None = None
    name: str = ""  # what they call themselves


def find_voters(session: Session, asked: Sequence[Asked]) -> list[Voter]:
    """Who gave each of these answers, in their order."""
    recipients = _recipients_of(session, asked)
    found: list[Voter] = []
    by_group: dict[int, _Members] = {}
    for message, account, answer in asked:
        to = recipients[message.recipient_id]
        number, lid = _addresses(answer)
        if to.kind == RecipientKind.GROUP:
            if to.id not in by_group:
                in_group = [one for mess, _, one in asked if mess.recipient_id == to.id]
                by_group[to.id or 0] = _Members(session, to, in_group)
            found.append(by_group[to.id or 0].voter(number, lid, answer.name))
        elif {number, lid} & {phones.from_jid(account.jid or ""), account.lid or ""} - {""}:
            found.append(Voter(None, number, lid, account.name))
        elif to.removed_at is not None:
            found.append(Voter(to.id))
        else:
            found.append(Voter(to.id, number or to.phone, lid or to.lid, answer.name))
    return found


def forget_names(session: Session, recipient_ids: Sequence[int]) -> None:
    """Keep nothing in answers of people who are removed but that somebody answered so."""
    people = session.execute(
        select(col(Recipient.phone), col(Recipient.lid), col(Recipient.space_id)).where(
            col(Recipient.id).in_(recipient_ids)
        )
    ).all()
    numbers, lids = {row[0] for row in people} - {None}, {row[1] for row in people} - {None}
    spaces = {row[2] for row in people}  # elsewhere somebody else knows them
    for table in (Vote, Reaction):
        session.execute(
            update(table)
            .where(
                or_(
                    col(table.recipient_id).in_(recipient_ids),
                    col(table.number).in_(numbers),
                    col(table.lid).in_(lids),
                ),
                exists().where(
                    col(Message.id) == col(table.message_id), col(Message.space_id).in_(spaces)
                ),
            )
            .values(name="", number=None, lid=None)
            .execution_options(synchronize_session=False)
        )


def join_voters(session: Session, kept_id: int, other_id: int) -> None:
    """Let what two entries answered be one's; on one message the later answer stays."""
    for table in (Vote, Reaction):
        theirs = col(table.recipient_id).in_((kept_id, other_id))
        rows: Sequence[Any] = session.scalars(
            select(table).where(theirs).order_by(col(table.at))
        ).all()
        latest: dict[int, Any] = {}
        for row in rows:
            if (earlier := latest.get(row.message_id)) is not None:
                session.delete(earlier)
            row.recipient_id, latest[row.message_id] = kept_id, row


def _recipients_of(session: Session, asked: Sequence[Asked]) -> dict[int, Recipient]:
    ids = {message.recipient_id for message, _, _ in asked}
    rows = session.scalars(select(Recipient).where(col(Recipient.id).in_(ids)))
    return {one.id or 0: one for one in rows}


def _addresses(answer: UnsettledAnswer) -> tuple[str | None, str | None]:
    """The number (E.164) and the LID of who answered, as far as they were told."""
    told = [one for one in (answer.sender, answer.sender_alt) if one]
    number = next((found for found in map(phones.from_jid, told) if found), None)
    return number, next((one for one in told if one.endswith("@lid")), None)


class _Members:
    """Those who answered in a group, by the addresses that are known to be one person's."""

    def __init__(
        self, session: Session, group: Recipient, answers: Iterable[UnsettledAnswer]
    ) -> None:
        told = [_addresses(one) for one in answers]
        lids = {lid for _, lid in told if lid}
        numbers = {number for number, _ in told if number}
        self._number_of = group_readers.numbers_behind(session, group, lids)
        self._lid_of = _lids_behind(session, group, numbers)
        numbers |= set(self._number_of.values())
        forms = {form for number in numbers for form in phones.number_variants(number)}
        self._entries: dict[str, Recipient] = {}
        for entry in _entries(session, group.space_id, forms, lids | set(self._lid_of.values())):
            for form in phones.number_variants(entry.phone or ""):
                self._entries[form] = entry
            if entry.lid:
                self._entries[entry.lid] = entry

    def voter(self, number: str | None, lid: str | None, name: str) -> Voter:
        """The member with these addresses."""
        number = number or self._number_of.get(lid or "")
        lid = lid or self._lid_of.get(number or "")
        entry = self._entries.get(number or "") or self._entries.get(lid or "")
        if entry is None:
            return Voter(None, number, lid, name)
        if entry.removed_at is not None:
            return Voter(entry.id)
        return Voter(entry.id, number or entry.phone, lid or entry.lid, name)


def _lids_behind(session: Session, group: Recipient, numbers: set[str]) -> dict[str, str]:
    rows = session.execute(
        select(col(GroupMember.address), col(GroupMember.lid)).where(
            col(GroupMember.group_id) == group.id,
            col(GroupMember.address).in_(numbers),
            col(GroupMember.lid).is_not(None),
        )
    )
    return {row[0]: row[1] for row in rows}


def _entries(
    session: Session, space_id: int, numbers: set[str], lids: set[str]
) -> Iterable[Recipient]:
    """The address book's people behind numbers and LIDs; those who are removed as well."""
    by_address = or_(col(Recipient.phone).in_(numbers), col(Recipient.lid).in_(lids))
    in_space = (col(Recipient.space_id) == space_id, col(Recipient.kind) == RecipientKind.PERSON)
    in_use_last = col(Recipient.removed_at).is_not(None).desc()
    return session.scalars(select(Recipient).where(*in_space, by_address).order_by(in_use_last))
