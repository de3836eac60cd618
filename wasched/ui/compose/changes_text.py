"""What somebody else changed about a schedule while it was edited, in words."""

from collections.abc import Collection
from datetime import datetime

from wasched.domain import sentences
from wasched.domain.recurrence import parse_rule
from wasched.domain.wording import count_words
from wasched.services.schedules.requests import ScheduleRequest
from wasched.ui.core.conflict_text import other_value
from wasched.ui.core.facts import lateness

_OTHERS = (
    ("what it says", ("contents",)),
    ("the phone that sends it", ("account_id",)),
    ("who is left out", ("but_not", "but_not_people")),
    ("whether it keeps to quiet hours", ("respects_quiet_hours",)),
    ("whether it stops at a reply", ("stops_on_reply",)),
    ("its nudge", ("nudge",)),
)
"""Fields that are only named."""


def schedule_changes(before: ScheduleRequest, after: ScheduleRequest) -> list[str]:
    """What is another now, each in a few words."""
    others = [
        what
        for what, names in _OTHERS
        if any(getattr(before, name) != getattr(after, name) for name in names)
    ]
    return [
        *_other_time(before, after),
        *_come_and_gone(before.to, after.to, "recipient"),
        *_come_and_gone(before.lists, after.lists, "list"),
        *others,
        *other_value("how late it may go", _late(before), _late(after)),
    ]


def _other_time(before: ScheduleRequest, after: ScheduleRequest) -> list[str]:
    zones = other_value("the time zone", before.zone, after.zone)
    days = _come_and_gone(before.exdates, after.exdates, "day", ("left out", "put back"))
    if (before.day, before.rrule) == (after.day, after.rrule):
        return [*other_value("the time", _clock(before), _clock(after)), *zones, *days]
    return [*other_value("when it goes", _time(before), _time(after)), *zones, *days]


def _clock(request: ScheduleRequest) -> str:
    return f"{request.clock:%H:%M}" if request.clock else ""


def _time(request: ScheduleRequest) -> str:
    """When it goes, as in: every Monday at 18:00, or Fri 3 April at 09:00."""
    if request.day is None or request.clock is None:
        return "now"
    local = datetime.combine(request.day, request.clock)
    if not request.rrule:
        return f"{local:%a} {local.day} {local:%B} at {local:%H:%M}"
    rule = parse_rule(request.rrule, local, request.zone, (), request.month_end)
    said = sentences.rule_sentence(rule)
    return said[0].lower() + said[1:]


def _late(request: ScheduleRequest) -> str:
    said = lateness(request.late_s)
    return said[0].lower() + said[1:]


def _come_and_gone(
    before: Collection[object],
    after: Collection[object],
    what: str,
    words: tuple[str, str] = ("added", "taken off"),
) -> list[str]:
    """How many came, and how many went."""
    counts = (len({*after} - {*before}), len({*before} - {*after}))
    return [
        f"{count_words(count, what, f'{what}s')} {word}"
        for count, word in zip(counts, words, strict=True)
        if count
    ]
