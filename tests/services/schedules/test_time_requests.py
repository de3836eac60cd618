"""What is asked for about time: read into a time, or refused where it can be mended."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from wasched.domain.errors import InputError
from wasched.services.schedules.time_requests import (
    Now,
    Once,
    Phrase,
    Repetition,
    TimeRequest,
    asks_month_end,
    read_time,
)
from wasched.services.schedules.timing import RepeatChoice, When

BERLIN = "Europe/Berlin"
AT = datetime(2026, 3, 12, 16, 42, tzinfo=UTC)  # Thursday, 17:42 in Berlin
WEEKLY = RepeatChoice(date(2026, 3, 12), time(18), "week", weekdays=(3,))
MONTHLY = RepeatChoice(date(2026, 3, 31), time(18), "month")


@pytest.mark.parametrize(
    ("request_", "meant"),
    [
        (Now(BERLIN), When(None, None, BERLIN)),
        (
            Once(date(2026, 10, 25), time(2, 30), BERLIN, fold=1),
            When(date(2026, 10, 25), time(2, 30), BERLIN, fold=1),
        ),
        (Phrase("tomorrow at 9", BERLIN), When(date(2026, 3, 13), time(9), BERLIN)),
        (
            Repetition(WEEKLY, BERLIN),
            When(date(2026, 3, 12), time(18), BERLIN, "FREQ=WEEKLY;BYDAY=TH"),
        ),
    ],
)
def test_the_same_time_can_be_asked_for_in_four_ways(request_: TimeRequest, meant: When) -> None:
    assert read_time(request_, AT) == meant


@pytest.mark.parametrize(
    ("request_", "field", "sentence"),
    [
        (Now("Europe/Atlantis"), "zone", "Europe/Atlantis"),
        (Phrase(" ", BERLIN), "phrase", "Say when"),
        (Phrase("when pigs fly", BERLIN), "when", "is not understood"),
        (Phrase("on the 31st of each month at 9", BERLIN), "short_months", "shorter months"),
        (Repetition(replace(WEEKLY, weekdays=()), BERLIN), "weekdays", "at least one weekday"),
        (Repetition(replace(WEEKLY, unit="fortnight"), BERLIN), "when", "Repeat by the day"),
        (Repetition(MONTHLY, BERLIN), "short_months", "shorter months"),
    ],
)
def test_what_is_missing_is_named(request_: TimeRequest, field: str, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence) as refusal:
        read_time(request_, AT)

    assert refusal.value.field == field


@pytest.mark.parametrize(
    "request_",
    [
        Phrase("on the 31st of each month at 9", BERLIN, "last"),
        Repetition(replace(MONTHLY, month_end="last"), BERLIN),
    ],
)
def test_the_answer_about_shorter_months_is_taken_and_stays_a_question(
    request_: TimeRequest,
) -> None:
    assert read_time(request_, AT).month_end == "last"
    assert asks_month_end(request_, AT)
