"""How easy a password is to guess, by zxcvbn: the words, names, keys and dates that guessers try.

Loading it takes a tenth of a second and 13 MB, so nothing does before somebody chooses a password.
"""

import re
import threading
from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

from zxcvbn import matching, zxcvbn

from wasched.domain.strength import Strength, Weakness

_CHARACTERS = 64  # of a password: the time grows with their square, and so many are enough to tell
_LEET_WAYS = 16  # zxcvbn tries every reading of "p4$$w0rd"; some texts have so many that it hangs

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
        if not password:
            return Strength(0, Weakness.SHORT)
        if not _one_at_a_time.acquire(blocking=False):
            return None
        try:
            found = zxcvbn(_beginning(password), _words(about), max_length=_CHARACTERS)
        except Exception:  # advice is no reason to fail, nor to log what may hold the password
            return None
        finally:
            matching.RANKED_DICTIONARIES["user_inputs"] = {}
            _one_at_a_time.release()
        parts = sorted(found["sequence"], key=lambda part: len(part["token"]))
        return Strength(found["score"], _weakness(parts[-1]) if parts else Weakness.SHORT)


def _beginning(password: str) -> str:
    """As much of a password as can be looked at quickly; the rest only makes it stronger."""
    end = min(len(password), _CHARACTERS)
    while _readings(password[:end]) > _LEET_WAYS:
        end -= 1
    return password[:end]


def _readings(text: str) -> int:
    """In how many ways signs in a text can stand for letters."""
    used = [sum(sign in text for sign in signs) for signs in matching.L33T_TABLE.values()]
    return prod(max(count, 1) for count in used)


def _words(about: Sequence[str]) -> list[str]:
    """Whole entries and each longer word of them."""
    return [word for text in about for word in (text, *re.split(r"\W+", text)) if len(word) > 2]


def _weakness(part: Mapping[str, Any]) -> Weakness:
    if part["pattern"] == "dictionary":
        return _DICTIONARIES.get(part["dictionary_name"], Weakness.WORD)
    return _PATTERNS.get(part["pattern"], Weakness.SHORT)
