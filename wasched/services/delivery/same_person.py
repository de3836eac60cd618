"""One person is one person under whatever number, LID or entry: they get one message."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select, update
from sqlmodel import Session, col

from wasched.domain.message import GONE_OUT, Status
from wasched.domain.reasons import NO_REASON, Code, Reason, because
from wasched.models import Message, Recipient, RecipientKind, Schedule, ScheduleRecipient
from wasched.services.phone_numbers import phones

_MAY_HAVE_GONE = (*GONE_OUT, Status.SENDING, Status.UNKNOWN)


@dataclass(frozen=True)
class _Entry:
    """An entry of the address book, with all that its person may be known by."""

    id: int
    name: str
    phone: str
    is_opted_out: bool
    known_by: frozenset[str]

    @property
    def title(self) -> str:
        """How it is called: by name, else by number."""
        return self.name or phones.pretty_number(self.phone)


def skip_doubles(session: Session, made: Schedule, at: datetime, now: datetime) -> None:
    """Of an occurrence that was just laid out, leave each person one message.

    Looks at LIDs, of which most are known by then; `reasons_to_skip` looks at all.
    """
    twice = session.scalars(
        select(col(Recipient.lid))
        .join(ScheduleRecipient, col(ScheduleRecipient.recipient_id) == Recipient.id)
        .where(ScheduleRecipient.schedule_id == made.id, col(Recipient.lid).is_not(None))
        .group_by(col(Recipient.lid))
        .having(func.count() > 1)
    ).all()
    if not twice:
        return
    shared = _entries().where(Recipient.space_id == made.space_id, col(Recipient.lid).in_(twice))
    for group in _groups([_entry(row, row.id) for row in session.execute(shared)]):
        rows = _messages(session, made.id or 0, at, group)
        reasons = {row.id: _reason(row.id, rows, group) for row in rows}
        skip_same_person(session, {one: why for one, why in reasons.items() if why}, now)


def reasons_to_skip(session: Session, space_id: int, due: Sequence[Row[Any]]) -> dict[int, Reason]:
    """Why messages that are due must not go, by message: their person has another one of them.

    Each row has the id, schedule_id, occurrence_at, recipient_id and kind of a message, and the
    name, phone, jid, lid and opted_out_at of its recipient.
    """
    people = [row for row in due if row.kind == RecipientKind.PERSON]
    own = list({row.recipient_id: _entry(row, row.recipient_id) for row in people}.values())
    groups = _groups([*own, *_elsewhere(session, space_id, own)])
    group_of = {one.id: group for group in groups for one in group}
    found = {}
    for row in people:
        if group := group_of.get(row.recipient_id):
            rows = _messages(session, row.schedule_id, row.occurrence_at, group)
            if why := _reason(row.id, rows, group):
                found[row.id] = why
    return found


def skip_same_person(session: Session, reasons: dict[int, Reason], now: datetime) -> None:
    """Let messages that wait not go, and say why in their story."""
    for message_id, why in reasons.items():
        session.execute(
            update(Message)
            .where(col(Message.id) == message_id, Message.status == Status.SCHEDULED)
            .values(status=Status.SKIPPED, reason=why, settled_at=now)
        )


def _elsewhere(session: Session, space_id: int, own: Sequence[_Entry]) -> list[_Entry]:
    """The other entries of some people.

    Asked by the index of LIDs alone first: hardly anybody has another entry.
    """
    known_by = {name for one in own for name in one.known_by}
    lids = {name for name in known_by if not name.startswith("+")}
    forms = known_by - lids - {one.phone for one in own}
    found = set(session.scalars(select(Recipient.id).where(col(Recipient.lid).in_(lids))))
    if forms:
        mine = (Recipient.space_id == space_id, col(Recipient.phone).in_(forms))
        found |= set(session.scalars(select(Recipient.id).where(*mine)))
    if not (others := found - {one.id for one in own}):
        return []
    there = (Recipient.space_id == space_id, col(Recipient.removed_at).is_(None))
    rows = session.execute(_entries().where(col(Recipient.id).in_(others), *there))
    return [_entry(row, row.id) for row in rows]


def _entries() -> Select[Any]:
    columns: tuple[Any, ...] = (
        *(Recipient.id, Recipient.name, Recipient.phone),
        *(Recipient.jid, Recipient.lid, Recipient.opted_out_at),
    )
    return select(*columns)


def _entry(row: Row[Any], recipient_id: int) -> _Entry:
    numbers = [one for one in (row.phone, phones.from_jid(row.jid or "")) if one]
    known_by = {form for number in numbers for form in phones.number_variants(number)}
    return _Entry(
        recipient_id,
        row.name,
        row.phone or "",
        row.opted_out_at is not None,
        frozenset(known_by | ({row.lid} if row.lid else set())),
    )


def _groups(entries: Iterable[_Entry]) -> list[list[_Entry]]:
    """Those who are one person with another one, together."""
    known: dict[str, list[_Entry]] = {}
    for entry in entries:
        together = [entry]
        for name in entry.known_by:
            together += [one for one in known.get(name, ()) if one not in together]
        known |= {name: together for one in together for name in one.known_by}
    found = {id(group): group for group in known.values() if len(group) > 1}
    return list(found.values())


def _messages(
    session: Session, schedule_id: int, at: datetime, group: Sequence[_Entry]
) -> Sequence[Row[Any]]:
    """The messages of one occurrence to some entries."""
    return session.execute(
        select(Message.id, Message.recipient_id, Message.status).where(
            Message.schedule_id == schedule_id,
            Message.occurrence_at == at,
            col(Message.recipient_id).in_([one.id for one in group]),
        )
    ).all()


def _reason(message_id: int, rows: Sequence[Row[Any]], group: Sequence[_Entry]) -> Reason:
    """Why a message that waits must not go, none if it may."""
    if any(one.is_opted_out for one in group):
        return Reason(Code.OPTED_OUT)
    title_of = {one.id: one.title for one in group}
    for row in rows:
        is_first = row.status == Status.SCHEDULED and row.id < message_id
        if row.id != message_id and (row.status in _MAY_HAVE_GONE or is_first):
            return because(Code.SAME_PERSON, name=title_of[row.recipient_id])
    return NO_REASON
