"""The address book: the people and groups that messages go to, and what is known of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, delete, func, or_, select, update
from sqlmodel import Session, col

from wasched.domain.errors import ConflictError, InputError
from wasched.domain.message import Status
from wasched.domain.reasons import Code, Reason
from wasched.domain.visible import clean_name, clean_text
from wasched.models import ListMember, Message, Recipient, RecipientKind, ScheduleRecipient
from wasched.services import permissions, text_search, versions
from wasched.services.address_book import lists
from wasched.services.address_book.lists import ListCard
from wasched.services.caller import Caller
from wasched.services.change_notes import MESSAGES, RECIPIENTS, announce
from wasched.services.permissions import Action
from wasched.services.phone_numbers import phones, typed_numbers
from wasched.services.recipients import number_checks, opt_out, recipients
from wasched.services.recipients.name_pages import name_page
from wasched.services.recipients.recipients import recipient_title
from wasched.services.replies import record
from wasched.services.schedules import approval, audience
from wasched.services.schedules.already_gone import AlreadyGone, gone_to
from wasched.services.votes import voters

PAGE = 50
NAME_MAX = 200
NOTES_MAX = 2_000
FIELDS_MAX = 50
VALUE_MAX = 1_000
REMOVED = Reason(Code.REMOVED)


@dataclass(frozen=True)
class AddressEntry:
    """A person or a group in the list; `kind` is person or group."""

    id: int
    kind: str
    name: str
    detail: str
    opted_out: bool = False
    left: bool = False
    on_whatsapp: bool | None = None
    number: str = ""  # E.164; a group has none
    size: int = 0  # of a group: how many are in it
    may_write: bool = True  # False in a group where only admins write and the account is none


@dataclass(frozen=True)
class EntryPage:
    """A page of entries by name, how many there are in all, and the cursor of the next page."""

    entries: list[AddressEntry]
    total: int
    next_cursor: str = ""


@dataclass(frozen=True)
class EntryCard:
    """Everything about one; instants in UTC, `fields` under the names people gave them."""

    entry: AddressEntry
    name: str  # as it was given, empty where the number stands for it
    phone: str
    notes: str
    fields: Mapping[str, str]
    opted_out_at: datetime | None
    left_at: datetime | None
    announce_only: bool
    coming: int
    gone: int
    lists: list[ListCard] = field(default_factory=list)
    doubles: list[AddressEntry] = field(default_factory=list)
    is_removed: bool = False
    version: int = 1


def list_entries(
    session: Session,
    user: Caller,
    kind: str,
    search: str = "",
    cursor: str = "",
    limit: int = PAGE,
) -> EntryPage:
    """People or groups whose name, number or notes contain the words, by name.

    InputError if the cursor is damaged.
    """
    wanted = _visible_entries(user, kind)
    if search.strip():
        wanted = wanted.where(_entry_matches(search))
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    rows, following = name_page(session, wanted, cursor, limit)
    return EntryPage([entry_row(row) for row in rows], total, following)


def entry_card(session: Session, user: Caller, recipient_id: int) -> EntryCard:
    """One person or group; NotFoundError if the user may not see it."""
    row = permissions.fetch_own(session, Recipient, recipient_id, user, Action.LOOK)
    mine = select(func.count()).where(col(Message.recipient_id) == row.id)
    coming = session.scalar(mine.where(col(Message.status) == Status.SCHEDULED)) or 0
    return EntryCard(
        entry=entry_row(row),
        name=row.name,
        phone=phones.pretty_number(row.phone) if row.phone else "",
        notes=row.notes,
        fields={str(name): str(value) for name, value in row.fields.items()},
        opted_out_at=row.opted_out_at,
        left_at=row.left_at,
        announce_only=row.announce_only,
        coming=coming,
        gone=(session.scalar(mine) or 0) - coming,
        lists=lists.of_recipient(session, user, recipient_id),
        doubles=[entry_row(one) for one in find_doubles(session, row)],
        is_removed=row.removed_at is not None,
        version=row.version,
    )


def entry_row(row: Recipient) -> AddressEntry:
    """A recipient as lists show it."""
    assert row.id is not None
    if row.kind != RecipientKind.PERSON:
        detail = recipients.about_place(row)
    else:
        detail = phones.pretty_number(row.phone) if row.phone and row.name else ""
    return AddressEntry(
        row.id,
        row.kind,
        recipient_title(row),
        detail,
        row.opted_out_at is not None,
        row.left_at is not None,
        row.on_whatsapp,
        row.phone or "",
        row.size,
        row.may_write,
    )


def add_person(
    session: Session, user: Caller, name: str, number: str, country: str, now: datetime
) -> int:
    """Add a person; InputError for a number that is none, ConflictError for somebody's."""
    permissions.require(user, Action.WRITE)
    called = _checked_name(name)
    try:
        phone = typed_numbers.read_number(number, country)
    except InputError as refusal:
        raise InputError("phone", refusal.reason) from None
    there = session.scalar(
        select(Recipient).where(
            Recipient.space_id == user.space_id,
            col(Recipient.phone).in_(phones.number_variants(phone)),
            col(Recipient.removed_at).is_(None),
        )
    )
    if there is not None:
        raise ConflictError("phone", f"{recipient_title(there)} has this number already.")
    row = recipients.person_with_number(session, user.space_id, phone, now, called)
    number_checks.ask_checks(session, user.space_id, [phone], now)
    announce(session, user.space_id, RECIPIENTS, now)
    assert row.id is not None
    return row.id


