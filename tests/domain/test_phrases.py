"""Common phrases mean one thing, read back as they were said, or are refused with a sentence."""

import re
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.rules import ZONES, parts
from wasched.domain import recurrence, wall_clock
from wasched.domain.errors import InputError
from wasched.domain.phrases import understand_phrase
from wasched.domain.recurrence import Recurrence, RuleParts
from wasched.domain.sentences import rule_sentence, when_words

BERLIN = "Europe/Berlin"
NOW = datetime(2027, 3, 17, 12, tzinfo=UTC)  # Wednesday 13:00 in Berlin


@pytest.mark.parametrize(
    ("phrase", "words", "first"),
    [
        ("every weekday at 9", "Every weekday at 09:00", "2027-03-18"),
        ("first Monday of the month 08:30", "Every month on the first Monday at 08:30",
         "2027-04-05"),
        ("every day 18:00 until 1 May", "Every day at 18:00, until 1 May 2027, 46 times",
         "2027-03-17"),
        ("every 2 weeks on tue and thu at 7:15pm",
         "Every 2 weeks on Tuesday and Thursday at 19:15", "2027-03-18"),
        ("last day of the month at noon", "Every month on the last day at 12:00", "2027-03-31"),
        ("Every last Friday at 09:00, Europe/Berlin.", "Every last Friday at 09:00", "2027-03-26"),
        ("Mondays and Fridays at 8 am, 12 times", "Every Monday and Friday at 08:00, 12 times",
         "2027-03-19"),
        ("mon-fri at 7.30", "Every weekday at 07:30", "2027-03-18"),
        ("daily at 6 p.m.", "Every day at 18:00", "2027-03-17"),
        ("every other friday at 17:00", "Every 2 weeks on Friday at 17:00", "2027-03-19"),
        ("every second day at 9", "Every 2 days at 09:00", "2027-03-18"),
        ("quarterly on the 1st at 9", "Every 3 months on the 1st at 09:00", "2027-04-01"),
        ("the last working day of the month at 16:00", "Every month on the last weekday at 16:00",
         "2027-03-31"),
        ("every 12 march at 10:00", "Every year on 12 March at 10:00", "2028-03-12"),
        ("every year on 1 january and the last day of january at 9",
         "Every year on 1 January and the last day of January at 09:00", "2028-01-01"),
        ("every year on the last sunday of march at 9",
         "Every year on the last Sunday of March at 09:00", "2027-03-28"),
        ("on weekends at 11", "Every Saturday and Sunday at 11:00", "2027-03-20"),
        ("every first and third monday at 10",
         "Every month on the first Monday and the third Monday at 10:00", "2027-04-05"),
        ("every month on the 31st at 9 or the last day of shorter months",
         "Every month on the 31st at 09:00, or the last day of shorter months", "2027-03-31"),
        ("every 3 days at 9 from 1 april", "Every 3 days at 09:00", "2027-04-01"),
        ("every weekday at 9 except on 24 december",
         "Every weekday at 09:00, except on 24 December 2027", "2027-03-18"),
        ("every weekday at 9 except on 25 december",  # a Saturday
         "Every weekday at 09:00, except on 25 December 2027", "2027-03-18"),
        ("every thursday at 18:00 except 22 december to 6 january",
         "Every Thursday at 18:00, except 22 December 2027 to 6 January 2028", "2027-03-18"),
        ("every thursday at 18:00 except from 22 december until 6 january",
         "Every Thursday at 18:00, except 22 December 2027 to 6 January 2028", "2027-03-18"),
        ("every thursday at 18:00 except december 22 through january 6 2028, until end of march",
         "Every Thursday at 18:00, except 22 December 2027 to 6 January 2028, "
         "until 31 March 2027, 2 times", "2027-03-18"),
        ("every day at 9 except 22-26 december, 31.12. and 10 march to 2 april",  # under way
         "Every day at 09:00, except 18 March to 2 April 2027, 22 to 26 December 2027 and "
         "31 December 2027", "2027-03-18"),
    ],
)  # fmt: skip
def test_a_phrase_becomes_its_rule(phrase: str, words: str, first: str) -> None:
    rule = understand_phrase(phrase, NOW, BERLIN)
    assert isinstance(rule, Recurrence)
    assert rule_sentence(rule) == words
    assert f"{rule.dtstart.date()}" == first
    if "from" not in phrase:
        assert understand_phrase(words, NOW, BERLIN) == rule


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("tomorrow at 8", "tomorrow at 08:00"),
        ("tomorrow 9", "tomorrow at 09:00"),
        ("today 18:00", "today at 18:00"),
        ("tonight at 8", "today at 20:00"),
        ("in 2 hours", "today at 15:00"),
        ("in half an hour", "today at 13:30"),
        ("in 3 days at 9", "Sat 20 March at 09:00"),
        ("in a week", "Wed 24 March at 13:00"),
        ("on friday at 9", "Fri 19 March at 09:00"),
        ("next monday at 9", "Mon 22 March at 09:00"),
        ("wednesday at 9", "Wed 24 March at 09:00"),
        ("17 march 2028 18:00", "Fri 17 March 2028 at 18:00"),
        ("Fri 17 March 2028 at 18:00", "Fri 17 March 2028 at 18:00"),
        ("may 3 at 9am", "Mon 3 May at 09:00"),
        ("2027-03-18 18:00", "tomorrow at 18:00"),
        ("17.3.2028 at 9", "Fri 17 March 2028 at 09:00"),
        ("1 march at 9", "Wed 1 March 2028 at 09:00"),
    ],
)
def test_a_phrase_becomes_its_instant(phrase: str, words: str) -> None:
    found = understand_phrase(phrase, NOW, BERLIN)
    assert isinstance(found, datetime)
    assert when_words(found, wall_clock.zone(BERLIN), NOW) == words


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("", "Say when"),
        ("whenever", '"whenever" is not understood'),
        ("every day at 9 xyz", '"xyz" is not understood'),
        ("every day at 9 or 10", '"or 10" is not understood'),
        ("every weekday at 9 not on monday", '"not on monday" is not understood'),
        ("every minute", "is not understood"),
        ("every second thursday at 9", "two ways"),
        ("biweekly on monday at 9", "two ways"),
        ("3/4 at 9", "two ways"),
        ("next friday at 9", "two ways"),
        ("wednesday at 18", "today or in a week"),
        ("every day at midnight", "Midnight"),
        ("every day", "At what time"),
        ("tomorrow", "At what time"),
        ("every week at 9", "On which weekday"),
        ("every month at 9", "On which day of the month"),
        ("every year at 9", "On which date"),
        ("at 9", "On which day"),
        ("the 12th at 9", 'Say "every month"'),
        ("every month on the 31st at 9", "Some months have no 31st"),
        ("every 29 february at 9", "Some months have no 29th"),
        ("every day at 25", "There is no time"),
        ("tomorrow 25", "There is no time"),
        ("every day 9", '"9" is not understood'),
        ("tomorrow 9 10", "is not understood"),
        ("every day at 13 pm", "There is no time"),
        ("every day at 9 at 10", "said twice"),
        ("every day every week at 9", "said twice"),
        ("every 0 days at 9", "at least every 1"),
        ("every day at 9, 0 times", "1 or more"),
        ("every day on monday at 9", "do not go together"),
        ("every day at 9 tomorrow", "do not go together"),
        ("every day at 9 on 3 may", '"from" or "until"'),
        ("every 30 february at 9", "There is no 30 February"),
        ("31 february at 9", "no such date"),
        ("tue 17 march at 18:00", "is a Wednesday"),
        ("today at 8", "is over"),
        ("3 may 2020 at 8", "is over"),
        ("3 may 9999 at 8", "ten years"),
        ("in 999 weeks", "ten years"),
        ("every day at 9 until 20 march, 4 times", "3 times, not 4"),
        ("every day at 9 except from 22 december", "Until when not?"),
        ("every day at 9 except 24 december until 6 january", '"except from" for all days'),
        ("every day at 9 except 6 may 2027 to 22 april 2027", "is before"),
        ("every day at 9 except 26 to 22 december", "The 26th is not before the 22nd"),
        ("every day at 9 except 1 may 2027 to 2 may 2028", "At most a year"),
        ("every day at 9 22 to 26 december", "not understood"),
        ("every day at 9 to 26 december", "not understood"),
        ("every day at 9 Europe/Berln", "Did you mean Europe/Berlin?"),
        ("tonight at 2", "Tonight at that hour"),
        ("every day at 9 " * 100, "a few words"),
    ],
)
def test_what_is_not_clear_is_refused_with_a_sentence(phrase: str, words: str) -> None:
    with pytest.raises(InputError) as refusal:
        understand_phrase(phrase, NOW, BERLIN)
    assert words in str(refusal.value)
    assert str(refusal.value)[-1] in ".?"


