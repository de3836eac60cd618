"""A rule cut in two at one of its occurrences: what was before, and what follows."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import takewhile

from wasched.domain.recurrence.rule import Recurrence
from wasched.domain.recurrence.walk import wall_times

_MOMENT = timedelta(seconds=1)


def ending_before(rule: Recurrence, local: datetime) -> Recurrence:
    """The rule as far as it goes before the day of a naive wall-clock time."""
    until = datetime.combine(local.date(), time()) - _MOMENT
    parts = replace(rule.parts, count=None, until=until)
    exdates = tuple(one for one in rule.exdates if one.date() < local.date())
    return replace(rule, rrule=parts.text(), exdates=exdates)


def rest_of_rule(rule: Recurrence, local: datetime) -> Recurrence:
    """The rule from the occurrence at a naive wall-clock time on, with the times left to it."""
    parts = rule.parts
    if parts.count is not None:
        every = wall_times(replace(rule, exdates=()), rule.dtstart)
        passed = sum(1 for _ in takewhile(lambda time: time < local, every))
        parts = replace(parts, count=parts.count - passed)
    exdates = tuple(one for one in rule.exdates if one.date() >= local.date())
    return replace(rule, rrule=parts.text(), dtstart=local, exdates=exdates)
