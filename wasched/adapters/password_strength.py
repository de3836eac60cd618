"""How easy a password is to guess, by zxcvbn: the words, names, keys and dates that guessers try.

Loading it takes a tenth of a second and 13 MB, so nothing does before somebody chooses a password.
"""

import re
import threading
from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

from zxcvbn import matching, time_estimates, zxcvbn

from wasched.domain.strength import Strength, Weakness

_CHARACTERS = 64  # of a password: the time grows with their square, and so many are enough to tell
_LEET_WAYS = 16  # zxcvbn tries every reading of "p4$$w0rd"; some texts have so many that it hangs

_OWN_MIN = 3  # characters of an own word
_SEPARATORS = re.compile(r"[\s.,;:_@/+-]+")
_LETTERS = str.maketrans("013457$", "oieasts")

_DICTIONARIES = {
    "passwords": Weakness.COMMON,
    "user_inputs": Weakness.OWN,
    "surnames": Weakness.NAME,
    "male_names": Weakness.NAME,
    "female_names": Weakness.NAME,
}
_PATTERNS = {
    "spatial": Weakness.KEYS,
    "repeat": Weakness.REPEAT,
    "sequence": Weakness.ORDER,
    "regex": Weakness.DATE,  # zxcvbn's only one finds years
    "date": Weakness.DATE,
}

# It keeps what a person said about themselves in a variable of its module while it looks.
_one_at_a_time = threading.Lock()


class ZxcvbnStrength:
    """Looks at one password at a time, for at most about a tenth of a second."""

    def of(self, password: str, about: Sequence[str]) -> Strength | None:
        """How strong a password is; `about` is what others know of the person.

        None while another one is looked at: strangers may ask, and must not stand in line.
        """
        if not _one_at_a_time.acquire(blocking=False):
            return None
        return _look(password, about)

    def measure(self, password: str, about: Sequence[str]) -> Strength | None:
        """The same for a password that somebody is about to get; it waits for its turn."""
        _one_at_a_time.acquire()
        return _look(password, about)


def _look(password: str, about: Sequence[str]) -> Strength | None:
    """Look at it, and let the next one; None if it cannot be done."""
    try:
        return _weakest(password[:_CHARACTERS], _words(about))
    except Exception:  # a fault must keep nobody out, nor be logged: it may hold the password
        return None
    finally:
        matching.RANKED_DICTIONARIES["user_inputs"] = {}
        _one_at_a_time.release()


def _weakest(password: str, own: list[str]) -> Strength:
    """The strength of what the easiest way to guess it leaves to be guessed.

    zxcvbn takes each piece more for 10,000 times the work, so "okafor.miriam1" looks good to it.
    """
    plain = _SEPARATORS.sub("", password)
    found = [_strength(password, own)]
    if plain and plain != password:
        found.append(_strength(plain, own))
    rest = _without(_spelt(password), own)
    if rest != _spelt(password):
        found.append(Strength(_strength(rest, own).score, Weakness.OWN))
    return min(found, key=lambda one: one.score)


def _without(text: str, own: list[str]) -> str:
    """A text without the person's own words, the longest taken out first."""
    for word in sorted({_spelt(one) for one in own}, key=len, reverse=True):
        text = text.replace(word, "") if len(word) >= _OWN_MIN else text
    return text


def _spelt(text: str) -> str:
    """A text in small letters, with those that digits stand for, and nothing between them."""
    return _SEPARATORS.sub("", text.lower().translate(_LETTERS))


def _strength(text: str, own: list[str]) -> Strength:
    """How strong the parts of a text are together; its weakness is the one of the longest piece."""
    found = [zxcvbn(one, own, _CHARACTERS) for one in _parts(text)]
    pieces = sorted((one for part in found for one in part["sequence"]), key=_length)
    score = time_estimates.guesses_to_score(prod(part["guesses"] for part in found))
    return Strength(score, _weakness(pieces[-1]) if pieces else Weakness.SHORT)


def _parts(text: str) -> list[str]:
    """A text in parts with few readings each."""
    left, parts = text, []
    while left:
        end = len(left)
        while _readings(left[:end]) > _LEET_WAYS:
            end -= 1
        parts.append(left[:end])
        left = left[end:]
    return parts


def _readings(text: str) -> int:
    """In how many ways signs in a text can stand for letters."""
    used = [sum(sign in text for sign in signs) for signs in matching.L33T_TABLE.values()]
    return prod(max(count, 1) for count in used)


def _length(piece: Mapping[str, Any]) -> int:
    return len(piece["token"])


def _words(about: Sequence[str]) -> list[str]:
    """Whole entries and each longer word of them."""
    return [
        word for text in about for word in (text, *re.split(r"\W+", text)) if len(word) >= _OWN_MIN
    ]


def _weakness(part: Mapping[str, Any]) -> Weakness:
    if part["pattern"] == "dictionary":
        return _DICTIONARIES.get(part["dictionary_name"], Weakness.WORD)
    return _PATTERNS.get(part["pattern"], Weakness.SHORT)
