"""Asking for no more messages: one word, standing alone, in many languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wasched.domain.opt_out import WORDS, asks_to_stop

EVERY_WORD = sorted({word for words in WORDS.values() for word in words})


def test_there_are_words_in_twenty_languages() -> None:
    assert len(WORDS) >= 20


@pytest.mark.parametrize("word", EVERY_WORD)
def test_each_word_stops_in_any_case_and_with_punctuation(word: str) -> None:
    for said in (word, word.upper(), word.title(), f"  {word}!! ", f"«{word}».", f"{word} 🙏"):
        assert asks_to_stop(said), said


@pytest.mark.parametrize(
    "said",
    ["\uff33\uff34\uff2f\uff30", "s\u200bt\u200bop", "STOP STOP STOP", "İPTAL", "ARRÊTER",
     "arreter", "*STOP*", "STOP\n", "opt-out", "Désinscription", "OPT OUT.", "stop, stop!"],
)  # fmt: skip
def test_other_ways_to_write_it_stop_as_well(said: str) -> None:
    assert asks_to_stop(said)


@pytest.mark.parametrize(
    "said",
    ["don't stop the music", "non-stop", "The bus stop", "stop it you two", "unstoppable", "",
     "👍", "When does it end?", "stopover", "the end", "I cancel", "weekend", "stopstop",
     "STOP the 14:00 one, keep the others", "acha", "ok", "1", "yes", "нестоп", "今天停止吗"],
)  # fmt: skip
def test_words_within_a_sentence_do_not_stop_anything(said: str) -> None:
    assert not asks_to_stop(said)


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    assert asks_to_stop(text) in (True, False)


@given(st.sampled_from(EVERY_WORD), st.text("abcxyz", min_size=3, max_size=20))
def test_a_word_with_another_one_does_not_stop(word: str, other: str) -> None:
    assert not asks_to_stop(f"{other} {word} {other}")