def test_the_examples_of_the_guide_are_true() -> None:
    guide = Path(__file__).parents[2] / "docs" / "scheduling.md"
    rows = re.findall(r"^\| `([^`]+)` \| (Every .+) \|$", guide.read_text("utf-8"), re.MULTILINE)
    assert len(rows) >= 5
    for phrase, words in rows:
        rule = understand_phrase(phrase, NOW, BERLIN)
        assert isinstance(rule, Recurrence)
        assert rule_sentence(rule) == words


def test_the_answer_about_short_months_may_come_from_the_page() -> None:
    rule = understand_phrase("every month on the 31st at 9", NOW, BERLIN, "last")
    assert isinstance(rule, Recurrence)
    assert rule.month_end == "last"


def test_a_zone_in_the_phrase_wins() -> None:
    rule = understand_phrase("every day at 9, america/new_york", NOW, BERLIN)
    assert isinstance(rule, Recurrence)
    assert rule.zone == "America/New_York"


@settings(max_examples=200, deadline=None)
@given(
    parts(),
    st.times(),
    st.sampled_from(["skip", "last"]),
    st.integers(0, 3000).map(lambda hours: NOW + timedelta(hours=hours)),
    st.sampled_from(ZONES),
    st.none() | st.integers(1, 40),
)
def test_the_sentence_of_a_rule_is_understood_as_that_rule(
    made: RuleParts, at: time, month_end: str, now: datetime, zone: str, count: int | None
) -> None:
    here = wall_clock.local(now, wall_clock.zone(zone))
    start = datetime.combine(here.date(), at.replace(second=0, microsecond=0))
    rule = recurrence.build(made, start, zone, recurrence.RuleEnd(count=count), month_end)
    heard = understand_phrase(rule_sentence(rule), now, zone)
    assert isinstance(heard, Recurrence)
    assert heard.parts == rule.parts
    assert heard.month_end == rule.month_end
    assert rule_sentence(heard) == rule_sentence(rule)
    assert wall_clock.instant(heard.dtstart, wall_clock.zone(zone)) > now


