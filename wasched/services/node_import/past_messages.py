"""What the old server has sent, or failed to: it stands among the messages and asks nothing."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from wasched.domain import content as contents
from wasched.domain import wall_clock
from wasched.domain.content import Text
from wasched.domain.content_rules import TEXT_MAX, preview_line
from wasched.domain.message import Status
from wasched.domain.node_server import OldItem, OldMessage, OldStatus, Tally
from wasched.domain.reasons import NO_REASON, Code, Reason, because
from wasched.domain.templates import escape_braces
from wasched.models import Message, OldKind, Schedule, ScheduleRecipient, ScheduleStatus
from wasched.services.caller import Caller
from wasched.services.change_notes import MESSAGES, announce
from wasched.services.node_import.old_rows import find_brought, note_brought
from wasched.services.node_import.target import Target
from wasched.services.node_import.to_come import Brought, item_keys, waiting_items

_WINDOW = timedelta(minutes=30)
_BECOMES = {
    OldStatus.SENT: Status.SENT,
    OldStatus.FAILED: Status.FAILED,
    OldStatus.EXPIRED: Status.MISSED,
    OldStatus.PENDING: Status.MISSED,  # its time has passed
    OldStatus.IN_PROGRESS: Status.UNKNOWN,
}


def bring_past(
    session: Session, user: Caller, old: Sequence[OldMessage], target: Target, done: Brought,
    now: datetime,
) -> Tally:  # fmt: skip
    """Keep what is over as messages that are over here, too."""
    new, tally = _new_items(session, old, now)
    for one in old:
        if items := new.get(one.id):
            made = _keep_schedule(session, user, one, target, done, now)
            _keep_messages(session, user, one, items, made, done, now)
            note_brought(session, OldKind.ITEM, item_keys(one, items), made.id or 0, now)
    announce(session, user.space_id, MESSAGES, now)
    return tally


def count_past(session: Session, old: Sequence[OldMessage], now: datetime) -> Tally:
    """How much of it would be kept."""
    return _new_items(session, old, now)[1]


def _new_items(
    session: Session, old: Sequence[OldMessage], now: datetime
) -> tuple[dict[int, list[OldItem]], Tally]:
    """What of some messages is over and not here yet, by their ids; and how many that are."""
    over = {one.id: past_items(one, now) for one in old}
    keys = {one.id: item_keys(one, over[one.id]) for one in old}
    before = find_brought(session, OldKind.ITEM, chain.from_iterable(keys.values()))
    new = {
        number: [item for key, item in zip(keys[number], items, strict=True) if key not in before]
        for number, items in over.items()
    }
    count = sum(map(len, new.values()))
    return new, Tally(count, sum(map(len, over.values())) - count)


def past_items(one: OldMessage, now: datetime) -> list[OldItem]:
    """The items of a message that are over, one for each group."""
    waits = set(waiting_items(one, now))
    over = {item.jid: item for item in one.items if item not in waits}
    return list(over.values())


def _keep_schedule(
    session: Session, user: Caller, one: OldMessage, target: Target, done: Brought, now: datetime
) -> Schedule:
    text = _text_of(one)
    made = Schedule(
        space_id=user.space_id,
        made_by_id=done.people.ids.get(one.person_id, user.id),
        account_id=target.account_id,
        contents=[contents.to_json(text)],
        preview=preview_line(text),
        starts_local=wall_clock.local(one.at, wall_clock.zone(target.zone)),
        zone=target.zone,
        late_window_s=int(_WINDOW.total_seconds()),
        status=ScheduleStatus.ENDED,
        created_at=min(one.at, now),
        changed_at=now,
    )
    session.add(made)
    session.flush()
    return made


def _keep_messages(
    session: Session, user: Caller, one: OldMessage, items: Sequence[OldItem], made: Schedule,
    done: Brought, now: datetime,
) -> None:  # fmt: skip
    rows = [_columns(user, one, item, made, done, now) for item in items]
    there = {row["recipient_id"]: row for row in rows}
    session.execute(insert(Message), list(there.values()))
    goes_to = [{"schedule_id": made.id, "recipient_id": to, "is_direct": True} for to in there]
    session.execute(insert(ScheduleRecipient), goes_to)


def _columns(
    user: Caller, one: OldMessage, item: OldItem, made: Schedule, done: Brought, now: datetime
) -> dict[str, Any]:
    status = _BECOMES[item.status]
    is_sent = status is Status.SENT
    return {
        "space_id": user.space_id,
        "schedule_id": made.id,
        "account_id": made.account_id,
        "recipient_id": done.groups.ids[item.jid],
        "occurrence_at": one.at,
        "due_at": one.at,
        "try_at": one.at,
        "late_at": one.at + _WINDOW,
        "status": status,
        "reason": _reason(item, status),
        "attempts": 0,
        "sent_text": one.content[:TEXT_MAX] if is_sent else "",
        "sent_at": (item.sent_at or one.at) if is_sent else None,
        "settled_at": None if is_sent else now,
        "dismissed_at": None if is_sent else now,  # nobody has to decide about it
    }


def _reason(item: OldItem, status: Status) -> Reason:
    if status is Status.FAILED:
        return because(Code.FAILED_BEFORE, text=item.error) if item.error else NO_REASON
    return Reason(Code.NOT_SENT_BEFORE) if status is Status.MISSED else NO_REASON


def _text_of(one: OldMessage) -> Text:
    return Text(escape_braces(one.content[:TEXT_MAX]))
