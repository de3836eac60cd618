"""How easy a password is to guess, and why."""

from dataclasses import dataclass
from enum import StrEnum

SCORE_MAX = 4


class Weakness(StrEnum):
    """What a guesser would try first."""

    COMMON = "common"  # a password that many people have
    WORD = "word"
    NAME = "name"
    OWN = "own"  # what the person said about themselves
    KEYS = "keys"  # neighbours on a keyboard
    REPEAT = "repeat"
    ORDER = "order"  # abc, 6543
    DATE = "date"
    SHORT = "short"  # nothing of these, only too little


@dataclass(frozen=True)
class Strength:
    """From 0, guessed at once, to SCORE_MAX; `weakness` is what to change first."""

    score: int
    weakness: Weakness