def change_entry(
    session: Session,
    user: Caller,
    recipient_id: int,
    name: str,
    notes: str,
    fields: Mapping[str, str],
    now: datetime,
    *,
    if_version: int | None = None,
) -> None:
    """Keep what a person typed about somebody; InputError names the field.

    ChangedError if they are no more of the version that the caller has seen.
    """
    row = permissions.fetch_own(session, Recipient, recipient_id, user, Action.WRITE)
    check_entry(session, user, row, if_version)
    was_called, had = row.name, row.fields
    if row.kind == RecipientKind.PERSON:
        row.name = _checked_name(name)
    if len(notes) > NOTES_MAX:
        raise InputError(
            "notes", f"The notes have {len(notes):,} characters, at most {NOTES_MAX:,}."
        )
    if len(fields) > FIELDS_MAX or any(len(one) > VALUE_MAX for one in fields.values()):
        raise InputError("fields", f"At most {FIELDS_MAX} lines of {VALUE_MAX:,} characters each.")
    row.notes = clean_text(notes).strip()
    row.fields = {clean_name(one): clean_text(value) for one, value in fields.items()}
    row.changed_by_id, row.changed_at = user.id, now
    session.add(row)
    if row.name != was_called or row.fields != had:
        approval.ask_for_people(session, user, [recipient_id], now)
    announce(session, row.space_id, RECIPIENTS, now)


def check_entry(session: Session, user: Caller, row: Recipient, if_version: int | None) -> None:
    """ChangedError if somebody was changed or removed since the caller last saw them."""
    is_gone = if_version is not None and row.removed_at is not None
    versions.check_version(session, user, row, if_version, is_gone=is_gone)


def decide_opt_out(
    session: Session, user: Caller, recipient_id: int, wants: bool, now: datetime
) -> AlreadyGone:
    """Note that somebody wants no more messages, or wants them again; what that is too late for."""
    row = permissions.fetch_own(session, Recipient, recipient_id, user, Action.WRITE)
    (opt_out.opt_in if wants else opt_out.opt_out)(session, row, now)
    if wants:
        approval.ask_for_people(session, user, [recipient_id], now)
        return AlreadyGone()
    return gone_to(session, [recipient_id], now)


