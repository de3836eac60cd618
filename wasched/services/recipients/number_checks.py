"""Whether numbers are on WhatsApp: what is known, for how long it counts, what is to be asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Insert,
    Update,
    and_,
    bindparam,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlmodel import Session, col

from wasched.domain.link import LinkState
from wasched.models import Account, NumberCheck, Recipient, RecipientKind, ScheduleRecipient
from wasched.services import effects
from wasched.services.change_notes import RECIPIENTS, announce
from wasched.services.phone_numbers import phones
from wasched.services.ports import CheckedNumber

GOOD_FOR, BAD_FOR = timedelta(days=30), timedelta(days=1)
"""How long it counts that a number is on WhatsApp, and that it is not."""


_IS_URGENT = col(NumberCheck.is_urgent).is_(True)


@dataclass(frozen=True)
class KnownChecks:
    """What is known of a number (E.164).

    `on_whatsapp` is None before WhatsApp told; `other_form` is the number that exists where it
    is another form of this one, else empty.
    """

    phone: str
    on_whatsapp: bool | None = None
    other_form: str = ""


def known_checks(
    session: Session, space_id: int, recipient_ids: Sequence[int], numbers: Iterable[str] = ()
) -> dict[str, KnownChecks]:
    """What is known of the numbers of people, and of numbers that may be nobody's yet."""
    typed = select(NumberCheck.phone, NumberCheck.registered, NumberCheck.jid).where(
        col(NumberCheck.space_id) == space_id, col(NumberCheck.phone).in_(list(numbers))
    )
    people = select(Recipient.phone, Recipient.on_whatsapp, Recipient.jid).where(
        Recipient.space_id == space_id,
        col(Recipient.id).in_(recipient_ids),
        col(Recipient.phone).is_not(None),
    )
    rows = [*session.execute(typed), *session.execute(people)]
    return {row[0]: KnownChecks(row[0], row[1], phones.from_jid(row[2] or "")) for row in rows}


def absent_numbers(session: Session, space_id: int, to: Sequence[int | str]) -> set[int | str]:
    """Which of some people (by id) and some numbers are known not to be on WhatsApp."""
    ids = [one for one in to if isinstance(one, int)]
    people = select(col(Recipient.id)).where(
        Recipient.space_id == space_id,
        col(Recipient.id).in_(ids),
        col(Recipient.on_whatsapp).is_(False),
    )
    numbers = select(col(NumberCheck.phone)).where(
        col(NumberCheck.space_id) == space_id,
        col(NumberCheck.phone).in_([one for one in to if isinstance(one, str)]),
        col(NumberCheck.registered).is_(False),
    )
    return {*session.scalars(people), *session.scalars(numbers)}


def unknown_numbers(
    session: Session, space_id: int, recipient_ids: Sequence[int], numbers: Iterable[str],
    now: datetime,
) -> list[str]:  # fmt: skip
    """Which of the numbers of these people, and of these numbers, are worth asking about."""
    theirs = select(col(Recipient.phone)).where(
        Recipient.space_id == space_id,
        col(Recipient.id).in_(recipient_ids),
        Recipient.kind == RecipientKind.PERSON,
    )
    wanted = {*numbers, *(one for one in session.scalars(theirs) if one)}
    settled = select(col(NumberCheck.phone)).where(
        col(NumberCheck.space_id) == space_id,
        col(NumberCheck.phone).in_(wanted),
        or_(
            _fresh_condition(now - GOOD_FOR, now - BAD_FOR),
            and_(col(NumberCheck.asked_at).is_not(None), _IS_URGENT),
        ),
    )
    return sorted(wanted - set(session.scalars(settled)))


