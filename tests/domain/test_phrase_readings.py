"""Phrases that seem to say one thing mean exactly that, or are refused with the true reason."""

from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.rules import rules
from wasched.domain import recurrence, wall_clock
from wasched.domain.errors import InputError
from wasched.domain.phrases import LONGEST, read, say_rule, understand_phrase
from wasched.domain.phrases.english import ENGLISH
from wasched.domain.phrases.language import language_keywords, phrase_parser
from wasched.domain.phrases.listening import Listener
from wasched.domain.recurrence import Recurrence, wall_times
from wasched.domain.sentences import rule_sentence, when_words

BERLIN = "Europe/Berlin"
NOW = datetime(2027, 3, 17, 12, tzinfo=UTC)  # Wednesday 13:00 in Berlin
APRIL = datetime(2027, 4, 5, 10, tzinfo=UTC)
JANUARY = datetime(2027, 1, 10, 10, tzinfo=UTC)


def times(phrase: str, now: datetime, count: int, month_end: str | None = None) -> list[str]:
    """The first days of what a phrase repeats."""
    rule = understand_phrase(phrase, now, BERLIN, month_end)
    assert isinstance(rule, Recurrence)
    return [f"{one:%Y-%m-%d}" for one in islice(wall_times(rule, rule.dtstart), count)]


def refusal(phrase: str, now: datetime = NOW) -> str:
    """Why a phrase is not taken."""
    with pytest.raises(InputError) as refused:
        understand_phrase(phrase, now, BERLIN)
    return str(refused.value)


def test_no_phrase_has_two_ways_through_the_grammar() -> None:
    assert phrase_parser(ENGLISH, strict=True)  # a grammar with a conflict is refused


def test_every_piece_that_the_grammar_knows_is_heard() -> None:
    inner = {"start", "every", "every_place", "nth_number", "clock_number", "count_number"}
    rules = {rule.alias or rule.origin.name for rule in phrase_parser(ENGLISH).rules}
    links = {"joined", "comma", "either", "article"}
    pieces = {name for name in rules if name[0] != "_"} - inner - links

    assert {name for name in pieces if not hasattr(Listener, f"hear_{name}")} == set()


