"""What is to come of a schedule, a line for each time: as usual, on its own, or left out."""

from dataclasses import dataclass
from datetime import datetime

from wasched.services.schedules import OwnDate, ScheduleView, Skipped
from wasched.services.schedules.preview import NextTime
from wasched.services.schedules.schedule_views import NudgeTime
from wasched.ui.compose.preview_text import time_line
from wasched.ui.core import routes, times
from wasched.ui.core.has_not_text import WHO

GOES, OWN, LEFT_OUT, OVER, NUDGE = "goes", "own", "left_out", "over", "nudge"


@dataclass(frozen=True)
class ComingLine:
    """One time of a schedule, named by its wall-clock time in ISO form.

    `kind` is goes, own, left_out or over; `words` are those of the last three. `href` leads to
    what goes instead, `edit` is empty where it is too late, and `usual` names the schedule that
    may go back to the usual.
    """

    kind: str
    local: str
    day: str = ""
    clock: str = ""
    away: str = ""
    note: str = ""
    words: str = ""
    rest: str = ""
    href: str = ""
    edit: str = ""
    usual: str = ""
    key: str = ""


def upcoming_lines(view: ScheduleView, now: datetime) -> list[ComingLine]:
    """All of them in the order of their usual times."""
    found = [(one.moved_from or one.at, _goes(view, one, now)) for one in view.next_times]
    found += [(one.at, _own(view, one, now)) for one in view.on_their_own]
    found += [(one.at, _nudge(view, one, now)) for one in view.nudges]
    found += [(one.at, _left_out(view, one, now)) for one in view.skipped]
    return [line for _, line in sorted(found, key=lambda pair: pair[0])]


def chosen_line(
    view: ScheduleView, at: datetime, one: NextTime | None, now: datetime
) -> list[ComingLine]:
    """The line of one time alone, as an address names it by its usual instant."""
    if one is not None:
        return [_goes(view, one, now)]
    for own in view.on_their_own:
        if own.at == at:
            return [_own(view, own, now)]
    for skipped in view.skipped:
        if skipped.at == at:
            return [_left_out(view, skipped, now)]
    said = times.when_words(at, view.line.zone, now)
    return [ComingLine(OVER, "", words=said, rest="is over, or does not come any more")]


def _goes(view: ScheduleView, one: NextTime, now: datetime) -> ComingLine:
    zone, plain = view.line.zone, time_line(one, view.line.zone, now)
    at = (one.moved_from or one.at).isoformat()
    may_edit = view.line.repeats and "edit" in view.may and not one.has_begun
    before = _short(one.moved_from, one.at, zone, now).removeprefix("at ") if one.moved_from else ""
    return ComingLine(
        GOES,
        plain.local if "skip" in view.may and not one.has_begun else "",
        day=plain.day,
        clock=plain.clock,
        away=plain.away,
        note=f"Moved from {before}." if before else plain.note,
        edit=routes.edit(view.line.id, at) if may_edit else "",
        key=f"{at} {one.at.isoformat()}",
    )


def _own(view: ScheduleView, one: OwnDate, now: datetime) -> ComingLine:
    is_open = one.state != "gone" and one.at > now and view.line.status != "cancelled"
    may_go_back = is_open and bool(view.may)  # nothing is offered to who only looks
    return ComingLine(
        OWN,
        one.local.isoformat(),
        words=times.when_words(one.at, view.line.zone, now),
        rest=_of_its_own(one, view.line.zone, now),
        href=routes.schedule(one.schedule_id),
        usual=str(one.schedule_id) if may_go_back else "",
        key=f"own {one.schedule_id}",
    )


def _nudge(view: ScheduleView, one: NudgeTime, now: datetime) -> ComingLine:
    to = f"nudge to those who {WHO[view.nudge.who]}" if view.nudge else "nudge"
    return ComingLine(
        NUDGE,
        "",
        words=times.when_words(one.at, view.line.zone, now),
        rest=f"{to}, paused" if one.is_paused else to,
        href=routes.schedule(one.schedule_id),
        key=f"nudge {one.schedule_id}",
    )


def _left_out(view: ScheduleView, one: Skipped, now: datetime) -> ComingLine:
    said = times.when_words(one.at, view.line.zone, now)
    local = one.local.isoformat()
    return ComingLine(LEFT_OUT, local, words=said, rest="is left out", key=f"out {local}")


def _of_its_own(one: OwnDate, zone: str, now: datetime) -> str:
    """What became of a date that was changed: it goes tomorrow at 20:00, with another text."""
    moves = one.to_at is not None and one.to_at != one.at
    then = _short(one.to_at, one.at, zone, now) if moves and one.to_at else ""
    if one.state == "missed":
        return "was changed, and missed"
    verb = "went" if one.state == "gone" else "goes"
    if then and one.has_other_words:
        return f"{verb} {then} instead, with another text"
    if then:
        return f"{verb} {then} instead"
    return f"{verb} with another text" if one.has_other_words else f"{verb} in a way of its own"


def _short(at: datetime, beside: datetime, zone: str, now: datetime) -> str:
    """A time, by the clock alone where it is on the same day."""
    is_same_day = times.local_time(at, zone).date() == times.local_time(beside, zone).date()
    return f"at {times.clock(at, zone)}" if is_same_day else times.when_words(at, zone, now)
