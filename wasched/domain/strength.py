"""How easy a password is to guess, and why."""

from dataclasses import dataclass
from enum import StrEnum

SCORE_MAX = 4
_GOOD = SCORE_MAX - 1
_TAKEN = 2  # what is below falls to a million guesses: Dropbox's zxcvbn, "score"
_OF_THIS_SERVER = ("wasched", "whatsapp")


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

    @property
    def is_good(self) -> bool:
        """True if nothing better has to be asked for."""
        return self.score >= _GOOD

    @property
    def is_refused(self) -> bool:
        """True if it would be guessed so soon that it keeps nobody out."""
        return self.score < _TAKEN


_WEAKNESSES = {
    Weakness.COMMON: "many passwords have such a word",
    Weakness.WORD: "a common word",
    Weakness.NAME: "a common name",
    Weakness.OWN: "your own name or e-mail",
    Weakness.KEYS: "keys side by side",
    Weakness.REPEAT: "the same again and again",
    Weakness.ORDER: "letters or numbers in their order",
    Weakness.DATE: "a date or a year",
    Weakness.SHORT: "too short for what it is made of",
}


def known_words(name: str, email: str) -> tuple[str, ...]:
    """What guessers of a person's password here would try."""
    return (name, email, *_OF_THIS_SERVER)


def strength_sentence(found: Strength) -> str:
    """How strong a password is, in words, and how to mend a weak one."""
    if found.is_good:
        return "Very good." if found.score == SCORE_MAX else "Good."
    how = "Easy to guess" if found.is_refused else "Quite easy to guess"
    return f"{how}: {_WEAKNESSES[found.weakness]}. Add another word or two."