def ask_checks(
    session: Session, space_id: int, numbers: Iterable[str], now: datetime, *,
    urgent: bool = True, max_age: timedelta = GOOD_FOR,
) -> None:  # fmt: skip
    """Wish to know of some numbers, and have them asked about.

    Nothing is asked again while what is known still counts and is not older than `max_age`.
    """
    wanted = set(numbers)
    mine = col(NumberCheck.space_id) == space_id
    rows = select(NumberCheck).where(mine, col(NumberCheck.phone).in_(wanted))
    there = {row.phone: row for row in session.scalars(rows)}
    asked = False
    for phone in wanted:
        row = there.get(phone) or NumberCheck(space_id=space_id, phone=phone)
        if not _is_fresh(row, now, max_age):
            row.asked_at, row.is_urgent, asked = now, row.is_urgent or urgent, True
            session.add(row)
    account_id = _asker(session, space_id) if asked else None
    if account_id is not None:
        effects.check_numbers(session, account_id)


def count_unasked(session: Session, space_id: int, recipient_ids: Sequence[int]) -> int:
    """How many of these people's numbers WhatsApp was never asked about, nor is to be asked."""
    same = and_(
        col(NumberCheck.space_id) == Recipient.space_id,
        col(NumberCheck.phone) == Recipient.phone,
        or_(col(NumberCheck.asked_at).is_not(None), col(NumberCheck.checked_at).is_not(None)),
    )
    count = select(func.count()).where(
        *_unknown_conditions(space_id, recipient_ids),
        ~select(NumberCheck.phone).where(same).exists(),
    )
    return session.scalar(count) or 0


def count_unsettled(session: Session, space_id: int, recipient_ids: Sequence[int]) -> int:
    """Of how many of these people nobody knows yet whether they are on WhatsApp."""
    count = select(func.count()).where(*_unknown_conditions(space_id, recipient_ids))
    return session.scalar(count) or 0


def _unknown_conditions(space_id: int, recipient_ids: Sequence[int]) -> list[ColumnElement[bool]]:
    return [
        col(Recipient.space_id) == space_id,
        col(Recipient.id).in_(recipient_ids),
        col(Recipient.kind) == RecipientKind.PERSON,
        col(Recipient.phone).is_not(None),
        col(Recipient.on_whatsapp).is_(None),
    ]


def ask_about(session: Session, recipient_ids: Sequence[int], now: datetime) -> None:
    """Wish to know of the numbers of these people; nobody waits for it."""
    _ask(session, _asking(col(Recipient.id).in_(recipient_ids)), {}, now)


def ask_about_schedule(session: Session, schedule_id: int, now: datetime) -> None:
    """Wish to know of the numbers of all whom a schedule goes to; nobody waits for it."""
    _ask(session, _asking_of_schedule(), {"schedule_id": schedule_id}, now)


def _ask(
    session: Session, asking: tuple[Insert, Update], which: dict[str, int], now: datetime
) -> None:
    since = {"good_since": now - GOOD_FOR, "bad_since": now - BAD_FOR}
    session.flush()
    for statement, given in zip(asking, ({}, since), strict=True):
        session.connection().execute(statement, {**which, **given, "now": now})


@cache
def _asking_of_schedule() -> tuple[Insert, Update]:
    goes_to = select(col(ScheduleRecipient.recipient_id)).where(
        col(ScheduleRecipient.schedule_id) == bindparam("schedule_id")
    )
    return _asking(col(Recipient.id).in_(goes_to))


def _asking(which: ColumnElement[bool]) -> tuple[Insert, Update]:
    """What wishes to know of all people that a condition on Recipient chooses.

    The one is for numbers that nobody asked about before, the other for those that are to be asked
    about again. Both want `now`, the other `good_since` and `bad_since` as well.
    """
    person = and_(col(Recipient.kind) == RecipientKind.PERSON, col(Recipient.phone).is_not(None))
    same = and_(
        col(NumberCheck.space_id) == Recipient.space_id,
        col(NumberCheck.phone) == Recipient.phone,
    )
    now, table = _instant("now"), NumberCheck.__table__  # type: ignore[attr-defined]
    new = select(col(Recipient.space_id), col(Recipient.phone), now, literal(False)).where(
        person, which, ~select(NumberCheck.phone).where(same).exists()
    )
    again = (
        update(table)
        .where(
            col(NumberCheck.asked_at).is_(None),
            ~_fresh_condition(_instant("good_since"), _instant("bad_since")),
            select(Recipient.id).where(same, person, which).exists(),
        )
        .values(asked_at=now)
    )
    columns = ["space_id", "phone", "asked_at", "is_urgent"]
    return insert(table).from_select(columns, new), again


