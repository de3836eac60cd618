"""When a message goes out: what the page's fields say, read into a time, and back into fields."""

from dataclasses import dataclass, replace
from datetime import datetime

from wasched.domain import wall_clock
from wasched.domain.errors import InputError
from wasched.services.schedules import time_requests, timing
from wasched.services.schedules.time_requests import Now, Once, Phrase, Repetition, TimeRequest
from wasched.services.schedules.timing import RepeatChoice, When
from wasched.ui.core import times
from wasched.ui.core.date_fields import read_clock, read_day

LATE_CHOICES = (
    (300, "Up to 5 min"),
    (1800, "Up to 30 min"),
    (7200, "Up to 2 h"),
    (43200, "Up to 12 h"),
    (365 * 86400, "Whenever it can"),
)
"""Seconds a message may be late, and their words."""

NOW, ONCE, REPEAT, TYPED = "now", "once", "repeat", "typed"
"""The modes of the fields; the last is a phrase."""

_LONGEST = 1_000
"""Characters of a field: more than a phrase may have, which says so itself."""

_FOCUS = {ONCE: "day", REPEAT: "unit", TYPED: "phrase"}


@dataclass(frozen=True)
class Fields:
    """What the fields of time hold, as it was typed or chosen; nothing of it is checked.

    `day`, `clock` and `until` are as date and time fields have them, in `zone`; `weekdays`
    count from Monday, 0; `short_months` is last, skip, or empty while it was not asked; `fold` is
    not empty for the second of two times that the clocks show when they are set back.
    """

    mode: str = ONCE
    day: str = ""
    clock: str = ""
    zone: str = ""
    phrase: str = ""
    unit: str = "week"
    every: str = "1"
    weekdays: tuple[int, ...] = ()
    month_by: str = "date"
    short_months: str = ""
    ends: str = "never"
    until: str = ""
    count: str = "10"
    fold: str = ""


def read_time(fields: Fields, now: datetime) -> When:
    """What the fields mean, read at an instant; InputError names the field to mend."""
    try:
        return time_requests.read_time(request_of(fields), now)
    except InputError as refusal:
        raise place_time(refusal, fields) from None


def request_of(fields: Fields) -> TimeRequest:
    """What the fields ask for; InputError names the one to fill."""
    zone = fields.zone
    match fields.mode:
        case "now":
            return Now(zone)
        case "repeat":
            return Repetition(choice_of(fields), zone)
        case "typed":
            return Phrase(fields.phrase, zone, fields.short_months or None)
        case _:
            day, clock = read_day(fields.day), read_clock(fields.clock)
            return Once(day, clock, zone, fold=1 if fields.fold else 0)


def place_time(refusal: InputError, fields: Fields) -> InputError:
    """A refusal about time, at the field where the present mode mends it."""
    if refusal.field != "when":
        return refusal
    return InputError(_FOCUS.get(fields.mode, "zone"), refusal.reason)


def choice_of(fields: Fields) -> RepeatChoice:
    """The repetition that the fields choose; InputError names the field to mend."""
    day = read_day(fields.day)
    return RepeatChoice(
        day=day,
        clock=read_clock(fields.clock),
        unit=fields.unit,
        every=_number(fields.every, "every", "How many? Write a number, as in 2."),
        weekdays=fields.weekdays,
        month_by=fields.month_by,
        month_end=fields.short_months or None,
        count=_number(fields.count, "count", "How many times? Write a number, as in 10.")
        if fields.ends == "count"
        else None,
        until=read_day(fields.until, "until") if fields.ends == "date" else None,
    )


def asks_short_months(fields: Fields, now: datetime) -> bool:
    """Say whether it is to be asked what happens in months that lack the day."""
    try:
        return time_requests.asks_month_end(request_of(fields), now)
    except InputError:
        return False


def ways_of_month(fields: Fields) -> list[tuple[str, str]]:
    """How the chosen day stands in its month: on the 12th, on the second Thursday."""
    try:
        found = timing.month_choices(read_day(fields.day))
    except InputError:
        return []
    if fields.unit != "year":
        return found
    month = f"{read_day(fields.day):%B}"
    first = (found[0][0], f"on {read_day(fields.day).day} {month}")
    return [first, *[(way, f"{words} of {month}") for way, words in found[1:]]]


def time_changed(fields: Fields, name: str, value: str, now: datetime) -> Fields:
    """The fields with one of them changed, and filled in what a repetition begins with."""
    made = replace(fields, **{name: value[:_LONGEST]})
    if name in ("day", "clock", "zone"):
        made = replace(made, fold="")
    if name in ("phrase", "day", "unit"):
        made = replace(made, short_months="")
    return _begun(made, now) if made.mode == REPEAT else made


def with_weekday(fields: Fields, weekday: int, is_in: bool) -> Fields:
    """The fields with a weekday taken in or out."""
    others = set(fields.weekdays) - {weekday}
    return replace(fields, weekdays=tuple(sorted(others | {weekday} if is_in else others)))


def _begun(fields: Fields, now: datetime) -> Fields:
    """A repetition begins today if no day was chosen, and on that day of the week."""
    try:
        today = times.local_time(now, wall_clock.zone(fields.zone).key).date()
    except InputError:
        return fields
    made = replace(fields, day=fields.day or today.isoformat())
    ways = [way for way, _ in ways_of_month(made)]
    if ways and made.month_by not in ways:
        made = replace(made, month_by=ways[0])
    if made.weekdays or not ways:
        return made
    return replace(made, weekdays=(read_day(made.day).weekday(),))


def _number(text: str, name: str, sentence: str) -> int:
    clean = text.strip()
    if not clean.isascii() or not clean.isdigit() or len(clean) > 5 or not int(clean):
        raise InputError(name, sentence)
    return int(clean)
