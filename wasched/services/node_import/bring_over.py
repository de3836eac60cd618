"""Bringing over what the Node.js version kept: looked at first, and whatever is here stays once."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlmodel import Session

from wasched.domain.node_server import (
    Behind,
    LeftBehind,
    NodeReport,
    OldGroup,
    OldMessage,
    OldServer,
    OldStatus,
    Tally,
)
from wasched.domain.reasons import Code, Reason
from wasched.services import permissions
from wasched.services.audit_log import record_deed
from wasched.services.caller import Caller
from wasched.services.node_import.lists_and_groups import bring_groups, bring_lists
from wasched.services.node_import.past_messages import bring_past, count_past, past_items
from wasched.services.node_import.people import bring_people
from wasched.services.node_import.target import Target
from wasched.services.node_import.to_come import (
    Brought,
    bring_daily,
    bring_waiting,
    first_words,
    waiting_items,
)
from wasched.services.permissions import Action
from wasched.services.ports import Clock, Database, OldServerBook

PORTION = 200
"""So many old messages are looked at in one transaction: nobody waits long for the database."""

NAMED_MAX = 20
"""So many messages whose time has passed are named."""


@dataclass(frozen=True)
class _Found:
    """What there is to bring: `groups` also those that only messages name."""

    old: OldServer
    groups: list[OldGroup]
    waiting: list[OldMessage]
    too_late: list[OldMessage]


class _OnlyLookedAtError(Exception):
    """Takes back what was written to see what would be."""


def look_at(
    database: Database, clock: Clock, book: OldServerBook, user: Caller, target: Target
) -> NodeReport:
    """What would come along; nothing does."""
    now = clock.now()
    found, kept = _find(book, now), list[Brought]()

    def look(session: Session) -> None:
        kept.append(_bring_to_come(session, user, found, target, now))
        raise _OnlyLookedAtError

    with suppress(_OnlyLookedAtError):
        database.transaction(look)
    past = Tally()
    for messages in _portions(book):
        past += database.answer(partial(count_past, old=messages, now=now))
    return _report(found, kept[-1], past)


def bring_over(
    database: Database, clock: Clock, book: OldServerBook, user: Caller, target: Target
) -> NodeReport:
    """Bring all that is not here yet; what is to come first, and then the past in portions.

    Interrupted, it is gone on with by doing it again.
    """
    now = clock.now()
    found = _find(book, now)

    def bring(session: Session) -> Brought:
        record_deed(session, user, Reason(Code.BROUGHT_OVER), now)
        return _bring_to_come(session, user, found, target, now)

    done, past = database.transaction(bring), Tally()
    for messages in _portions(book):
        portion = partial(bring_past, user=user, old=messages, target=target, done=done, now=now)
        past += database.transaction(portion)
    return _report(found, done, past)


def _bring_to_come(
    session: Session, user: Caller, found: _Found, target: Target, now: datetime
) -> Brought:
    permissions.require(user, Action.MANAGE)
    people = bring_people(session, user, found.old.people, target.zone, now)
    groups = bring_groups(session, user, found.groups, target, now)
    done = Brought(people, groups, bring_lists(session, user, found.old.lists, groups, now))
    bring_daily(session, user, found.old.daily, target, done, now)
    bring_waiting(session, user, found.waiting, target, done, now)
    return done


def _find(book: OldServerBook, now: datetime) -> _Found:
    """Read all of it once; of the messages only what waits is kept."""
    old = book.read_server()
    groups = {one.jid: one for one in old.groups}
    found = _Found(old, [], [], [])
    for one in (message for messages in _portions(book) for message in messages):
        for item in one.items:
            groups.setdefault(item.jid, OldGroup(item.jid, ""))
        if waiting_items(one, now):
            found.waiting.append(one)
        elif any(item.status is OldStatus.PENDING for item in past_items(one, now)):
            found.too_late.append(one)
    found.groups.extend(groups.values())
    return found


def _portions(book: OldServerBook) -> Iterator[Sequence[OldMessage]]:
    after = -1
    while messages := book.read_messages(after, PORTION):
        yield messages
        after = messages[-1].id


def _report(found: _Found, done: Brought, past: Tally) -> NodeReport:
    too_late, counted = _too_late(found.too_late), _counted(found.old)
    return NodeReport(
        groups=done.groups.tally,
        lists=done.lists.tally,
        people=done.people.tally,
        daily=done.daily,
        waiting=done.waiting,
        past=past,
        left=(*done.people.left, *done.left, *too_late, *counted),
        invited=tuple(done.people.invited),
    )


def _too_late(messages: Sequence[OldMessage]) -> Iterator[LeftBehind]:
    """What waited for a time that has passed: the first of it by its words."""
    for one in messages[:NAMED_MAX]:
        yield LeftBehind(Behind.TIME_PASSED, 1, first_words(one.content), one.at.isoformat())
    if len(messages) > NAMED_MAX:
        yield LeftBehind(Behind.TIME_PASSED, len(messages) - NAMED_MAX)


def _counted(old: OldServer) -> Iterator[LeftBehind]:
    for why, number in (
        (Behind.STOPPED, old.stopped_daily),
        (Behind.DELETED, old.deleted),
        (Behind.UNREADABLE, old.unreadable),
    ):
        if number:
            yield LeftBehind(why, number)
