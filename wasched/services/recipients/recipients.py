"""Recipients: people by number, groups by the linked account."""

from collections.abc import Collection, Sequence
from datetime import datetime
from heapq import nsmallest
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, insert, or_, select
from sqlmodel import Session, col

from wasched.db import hints
from wasched.domain.collation import sort_key
from wasched.domain.filling import values_of
from wasched.domain.visible import clean_name
from wasched.models import Contact, GroupMember, Recipient, RecipientKind
from wasched.services import permissions, text_search
from wasched.services.caller import Caller
from wasched.services.change_notes import RECIPIENTS, announce
from wasched.services.phone_numbers import phones
from wasched.services.ports import ContactSeen, GroupSeen
from wasched.services.recipients import invites, number_checks
from wasched.services.views import ContactHit, RecipientHit

HITS = 8


def person_with_number(
    session: Session, space_id: int, phone: str, now: datetime, name: str = ""
) -> Recipient:
    """The person with this E.164 number, made if new; a name given fills an empty one.

    Who has it in another form is that person, too. Without a name given it is the one in the
    address book of a linked phone.
    """
    forms = phones.number_variants(phone)
    name = clean_name(name) or name_on_a_phone(session, space_id, forms)
    found = session.scalars(
        select(Recipient)
        .where(Recipient.space_id == space_id, col(Recipient.phone).in_(forms))
        .order_by(col(Recipient.removed_at).is_not(None), col(Recipient.phone) != phone)
    ).first()
    if found is None:
        found = Recipient(
            space_id=space_id,
            kind=RecipientKind.PERSON,
            phone=phone,
            name=name,
            created_at=now,
        )
        number_checks.remember_check(session, found)
        session.add(found)
        session.flush()
    else:
        found.name = found.name or name
        found.removed_at = None
    return found


def name_on_a_phone(session: Session, space_id: int, forms: Collection[str]) -> str:
    """What the address books of the linked phones call whoever has one of these numbers."""
    named = select(col(Contact.name)).where(
        Contact.space_id == space_id, col(Contact.phone).in_(forms), Contact.name != ""
    )
    return session.scalar(named.limit(1)) or ""


def suggest_recipients(session: Session, user: Caller, typed: str) -> list[RecipientHit]:
    """People and groups whose name or number contains what was typed, the newest first."""
    rows = session.scalars(
        select(Recipient)
        .where(
            permissions.visible_to(Recipient.space_id, user),
            recipient_matches(typed),
            col(Recipient.left_at).is_(None),
            col(Recipient.removed_at).is_(None),
        )
        .order_by(
            col(Recipient.kind).in_((RecipientKind.STATUS, RecipientKind.CHANNEL)),  # come last
            col(Recipient.created_at).desc(),
            col(Recipient.id).desc(),
        )
        .limit(HITS)
    )
    return [recipient_hit(row) for row in rows]


def recipient_matches(typed: str) -> ColumnElement[bool]:
    """Recipients whose name or number contains what was typed."""
    found = [text_search.contains(Recipient.name, typed)]
    if digits := phones.number_part(typed):
        found.append(col(Recipient.phone).contains(digits))
    return or_(*found)


def suggest_contacts(
    session: Session, user: Caller, typed: str, among: Select[str] | None = None
) -> list[ContactHit]:
    """People whom a linked phone knows and who are no recipients with a name yet, by name.

    `among` narrows them to some numbers.
    """
    known = select(col(Recipient.phone)).where(
        Recipient.space_id == Contact.space_id,
        Recipient.name != "",
        col(Recipient.removed_at).is_(None),
    )
    found = session.execute(
        select(Contact.phone, Contact.name, Contact.push_name).where(
            Contact.space_id == user.space_id,
            or_(
                text_search.contains(Contact.name, typed),
                text_search.contains(Contact.push_name, typed),
            ),
            col(Contact.phone).not_in(known.where(col(Recipient.phone).is_not(None))),
            *([] if among is None else [col(Contact.phone).in_(among)]),
        )
    )
    called = {phone: ContactHit(phone, name or push_name) for phone, name, push_name in found}
    return nsmallest(HITS, called.values(), key=lambda one: (sort_key(one.name), one.phone))


def those_recipients(session: Session, user: Caller, ids: Sequence[int]) -> list[RecipientHit]:
    """The recipients with these ids, as far as the user may see them."""
    rows = session.scalars(
        select(Recipient).where(
            permissions.visible_to(Recipient.space_id, user), col(Recipient.id).in_(ids)
        )
    )
    return [recipient_hit(row) for row in rows]


def recipient_hit(row: Recipient) -> RecipientHit:
    """A recipient as it is offered and as its chip shows it."""
    assert row.id is not None
    number = phones.pretty_number(row.phone) if row.phone and row.name else ""
    detail = number if row.kind == RecipientKind.PERSON else about_place(row)
    return RecipientHit(
        row.id, row.kind, recipient_title(row), detail, row.opted_out_at is not None
    )


def about_place(row: Recipient) -> str:
    """What there is to know of a group, a status or a channel."""
    if row.kind == RecipientKind.STATUS:
        return "seen by whom the phone lets see it"
    if row.kind == RecipientKind.CHANNEL:
        return f"channel · {'1 follower' if row.size == 1 else f'{row.size:,} followers'}"
    return about_group(row)


def about_group(row: Recipient) -> str:
    """How many are in a group, and who may write there if not all."""
    size = "1 person" if row.size == 1 else f"{row.size:,} people"
    if not row.announce_only:
        return size
    return f"{size} · only admins write{'' if row.may_write else ', not you'}"


