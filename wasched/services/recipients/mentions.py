"""Who can be mentioned in a text: people with a number, by name."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlmodel import Session, col

from wasched.models import GroupMember, Recipient, RecipientKind
from wasched.services import permissions
from wasched.services.caller import Caller
from wasched.services.phone_numbers import phones
from wasched.services.recipients import recipients
from wasched.services.views import ContactHit

_INSIDE = 30
"""How many members of a group are offered: the list scrolls."""


@dataclass(frozen=True)
class MentionName:
    """Somebody to mention: the name that stands behind the @, and the JID that it means."""

    name: str
    jid: str
    phone: str = ""


def suggest_mentions(
    session: Session, user: Caller, typed: str, group_id: int = 0
) -> list[MentionName]:
    """People whose name or number contains what was typed: a group's members, then the newest."""
    inside = _group_members(session, user, typed, group_id) if group_id else []
    known = {one.jid for one in inside}
    others = [one for one in _known_people(session, user, typed) if one.jid not in known]
    return [*inside, *others]


def _group_members(session: Session, user: Caller, typed: str, group_id: int) -> list[MentionName]:
    """Those of a group whose name or number contains what was typed, by name."""
    mine = permissions.visible_to(Recipient.space_id, user)
    group = select(Recipient.id).where(mine, col(Recipient.id) == group_id).scalar_subquery()
    inside = select(GroupMember.address).where(col(GroupMember.group_id) == group)
    people = session.scalars(
        select(Recipient)
        .where(
            mine,
            col(Recipient.kind) == RecipientKind.PERSON,
            or_(col(Recipient.phone).in_(inside), col(Recipient.lid).in_(inside)),
            col(Recipient.removed_at).is_(None),
            recipients.recipient_matches(typed),
        )
        .order_by(col(Recipient.sort_key), col(Recipient.id))
        .limit(_INSIDE)
    )
    found = [_named_row(one) for one in people]
    contacts = recipients.suggest_contacts(session, user, typed, inside)
    return [one for one in [*found, *map(_asked_name, contacts)] if one.jid]


def _known_people(session: Session, user: Caller, typed: str) -> list[MentionName]:
    """People of the address book, the newest first, and those whom a linked phone knows."""
    hits = [
        one for one in recipients.suggest_recipients(session, user, typed) if one.kind == "person"
    ]
    rows = session.scalars(select(Recipient).where(col(Recipient.id).in_([one.id for one in hits])))
    by_id = {row.id: row for row in rows}
    known = [_named_row(by_id[one.id]) for one in hits if one.id in by_id]
    contacts = recipients.suggest_contacts(session, user, typed)
    return [one for one in [*known, *map(_asked_name, contacts)] if one.jid]


def mention_names(session: Session, user: Caller, jids: Sequence[str]) -> dict[str, str]:
    """What those who are mentioned are called, by JID; whoever is unknown is left out."""
    wanted = {phones.from_jid(jid): jid for jid in jids if jid.endswith("@s.whatsapp.net")}
    lids = {jid for jid in jids if jid.endswith("@lid")}
    rows = session.scalars(
        select(Recipient).where(
            permissions.visible_to(Recipient.space_id, user),
            col(Recipient.kind) == RecipientKind.PERSON,
            or_(col(Recipient.phone).in_(wanted), col(Recipient.lid).in_(lids)),
        )
    ).all()
    called = {}
    for row in rows:
        jid = row.lid if row.lid in lids else wanted.get(row.phone or "")
        if jid:
            called[jid] = recipients.recipient_title(row)
    return _tell_apart(called)


def _tell_apart(called: dict[str, str]) -> dict[str, str]:
    """The same with the end of the number behind names that two people have."""
    times = Counter(called.values())
    ends = {jid: jid.partition("@")[0][-4:] for jid in called}
    return {jid: f"{name} {ends[jid]}" if times[name] > 1 else name for jid, name in called.items()}


def _named_row(row: Recipient) -> MentionName:
    shown = phones.pretty_number(row.phone) if row.phone else ""
    return MentionName(
        recipients.recipient_title(row), _jid_of_phone(row.phone or "") or row.lid or "", shown
    )


def _asked_name(one: ContactHit) -> MentionName:
    return MentionName(one.name, _jid_of_phone(one.phone), phones.pretty_number(one.phone))


def _jid_of_phone(phone: str) -> str:
    digits = phone.removeprefix("+")
    return f"{digits}@s.whatsapp.net" if digits else ""
