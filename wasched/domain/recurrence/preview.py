"""The next occurrences of a rule as a person wants to see them before saving."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from wasched.domain import wall_clock
from wasched.domain.recurrence.parts import Freq
from wasched.domain.recurrence.rule import MonthEnd, Recurrence
from wasched.domain.recurrence.walk import walk_rule
from wasched.domain.wall_clock import ClockChange, ShiftKind
from wasched.domain.wording import MONTHS, join_words, ordinal_word


@dataclass(frozen=True)
class Occurrence:
    """One time a rule goes out: the instant (UTC), what the wall clock shows, and a note.

    `own` is the rule's own time, which names the occurrence, also where clocks jump over it.
    `note` is empty or whole sentences. `change` is a clock change since the occurrence before,
    `skipped` the days left out since then, as in: no 31st in April.
    """

    instant: datetime
    local: datetime
    own: datetime
    note: str = ""
    change: ClockChange | None = None
    skipped: tuple[str, ...] = ()


def preview_rule(rule: Recurrence, now: datetime, n: int = 5) -> list[Occurrence]:
    """The next `n` occurrences after `now`; fewer mean that the rule ends with them."""
    found: list[Occurrence] = []
    for instant, local in islice(walk_rule(rule, now), n):
        found.append(_occurrence(rule, instant, local, found[-1] if found else None, now))
    return found


def _occurrence(
    rule: Recurrence, instant: datetime, wanted: datetime, before: Occurrence | None, now: datetime
) -> Occurrence:
    zone = wall_clock.zone(rule.zone)
    since = before.local if before else max(wall_clock.local(now, zone), rule.dtstart)
    change = wall_clock.clock_change_between(before.instant, instant, zone) if before else None
    shift = wall_clock.clock_shift(wanted, zone)
    skipped = tuple(_skipped(rule, since.date(), wanted.date()))
    notes = [f"{one[0].upper()}{one[1:]}." for one in skipped]
    if moved := _moved(rule, wanted):
        notes.append(moved)
    if shift.kind is not ShiftKind.NONE:
        notes.append(shift.sentence)
    elif change is not None:
        notes.append(f"{change.sentence}, still {wanted:%H:%M}.")
    return Occurrence(instant, shift.goes_out, wanted, " ".join(notes), change, skipped)


def _skipped(rule: Recurrence, since: date, until: date) -> list[str]:
    """The days that months in between lack, if those months are left out."""
    if rule.month_end == MonthEnd.LAST or not rule.parts.month_days:
        return []
    lacking: dict[str, list[str]] = {}
    for year, month in _months(rule, since, until):
        length = calendar.monthrange(year, month)[1]
        if not since < date(year, month, length) < until:
            continue
        for day in rule.parts.month_days:
            if day > length and rule.parts.freq is Freq.YEARLY:
                lacking.setdefault(f"{day} {MONTHS[month - 1]}", []).append(str(year))
            elif day > length:
                lacking.setdefault(ordinal_word(day), []).append(MONTHS[month - 1])
    return [f"no {day} in {join_words(places)}" for day, places in lacking.items()]


def _months(rule: Recurrence, since: date, until: date) -> Iterator[tuple[int, int]]:
    """The months of the rule from one date to another, by its own steps."""
    parts = rule.parts
    by_year = parts.freq is Freq.YEARLY
    step = parts.interval * (12 if by_year else 1)
    start = rule.dtstart.year * 12 + (0 if by_year else rule.dtstart.month - 1)
    first, last = since.year * 12 + since.month - 1, until.year * 12 + until.month - 1
    current = start + max((first - start) // step, 0) * step
    while current <= last:
        for number in [current + month - 1 for month in parts.months] or [current]:
            yield divmod(number, 12)[0], number % 12 + 1
        current += step


def _moved(rule: Recurrence, local: datetime) -> str:
    """A sentence if the occurrence stands in for a day that its month lacks."""
    length = calendar.monthrange(local.year, local.month)[1]
    missing = [day for day in rule.parts.month_days if day > length]
    if rule.month_end != MonthEnd.LAST or local.day != length or not missing:
        return ""
    return f"No {ordinal_word(missing[0])} in {local:%B}, so on the {ordinal_word(local.day)}."