@pytest.mark.parametrize(
    ("phrase", "reasons"),
    [
        ("once every week on monday at 9", ("two ways", '"every week"', '", once"')),
        ("once every monday at 9", ("two ways", '"every monday"')),
        ("once every day at 9", ("two ways", '"every day"')),
        ("every day once at 9", ("two ways",)),
        ("once every month on the 1st at 9", ("two ways",)),
        ("twice every week on mon and thu at 9", ("two ways", '", twice"')),
        ("every week twice on mon and thu at 9", ("two ways",)),
        ("two times every week on mon and thu at 9", ("two ways", '", two times"')),
        ("3 times every week on mon, wed and fri at 9", ("two ways",)),
        ("once on weekdays at 9", ("two ways",)),
        ("twice on the last friday of the month at 9", ("two ways",)),
        ("once at 9 every monday", ("two ways",)),
        ("12 times every day at 9", ("two ways", '", 12 times"')),
        ("twice a week on monday at 9", ("2 times, on 1 named",)),
        ("twice a day at 9", ("2 times, on 1 named", "one schedule for each time")),
        ("every monday and every other friday at 9",
         ('"every monday"', '"every other friday"', "two schedules")),
        ("every weekday and every other saturday at 9", ("two schedules",)),
        ("every monday and every 2 weeks on friday at 9", ("two schedules",)),
        ("every 2 weeks on monday and every 3 weeks on friday at 9", ("two schedules",)),
        ("every 2nd week on monday and every friday at 9", ("two schedules",)),
        ("every day and every 2 days at 9", ("two schedules",)),
        ("second last friday of the month at 9", ("counts from the end",)),
        ("second last day of the month at 9", ("counts from the end",)),
        ("2nd last working day of the month at 9", ("counts from the end",)),
        ("first last friday of the month at 9", ("counts from the end",)),
        ("in a month on the 15th at 9", ("Name the date",)),
        ("in 2 months at 9", ("Name the date",)),
        ("in a year", ("Name the date",)),
        ("every day at 9 until today", ("18 March 2027 at 09:00", "after the end on 17 March")),
        ("every day at 18:00 from 1 april until tomorrow",
         ("1 April 2027", "after the end on 18 March 2027")),
        ("every day at 9 until 17 march", ("after the end on 17 March 2027", "year")),
        ("every month on the last day at 9 until 20 march", ("after the end on 20 March",)),
        ("every friday at 9 until june", ("two ways", '"until 31 May"', '"until end of June"')),
        ("this wednesday at 9", ("17 March 2027, 09:00 is over",)),
        ("every monday or tuesday at 9", ('"every monday or tuesday"', "leaves open which")),
        ("monday or tuesday at 9", ('"monday or tuesday"', "leaves open which")),
        ("every month on the 1st or 15th at 9", ("leaves open which",)),
        ("first or third monday of the month at 9", ("leaves open which",)),
        ("every year on 1 may or 3 may at 9", ("leaves open which",)),
        ("tomorrow or friday at 9", ("leaves open which",)),
        ("tonight at 12", ("midnight",)),
        ("tonight at 12:30", ("midnight",)),
        ("tonight at 9 am", ("not tonight",)),
        ("tonight at 15:00", ("not tonight",)),
        ("mon/wed/fri at 9", ('"mon/wed/fri"', 'Say "and"')),
        ("3 april 0900", ("with a colon",)),
        ("every day at 0900", ("with a colon",)),
        ("every day 0900", ("with a colon",)),
        ("3 april 1830", ("read as a year", "with a colon")),
        ("3/4 at 18:00", ('"3 April"', '"4 March"')),
        ("3/4/27 at 18:00", ("several ways",)),
        ("first monday of september at 9", ("Once or every year",)),
        ("every month on the first monday of september at 9", ('"every year" instead',)),
        ("tomorrow and friday at 9", ("More than one day",)),
        ("friday and 19 march at 9", ("More than one day",)),
        ("next friday at 9", ("two ways", "19 March", "26 March")),
        ("every second working day at 9", ("two ways",)),
        ("every day of the month at 9", ("which one of the month",)),
        ("every 12 march of the month at 9", ("which one of the month",)),
        ("every second day in march at 9", ("two ways", '"every 2 days"')),
        ("every year on the 1st of march and the last day of april at 9",
         ("one schedule for each",)),
        ("first monday of september 2027 at 9", ("name the date",)),
        ("every month on the 45th at 9", ("No month has a 45th",)),
        ("every 1st and 15th at 9 or the last day of shorter months",
         ("days that no month (or year) lacks",)),
        ("every friday at 9, in leap years only", ("days that no month (or year) lacks",)),
        ("tomorrow, friday, 19 march at 9", ("More than one day",)),
        ("every month on the 1st and the last friday at 9",
         ("two ways", '"the 1st friday and the last friday"')),
        ("every monday of the month at 9", ("which one of the month",)),
        ("every monday until friday at 9", ("two ways",)),
        ("every monday to friday 19 march at 9", ('"from" or "until"',)),
        ("every day at 9 through friday 1 may", ("1 May 2027 is a Saturday",)),
        ("every monday at 9 until 2028", ("a year with its day",)),
        ("every monday of may at 9", ("which one of the month",)),
        ("every day at 9 until friday", ("Until which Friday?",)),
        ("every day at", ('"at" is not understood',)),
        ("every 5th monday of the month at 9", ("first to fourth",)),
        ("5th monday of the month at 9", ("first to fourth",)),
        ("every day at 9 " + "x" * LONGEST, (f"at most {LONGEST} characters",)),
    ],
)  # fmt: skip
def test_what_is_not_surely_one_thing_is_refused_for_its_true_reason(
    phrase: str, reasons: tuple[str, ...]
) -> None:
    said = refusal(phrase)
    for reason in reasons:
        assert reason in said
    assert said[-1] in ".?"


def test_what_the_guide_calls_refused_is_refused() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "scheduling.md").read_text("utf-8")
    rows = guide.partition("| refused |")[2].partition("\n\n")[0].splitlines()[2:]
    assert len(rows) >= 8
    for row in rows:
        assert refusal(row.split("`")[1])