def _instant(name: str) -> BindParameter[datetime]:
    """An instant that a statement is given each time."""
    kind = NumberCheck.__table__.c.asked_at.type  # type: ignore[attr-defined]
    return bindparam(name, type_=kind)


def _asker(session: Session, space_id: int) -> int | None:
    """The account that asks for a space: the first that is linked and not paused."""
    return session.scalar(
        select(Account.id)
        .where(
            Account.space_id == space_id,
            Account.state == LinkState.CONNECTED,
            col(Account.paused_at).is_(None),
            col(Account.removed_at).is_(None),
        )
        .order_by(col(Account.id))
        .limit(1)
    )


def waiting_accounts(session: Session, account_ids: Sequence[int]) -> list[int]:
    """Those of the accounts in whose spaces somebody waits to know of a number."""
    wished = select(NumberCheck.space_id).where(col(NumberCheck.asked_at).is_not(None)).distinct()
    askers = {_asker(session, space_id) for space_id in session.scalars(wished).all()}
    return [one for one in account_ids if one in askers]


def learn_checks(
    session: Session,
    space_id: int,
    asked: Sequence[str],
    found: Iterable[CheckedNumber],
    now: datetime,
) -> None:
    """Keep what WhatsApp told of some numbers, with the people who have them too."""
    told = {one.phone: one for one in found}
    for phone in asked:
        forms = [told[form] for form in phones.number_variants(phone) if form in told]
        if not forms:
            continue
        best = next((one for one in forms if one.registered), forms[0])
        row = session.get_one(NumberCheck, (space_id, phone))
        row.asked_at, row.is_urgent, row.checked_at = None, False, now
        row.registered, row.lid = best.registered, best.lid
        row.jid = _other_form(phone, best)
        session.add(row)
        for person in session.scalars(
            select(Recipient).where(Recipient.space_id == space_id, Recipient.phone == phone)
        ):
            remember_check(session, person, row)
    announce(session, space_id, RECIPIENTS, now)


def remember_check(session: Session, person: Recipient, row: NumberCheck | None = None) -> None:
    """Let a person have what is known of their number."""
    row = row or session.get(NumberCheck, (person.space_id, person.phone))
    if row is None or row.checked_at is None:
        return
    person.on_whatsapp, person.checked_at = row.registered, row.checked_at
    person.lid = row.lid or person.lid
    if row.registered:
        person.jid = row.jid if row.jid and _is_free(session, person, row.jid) else None
    session.add(person)


def _is_fresh(row: NumberCheck, now: datetime, max_age: timedelta) -> bool:
    """True while what is known still counts."""
    good_for = min(max_age, GOOD_FOR if row.registered else BAD_FOR)
    return row.checked_at is not None and row.checked_at > now - good_for


def _fresh_condition(good_since: Any, bad_since: Any) -> ColumnElement[bool]:
    """The same as a condition, of what was told since two instants."""
    registered, at = col(NumberCheck.registered), col(NumberCheck.checked_at)
    good = and_(registered.is_(True), at > good_since)
    return func.coalesce(or_(good, and_(registered.is_(False), at > bad_since)), False)


def _other_form(phone: str, best: CheckedNumber) -> str | None:
    """The address that exists, where it holds another form of the number."""
    if not best.registered:
        return None
    jid = best.jid or phones.to_jid(best.phone)
    return jid if jid != phones.to_jid(phone) and phones.from_jid(jid) else None


def _is_free(session: Session, person: Recipient, jid: str) -> bool:
    """An address is kept once: who has the number by another name is told apart when merged."""
    taken = select(Recipient.id).where(
        Recipient.space_id == person.space_id,
        Recipient.jid == jid,
        col(Recipient.id) != (person.id or 0),
    )
    return session.scalar(taken) is None
