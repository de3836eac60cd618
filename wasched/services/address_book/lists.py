"""Lists: named, with people, groups and parts in them; their changes reach what is to come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, func, insert, literal, or_, select
from sqlmodel import Session, col

from wasched.domain.collation import sort_key
from wasched.domain.errors import ConflictError, InputError
from wasched.domain.visible import clean_name
from wasched.models import (
    LIVE_STATUSES,
    Keyword,
    ListMember,
    ListPart,
    Recipient,
    RecipientList,
    Schedule,
    ScheduleList,
)
from wasched.services import permissions, text_search, versions
from wasched.services.caller import Caller
from wasched.services.change_notes import MESSAGES, RECIPIENTS, announce
from wasched.services.permissions import Action
from wasched.services.recipients import broadcasts
from wasched.services.recipients.name_pages import name_page
from wasched.services.schedules import audience
from wasched.services.schedules.already_gone import done_words, gone_to

NAME_MAX = 80
LISTS_MAX = 500


@dataclass(frozen=True)
class ListCard:
    """A list for pages; `members` counts everybody once, those of its `parts` too."""

    id: int
    name: str
    members: int
    parts: tuple[str, ...] = ()
    version: int = 1


def all_lists(session: Session, user: Caller, search: str = "", limit: int = 200) -> list[ListCard]:
    """The lists whose name contains the words, by name."""
    rows = session.scalars(
        select(RecipientList).where(
            permissions.visible_to(RecipientList.space_id, user),
            text_search.contains(RecipientList.name, search),
        )
    )
    return [_card_of(session, row) for row in _by_name(rows)[:limit]]


def suggest_lists(session: Session, user: Caller, typed: str, limit: int = 4) -> list[ListCard]:
    """Lists to offer while somebody types whom it goes to."""
    return all_lists(session, user, typed, limit)


def list_card(session: Session, user: Caller, list_id: int) -> ListCard:
    """One list; NotFoundError if the user may not see it."""
    row = permissions.fetch_own(session, RecipientList, list_id, user, Action.LOOK)
    return _card_of(session, row)


def list_cards(session: Session, user: Caller, ids: Sequence[int]) -> list[ListCard]:
    """The lists with these ids, as far as the user may see them."""
    rows = session.scalars(
        select(RecipientList).where(
            permissions.visible_to(RecipientList.space_id, user), col(RecipientList.id).in_(ids)
        )
    )
    return [_card_of(session, row) for row in rows]


def add_list(session: Session, user: Caller, name: str, now: datetime) -> int:
    """Make an empty list; InputError if the name is taken or none."""
    permissions.require(user, Action.WRITE)
    count = select(func.count()).where(col(RecipientList.space_id) == user.space_id)
    if (session.scalar(count) or 0) >= LISTS_MAX:
        raise InputError("name", f"{LISTS_MAX} lists are kept already. Remove some first.")
    made = RecipientList(
        space_id=user.space_id, name="", created_at=now, changed_at=now, changed_by_id=user.id
    )
    _set_name(session, made, name, now)
    assert made.id is not None
    return made.id


def rename_list(
    session: Session,
    user: Caller,
    list_id: int,
    name: str,
    now: datetime,
    *,
    if_version: int | None = None,
) -> None:
    """Give a list another name; InputError if it is taken or none.

    ChangedError if it is no more of the version that the caller has seen.
    """
    row = permissions.fetch_own(session, RecipientList, list_id, user, Action.WRITE)
    versions.check_version(session, user, row, if_version)
    versions.count_edit(row, user, now)
    _set_name(session, row, name, now)


def remove_list(session: Session, user: Caller, list_id: int, now: datetime) -> None:
    """Forget a list, but not its people; ConflictError while something to come goes to it."""
    row = permissions.fetch_own(session, RecipientList, list_id, user, Action.WRITE)
    wholes = select(col(ListPart.list_id)).where(col(ListPart.part_id) == list_id)
    used = session.scalar(
        select(func.count(func.distinct(ScheduleList.schedule_id)))
        .join(Schedule, col(Schedule.id) == ScheduleList.schedule_id)
        .where(
            or_(col(ScheduleList.list_id) == list_id, col(ScheduleList.list_id).in_(wholes)),
            col(Schedule.status).in_(LIVE_STATUSES),
        )
    )
    if used:
        goes = "1 message goes" if used == 1 else f"{used} messages go"
        raise ConflictError("list", f"{goes} to {row.name} still. Cancel or change that first.")
    if word := session.scalar(select(col(Keyword.words)).where(col(Keyword.list_id) == list_id)):
        said = f"The keyword “{word}” moves people to or from {row.name}. Change that first."
        raise ConflictError("list", said)
    session.execute(delete(ScheduleList).where(col(ScheduleList.list_id) == list_id))
    session.delete(row)
    announce(session, row.space_id, RECIPIENTS, now)


def put_in(
    session: Session,
    user: Caller,
    list_id: int,
    recipient_ids: Sequence[int] | Select[int],
    now: datetime,
) -> int:
    """Put people and groups into a list; returns how many were not in it before."""
    row = permissions.fetch_own(session, RecipientList, list_id, user, Action.WRITE)
    there = select(col(ListMember.recipient_id)).where(col(ListMember.list_id) == list_id)
    new = select(literal(list_id), col(Recipient.id)).where(
        col(Recipient.space_id) == row.space_id,
        col(Recipient.id).in_(recipient_ids),
        col(Recipient.kind).not_in(broadcasts.FOR_ALL),  # not everything that a list gets fits one
        col(Recipient.id).not_in(there),
    )
    into = insert(ListMember).from_select(["list_id", "recipient_id"], new)
    done = int(session.execute(into).rowcount)  # type: ignore[attr-defined]
    _note_change(session, user, row, now)
    return done


def take_out(
    session: Session,
    user: Caller,
    list_id: int,
    recipient_ids: Sequence[int] | Select[int],
    now: datetime,
) -> str:
    """Take people and groups out of a list; returns what that came too late for, if anything."""
    row = permissions.fetch_own(session, RecipientList, list_id, user, Action.WRITE)
    out = delete(ListMember).where(
        col(ListMember.list_id) == list_id, col(ListMember.recipient_id).in_(recipient_ids)
    )
    session.execute(out)
    _note_change(session, user, row, now)
    gone = gone_to(session, recipient_ids, now, audience.schedules_by([list_id]))
    return done_words("Taken out", gone, user, now) if gone.gone else ""


def nest_list(session: Session, user: Caller, list_id: int, part_id: int, now: datetime) -> None:
    """Make a list part of another; InputError if that would be deeper than one level."""
    row = permissions.fetch_own(session, RecipientList, list_id, user, Action.WRITE)
    part = permissions.fetch_own(session, RecipientList, part_id, user, Action.WRITE)
    if list_id == part_id or part.space_id != row.space_id:
        raise InputError("list", "Choose another list.")
    if _has_rows(session, ListPart.list_id, part_id):
        raise InputError("list", f"{part.name} has lists in it itself. Only plain lists fit in.")
    if _has_rows(session, ListPart.part_id, list_id):
        raise InputError("list", f"{row.name} is in another list itself, so none fits in it.")
    if session.get(ListPart, (list_id, part_id)) is None:
        session.add(ListPart(list_id=list_id, part_id=part_id))
        _note_change(session, user, row, now)


def unnest_list(session: Session, user: Caller, list_id: int, part_id: int, now: datetime) -> None:
    """Take a list out of another."""
    row = permissions.fetch_own(session, RecipientList, list_id, user, Action.WRITE)
    session.execute(
        delete(ListPart).where(col(ListPart.list_id) == list_id, col(ListPart.part_id) == part_id)
    )
    _note_change(session, user, row, now)


def member_page(
    session: Session,
    user: Caller,
    list_id: int,
    search: str = "",
    cursor: str = "",
    limit: int = 50,
) -> tuple[list[Recipient], str]:
    """Those who are in a list by themselves and whose name or number contains the words.

    A page of them by name, and the cursor of the next one; InputError if it is damaged.
    """
    row = permissions.fetch_own(session, RecipientList, list_id, user, Action.LOOK)
    found = (
        select(Recipient)
        .join(ListMember, col(ListMember.recipient_id) == Recipient.id)
        .where(col(ListMember.list_id) == row.id)
    )
    if search.strip():
        named = [text_search.contains(one, search) for one in (Recipient.name, Recipient.phone)]
        found = found.where(or_(*named))
    return name_page(session, found, cursor, limit)


def members_among(session: Session, list_id: int, recipient_ids: Sequence[int]) -> set[int]:
    """Which of these are in a list by themselves."""
    found = select(col(ListMember.recipient_id)).where(
        col(ListMember.list_id) == list_id, col(ListMember.recipient_id).in_(recipient_ids)
    )
    return set(session.scalars(found))


def nested_lists(session: Session, user: Caller, list_id: int) -> list[ListCard]:
    """The lists that are in a list."""
    row = permissions.fetch_own(session, RecipientList, list_id, user, Action.LOOK)
    found = select(RecipientList).join(ListPart, col(ListPart.part_id) == RecipientList.id)
    inside = session.scalars(found.where(col(ListPart.list_id) == row.id))
    return [_card_of(session, one) for one in _by_name(inside)]


def of_recipient(session: Session, user: Caller, recipient_id: int) -> list[ListCard]:
    """The lists in which somebody is by themselves."""
    permissions.fetch_own(session, Recipient, recipient_id, user, Action.LOOK)
    found = select(RecipientList).join(ListMember, col(ListMember.list_id) == RecipientList.id)
    theirs = session.scalars(found.where(col(ListMember.recipient_id) == recipient_id))
    return [_card_of(session, one) for one in _by_name(theirs)]


def list_named(session: Session, space_id: int, name: str) -> int | None:
    """The list of a space that is called so, whatever the case of its letters.

    Here, for what a letter's other case is differs from one database to another.
    """
    rows = session.execute(
        select(col(RecipientList.id), col(RecipientList.name)).where(
            col(RecipientList.space_id) == space_id
        )
    )
    return next((one for one, known in rows if known.casefold() == name.casefold()), None)


def _by_name(rows: Iterable[RecipientList]) -> list[RecipientList]:
    """The lists in the order of their names; nobody has more than LISTS_MAX."""
    return sorted(rows, key=lambda row: (sort_key(row.name), row.id))


def _set_name(session: Session, row: RecipientList, name: str, now: datetime) -> None:
    called = clean_name(name)
    if not called:
        raise InputError("name", "Give the list a name.")
    if len(called) > NAME_MAX:
        raise InputError("name", f"The name has {len(called)} characters; {NAME_MAX} are enough.")
    if list_named(session, row.space_id, called) not in (None, row.id):
        raise ConflictError("name", f"There is a list called {called} already.")
    row.name = called
    session.add(row)
    session.flush()
    announce(session, row.space_id, RECIPIENTS, now)


def _note_change(session: Session, user: Caller, row: RecipientList, now: datetime) -> None:
    """Let what is to come follow."""
    assert row.id is not None
    versions.count_edit(row, user, now)
    session.add(row)
    audience.lists_changed(session, user, [row.id], now)
    announce(session, row.space_id, RECIPIENTS, now)
    announce(session, row.space_id, MESSAGES, now)


def _card_of(session: Session, row: RecipientList) -> ListCard:
    assert row.id is not None
    everybody = audience.of_lists([row.id]).subquery()
    count = session.scalar(select(func.count()).select_from(everybody)) or 0
    names = session.scalars(
        select(col(RecipientList.name))
        .join(ListPart, col(ListPart.part_id) == RecipientList.id)
        .where(col(ListPart.list_id) == row.id)
    )
    return ListCard(row.id, row.name, count, tuple(sorted(names, key=sort_key)), row.version)


def _has_rows(session: Session, column: object, list_id: int) -> bool:
    return session.scalar(select(func.count()).where(column == list_id)) != 0
