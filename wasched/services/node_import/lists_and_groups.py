"""The groups of the old server's phone, and its saved lists of them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.domain.node_server import NONE, OldGroup, OldList, Tally
from wasched.domain.visible import clean_name
from wasched.models import ListMember, OldKind, Recipient, RecipientKind, RecipientList
from wasched.services import permissions
from wasched.services.address_book import lists
from wasched.services.caller import Caller
from wasched.services.change_notes import RECIPIENTS, announce
from wasched.services.node_import.old_rows import find_brought, note_anew, old_key
from wasched.services.node_import.target import Target

_NAME_MAX = 200


@dataclass
class BroughtGroups:
    """The recipients that groups are, by JID."""

    ids: dict[str, int] = field(default_factory=dict)
    tally: Tally = NONE


@dataclass
class BroughtLists:
    """The lists, by their old ids."""

    ids: dict[int, int] = field(default_factory=dict)
    tally: Tally = NONE


def bring_groups(
    session: Session, user: Caller, old: Iterable[OldGroup], target: Target, now: datetime
) -> BroughtGroups:
    """Let groups be recipients: the phone says the rest about them once it is linked."""
    done = BroughtGroups()
    known = {
        row.jid: row.id
        for row in session.scalars(
            select(Recipient).where(
                Recipient.space_id == user.space_id, Recipient.kind == RecipientKind.GROUP
            )
        )
    }
    for one in old:
        done.tally = done.tally.plus(is_new=one.jid not in known)
        done.ids[one.jid] = known.get(one.jid) or _add_group(session, user, one, target, now)
    announce(session, user.space_id, RECIPIENTS, now)
    return done


def bring_lists(
    session: Session,
    user: Caller,
    old: Sequence[OldList],
    groups: BroughtGroups,
    now: datetime,
) -> BroughtLists:
    """Make a list of each; one that was brought before stays as people have made it since."""
    done = BroughtLists()
    keys = {one.id: f"{user.space_id}:{old_key(one.id, one.created_at)}" for one in old}
    before = find_brought(session, OldKind.LIST, keys.values())
    for one in old:
        list_id = _still_there(session, user, before.get(keys[one.id], 0))
        members = {groups.ids[jid] for jid in one.groups if jid in groups.ids}
        is_new = list_id is None
        if list_id is None:
            list_id = _add_list(session, user, one.name, members, now)
            note_anew(session, OldKind.LIST, keys[one.id], list_id, now)
        done.ids[one.id] = list_id
        done.tally = done.tally.plus(is_new=is_new)
    return done


def _add_group(session: Session, user: Caller, one: OldGroup, target: Target, now: datetime) -> int:
    row = Recipient(
        space_id=user.space_id,
        kind=RecipientKind.GROUP,
        jid=one.jid,
        name=clean_name(one.name)[:_NAME_MAX],
        account_id=target.account_id,
        created_at=now,
    )
    session.add(row)
    session.flush()
    assert row.id is not None
    return row.id


def _still_there(session: Session, user: Caller, list_id: int) -> int | None:
    mine = select(RecipientList.id).where(
        RecipientList.id == list_id, permissions.visible_to(RecipientList.space_id, user)
    )
    found: int | None = session.scalar(mine)
    return found


def _add_list(
    session: Session, user: Caller, name: str, members: Collection[int], now: datetime
) -> int:
    """A list of these; one here of that name is left alone, for other messages go to it.

    It is the same list if the same groups are in it.
    """
    called = clean_name(name)[: lists.NAME_MAX].strip() or "List"
    for number in count(1):
        mark = f" ({number})" if number > 1 else ""
        wanted = f"{called[: lists.NAME_MAX - len(mark)]}{mark}"
        there = lists.list_named(session, user.space_id, wanted)
        if there is None:
            break
        if _members_of(session, there) == set(members):
            return there
    made = lists.add_list(session, user, wanted, now)
    if members:
        lists.put_in(session, user, made, sorted(members), now)
    return made


def _members_of(session: Session, list_id: int) -> set[int]:
    inside = select(col(ListMember.recipient_id)).where(col(ListMember.list_id) == list_id)
    return set(session.scalars(inside))
