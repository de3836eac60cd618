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
class Named:
    """Somebody to mention: the name that stands behind the @, and the JID that it means."""

    name: str
    jid: str
    phone: str = ""


def suggest(session: Session, user: Caller, typed: str, group_id: int = 0) -> list[Named]:
    """People whose name or number contains what was typed: a group's members, then the newest."""
    inside = _members(session, user, typed, group_id) if group_id else []
    known = {one.jid for one in inside}
    others = [one for one in _anybody(session, user, typed) if one.jid not in known]
    return [*inside, *others]


def _members(session: Session, user: Caller, typed: str, group_id: int) -> list[Named]:
    """Those of a group whose name or number contains what was typed, by name."""
    mine = permissions.visible(Recipient.owner_id, user)
    group = select(Recipient.id).where(mine, col(Recipient.id) == group_id).scalar_subquery()
    inside = select(GroupMember.address).where(col(GroupMember.group_id) == group)
    people = session.scalars(
        select(Recipient)
        .where(
            mine,
            col(Recipient.kind) == RecipientKind.PERSON,
            or_(col(Recipient.phone).in_(inside), col(Recipient.lid).in_(inside)),
            col(Recipient.removed_at).is_(None),
            recipients.matches(typed),
        )
        .order_by(col(Recipient.sort_key), col(Recipient.id))
        .limit(_INSIDE)
    )
    found = [_named(one) for one in people]
    contacts = recipients.suggest_contacts(session, user, typed, inside)
    return [one for one in [*found, *map(_asked, contacts)] if one.jid]


def _anybody(session: Session, user: Caller, typed: str) -> list[Named]:
    """People of the address book, the newest first, and those whom a linked phone knows."""
    hits = [one for one in recipients.suggest(session, user, typed) if one.kind == "person"]
    rows = session.scalars(select(Recipient).where(col(Recipient.id).in_([one.id for one in hits])))
    by_id = {row.id: row for row in rows}
    known = [_named(by_id[one.id]) for one in hits if one.id in by_id]
    contacts = recipients.suggest_contacts(session, user, typed)
    return [one for one in [*known, *map(_asked, contacts)] if one.jid]


def names(session: Session, user: Caller, jids: Sequence[str]) -> dict[str, str]:
    """What those who are mentioned are called, by JID; whoever is unknown is left out."""
    wanted = {phones.from_jid(jid): jid for jid in jids if jid.endswith("@s.whatsapp.net")}
    lids = {jid for jid in jids if jid.endswith("@lid")}
    rows = session.scalars(
        select(Recipient).where(
            permissions.visible(Recipient.owner_id, user),
            col(Recipient.kind) == RecipientKind.PERSON,
            or_(col(Recipient.phone).in_(wanted), col(Recipient.lid).in_(lids)),
        )
    ).all()
    called = {}
    for row in rows:
        jid = row.lid if row.lid in lids else wanted.get(row.phone or "")
        if jid:
            called[jid] = recipients.title(row)
    return _apart(called)


def _apart(called: dict[str, str]) -> dict[str, str]:
    """The same with the end of the number behind names that two people have."""
    times = Counter(called.values())
    ends = {jid: jid.partition("@")[0][-4:] for jid in called}
    return {jid: f"{name} {ends[jid]}" if times[name] > 1 else name for jid, name in called.items()}


def _named(row: Recipient) -> Named:
    shown = phones.pretty(row.phone) if row.phone else ""
    return Named(recipients.title(row), _jid(row.phone or "") or row.lid or "", shown)


def _asked(one: ContactHit) -> Named:
    return Named(one.name, _jid(one.phone), phones.pretty(one.phone))


def _jid(phone: str) -> str:
    digits = phone.removeprefix("+")
    return f"{digits}@s.whatsapp.net" if digits else ""
