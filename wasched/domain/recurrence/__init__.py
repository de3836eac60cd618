"""Repeating rules: parsed, built, walked on the wall clock of a zone, and previewed."""

from wasched.domain.recurrence.build import (
    NEVER,
    End,
    build,
    daily,
    monthly,
    monthly_on,
    monthly_workday,
    weekdays,
    weekly,
    yearly,
    yearly_on,
)
from wasched.domain.recurrence.parts import Day, Freq, Parts, RuleError
from wasched.domain.recurrence.preview import Occurrence, preview
from wasched.domain.recurrence.rule import (
    MonthEnd,
    Recurrence,
    needs_month_end,
    parse,
    with_days,
    without,
)
from wasched.domain.recurrence.split import ending_before, rest
from wasched.domain.recurrence.walk import (
    HORIZON,
    following,
    is_on,
    next_after,
    occurrences,
    walk,
    wall_times,
)

__all__ = [
    "HORIZON",
    "NEVER",
    "Day",
    "End",
    "Freq",
    "MonthEnd",
    "Occurrence",
    "Parts",
    "Recurrence",
    "RuleError",
    "build",
    "daily",
    "ending_before",
    "following",
    "is_on",
    "monthly",
    "monthly_on",
    "monthly_workday",
    "needs_month_end",
    "next_after",
    "occurrences",
    "parse",
    "preview",
    "rest",
    "walk",
    "wall_times",
    "weekdays",
    "weekly",
    "with_days",
    "without",
    "yearly",
    "yearly_on",
]