def remove_entry(session: Session, user: Caller, recipient_id: int, now: datetime) -> AlreadyGone:
    """Take somebody out of the lists and of what is to come; returns what that is too late for.

    What went stays in the history.
    """
    permissions.fetch_own(session, Recipient, recipient_id, user, Action.WRITE)
    gone = gone_to(session, [recipient_id], now)
    remove_those(session, user, [recipient_id], now)
    return gone


def remove_those(
    session: Session, user: Caller, ids: Sequence[int] | Select[int], now: datetime
) -> int:
    """The same for many of the space; returns how many."""
    # Read at once: the choice may depend on what is changed here.
    mine = select(col(Recipient.id)).where(
        col(Recipient.space_id) == user.space_id, col(Recipient.id).in_(ids)
    )
    gone = list(session.scalars(mine))
    lists_of_theirs: set[int] = set()
    for some in audience.split_portions(gone):
        lists_of_theirs |= _take_out_everywhere(session, some, now, user.id)
    audience.lists_changed(session, user, sorted(lists_of_theirs), now)
    announce(session, user.space_id, RECIPIENTS, now)
    announce(session, user.space_id, MESSAGES, now)
    return len(gone)


def _take_out_everywhere(session: Session, ids: Sequence[int], now: datetime, by: int) -> set[int]:
    """Remove people; returns the lists they were in."""
    theirs = col(ListMember.recipient_id).in_(ids)
    lists_of_theirs = set(session.scalars(select(col(ListMember.list_id)).where(theirs).distinct()))
    session.execute(delete(ListMember).where(theirs))
    session.execute(delete(ScheduleRecipient).where(col(ScheduleRecipient.recipient_id).in_(ids)))
    session.execute(
        update(Message)
        .where(col(Message.recipient_id).in_(ids), col(Message.status) == Status.SCHEDULED)
        .values(status=Status.CANCELLED, reason=REMOVED, settled_at=now)
    )
    record.forget_people(session, ids)
    voters.forget_names(session, ids)
    gone = {"removed_at": now, "changed_at": now, "changed_by_id": by}
    session.execute(
        update(Recipient)
        .where(col(Recipient.id).in_(ids))
        .values(**gone, version=Recipient.version + 1)
    )
    return lists_of_theirs


def find_doubles(session: Session, row: Recipient) -> list[Recipient]:
    """Others who are the same on WhatsApp: the same LID, address, or number in another form."""
    if row.kind != RecipientKind.PERSON:
        return []
    address = row.jid or (phones.to_jid(row.phone) if row.phone else None)
    same = [col(Recipient.jid) == address] if address else []
    if row.lid:
        same.append(col(Recipient.lid) == row.lid)
    numbers = [one for one in (row.phone, phones.from_jid(row.jid or "")) if one]
    forms = {form for number in numbers for form in phones.number_variants(number)}
    if forms:
        same.append(col(Recipient.phone).in_(forms))
    if not same:
        return []
    return list(
        session.scalars(
            select(Recipient).where(
                Recipient.space_id == row.space_id,
                Recipient.kind == RecipientKind.PERSON,
                col(Recipient.id) != row.id,
                col(Recipient.removed_at).is_(None),
                or_(*same),
            )
        )
    )


def _visible_entries(user: Caller, kind: str) -> Select[Recipient]:
    return select(Recipient).where(
        permissions.visible_to(Recipient.space_id, user),
        col(Recipient.kind) == kind,
        col(Recipient.removed_at).is_(None),
    )


def _entry_matches(search: str) -> object:
    found = [text_search.contains(one, search) for one in (Recipient.name, Recipient.notes)]
    if digits := phones.number_part(search):
        found.append(col(Recipient.phone).contains(digits))
    return or_(*found)


def _checked_name(name: str) -> str:
    called = clean_name(name)
    if len(called) > NAME_MAX:
        raise InputError("name", f"A name has at most {NAME_MAX} characters.")
    return called
