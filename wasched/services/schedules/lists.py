"""Schedules as people see them: in a list, and one with all about it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal_column, or_, select
from sqlmodel import Session, col

from wasched.domain import filling, sentences, wall_clock
from wasched.domain.errors import NotYoursError
from wasched.domain.message import Status
from wasched.models import (
    Account,
    Message,
    Recipient,
    Schedule,
    ScheduleRecipient,
    ScheduleStatus,
    User,
)
from wasched.services import access, addressees, occurrences, outlook, plans, recipients, words
from wasched.services.schedules.leaving_out import left_out
from wasched.services.schedules.rows import ScheduleLine, SchedulePage, ScheduleView, Skipped
from wasched.services.views import SignedIn

PAGE = 30
_ALIVE = (ScheduleStatus.ACTIVE, ScheduleStatus.PAUSED)
_MOMENT = timedelta(microseconds=1)
_OVER = (ScheduleStatus.ENDED, ScheduleStatus.CANCELLED)


def listed(
    session: Session,
    user: SignedIn,
    now: datetime,
    *,
    which: str = "repeating",
    search: str = "",
    account_id: int = 0,
    cursor: int = 0,
    limit: int = PAGE,
) -> SchedulePage:
    """A page of schedules, the newest first; `which` is repeating, paused, over or all.

    `search` looks for words of the text, and for names and numbers of those it goes to.
    """
    statement = _rows(user).where(*_which(which))
    if account_id:
        statement = statement.where(col(Schedule.account_id) == account_id)
    if search.strip():
        statement = statement.where(_matches(search))
    if cursor:
        statement = statement.where(col(Schedule.id) < cursor)
    found = session.execute(statement.order_by(col(Schedule.id).desc()).limit(limit + 1)).all()
    lines = _lines(session, found[:limit], now)
    return SchedulePage(lines, lines[-1].id if len(found) > limit else 0)


def count_repeating(session: Session, user: SignedIn, most: int) -> int:
    """How many schedules repeat; where there are more than `most`, it is not counted on."""
    mine = access.visible_among(Schedule.owner_id, user)
    few = select(Schedule.id).where(mine, *_which("repeating")).limit(most + 1).subquery()
    return session.scalar(select(func.count()).select_from(few)) or 0


def shown(session: Session, user: SignedIn, schedule_id: int, now: datetime) -> ScheduleView:
    """One schedule; NotYoursError if the user may not see it."""
    found = session.execute(_rows(user).where(col(Schedule.id) == schedule_id)).first()
    if found is None:
        raise NotYoursError()
    made, account = found
    line = _lines(session, [found], now)[0]
    author = session.get(User, made.owner_id)
    times = _next_times(made, now)
    tally = _tally(session, made)
    skipped = _skipped(made, now)
    failed = _failed(session, made)
    return ScheduleView(
        line=line,
        late_s=made.late_window_s,
        respects_quiet_hours=made.respects_quiet_hours,
        stops_on_reply=made.stops_on_reply,
        by=author.name if author else "",
        next_times=times,
        is_all=len(times) < plans.NEXT,
        skipped=skipped,
        tally=tally,
        last_at=outlook.running(session, account, schedule_id, made.respects_quiet_hours, now),
        failed=failed,
        may=_may(made, line.waiting, skipped, failed),
    )


def _rows(user: SignedIn) -> Select[Schedule, Account]:
    return (
        select(Schedule, Account)
        .join(Account, col(Account.id) == Schedule.account_id)
        .where(access.visible(Schedule.owner_id, user))
    )


def _which(which: str) -> list[ColumnElement[bool]]:
    match which:
        case "repeating":
            # Written as the index of them is, which a bound value would not be.
            return [col(Schedule.rrule) != literal_column("''"), col(Schedule.status).in_(_ALIVE)]
        case "paused":
            return [col(Schedule.status) == ScheduleStatus.PAUSED]
        case "over":
            return [col(Schedule.status).in_(_OVER)]
        case _:
            return []


def _matches(search: str) -> ColumnElement[bool]:
    who = select(Recipient.id).where(recipients.matches(search))
    theirs = select(ScheduleRecipient.schedule_id).where(
        col(ScheduleRecipient.recipient_id).in_(who)
    )
    return or_(words.contains(Schedule.preview, search), col(Schedule.id).in_(theirs))


def _lines(session: Session, found: Sequence[Any], now: datetime) -> list[ScheduleLine]:
    ids = [made.id for made, _ in found]
    addressed = _addressed(session, ids)
    waiting = _waiting(session, ids)
    lists = addressees.lists_of(session, ids)
    lines = [
        _line(made, account, addressed.get(made.id), waiting.get(made.id, 0), now)
        for made, account in found
    ]
    return [
        replace(one, lists=lists[one.id].name, beside=lists[one.id].beside)
        if one.id in lists
        else one
        for one in lines
    ]


def _line(
    made: Schedule,
    account: Account,
    addressed: tuple[Recipient, int] | None,
    waiting: int,
    now: datetime,
) -> ScheduleLine:
    assert made.id is not None
    first, number = addressed or (None, 0)
    return ScheduleLine(
        id=made.id,
        account_id=made.account_id,
        account=account.name,
        sentence=_sentence(made, now),
        zone=made.zone,
        repeats=bool(made.rrule),
        status=made.status,
        text=filling.outlined(
            made.preview,
            made.next_at or now,
            made.zone,
            recipients.values(first) if first and number == 1 else {},
        ),
        recipient=recipients.title(first) if first else "",
        recipient_kind=first.kind if first else "",
        recipients=number,
        next_at=made.next_at,
        next_local=made.next_local,
        waiting=waiting,
        changed_at=made.changed_at,
    )


def _sentence(made: Schedule, now: datetime) -> str:
    if made.rrule:
        return sentences.sentence(occurrences.rule_of(made))
    where = wall_clock.zone(made.zone)
    at = made.next_at or wall_clock.instant(made.starts_local, where)
    return sentences.once(at, where, now)


def _addressed(session: Session, ids: list[int]) -> dict[int, tuple[Recipient, int]]:
    """For each schedule one of its recipients, and how many they are."""
    groups = session.execute(
        select(
            ScheduleRecipient.schedule_id, func.min(ScheduleRecipient.recipient_id), func.count()
        )
        .where(col(ScheduleRecipient.schedule_id).in_(ids))
        .group_by(col(ScheduleRecipient.schedule_id))
    ).all()
    firsts = session.scalars(
        select(Recipient).where(col(Recipient.id).in_([group[1] for group in groups]))
    )
    named = {one.id: one for one in firsts}
    return {group[0]: (named[group[1]], group[2]) for group in groups}


def _waiting(session: Session, ids: list[int]) -> dict[int, int]:
    rows = session.execute(
        select(col(Message.schedule_id), func.count())
        .where(col(Message.schedule_id).in_(ids), col(Message.status) == Status.SCHEDULED)
        .group_by(col(Message.schedule_id))
    )
    return {row[0]: row[1] for row in rows}


def _next_times(made: Schedule, now: datetime) -> list[plans.NextTime]:
    if made.next_at is None or made.next_local is None:
        return []
    if not made.rrule:
        return [plans.one_time(made.next_at, made.next_local, made.zone)]
    rule = occurrences.rule_of(made)
    found = plans.next_times(rule, now)
    if found and found[0].at < made.next_at:  # that went out ahead of its time
        return plans.next_times(rule, made.next_at - _MOMENT)
    return found


def _skipped(made: Schedule, now: datetime) -> list[Skipped]:
    """The occurrences left out that are still to come."""
    return [Skipped(local, at) for at, local in left_out(made, now)]


def _tally(session: Session, made: Schedule) -> dict[str, int]:
    rows = session.execute(
        select(col(Message.status), func.count())
        .where(col(Message.schedule_id) == made.id)
        .group_by(col(Message.status))
    )
    return {row[0]: row[1] for row in rows}


def _failed(session: Session, made: Schedule) -> int:
    """How many of the last occurrence that failed for somebody are to be sent again."""
    number = session.scalar(
        select(func.count())
        .where(
            col(Message.schedule_id) == made.id,
            col(Message.status) == Status.FAILED,
            col(Message.dismissed_at).is_(None),
        )
        .group_by(col(Message.occurrence_at))
        .order_by(col(Message.occurrence_at).desc())
        .limit(1)
    )
    return number or 0


def _may(made: Schedule, waiting: int, skipped: list[Skipped], failed: int) -> list[str]:
    """What may be done with it now, the usual first."""
    alive = made.status in _ALIVE
    offers = {
        "edit": alive or (made.status == ScheduleStatus.ENDED and waiting > 0),
        "pause": made.status == ScheduleStatus.ACTIVE or (not alive and waiting > 0),
        "resume": made.status == ScheduleStatus.PAUSED,
        "skip": alive and bool(made.rrule) and made.next_at is not None,
        "unskip": bool(skipped) and made.status != ScheduleStatus.CANCELLED,
        "send_now": waiting > 0,
        "resend": failed > 0,
        "duplicate": True,
        "end": alive and bool(made.rrule),
        "cancel": made.status != ScheduleStatus.CANCELLED and (alive or waiting > 0),
    }
    return [name for name, offered in offers.items() if offered]
