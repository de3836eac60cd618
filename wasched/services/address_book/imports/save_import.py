"""Imports saved as a whole or not at all, and undone.

All of it is left to the database: a hundred thousand people take it a second or two, in which
no message can go out.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    cast,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlmodel import Session, col

from wasched.domain.errors import InputError, NotFoundError
from wasched.models import (
    ImportRow,
    ImportStatus,
    ListMember,
    NumberCheck,
    PeopleImport,
    Recipient,
    RecipientKind,
    RecipientList,
    Verdict,
)
from wasched.models.base import UtcDateTime
from wasched.services import permissions
from wasched.services.address_book import entries, lists
from wasched.services.caller import Caller
from wasched.services.change_notes import IMPORTS, RECIPIENTS, announce
from wasched.services.permissions import Action
from wasched.services.recipients import number_checks
from wasched.services.schedules import approval

STALE = "People were changed meanwhile. The file was read again: look at it once more."

_WAS_THERE = col(ImportRow.had_name).is_not(None)
_IS_NEW = and_(col(ImportRow.verdict) == Verdict.NEW, col(ImportRow.had_name).is_(None))
_CHANGES = and_(col(ImportRow.verdict).in_((Verdict.NEW, Verdict.CHANGED)), _WAS_THERE)
_HAS = and_(
    col(Recipient.name) == ImportRow.name,
    col(Recipient.notes) == ImportRow.notes,
    cast(Recipient.fields, String) == cast(ImportRow.fields, String),
    col(Recipient.removed_at).is_(None),
)
_HAD = and_(
    col(Recipient.name) == ImportRow.had_name,
    col(Recipient.notes) == ImportRow.had_notes,
    cast(Recipient.fields, String) == cast(ImportRow.had_fields, String),
    col(Recipient.removed_at).is_not(None) == ImportRow.had_gone,
)


@dataclass(frozen=True)
class UndoneImport:
    """How many people are gone again, are as they were, and were left as somebody changed them."""

    removed: int
    restored: int
    left: int


def save_people(
    session: Session, user: Caller, import_id: int, list_id: int | None, now: datetime
) -> int:
    """Add and change the people of an import, and put all of them into a list if one is given.

    Returns how many were added or changed. InputError (import) if it does not fit the people of
    now any more; nothing is saved then.
    """
    made = _own_import(session, user, import_id, ImportStatus.READ)
    if list_id is not None:
        permissions.fetch_own(session, RecipientList, list_id, user, Action.WRITE)
    if _is_stale(session, made):
        raise InputError("import", STALE)
    approval.ask_for_people(session, user, _people_ids(made).where(_CHANGES), now)
    done = _change_people(session, made, now) + _add_people(session, made, now)
    if list_id is not None:
        made.list_id = list_id
        _join_list(session, user, made, list_id, now)
    made.state, made.saved_at, made.token = ImportStatus.SAVED, now, ""
    session.add(made)
    announce(session, user.space_id, RECIPIENTS, now)
    return done


def undo_import(session: Session, user: Caller, import_id: int, now: datetime) -> UndoneImport:
    """Take an import back; who was changed by hand since then stays so."""
    made = _own_import(session, user, import_id, ImportStatus.SAVED)
    if made.list_id is not None:
        joined = _people_ids(made).where(col(ImportRow.joined).is_(True))
        lists.take_out(session, user, made.list_id, joined, now)
    changed = select(func.count()).select_from(ImportRow).where(_rows_of(made), _CHANGES)
    approval.ask_for_people(session, user, _people_ids(made).where(_CHANGES), now)
    restored = _give_back(session, made, now)
    left = (session.scalar(changed) or 0) - restored
    removed = entries.remove_those(session, user, _people_ids(made).where(_IS_NEW), now)
    made.state = ImportStatus.UNDONE
    session.add(made)
    announce(session, user.id, IMPORTS, now)
    return UndoneImport(removed, restored, left)


def _own_import(
    session: Session, user: Caller, import_id: int, state: ImportStatus
) -> PeopleImport:
    row = permissions.fetch_own(session, PeopleImport, import_id, user, Action.OPEN_PRIVATE)
    if row.state != state:
        raise NotFoundError()
    return row


def _rows_of(made: PeopleImport) -> ColumnElement[bool]:
    return col(ImportRow.import_id) == made.id


def _people_ids(made: PeopleImport) -> Select[int]:
    """The ids of the people in an import."""
    known = col(ImportRow.recipient_id).is_not(None)
    return select(col(ImportRow.recipient_id)).where(_rows_of(made), known)  # type: ignore[return-value]


def _is_stale(session: Session, made: PeopleImport) -> bool:
    """True if a number that was new is somebody's now, or somebody is not as they were."""
    taken = (
        select(func.count())
        .select_from(ImportRow)
        .join(Recipient, col(Recipient.phone) == ImportRow.phone)
        .where(_rows_of(made), _IS_NEW, Recipient.space_id == made.space_id)
    )
    other = (
        select(func.count())
        .select_from(ImportRow)
        .outerjoin(Recipient, and_(col(Recipient.id) == ImportRow.recipient_id, _HAD))
        .where(_rows_of(made), _WAS_THERE, col(ImportRow.verdict) != Verdict.DOUBLE)
        .where(col(Recipient.id).is_(None))
    )
    return bool(session.scalar(taken) or session.scalar(other))