@settings(deadline=None)
@given(st.integers(1, 5_000_000), st.sampled_from(ZONES))
def test_the_words_of_an_instant_are_understood_as_that_instant(minutes: int, zone: str) -> None:
    where = wall_clock.zone(zone)
    wall = wall_clock.local(NOW, where) + timedelta(minutes=minutes)
    instant = wall_clock.instant(wall, where)
    if instant > NOW:
        assert understand_phrase(when_words(instant, where, NOW), NOW, zone) == instant


WORDS = [
    "every", "each", "day", "weekday", "2", "weeks", "month", "on", "the", "first", "last",
    "friday", "mon", "and", "tue", "at", "9", "18:00", "7pm", "until", "from", "1", "may", "31st",
    "february", "12", "times", "except", "tomorrow", "in", "hours", "next", "of", "0", "year",
    "24:00", "europe/berlin", "or", "29", "2028", "tonight", "noon", "-", "once", "1.5.", "daily",
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join) | st.text(max_size=40))
def test_any_words_are_understood_or_refused(phrase: str) -> None:
    try:
        meant = understand_phrase(phrase, NOW, BERLIN)
    except InputError as refusal:
        assert str(refusal)[-1] in ".?"
        return
    if isinstance(meant, Recurrence):
        again = understand_phrase(rule_sentence(meant), NOW, meant.zone)
        assert isinstance(again, Recurrence)
        assert again.parts == meant.parts
        assert recurrence.occurrences(meant, NOW, 1) or meant.exdates
    else:
        assert meant > NOW
