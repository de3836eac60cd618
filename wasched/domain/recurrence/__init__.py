"""Repeating rules: parsed, built, walked on the wall clock of a zone, and previewed."""

from wasched.domain.recurrence.build import (
    NEVER,
    RuleEnd,
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
from wasched.domain.recurrence.parts import Freq, RuleDay, RuleError, RuleParts
from wasched.domain.recurrence.preview import Occurrence, preview_rule
from wasched.domain.recurrence.rule import (
    MonthEnd,
    Recurrence,
    needs_month_end,
    parse_rule,
    with_days,
    without_dates,
)
from wasched.domain.recurrence.split import ending_before, rest_of_rule
from wasched.domain.recurrence.walk import (
    HORIZON,
    following,
    is_on,
    next_after,
    occurrences,
    walk_rule,
    wall_times,
)

__all__ = [
    "HORIZON",
    "NEVER",
    "Freq",
    "MonthEnd",
    "Occurrence",
    "Recurrence",
    "RuleDay",
    "RuleEnd",
    "RuleError",
    "RuleParts",
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
    "parse_rule",
    "preview_rule",
    "rest_of_rule",
    "walk_rule",
    "wall_times",
    "weekdays",
    "weekly",
    "with_days",
    "without_dates",
    "yearly",
    "yearly_on",
]
