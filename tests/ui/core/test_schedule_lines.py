"""A schedule in a line and on its page: nothing is said twice, and nobody is named who is gone."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from wasched.services.schedules.schedule_views import ScheduleView
from wasched.services.views import ScheduleLine
from wasched.ui.compose.draft_text import Chip
from wasched.ui.core import rows
from wasched.ui.schedule import text

NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)
AT = datetime(2026, 3, 15, 17, tzinfo=UTC)
ONCE = ScheduleLine(
    id=1,
    account_id=1,
    account="Choir phone",
    sentence="Once, tomorrow at 18:00",
    zone="Europe/Berlin",
    repeats=False,
    status="active",
    text="Rehearsal",
    recipient="Anna",
    recipient_kind="person",
    recipients=1,
    next_at=AT,
    next_local=AT,
    waiting=1,
    changed_at=NOW,
    version=1,
)
DAILY = replace(ONCE, repeats=True, sentence="Every day at 18:00")


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (ONCE, "Once, tomorrow at 18:00"),
        (DAILY, "Every day at 18:00, next tomorrow at 18:00"),
    ],
)
def test_the_next_time_is_told_of_what_repeats(made: ScheduleLine, said: str) -> None:
    line = rows.schedule_line(made, "Europe/Berlin", NOW)

    assert (line.detail, line.repeats) == (said, made.repeats)


@pytest.mark.parametrize(
    ("made", "zone", "said"),
    [
        (ONCE, "Europe/Berlin", "Europe/Berlin."),
        (ONCE, "UTC", "Europe/Berlin. That is tomorrow at 17:00 in UTC."),
        (DAILY, "Europe/Berlin", "Europe/Berlin. Next tomorrow at 18:00."),
        (DAILY, "UTC", "Europe/Berlin. Next tomorrow at 18:00, tomorrow at 17:00 in UTC."),
    ],
)
def test_a_page_says_when_it_goes_where_its_sentence_does_not(
    made: ScheduleLine, zone: str, said: str
) -> None:
    assert text._about(_view(made, "Alice"), zone, NOW) == said


@pytest.mark.parametrize(("by", "terms"), [("Alice", ["Made by"]), ("", [])])
def test_who_made_it_is_named_as_long_as_they_are_there(by: str, terms: list[str]) -> None:
    whom = text.ScheduleAudience([Chip("1", "person", "Anna", "")], 1, [])
    facts = text.schedule_facts(_view(ONCE, by), whom)

    assert [one.term for one in facts if one.term == "Made by"] == terms


def _view(made: ScheduleLine, by: str) -> ScheduleView:
    return ScheduleView(made, 1800, False, False, by)