def test_tonight_at_twelve_is_refused_in_the_morning_as_well() -> None:
    assert "midnight" in refusal("tonight at 12", datetime(2027, 3, 17, 6, 46, tzinfo=UTC))


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("once a week on monday at 9", "Every Monday at 09:00"),
        ("twice a week on mon and thu at 9", "Every Monday and Thursday at 09:00"),
        ("12 times every monday at 9", "Every Monday at 09:00, 12 times"),
        ("every monday 12 times at 9", "Every Monday at 09:00, 12 times"),
        ("every 30th and 31st or the last day of shorter months at 9",
         "Every month on the 30th and the 31st at 09:00, or the last day of shorter months"),
        ("12 times, every monday at 9", "Every Monday at 09:00, 12 times"),
        ("every monday at 9 for 12 times", "Every Monday at 09:00, 12 times"),
        ("every monday at 9, once", "Every Monday at 09:00, once"),
        ("every monday and every friday at 9", "Every Monday and Friday at 09:00"),
        ("every first monday of september at 9",
         "Every year on the first Monday of September at 09:00"),
        ("every 1st of march and 15th of march at 9",
         "Every year on 1 March and 15 March at 09:00"),
        ("every tuesday 6pm until end of june",
         "Every Tuesday at 18:00, until 30 June 2027, 15 times"),
        ("every tuesday 6pm until the end of june 2028",
         "Every Tuesday at 18:00, until 30 June 2028, 67 times"),
        ("every day at 9 until tomorrow", "Every day at 09:00, until 18 March 2027, once"),
        ("every other weekend at 9", "Every 2 weeks on Saturday and Sunday at 09:00"),
        ("every fortnight on monday at 9", "Every 2 weeks on Monday at 09:00"),
        ("on the 1st, 2nd and last friday of every month at 9",
         "Every month on the first Friday, the second Friday and the last Friday at 09:00"),
        ("every month on the 1st, the 15th and the last day at 9",
         "Every month on the 1st, the 15th and the last day at 09:00"),
        ("every monday through friday at 9", "Every weekday at 09:00"),
        ("every day at 9 through sat 1 may", "Every day at 09:00, until 1 May 2027, 45 times"),
        ("every friday at 9 starting fri 2 april", "Every Friday at 09:00"),
        ("the 1st friday and the last friday of the month at 9",
         "Every month on the first Friday and the last Friday at 09:00"),
        ("on the first and the third monday of each month at 9",
         "Every month on the first Monday and the third Monday at 09:00"),
        ("every month on the 1st and the last day at 9",
         "Every month on the 1st and the last day at 09:00"),
        ("the fourth of july every year at 9", "Every year on 4 July at 09:00"),
        ("monday to friday at 9", "Every weekday at 09:00"),
        ("from monday till friday 9 am", "Every weekday at 09:00"),
    ],
)  # fmt: skip
def test_what_is_surely_one_thing_is_understood(phrase: str, words: str) -> None:
    rule = understand_phrase(phrase, NOW, BERLIN)
    assert isinstance(rule, Recurrence)
    assert rule_sentence(rule) == words


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("31/12 at 18:00", "Fri 31 December at 18:00"),
        ("13/4 at 9", "Tue 13 April at 09:00"),
        ("4/13/2027 at 9", "Tue 13 April at 09:00"),
        ("5/5 at 9", "Wed 5 May at 09:00"),
        ("2027/4/3 at 9", "Sat 3 April at 09:00"),
        ("this wednesday at 18", "today at 18:00"),
        ("this friday at 9", "Fri 19 March at 09:00"),
        ("friday, 19 march at 9", "Fri 19 March at 09:00"),
        ("may the 3rd at 9", "Mon 3 May at 09:00"),
        ("3rd of may 2028 at 9", "Wed 3 May 2028 at 09:00"),
        ("tomorrow, thursday at 9", "tomorrow at 09:00"),
        ("tonight at 9:30 pm", "today at 21:30"),
    ],
)
def test_a_day_that_can_only_be_one_is_understood(phrase: str, words: str) -> None:
    found = understand_phrase(phrase, NOW, BERLIN)
    assert isinstance(found, datetime)
    assert when_words(found, wall_clock.zone(BERLIN), NOW) == words


@pytest.mark.parametrize(
    ("phrase", "now", "days"),
    [
        ("every month on the 31st at 9 or the last day of shorter months", APRIL,
         ["2027-04-30", "2027-05-31", "2027-06-30"]),
        ("every 29 february at 9 or 28 february in other years", JANUARY,
         ["2027-02-28", "2028-02-29"]),
        ("every 2 months on the 31st at 9 or the last day of shorter months", APRIL,
         ["2027-04-30", "2027-06-30"]),
        ("every quarter on the 31st at 9 or the last day of shorter months", APRIL,
         ["2027-04-30", "2027-07-31"]),
        ("every month on the 31st at 9 leaving out months without it", APRIL,
         ["2027-05-31", "2027-07-31"]),
    ],
)  # fmt: skip
def test_the_first_short_month_counts(phrase: str, now: datetime, days: list[str]) -> None:
    assert times(phrase, now, len(days)) == days


