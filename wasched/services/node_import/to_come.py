"""What the old server was still to send: daily messages, and those that wait for a time ahead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from sqlmodel import Session

from wasched.domain import wall_clock
from wasched.domain.content import Text
from wasched.domain.errors import InputError
from wasched.domain.node_server import (
    NONE,
    Behind,
    LeftBehind,
    OldDaily,
    OldItem,
    OldMessage,
    OldStatus,
    Tally,
)
from wasched.domain.templates import escape_braces
from wasched.models import OldKind, Schedule
from wasched.services.caller import Caller
from wasched.services.node_import.lists_and_groups import BroughtGroups, BroughtLists
from wasched.services.node_import.old_rows import find_brought, note_brought, old_key
from wasched.services.node_import.people import BroughtPeople
from wasched.services.node_import.target import Target
from wasched.services.schedules import create
from wasched.services.schedules.create import ScheduleRequest

DAILY = "FREQ=DAILY"
_FIRST_WORDS = 60


@dataclass
class Brought:
    """What becomes of what is brought over, so far."""

    people: BroughtPeople
    groups: BroughtGroups
    lists: BroughtLists
    daily: Tally = NONE
    waiting: Tally = NONE
    left: list[LeftBehind] = field(default_factory=list)


def bring_daily(
    session: Session, user: Caller, old: Iterable[OldDaily], target: Target, done: Brought,
    now: datetime,
) -> None:  # fmt: skip
    """Make a schedule of each daily message; it begins with its next time."""
    keys = {one.id: old_key(one.id, one.created_at, one.content) for one in old}
    before = find_brought(session, OldKind.DAILY, keys.values())
    for one in old:
        if keys[one.id] in before:
            done.daily = done.daily.plus(is_new=False)
            continue
        list_id = done.lists.ids.get(one.list_id)
        if list_id is None:
            done.left.append(LeftBehind(Behind.NO_GROUPS, 1, first_words(one.content)))
            continue
        request = _daily_request(one, list_id, target, now)
        if made := _schedule(session, user, request, one, done, now):
            note_brought(session, OldKind.DAILY, [keys[one.id]], made, now)
            done.daily = done.daily.plus(is_new=True)


def bring_waiting(
    session: Session, user: Caller, old: Iterable[OldMessage], target: Target, done: Brought,
    now: datetime,
) -> None:  # fmt: skip
    """Schedule what waits for a time that is still to come, for the groups that have not had it."""
    for one in old:
        waits = waiting_items(one, now)
        if not waits:
            continue
        keys = item_keys(one, waits)
        if find_brought(session, OldKind.ITEM, keys):
            done.waiting = done.waiting.plus(is_new=False)
            continue
        to = tuple(sorted({done.groups.ids[item.jid] for item in waits}))
        request = _waiting_request(one, to, target)
        if made := _schedule(session, user, request, one, done, now):
            note_brought(session, OldKind.ITEM, keys, made, now)
            done.waiting = done.waiting.plus(is_new=True)


def waiting_items(one: OldMessage, now: datetime) -> list[OldItem]:
    """The items of a message that wait for a time to come."""
    return [item for item in one.items if item.status is OldStatus.PENDING and one.at > now]


def item_keys(one: OldMessage, items: Sequence[OldItem]) -> list[str]:
    """How the items of a message are known."""
    return [old_key(item.id, one.created_at, one.content, item.jid) for item in items]


def first_words(content: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(content[: 4 * _FIRST_WORDS].split())
    return line if len(line) <= _FIRST_WORDS else f"{line[:_FIRST_WORDS].rstrip()}…"


def _schedule(
    session: Session, user: Caller, request: ScheduleRequest, one: OldDaily | OldMessage,
    done: Brought, now: datetime,
) -> int:  # fmt: skip
    """Save a schedule as of whoever made it; 0 if it cannot be, which is said then."""
    try:
        made = create.create_schedule(session, user, request, now)
    except InputError as refusal:
        why = Behind.NO_GROUPS if refusal.field == "to" else Behind.REFUSED
        done.left.append(LeftBehind(why, 1, first_words(one.content), str(refusal)))
        return 0
    row = session.get_one(Schedule, made.schedule_id)
    row.made_by_id = row.changed_by_id = done.people.ids.get(one.person_id, user.id)
    session.add(row)
    return made.schedule_id


def _daily_request(one: OldDaily, list_id: int, target: Target, now: datetime) -> ScheduleRequest:
    where, clock = wall_clock.zone(target.zone), time(one.hour, one.minute)
    day = wall_clock.local(now, where).date()
    if wall_clock.instant(datetime.combine(day, clock), where) <= now:
        day += timedelta(days=1)  # what was due today is the old server's affair
    return ScheduleRequest(
        target.account_id, (), (_text(one.content),), day, clock, target.zone, DAILY,
        lists=(list_id,),
    )  # fmt: skip


def _waiting_request(one: OldMessage, to: tuple[int, ...], target: Target) -> ScheduleRequest:
    where = wall_clock.zone(target.zone)
    local = wall_clock.local(one.at, where)
    return ScheduleRequest(
        target.account_id, to, (_text(one.content),), local.date(), local.time(), target.zone,
        fold=wall_clock.fold(one.at, where),
    )  # fmt: skip


def _text(content: str) -> Text:
    """Nothing was a variable there."""
    return Text(escape_braces(content))
