"""Schedules as people see them: in a list, and one with all about it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlmodel import Session, col

from wasched.db import hints
from wasched.domain import filling, sentences, wall_clock
from wasched.domain.errors import NotFoundError
from wasched.domain.message import Status
from wasched.domain.nudge import from_json
from wasched.domain.schedule import ScheduleChoice, ScheduleStanding, offered_choices
from wasched.models import (
    LIVE_STATUSES,
    Account,
    Approval,
    Message,
    Recipient,
    Schedule,
    ScheduleRecipient,
    ScheduleStatus,
    User,
)
from wasched.services import permissions, text_search
from wasched.services.caller import Caller
from wasched.services.paging import Keyset, Place, read_page
from wasched.services.permissions import Action
from wasched.services.recipients import recipients
from wasched.services.schedules import (
    audience_names,
    estimate,
    held_sends,
    nudges,
    preview,
    upcoming,
)
from wasched.services.schedules.own_dates import (
    days_on_their_own,
    own_dates,
    say_without,
    series_of,
)
from wasched.services.schedules.schedule_views import (
    NudgeTime,
    ScheduleList,
    ScheduleView,
    Series,
    Skipped,
)
from wasched.services.schedules.skip import left_out
from wasched.services.views import ApprovalCard, ScheduleLine

PAGE = 30
_FEW = 200  # people whom a search finds, and whose schedules are looked up
_NEWEST = Keyset((Schedule.id,), backwards=True)
_OVER = (ScheduleStatus.ENDED, ScheduleStatus.CANCELLED)


@dataclass(frozen=True)
class AsScheduled:
    """When a new schedule goes, in words and as an instant (UTC), and to how many."""

    sentence: str
    zone: str
    next_at: datetime | None
    recipients: int


def list_schedules(
    session: Session,
    user: Caller,
    now: datetime,
    *,
    which: str = "repeating",
    search: str = "",
    account_id: int = 0,
    cursor: str = "",
    limit: int = PAGE,
) -> ScheduleList:
    """A page of schedules, the newest first; `which` is repeating, once (those to
    come), paused, over or all.

    `search` looks for words of the text, and for names and numbers of those it goes to. InputError
    if the cursor is damaged.
    """
    statement = _schedule_rows(user).where(*_which_schedules(which))
    if account_id:
        statement = statement.where(col(Schedule.account_id) == account_id)
    if search.strip():
        statement = statement.where(_schedule_matches(session, search))
    found, following = read_page(session, statement, _NEWEST, cursor, limit, _place_of)
    return ScheduleList(_schedule_lines(session, user, found, now), following)


def schedule_lines(
    session: Session, user: Caller, now: datetime, which: ColumnElement[bool], limit: int
) -> list[ScheduleLine]:
    """The schedules that a condition chooses, those first that go out first."""
    soonest = (col(Schedule.next_at).is_(None), col(Schedule.next_at), col(Schedule.id))
    found = session.execute(_schedule_rows(user).where(which).order_by(*soonest).limit(limit))
    return _schedule_lines(session, user, found.all(), now)


def count_repeating(session: Session, user: Caller, most: int) -> int:
    """How many schedules repeat; where there are more than `most`, it is not counted on."""
    mine = permissions.visible_among(Schedule.space_id, user)
    few = select(Schedule.id).where(mine, *_which_schedules("repeating")).limit(most + 1).subquery()
    return session.scalar(select(func.count()).select_from(few)) or 0


def as_scheduled(session: Session, schedule_id: int, now: datetime) -> AsScheduled:
    """What a schedule that was just made came to; whether it may be seen is asked before."""
    made = session.get_one(Schedule, schedule_id)
    following = upcoming.next_time(session, made, now)
    goes_to = select(func.count()).where(col(ScheduleRecipient.schedule_id) == schedule_id)
    return AsScheduled(
        _schedule_sentence(made, set(), following, now),
        made.zone,
        following.at if following else None,
        session.scalar(goes_to) or 0,
    )


def schedule_view(session: Session, user: Caller, schedule_id: int, now: datetime) -> ScheduleView:
    """One schedule; NotFoundError if the user may not see it."""
    found = _schedule_row(session, user, schedule_id)
    made, account = found
    may_write = permissions.may(user, Action.WRITE, made)
    line = _schedule_lines(session, user, [found], now)[0]
    author = session.get(User, made.made_by_id or 0)
    times = upcoming.next_times(session, made, now)
    tally = _tally_statuses(session, made)
    skipped = _skipped_dates(session, made, now)
    series = series_of(session, user, made, now)
    failed = _count_failed(session, made)
    return ScheduleView(
        line=line,
        late_s=made.late_window_s,
        respects_quiet_hours=made.respects_quiet_hours,
        stops_on_reply=made.stops_on_reply,
        by=author.name if author else "",
        next_times=times,
        is_all=len(times) < preview.NEXT,
        skipped=skipped,
        on_their_own=own_dates(session, made, now),
        series=series,
        tally=tally,
        last_at=estimate.running_until(
            session, account, schedule_id, made.respects_quiet_hours, now
        ),
        failed=failed,
        held=held_sends.held_of_schedule(session, user, schedule_id),
        may=_allowed_actions(made, line.waiting, skipped, failed, times, series)
        if may_write
        else [],
        nudge=from_json(made.nudge),
        nudges=_nudges_to_come(session, made, now),
        has_not=made.has_not,
        follows=made.nudge_of_id or 0,
    )


def usual_occurrence(
    session: Session, user: Caller, schedule_id: int, at: datetime, now: datetime
) -> preview.NextTime | None:
    """The occurrence of a schedule that comes as usual at an instant; None if none does."""
    made = permissions.fetch_own(session, Schedule, schedule_id, user, Action.LOOK)
    usual = upcoming.occurrence_at(made, at, now)
    if usual is None:
        return None
    return upcoming.as_it_stands(session, made, usual, now)


def _nudges_to_come(session: Session, made: Schedule, now: datetime) -> list[NudgeTime]:
    return [
        NudgeTime(one.id or 0, one.next_at, one.status == ScheduleStatus.PAUSED)
        for one in nudges.nudges_of(session, made)
        if one.next_at is not None and one.next_at > now
    ]


def _place_of(found: Any) -> Place:
    made, _account = found
    return (made.id,)


def _schedule_row(session: Session, user: Caller, schedule_id: int) -> Any:
    """A schedule with its account; NotFoundError if the user may not see it."""
    found = session.execute(_schedule_rows(user).where(col(Schedule.id) == schedule_id)).first()
    if found is None:
        raise NotFoundError()
    return found


def _schedule_rows(user: Caller) -> Select[Schedule, Account]:
    return (
        select(Schedule, Account)
        .join(Account, col(Account.id) == Schedule.account_id)
        .where(permissions.visible_to(Schedule.space_id, user))
    )


def _which_schedules(which: str) -> list[ColumnElement[bool]]:
    match which:
        case "repeating":
            return [
                col(Schedule.rrule) != hints.written_empty_text(),
                col(Schedule.status).in_(LIVE_STATUSES),
            ]
        case "once":
            return [col(Schedule.rrule) == "", col(Schedule.status).in_(LIVE_STATUSES)]
        case "paused":
            return [col(Schedule.status) == ScheduleStatus.PAUSED]
        case "over":
            return [col(Schedule.status).in_(_OVER)]
        case _:
            return []


def _schedule_matches(session: Session, search: str) -> ColumnElement[bool]:
    """Schedules whose text has the words, or that go to somebody who has them in name or number.

    Of a few people their schedules are looked up; of many, each schedule is asked until a page is
    full, instead of reading whatever goes to anybody.
    """
    named = recipients.recipient_matches(search)
    people = session.scalars(select(Recipient.id).where(named).limit(_FEW + 1)).all()
    to = col(ScheduleRecipient.recipient_id)
    goes_to: ColumnElement[bool] = (
        col(Schedule.id).in_(select(ScheduleRecipient.schedule_id).where(to.in_(people)))
        if len(people) <= _FEW
        else exists().where(ScheduleRecipient.schedule_id == Schedule.id, to == Recipient.id, named)
    )
    return or_(text_search.contains(Schedule.preview, search), goes_to)


def _schedule_lines(
    session: Session, user: Caller, found: Sequence[Any], now: datetime
) -> list[ScheduleLine]:
    ids = [made.id for made, _ in found]
    addressed = _addressed_recipients(session, ids)
    waiting = _count_waiting(session, ids)
    lists, nobody = audience_names.lists_of(session, ids), audience_names.Lists("")
    own = days_on_their_own(session, ids)
    lines = []
    for made, account in found:
        following = upcoming.next_time(session, made, now)
        said = _schedule_sentence(made, own[made.id], following, now)
        people, waits = addressed.get(made.id), waiting.get(made.id, 0)
        shown = _schedule_line(made, account, people, waits, said, following, now)
        to = lists.get(made.id, nobody)
        card = approval_card(session, user, made)
        lines.append(replace(shown, lists=to.name, beside=to.beside, approval=card))
    return lines


def approval_card(session: Session, user: Caller, made: Schedule) -> ApprovalCard | None:
    """How the approval of a schedule stands for the user; None if it never needed any."""
    if made.asked_at is None:
        return None
    asker = session.get(User, made.asked_by_id or 0)
    decider = session.get(User, made.decided_by_id or 0)
    return ApprovalCard(
        state=made.approval,
        turn=made.approval_turn,
        asked_by=asker.name if asker else "Somebody",
        asked_at=made.asked_at,
        decided_by=decider.name if decider else "",
        decided_at=made.decided_at,
        word=made.approval_word,
        may_decide=made.approval != Approval.GIVEN
        and made.status != ScheduleStatus.CANCELLED
        and permissions.may(user, Action.APPROVE, made),
    )


def _schedule_line(
    made: Schedule,
    account: Account,
    addressed: tuple[Recipient, int] | None,
    waiting: int,
    sentence: str,
    following: preview.NextTime | None,
    now: datetime,
) -> ScheduleLine:
    assert made.id is not None
    first, number = addressed or (None, 0)
    return ScheduleLine(
        id=made.id,
        account_id=made.account_id,
        account=account.name,
        sentence=sentence,
        zone=made.zone,
        repeats=bool(made.rrule),
        status=made.status,
        text=filling.outline_content(
            made.preview,
            made.next_at or now,
            made.zone,
            recipients.variable_values(first) if first and number == 1 else {},
        ),
        recipient=recipients.recipient_title(first) if first else "",
        recipient_kind=first.kind if first else "",
        recipients=number,
        next_at=following.at if following else None,
        next_local=following.own if following else None,
        waiting=waiting,
        changed_at=made.changed_at,
        version=made.version,
        has_not=made.has_not,
    )


def _schedule_sentence(
    made: Schedule, own: set[date], following: preview.NextTime | None, now: datetime
) -> str:
    if made.rrule:
        return say_without(made, own)
    where = wall_clock.zone(made.zone)
    usual = made.next_at or wall_clock.instant(made.starts_local, where)
    return sentences.once_words(following.at if following else usual, where, now)


def _addressed_recipients(session: Session, ids: list[int]) -> dict[int, tuple[Recipient, int]]:
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


def _count_waiting(session: Session, ids: list[int]) -> dict[int, int]:
    rows = session.execute(
        select(col(Message.schedule_id), func.count())
        .where(col(Message.schedule_id).in_(ids), col(Message.status) == Status.SCHEDULED)
        .group_by(col(Message.schedule_id))
    )
    return {row[0]: row[1] for row in rows}


def _skipped_dates(session: Session, made: Schedule, now: datetime) -> list[Skipped]:
    """The occurrences left out that are still to come, but for those that go on their own."""
    own = days_on_their_own(session, [made.id or 0])[made.id or 0]
    found = left_out(made, now)
    return [Skipped(local, at) for at, local in found if local.date() not in own]


def _tally_statuses(session: Session, made: Schedule) -> dict[str, int]:
    rows = session.execute(
        select(col(Message.status), func.count())
        .where(col(Message.schedule_id) == made.id)
        .group_by(col(Message.status))
    )
    return {row[0]: row[1] for row in rows}


def _count_failed(session: Session, made: Schedule) -> int:
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


def _allowed_actions(
    made: Schedule,
    waiting: int,
    skipped: list[Skipped],
    failed: int,
    times: list[preview.NextTime],
    series: Series | None,
) -> list[str]:
    """What may be done with it now, the usual first."""
    standing = ScheduleStanding(
        status=made.status,
        approval=made.approval,
        repeats=bool(made.rrule),
        waits=waiting > 0,
        has_failed=failed > 0,
        has_next=not all(one.has_begun for one in times),
        has_left_out=bool(skipped),
        may_go_back=series is not None and series.may_go_back,
    )
    # A copy of a nudge would go to all, whatever they have done.
    isnt_for_it = {ScheduleChoice.DUPLICATE} if nudges.is_nudge(made) else set()
    return [str(one) for one in offered_choices(standing) if one not in isnt_for_it]
