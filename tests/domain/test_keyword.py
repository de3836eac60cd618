"""Which texts are one word, and which words are answered."""

# ruff: noqa: RUF001 - letters of other widths and scripts are what it is about

from datetime import UTC, datetime, timedelta

import pytest

from wasched.domain.keyword import (
    ANSWER_GAP,
    PastWord,
    WordAnswer,
    judge_answer,
    split_words,
    word_form,
)

NOW = datetime(2026, 3, 12, 16, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("yes", ("YES", " Yes!", "yes …", "ｙｅｓ", "yes 👍", "y\u200bes")),
        ("sí", ("Si", "SÍ.", "si\u0301")),
        ("1", ("１", "1.", "(1)", "١", "१")),
        ("+1", ("+1", " +１!")),
        ("ja", ("Ja,", "JA")),
        ("好", ("好。", "好！")),
        ("हाँ", ("हां", "हाँ।")),
        ("👍", ("👍🏽", " 👍 ", "👍\ufe0f")),
        ("straße", ("STRASSE", "Straße")),
        ("kadın", ("KADIN",)),
    ],
)
def test_a_word_is_the_same_however_it_is_written(word: str, written: tuple[str, ...]) -> None:
    assert {word_form(one) for one in written} == {word_form(word)}


def test_what_is_no_word_alone_is_none() -> None:
    assert word_form("yes, I come") != word_form("yes")
    assert len({word_form(one) for one in ("1", "+1", "-1", "1.5", "11", "👎")}) == 6
    assert word_form("…") == word_form("") or word_form("…") == "…"
    assert word_form("x" * 61) == ""
    assert split_words("yes, ja；oui\n 1 、好,,") == ["yes", "ja", "oui", "1", "好"]


def past(minutes: float | None, keyword_id: int = 1, *, is_quick: bool = False) -> PastWord:
    at = None if minutes is None else NOW - timedelta(minutes=minutes)
    return PastWord(keyword_id, is_quick, at)


HOUR = ANSWER_GAP / timedelta(minutes=1)


@pytest.mark.parametrize(
    ("before", "is_quick", "answer"),
    [
        ([], False, WordAnswer.ANSWERED),
        ([], True, WordAnswer.ANSWERED),
        ([past(None)], False, WordAnswer.ANSWERED),
        ([past(HOUR - 1, 2)], False, WordAnswer.LATELY),
        ([past(0, 2)], False, WordAnswer.LATELY),
        ([past(HOUR)], False, WordAnswer.ANSWERED),
        ([past(None, is_quick=True)], True, WordAnswer.MACHINE),
        ([past(None, is_quick=True)], False, WordAnswer.ANSWERED),
        ([past(HOUR), past(2 * HOUR)], False, WordAnswer.MACHINE),
        ([past(HOUR, 2), past(2 * HOUR, 2)], False, WordAnswer.ANSWERED),
        ([past(HOUR, 2), past(2 * HOUR, 2), past(3 * HOUR, 3)], False, WordAnswer.ENOUGH),
    ],
)
def test_nobody_is_answered_twice_in_an_hour_too_often_or_as_a_machine(
    before: list[PastWord], is_quick: bool, answer: WordAnswer
) -> None:
    assert judge_answer(NOW, 1, is_quick=is_quick, is_echo=False, past=before) is answer
    said = judge_answer(NOW, 1, is_quick=False, is_echo=True, past=[past(3 * HOUR)])
    assert said is WordAnswer.MACHINE