def recipient_title(row: Recipient) -> str:
    """How a recipient is called: by name, else by number."""
    return row.name or (phones.pretty_number(row.phone) if row.phone else "Group without a name")


def variable_values(row: Any) -> dict[str, str]:
    """What variables of a text mean for a recipient; of a group nothing but its name."""
    is_person = row.kind == RecipientKind.PERSON
    return values_of(row.name, row.fields or {}, is_person=is_person)


def sync_groups(
    session: Session, space_id: int, account_id: int, seen: list[GroupSeen], now: datetime
) -> None:
    """Make the stored groups of an account the ones it belongs to now."""
    known = {
        row.jid: row
        for row in session.scalars(
            select(Recipient).where(
                Recipient.space_id == space_id, Recipient.kind == RecipientKind.GROUP
            )
        )
    }
    for group in seen:
        row = known.pop(group.jid, None) or Recipient(
            space_id=space_id, kind=RecipientKind.GROUP, jid=group.jid, created_at=now
        )
        row.account_id, row.left_at = account_id, None
        row.name, row.size, row.announce_only = (
            clean_name(group.name)[:200],
            group.size,
            group.announce_only,
        )
        row.may_write = group.is_admin or not group.announce_only
        session.add(row)
        _sync_members(session, row, dict.fromkeys(group.members) | dict(group.lids))
        invites.note_admin(session, row, account_id, is_admin=group.is_admin)
    for gone in known.values():
        if gone.account_id == account_id and gone.left_at is None:
            gone.left_at = now
            session.add(gone)
            _sync_members(session, gone, {})
            invites.note_admin(session, gone, account_id, is_admin=False)
    announce(session, space_id, RECIPIENTS, now)


def sync_contacts(
    session: Session, space_id: int, account_id: int, seen: list[ContactSeen], now: datetime
) -> None:
    """Make the stored contacts of an account the ones its phone knows now."""
    session.execute(delete(Contact).where(col(Contact.account_id) == account_id))
    rows = {}
    for one in seen:
        number = phones.from_jid(one.jid)
        if number and one.lid:
            learn_lid(session, space_id, number, one.lid)
        names = {
            "name": clean_name(one.name)[:200],
            "push_name": clean_name(one.push_name)[:200],
        }
        if number and any(names.values()):
            rows[number] = {"account_id": account_id, "space_id": space_id, "phone": number} | names
    if rows:
        session.execute(insert(Contact), list(rows.values()))
        _name_the_nameless(session, space_id, account_id)
    announce(session, space_id, RECIPIENTS, now)


def _name_the_nameless(session: Session, space_id: int, account_id: int) -> None:
    """Call those who were written to by their numbers what the phone's address book calls them."""
    is_known = (Contact.account_id == account_id) & (Contact.phone == Recipient.phone)
    nameless = (Recipient.space_id == space_id, Recipient.name == "", Contact.name != "")
    found = select(Recipient, col(Contact.name)).join(Contact, is_known).where(*nameless)
    for row, name in session.execute(found).all():
        row.name, row.changed_by_id, row.changed_at = name, None, None


def _sync_members(session: Session, group: Recipient, seen: dict[str, str | None]) -> None:
    """Make the stored members of a group these addresses, with the LIDs that go with them."""
    session.flush()
    mine = col(GroupMember.group_id) == group.id
    stored = session.execute(select(GroupMember.address, GroupMember.lid).where(mine))
    known: dict[str, str | None] = {row[0]: row[1] for row in stored}
    kept = {one: lid for one, lid in known.items() if one in seen and lid == seen[one]}
    # One by one: a database takes only so many values in a statement.
    for gone in known.keys() - kept.keys():
        session.execute(delete(GroupMember).where(mine, col(GroupMember.address) == gone))
    new = sorted(seen.keys() - kept.keys())
    if new:
        rows = [{"group_id": group.id, "address": one, "lid": seen[one]} for one in new]
        session.execute(insert(GroupMember), rows)


def learn_lid(session: Session, space_id: int, phone: str, lid: str) -> None:
    """Keep a person's LID beside their number, so that replies under either are theirs."""
    found = session.scalar(
        select(Recipient).where(Recipient.space_id == space_id, Recipient.phone == phone)
    )
    if found is not None and found.lid != lid:
        found.lid = lid
        session.add(found)


def known_by(
    session: Session, space_id: int, addresses: Collection[str]
) -> dict[str, list[Recipient]]:
    """The people behind WhatsApp addresses, phone JIDs or LIDs, by address.

    Who has a number in another form is that person, too.
    """
    forms = {
        one: phones.number_variants(number) for one in addresses if (number := phones.from_jid(one))
    }
    numbers = {number for some in forms.values() for number in some}
    here = col(Recipient.space_id) == space_id
    with_lid = and_(
        hints.off_index(Recipient.space_id, 0) == space_id, col(Recipient.lid).in_(addresses)
    )
    rows = session.scalars(
        select(Recipient).where(
            hints.off_index(Recipient.kind, "") == RecipientKind.PERSON,
            or_(
                and_(here, col(Recipient.phone).in_(numbers)),
                and_(here, col(Recipient.jid).in_(addresses)),
                with_lid,
            ),
        )
    )
    found: dict[str, list[Recipient]] = {one: [] for one in addresses}
    for row in rows:
        for one in addresses:
            if one in (row.jid, row.lid) or (row.phone and row.phone in forms.get(one, ())):
                found[one].append(row)
    return found
