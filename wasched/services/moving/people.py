"""People and groups that come to another space: moved, copied, or made one with who is there."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
    delete,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from wasched.domain.message import Status
from wasched.models import (
    Acquaintance,
    GroupMember,
    KeywordUse,
    Message,
    NumberCheck,
    Reaction,
    Recipient,
    RecipientKind,
    Reply,
    Schedule,
    ScheduleLeftOut,
    ScheduleRecipient,
    Vote,
)
from wasched.services.address_book.merging import MERGED
from wasched.services.moving.what_goes import Goods
from wasched.services.phone_numbers import phones
from wasched.services.recipients import opt_out

_COPIED = (
    "kind", "name", "sort_key", "phone", "jid", "lid", "fields", "notes", "on_whatsapp",
    "checked_at", "account_id", "size", "announce_only", "may_write", "left_at", "opted_out_at",
    "removed_at", "created_at", "changed_by_id", "changed_at",
)  # fmt: skip

_NEW_IDS = Table(
    "new_ids",
    MetaData(),
    Column("old", Integer, primary_key=True),
    Column("new", Integer, index=True),
    prefixes=["TEMPORARY"],
)
"""Whose entry is another one now, while they are moved."""


def bring_people(session: Session, goods: Goods, now: datetime) -> dict[int, int]:
    """Have everybody in the other space who goes along; returns who is there under another id.

    Whoever is in both is one entry there, and whoever opted out under either stays so.
    """
    there = _known_there(session, goods.target)
    new_ids: dict[int, int] = {}
    moved: list[Recipient] = []
    for row in session.scalars(select(Recipient).where(col(Recipient.space_id) == goods.source)):
        if row.id not in goods.people:
            continue
        twin = next((there[name] for name in known_by(row) if name in there), None)
        if twin is not None:
            new_ids[row.id or 0] = twin.id or 0
            _join(session, twin, row, now)
        elif row.id in goods.kept_people:
            new_ids[row.id or 0] = _copy(session, row, goods.target)
        else:
            moved.append(row)
        if twin is not None and row.id not in goods.kept_people:
            row.removed_at = row.removed_at or now
    for row in moved:
        row.space_id = goods.target
    session.flush()
    _bring_checks(session, goods)
    return new_ids


def count_in_both(session: Session, goods: Goods) -> int:
    """How many of those who go along are in the other space already."""
    there = _known_there(session, goods.target)
    rows = session.scalars(select(Recipient).where(col(Recipient.space_id) == goods.source))
    goes = [row for row in rows if row.id in goods.people and row.removed_at is None]
    return sum(any(name in there for name in known_by(row)) for row in goes)


def known_by(row: Recipient) -> list[str]:
    """All that somebody may be known by on WhatsApp."""
    if row.kind != RecipientKind.PERSON:
        return [row.jid] if row.jid else []
    numbers = [one for one in (row.phone, phones.from_jid(row.jid or "")) if one]
    forms = [form for number in numbers for form in phones.number_variants(number)]
    return [*forms, *filter(None, (row.lid, row.jid))]


def point_to(session: Session, goods: Goods, new_ids: dict[int, int], now: datetime) -> None:
    """Let the account's schedules and messages name the entries of the other space.

    Of two messages of one occurrence that would go to one person, one stays.
    """
    if not new_ids:
        return
    connection = session.connection()
    _NEW_IDS.create(connection)
    pairs = [{"old": old, "new": new} for old, new in new_ids.items()]
    connection.execute(insert(_NEW_IDS), pairs)
    mine = select(col(Schedule.id)).where(Schedule.account_id == goods.account_id)
    sent = select(col(Message.id)).where(Message.account_id == goods.account_id)
    for answers in (Vote, Reaction):
        _renumber(session, answers, col(answers.message_id).in_(sent))
    for table in (ScheduleRecipient, ScheduleLeftOut):
        _point(session, table, col(table.schedule_id).in_(mine))
    _point(session, Acquaintance, Acquaintance.account_id == goods.account_id)
    theirs = _renumber(session, Message, col(Message.schedule_id).in_(mine))
    session.execute(
        update(Message)
        .where(*theirs, Message.status == Status.SCHEDULED)
        .values(status=Status.CANCELLED, reason=MERGED, settled_at=now)
        .execution_options(synchronize_session=False)
    )
    of_account = Reply.account_id == goods.account_id
    for column in (Reply.recipient_id, Reply.person_id):
        _renumber(session, Reply, of_account, column)
    _renumber(session, KeywordUse, KeywordUse.account_id == goods.account_id, KeywordUse.person_id)
    _NEW_IDS.drop(connection)


def leave_voters(session: Session, goods: Goods) -> None:
    """Of who answered and stays in the space that is left, know the number or LID alone."""
    sent = select(col(Message.id)).where(Message.account_id == goods.account_id)
    there = select(col(Recipient.id)).where(Recipient.space_id == goods.target)
    for table in (Vote, Reaction):
        session.execute(
            update(table)
            .where(col(table.message_id).in_(sent), col(table.recipient_id).not_in(there))
            .values(recipient_id=None)
            .execution_options(synchronize_session=False)
        )


def _known_there(session: Session, target: int) -> dict[str, Recipient]:
    found: dict[str, Recipient] = {}
    in_order = select(Recipient).where(col(Recipient.space_id) == target)
    for row in session.scalars(in_order.order_by(col(Recipient.removed_at).is_not(None))):
        for name in known_by(row):
            found.setdefault(name, row)
    return found


def _join(session: Session, twin: Recipient, row: Recipient, now: datetime) -> None:
    """Let an entry of the other space know what another knows of the same person or group."""
    twin.name = twin.name or row.name
    if row.notes not in twin.notes:
        twin.notes = "\n".join(filter(None, (twin.notes, row.notes)))
    twin.fields = {**row.fields, **twin.fields}
    twin.lid = twin.lid or row.lid
    if row.removed_at is None:
        twin.removed_at = None
    session.add(twin)
    if row.opted_out_at and not twin.opted_out_at:
        opt_out.opt_out(session, twin, now)


def _copy(session: Session, row: Recipient, target: int) -> int:
    """An entry like this one in the other space."""
    made = Recipient(space_id=target, **{name: getattr(row, name) for name in _COPIED})
    session.add(made)
    session.flush()
    assert made.id is not None
    if row.kind == RecipientKind.GROUP:
        members = select(GroupMember.address, GroupMember.lid).where(
            col(GroupMember.group_id) == row.id
        )
        rows = [
            {"group_id": made.id, "address": one.address, "lid": one.lid}
            for one in session.execute(members)
        ]
        if rows:
            session.execute(insert(GroupMember), rows)
    return made.id


def _bring_checks(session: Session, goods: Goods) -> None:
    """What WhatsApp said of numbers is known in the other space too."""
    known = [one for one in NumberCheck.model_fields if one != "space_id"]
    came = select(col(Recipient.phone)).where(Recipient.space_id == goods.target)
    there = select(col(NumberCheck.phone)).where(NumberCheck.space_id == goods.target)
    rows = select(literal(goods.target), *(getattr(NumberCheck, one) for one in known)).where(
        NumberCheck.space_id == goods.source,
        col(NumberCheck.phone).in_(came.where(col(Recipient.phone).is_not(None))),
        col(NumberCheck.phone).not_in(there),
    )
    session.execute(insert(NumberCheck).from_select(["space_id", *known], rows))


def _point(session: Session, table: Any, where: Any) -> None:
    """Let rows name other entries; those that name one already go."""
    left = _renumber(session, table, where)
    session.execute(delete(table).where(*left).execution_options(synchronize_session=False))


def _renumber(session: Session, table: Any, where: Any, by: Any = None) -> list[Any]:
    """Let rows name other entries; returns the condition of those that another row stands for."""
    column = table.recipient_id if by is None else by
    named = [column.in_(select(_NEW_IDS.c.old)), where]
    stand = [~_stands_for(twin, table, column) for twin in _twins(table, column)]
    renumber = update(table).where(*named, *stand).values({column: _new_id(column)})
    session.execute(renumber.execution_options(synchronize_session=False))
    return named


def _new_id(column: Any) -> Any:
    new = aliased(_NEW_IDS)
    return select(new.c.new).where(new.c.old == column).correlate_except(new).scalar_subquery()


def _twins(table: Any, column: Any) -> Iterator[list[str]]:
    """The other columns of each key by which only one row may name an entry."""
    described = table.__table__
    keys = [one for one in described.constraints if isinstance(one, UniqueConstraint)]
    for key in (described.primary_key, *keys):
        names = [one.name for one in key.columns]
        if column.key in names:
            yield [one for one in names if one != column.key]


def _stands_for(others: list[str], table: Any, column: Any) -> Any:
    """Whether another row names the entry already, or will, of several that are one there."""
    twin, before = aliased(table), aliased(_NEW_IDS)
    first = (
        select(before.c.old)
        .where(before.c.new == _new_id(column), before.c.old < column)
        .correlate_except(before)
    )
    same = [getattr(twin, one) == getattr(table, one) for one in others]
    names = getattr(twin, column.key)
    ways = (names == _new_id(column), names.in_(first))
    return or_(*(select(1).where(*same, way).correlate_except(twin).exists() for way in ways))
