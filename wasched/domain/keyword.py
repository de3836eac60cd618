"""Keywords: words standing alone that people write back, what they do, and when one is answered."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from wasched.domain.plain_words import plain_words

WORD_MAX = 60
"""Characters; a longer text is a letter, not a word standing alone."""

ANSWER_GAP = timedelta(hours=1)
"""Nobody gets two answers within this."""

ANSWERS_A_DAY = 3
"""So many answers somebody gets within a day, at most."""

SAME_A_DAY = 2
"""So many of them to one and the same keyword."""

QUICK = timedelta(seconds=2)
"""Whoever writes back sooner than this, twice within a day, is taken for a machine."""

DAY = timedelta(days=1)
"""A word that is older is not answered, and an answer does not go out later than this."""

_SEPARATORS = re.compile(r"[,;\n\u060c\u061b\u3001\uff0c\uff1b]")
_SIGNED = re.compile(r"\s*([+\-\u2212])\d")
_DRESS = re.compile("[\\s\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")
"""Spaces, how an emoji is shown, and the colour of its skin."""


class ListMove(StrEnum):
    """What a keyword does with a list."""

    NONE = ""
    INTO = "into"
    OUT = "out"


class WordAnswer(StrEnum):
    """Whether a word was answered, else why not."""

    NONE = ""  # the keyword has no answer
    ANSWERED = "answered"
    LATELY = "lately"  # they had an answer within the hour, or one waits for them still
    ENOUGH = "enough"  # they had as many as anybody gets in a day
    MACHINE = "machine"  # a machine seems to write there
    OPTED_OUT = "opted_out"  # they want no more messages
    OLD = "old"  # it came to be known too late


@dataclass(frozen=True)
class PastWord:
    """A word that somebody wrote within the last day.

    `is_quick`: it came sooner after our message than people write. `answered_at`: when its answer
    went; now, while it waits; None if it has none.
    """

    keyword_id: int
    is_quick: bool
    answered_at: datetime | None


@dataclass(frozen=True)
class Handled:
    """What a word did, as it is told; empty for what it did not do."""

    field: str = ""
    value: str = ""
    list_name: str = ""
    move: str = ListMove.NONE
    answer: str = WordAnswer.NONE


NOTHING_DONE = Handled()
"""Of a text that is no keyword."""


def split_words(typed: str) -> list[str]:
    """The words of a keyword as somebody typed them, apart by commas or lines."""
    return [word for one in _SEPARATORS.split(typed) if (word := " ".join(one.split()))]


def word_form(text: str) -> str:
    """What a word is compared by; empty for what is no word standing alone.

    Case, accents, width and punctuation make no difference, and digits of all scripts are the
    same; a sign before a number does. What has no letters, such as an emoji, stands for itself.
    """
    if len(text) > WORD_MAX:
        return ""
    if plain := plain_words(text):
        sign = _SIGNED.match(text)
        return plain if sign is None else sign[1].replace("\u2212", "-") + plain
    return _DRESS.sub("", text)


def judge_answer(
    now: datetime, keyword_id: int, *, is_quick: bool, is_echo: bool, past: Sequence[PastWord]
) -> WordAnswer:
    """Say whether a word is answered, given what the same person wrote within the last day.

    `past` begins with the latest. `is_echo`: it is what they wrote before, and comes after the
    answer to that. However two machines answer each other, one of these ends it.
    """
    answered = [one for one in past if one.answered_at is not None]
    if any(now - one.answered_at < ANSWER_GAP for one in answered if one.answered_at):
        return WordAnswer.LATELY
    if is_echo or (is_quick and any(one.is_quick for one in past)):
        return WordAnswer.MACHINE
    if sum(one.keyword_id == keyword_id for one in answered) >= SAME_A_DAY:
        return WordAnswer.MACHINE
    return WordAnswer.ENOUGH if len(answered) >= ANSWERS_A_DAY else WordAnswer.ANSWERED
