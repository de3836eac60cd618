"""Repeating rules: RFC 5545 RRULE on the wall clock of a zone, as far as we offer them."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache

from wasched.domain.recurrence.parts import RuleError, RuleParts
from wasched.domain.recurrence.reading import read_rule
from wasched.domain.wall_clock import zone as zone_of


class MonthEnd(StrEnum):
    """What happens in months (or years) that lack the chosen day."""

    LAST = "last"  # it goes out on the last day of the month instead
    SKIP = "skip"  # that month is left out


@dataclass(frozen=True)
class Recurrence:
    """A rule: RRULE text, naive wall-clock start, IANA zone, exceptions and month-end policy.

    `exdates` name the days left out, whatever time of day they have: a rule comes once a day at
    most, so an exception stays one when the clock time is changed. COUNT counts them all the
    same, as in RFC 5545. A start that the rule does not hit is no occurrence.
    """

    rrule: str
    dtstart: datetime
    zone: str
    exdates: tuple[datetime, ...] = ()
    month_end: str = MonthEnd.SKIP

    @property
    def parts(self) -> RuleParts:
        """The rule taken apart; RuleError if we do not offer it."""
        return _parts(self.rrule, self.dtstart, self.zone)


def parse_rule(
    rrule: str,
    dtstart: datetime,
    zone: str,
    exdates: tuple[datetime, ...] = (),
    month_end: str = MonthEnd.SKIP,
) -> Recurrence:
    """A checked rule in its one plain form.

    RuleError, with a sentence, for what we do not offer; UnknownZone for the zone.
    """
    zone_of(zone)
    if dtstart.tzinfo is not None:
        raise RuleError("The start is a wall-clock time, without an offset.")
    if month_end not in set(MonthEnd):
        raise RuleError('Months without the day: "last" or "skip".')
    parts = read_rule(rrule, dtstart, zone)
    if parts.until and parts.until < dtstart:
        raise RuleError("The end lies before the start.")
    if not _lacks_days(parts):
        month_end = MonthEnd.SKIP
    return Recurrence(parts.text(), dtstart, zone, tuple(sorted(set(exdates))), month_end)


def without_dates(rule: Recurrence, local: datetime) -> Recurrence:
    """The rule leaving out the occurrence at a naive wall-clock time: skip this one."""
    return replace(rule, exdates=tuple(sorted({*rule.exdates, local})))


def with_days(rule: Recurrence, days: Collection[date]) -> Recurrence:
    """The rule without its exceptions on some days."""
    return replace(rule, exdates=tuple(one for one in rule.exdates if one.date() not in days))


def needs_month_end(rule: Recurrence) -> bool:
    """Say whether some month (or year) lacks a chosen day, so that a policy is to be asked."""
    return _lacks_days(rule.parts)


def _lacks_days(parts: RuleParts) -> bool:
    shortest = {2: 28, 4: 30, 6: 30, 9: 30, 11: 30}
    months = parts.months or (2,)
    return any(day > shortest.get(month, 31) for month in months for day in parts.month_days)


@lru_cache(maxsize=1024)
def _parts(rrule: str, dtstart: datetime, zone: str) -> RuleParts:
    return read_rule(rrule, dtstart, zone)
