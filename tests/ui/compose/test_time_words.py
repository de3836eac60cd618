"""Times in words and in fields: whichever is filled in, the other says the same."""

from datetime import UTC, datetime

import pytest

from wasched.ui.compose import time_fields, time_words
from wasched.ui.compose.time_fields import NOW, ONCE, REPEAT, TYPED, Fields

AT = datetime(2026, 11, 29, 18, 3, tzinfo=UTC)  # a Sunday
EMPTY = Fields(zone="Europe/Berlin")


@pytest.mark.parametrize(
    ("words", "mode", "day", "clock"),
    [
        ("tomorrow 18:00", ONCE, "2026-11-30", "18:00"),
        ("in 2 hours", ONCE, "2026-11-29", "21:03"),
        ("every other tuesday at 9", REPEAT, "2026-12-01", "09:00"),
        ("every day at 9, 3 times", REPEAT, "2026-11-30", "09:00"),
        ("Now", NOW, "", ""),
    ],
)
def test_words_fill_the_fields_that_mean_the_same(
    words: str, mode: str, day: str, clock: str
) -> None:
    fields = time_words.fields_for(words, EMPTY, AT)

    assert (fields.mode, fields.day, fields.clock, fields.phrase) == (mode, day, clock, "")


@pytest.mark.parametrize(
    "words",
    [
        "every day at 9 except on 24 December",
        "on the 31st of each month at 9",
        "when pigs fly",
        "in 90 seconds",
    ],
)
def test_what_no_field_can_say_stays_as_it_was_typed(words: str) -> None:
    fields = time_words.fields_for(words, EMPTY, AT)

    assert (fields.mode, fields.phrase) == (TYPED, words)


def test_the_answer_about_shorter_months_is_all_that_a_phrase_still_needed() -> None:
    at = datetime(2026, 12, 29, 8, tzinfo=UTC)
    asked = time_words.fields_for("on the 31st of each month at 9", EMPTY, at)
    answered = time_words.chosen_words(
        time_fields.time_changed(asked, "short_months", "last", at), at
    )

    assert (answered.mode, answered.unit, answered.short_months) == (REPEAT, "month", "last")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("tomorrow 18:00", "30 November 2026 at 18:00"),
        ("every weekday at 9", "Every weekday at 09:00, from 30 November 2026"),
        ("now", "now"),
    ],
)
def test_fields_say_in_words_what_means_them_again(words: str, said: str) -> None:
    fields = time_words.fields_for(words, EMPTY, AT)

    assert time_words.words_for(fields, AT) == said
    assert time_words.fields_for(said, EMPTY, AT) == fields


def test_no_words_choose_no_time() -> None:
    fields = time_words.fields_for("tomorrow 18:00", EMPTY, AT)

    assert time_words.fields_for(" ", fields, AT) == EMPTY
    assert time_words.words_for(EMPTY, AT) == ""