def test_an_answer_about_short_months_counts_from_the_first_one() -> None:
    assert times("every 29 feb at 9", JANUARY, 1, "last") == ["2027-02-28"]


@pytest.mark.parametrize(
    ("phrase", "days"),
    [
        ("every 3 days at 9 from today", ["2027-03-20", "2027-03-23"]),
        ("every 3 months on the last weekday at 9 from 29 january 2027", ["2027-04-30"]),
        ("every 2 weeks on monday at 9 from 1 march 2027", ["2027-03-29"]),
        ("every monday at 9 from 1 march 2027", ["2027-03-22"]),
    ],
)
def test_steps_are_counted_from_a_begin_that_is_over(phrase: str, days: list[str]) -> None:
    assert times(phrase, NOW, len(days)) == days


@pytest.mark.parametrize(
    ("phrase", "now", "instant"),
    [
        ("in 90 minutes", "2027-10-30T23:50", "2027-10-31T01:20"),
        ("in 2 hours", "2027-10-30T23:30", "2027-10-31T01:30"),
        ("in an hour", "2027-10-31T00:30", "2027-10-31T01:30"),
        ("in 30 min", "2027-10-31T00:45", "2027-10-31T01:15"),
        ("in 10 min", "2027-10-31T01:05", "2027-10-31T01:15"),
        ("in 24 hours", "2027-03-27T12:00", "2027-03-28T12:00"),
        ("in 1440 minutes", "2027-10-30T12:00", "2027-10-31T12:00"),
        ("in 1441 minutes", "2027-10-30T12:00", "2027-10-31T12:01"),
        ("in a day", "2027-10-30T12:00", "2027-10-31T13:00"),
        ("in a week", "2027-10-30T12:00", "2027-11-06T13:00"),
    ],
)
def test_hours_are_hours_and_days_are_days(phrase: str, now: str, instant: str) -> None:
    found = understand_phrase(phrase, datetime.fromisoformat(now).replace(tzinfo=UTC), BERLIN)
    assert found == datetime.fromisoformat(instant).replace(tzinfo=UTC)


def test_a_zone_in_the_phrase_is_kept_for_one_time_too() -> None:
    meant = read("31 october 2027 at 1:30 utc", NOW, BERLIN)
    assert meant.at == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    assert meant.zone == "UTC"


@settings(max_examples=300, deadline=None)
@given(rules(), st.integers(0, 20), st.data())
def test_a_rule_that_is_said_and_read_again_is_the_same_rule(
    rule: Recurrence, hours: int, data: st.DataObject
) -> None:
    every = list(islice(wall_times(rule, rule.dtstart), 6))
    if not every:
        return
    first = wall_clock.instant(every[0], wall_clock.zone(rule.zone))
    if len(every) > 1 and data.draw(st.booleans()):
        rule = recurrence.without_dates(rule, data.draw(st.sampled_from(every[1:])))
        begin, days = data.draw(st.tuples(st.integers(1, 40), st.integers(0, 20)))
        for day in range(begin, begin + days):  # also such as it does not come on
            rule = recurrence.without_dates(rule, every[0] + timedelta(days=day))
    now = first - timedelta(hours=hours, minutes=1)
    again = understand_phrase(say_rule(rule), now, rule.zone)
    assert isinstance(again, Recurrence)
    assert again.dtstart == every[0]
    assert again.month_end == rule.month_end
    assert again.exdates == rule.exdates
    assert list(islice(wall_times(again, again.dtstart), 9)) == list(
        islice(wall_times(rule, rule.dtstart), 9)
    )


WORDS = sorted(
    {*ENGLISH.words, *(word for word in language_keywords(ENGLISH) if word.isalpha())}
    | {"9:00", "at 9", "1st", "15th", "31st", "3 may", "2028", "12", "5/5", ",", "7 pm"}
)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=2, max_size=9).map(" ".join))
def test_words_of_phrases_in_any_order_are_understood_or_refused(phrase: str) -> None:
    try:
        meant = understand_phrase(f"{phrase} at 9", NOW, BERLIN)
    except InputError as refused:
        assert str(refused)[-1] in ".?"
        return
    if isinstance(meant, datetime):
        assert meant > NOW
        return
    again = understand_phrase(say_rule(meant), NOW, meant.zone)
    assert isinstance(again, Recurrence)
    assert recurrence.occurrences(again, NOW, 9) == recurrence.occurrences(meant, NOW, 9)
