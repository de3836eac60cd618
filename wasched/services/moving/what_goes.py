"""What goes along when an account moves to another space, and what stays as a copy."""

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlmodel import Session, col

from wasched.models import (
    Account,
    Keyword,
    ListMember,
    ListPart,
    Message,
    Recipient,
    RecipientKind,
    RecipientList,
    Schedule,
    ScheduleLeftOut,
    ScheduleList,
    ScheduleRecipient,
)


@dataclass(frozen=True)
class Goods:
    """What goes: ids of people and groups, of lists; those in `kept` are needed where they are.

    `is_all`: no other account is in the space, so that whatever is kept there goes along.
    """

    account_id: int
    source: int
    target: int
    is_all: bool
    people: frozenset[int] = frozenset()
    lists: frozenset[int] = frozenset()
    kept_people: frozenset[int] = field(default=frozenset())
    kept_lists: frozenset[int] = field(default=frozenset())


def find_goods(session: Session, account: Account, target: int) -> Goods:
    """All that the account's schedules and messages need, and all else where it is the last."""
    source, account_id = account.space_id, account.id or 0
    others = select(func.count()).where(
        Account.space_id == source,
        Account.id != account_id,
        col(Account.removed_at).is_(None),
    )
    is_all = not session.scalar(others)
    mine, theirs = (_schedules(session, source, account_id, mine=one) for one in (True, False))
    kept_lists = _lists_of(session, theirs)
    if not is_all:  # else the keywords go along
        kept_lists |= _lists_of_keywords(session, source)
    lists = _ids(session, select(col(RecipientList.id)).where(RecipientList.space_id == source))
    if not is_all:
        lists = _lists_of(session, mine)
    in_lists = _members(session, lists)
    kept_people = _people_of(session, source, theirs) | _members(session, kept_lists)
    if is_all:
        people = _ids(session, select(col(Recipient.id)).where(Recipient.space_id == source))
    else:
        people = _people_of(session, source, mine) | in_lists | _groups(session, source, account_id)
        staying = _ids(
            session, select(col(RecipientList.id)).where(RecipientList.space_id == source)
        )
        kept_people |= _members(session, staying - lists | kept_lists)
    return Goods(
        account_id,
        source,
        target,
        is_all,
        frozenset(people),
        frozenset(lists),
        frozenset(kept_people & people),
        frozenset(kept_lists & lists),
    )


def _schedules(session: Session, source: int, account_id: int, *, mine: bool) -> set[int]:
    goes = Schedule.account_id == account_id
    wanted = select(col(Schedule.id)).where(Schedule.space_id == source, goes if mine else ~goes)
    return _ids(session, wanted)


def _lists_of(session: Session, schedules: Collection[int]) -> set[int]:
    """The lists that schedules name, and the parts of these."""
    named = {
        one
        for some in _portions(schedules)
        for one in session.scalars(
            select(col(ScheduleList.list_id)).where(col(ScheduleList.schedule_id).in_(some))
        )
    }
    parts = select(col(ListPart.part_id)).where(col(ListPart.list_id).in_(named))
    return named | _ids(session, parts)


def _lists_of_keywords(session: Session, source: int) -> set[int]:
    return _ids(session, select(col(Keyword.list_id)).where(Keyword.space_id == source))


def _members(session: Session, lists: Collection[int]) -> set[int]:
    return _ids(
        session, select(col(ListMember.recipient_id)).where(col(ListMember.list_id).in_(lists))
    )


def _people_of(session: Session, source: int, schedules: set[int]) -> set[int]:
    """Everybody whom these schedules go to, leave out, or have written to."""
    if not schedules:
        return set()
    found: set[int] = set()
    for some in _portions(schedules):
        for table in (ScheduleRecipient, ScheduleLeftOut):
            found |= _ids(
                session,
                select(col(table.recipient_id)).where(col(table.schedule_id).in_(some)),
            )
        wrote = select(Message.id).where(
            Message.recipient_id == Recipient.id, col(Message.schedule_id).in_(some)
        )
        there = (Recipient.space_id == source, wrote.exists())
        found |= _ids(session, select(col(Recipient.id)).where(*there))
    return found


def _groups(session: Session, source: int, account_id: int) -> set[int]:
    return _ids(
        session,
        select(col(Recipient.id)).where(
            Recipient.space_id == source,
            Recipient.kind != RecipientKind.PERSON,
            Recipient.account_id == account_id,
        ),
    )


_PORTION = 10_000


def _portions(ids: Collection[int]) -> list[list[int]]:
    listed = sorted(ids)
    return [listed[start : start + _PORTION] for start in range(0, len(listed), _PORTION)]


def _ids(session: Session, wanted: object) -> set[int]:
    return {one for one in session.scalars(wanted) if one is not None}
