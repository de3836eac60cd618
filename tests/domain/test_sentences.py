"""Every rule and instant reads as plain English."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.rules import rules
from wasched.domain import recurrence, wall_clock
from wasched.domain.recurrence import MonthEnd, Recurrence, RuleEnd
from wasched.domain.sentences import UNREADABLE, day_words, rule_sentence, when_words
from wasched.domain.wording import join_words, ordinal_word

BERLIN = "Europe/Berlin"
START = datetime(2026, 1, 5, 9)
ZONE = wall_clock.zone(BERLIN)
NOW = datetime(2026, 3, 12, 17, tzinfo=UTC)

LAST_FRIDAY = recurrence.monthly_on(START, BERLIN, -1, 4)
EVENING = START.replace(hour=18)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (recurrence.daily(START, BERLIN), "Every day at 09:00"),
        (recurrence.daily(START, BERLIN, 3), "Every 3 days at 09:00"),
        (recurrence.weekdays(START, BERLIN), "Every weekday at 09:00"),
        (recurrence.weekly(START, BERLIN, [1]), "Every Tuesday at 09:00"),
        (
            recurrence.weekly(START, BERLIN, [0, 2, 4]),
            "Every Monday, Wednesday and Friday at 09:00",
        ),
        (
            recurrence.weekly(EVENING, BERLIN, [0, 3], 2, RuleEnd(count=12)),
            "Every 2 weeks on Monday and Thursday at 18:00, 12 times",
        ),
        (
            recurrence.weekly(EVENING, BERLIN, [0, 3], 2, RuleEnd(until=date(2026, 3, 26))),
            "Every 2 weeks on Monday and Thursday at 18:00, until 26 March 2026, 12 times",
        ),
        (recurrence.daily(START, BERLIN, end=RuleEnd(count=1)), "Every day at 09:00, once"),
        (LAST_FRIDAY, "Every last Friday at 09:00"),
        (
            recurrence.monthly_on(START, BERLIN, 2, 3),
            "Every month on the second Thursday at 09:00",
        ),
        (
            recurrence.monthly_workday(START, BERLIN, -1),
            "Every month on the last weekday at 09:00",
        ),
        (
            recurrence.monthly(START, BERLIN, [1, 15], "skip", every=3),
            "Every 3 months on the 1st and the 15th at 09:00",
        ),
        (recurrence.monthly(START, BERLIN, [-1], "skip"), "Every month on the last day at 09:00"),
        (
            recurrence.monthly(START, BERLIN, [31], MonthEnd.LAST),
            "Every month on the 31st at 09:00, or the last day of shorter months",
        ),
        (
            recurrence.monthly(START, BERLIN, [30, 31], MonthEnd.SKIP),
            "Every month on the 30th and the 31st at 09:00, "
            "leaving out months without a 30th or 31st",
        ),
        (recurrence.yearly(START, BERLIN, 3, 12), "Every year on 12 March at 09:00"),
        (
            recurrence.yearly(START, BERLIN, 2, 29),
            "Every year on 29 February at 09:00, in leap years only",
        ),
        (
            recurrence.yearly(START, BERLIN, 2, 29, MonthEnd.LAST),
            "Every year on 29 February at 09:00, or 28 February in other years",
        ),
        (
            recurrence.yearly_on(START, BERLIN, 3, -1, 6),
            "Every year on the last Sunday of March at 09:00",
        ),
        (
            recurrence.without_dates(recurrence.daily(START, BERLIN), datetime(2026, 12, 24, 9)),
            "Every day at 09:00, except on 24 December 2026",
        ),
    ],
)
def test_a_rule_reads_as_its_sentence(rule: Recurrence, words: str) -> None:
    assert rule_sentence(rule) == words


@settings(deadline=None)
@given(rules())
def test_every_rule_we_offer_has_a_sentence(rule: Recurrence) -> None:
    assert rule_sentence(rule).startswith("Every ")


@given(st.text(max_size=60), st.datetimes(), st.text(max_size=20))
def test_a_rule_that_cannot_be_read_says_so(rrule: str, start: datetime, zone: str) -> None:
    assert rule_sentence(Recurrence(rrule, start, zone)) == UNREADABLE


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        (datetime(2026, 3, 12, 17, tzinfo=UTC), "today at 18:00"),
        (datetime(2026, 3, 12, 23, tzinfo=UTC), "tomorrow at 00:00"),
        (datetime(2026, 3, 11, 8, tzinfo=UTC), "yesterday at 09:00"),
        (datetime(2026, 3, 17, 17, tzinfo=UTC), "Tue 17 March at 18:00"),
        (datetime(2027, 3, 17, 17, tzinfo=UTC), "Wed 17 March 2027 at 18:00"),
        (datetime(2026, 7, 1, 7, tzinfo=UTC), "Wed 1 July at 09:00"),
    ],
)
def test_an_instant_reads_by_its_day_and_the_wall_clock(instant: datetime, words: str) -> None:
    assert when_words(instant, ZONE, NOW) == words
    assert words.casefold().startswith(day_words(instant, ZONE, NOW).casefold())


def test_ordinals_and_lists_read_well() -> None:
    assert [ordinal_word(one) for one in (1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 30, 31)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "23rd", "30th", "31st",
    ]  # fmt: skip
    assert join_words(["a"]) == "a"
    assert join_words(["a", "b", "c"]) == "a, b and c"