def _change_people(session: Session, made: PeopleImport, now: datetime) -> int:
    """Change those who are there already; returns how many."""
    theirs = (col(Recipient.id) == ImportRow.recipient_id, _rows_of(made), _CHANGES)
    return _set_fields(
        session,
        made,
        now,
        *theirs,
        name=ImportRow.name,
        sort_key=ImportRow.sort_key,
        notes=ImportRow.notes,
        fields=ImportRow.fields,
        removed_at=None,
    )


def _give_back(session: Session, made: PeopleImport, now: datetime) -> int:
    """Give those who are as the import made them back what they had; returns how many."""
    theirs = (col(Recipient.id) == ImportRow.recipient_id, _rows_of(made), _CHANGES, _HAS)
    gone = _set_fields(
        session, made, now, *theirs, ImportRow.had_gone, **_HAD_VALUES, removed_at=now
    )
    return gone + _set_fields(session, made, now, *theirs, **_HAD_VALUES)


_HAD_VALUES = {
    "name": ImportRow.had_name,
    "sort_key": ImportRow.had_sort_key,
    "notes": ImportRow.had_notes,
    "fields": ImportRow.had_fields,
}


def _set_fields(
    session: Session, made: PeopleImport, now: datetime, *wanted: Any, **values: Any
) -> int:
    values |= {"changed_by_id": made.user_id, "changed_at": now, "version": Recipient.version + 1}
    there = Recipient.space_id == made.space_id  # who moved away since is none of theirs
    statement = update(Recipient).where(*wanted, there).values(**values)
    done = session.execute(statement.execution_options(synchronize_session=False))
    session.expire_all()
    return int(done.rowcount)  # type: ignore[attr-defined]


def _add_people(session: Session, made: PeopleImport, now: datetime) -> int:
    """Add those who are new; returns how many."""
    values = {
        "space_id": literal(made.space_id),
        "kind": literal(RecipientKind.PERSON.value),
        "phone": col(ImportRow.phone),
        "name": col(ImportRow.name),
        "sort_key": col(ImportRow.sort_key),
        "notes": col(ImportRow.notes),
        "fields": col(ImportRow.fields),
        "size": literal(0),
        "announce_only": literal(False),
        "created_at": literal(now, type_=UtcDateTime()),
        "version": literal(1),
    }
    new = (_rows_of(made), _IS_NEW)
    chosen = select(*values.values()).where(*new).order_by(col(ImportRow.position))
    into = insert(Recipient).from_select(list(values), chosen)
    added = int(session.execute(into).rowcount)  # type: ignore[attr-defined]
    number = (
        select(col(Recipient.id))
        .where(Recipient.space_id == made.space_id, Recipient.phone == ImportRow.phone)
        .scalar_subquery()
    )
    session.execute(
        update(ImportRow)
        .where(*new)
        .values(recipient_id=number)
        .execution_options(synchronize_session=False)
    )
    _remember_checks(session, made)
    return added


def _remember_checks(session: Session, made: PeopleImport) -> None:
    """Let new people have what WhatsApp has said of their numbers before."""
    known = session.execute(
        select(Recipient, NumberCheck)
        .join(ImportRow, col(ImportRow.recipient_id) == Recipient.id)
        .join(NumberCheck, col(NumberCheck.phone) == Recipient.phone)
        .where(
            _rows_of(made),
            _IS_NEW,
            NumberCheck.space_id == made.space_id,
            col(NumberCheck.checked_at).is_not(None),
        )
    )
    for person, check in known.all():
        number_checks.remember_check(session, person, check)


def _join_list(
    session: Session, user: Caller, made: PeopleImport, list_id: int, now: datetime
) -> None:
    """Put everybody in the file into a list, and keep who was not in it before."""
    there = select(col(ListMember.recipient_id)).where(col(ListMember.list_id) == list_id)
    session.execute(
        update(ImportRow)
        .where(
            _rows_of(made),
            col(ImportRow.recipient_id).is_not(None),
            col(ImportRow.recipient_id).not_in(there),
        )
        .values(joined=True)
        .execution_options(synchronize_session=False)
    )
    session.flush()
    lists.put_in(session, user, list_id, _people_ids(made), now)
