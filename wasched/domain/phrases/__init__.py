"""Common phrases about time, understood as one rule or one instant, or refused."""

import re
from dataclasses import dataclass
from datetime import datetime

from wasched.domain import wall_clock
from wasched.domain.phrases import meaning, moment
from wasched.domain.phrases.english import ENGLISH
from wasched.domain.phrases.language import phrase_parser, phrase_pieces
from wasched.domain.phrases.listening import listen_to_pieces
from wasched.domain.phrases.pieces import EXAMPLES, PhraseError, PhraseParts
from wasched.domain.phrases.said import say_rule
from wasched.domain.recurrence import Recurrence

__all__ = [
    "LONGEST",
    "Meaning",
    "PhraseError",
    "prepare_parser",
    "read",
    "say_rule",
    "understand_phrase",
]

LONGEST = 500
"""Characters of a phrase."""


@dataclass(frozen=True)
class Meaning:
    """What a phrase means in an IANA zone: a rule, or else one instant (UTC)."""

    zone: str
    rule: Recurrence | None = None
    at: datetime | None = None


def understand_phrase(
    text: str, now: datetime, zone: str, month_end: str | None = None
) -> Recurrence | datetime:
    """The rule of a phrase such as "every weekday at 9", or the instant (UTC) of "tomorrow at 8".

    The same as `read`, for whom the zone does not matter.
    """
    meant = read(text, now, zone, month_end)
    found = meant.rule or meant.at
    assert found is not None
    return found


def read(text: str, now: datetime, zone: str, month_end: str | None = None) -> Meaning:
    """What a phrase means, read at an instant.

    `zone` is the IANA zone meant unless the phrase names one; `month_end` ("last" or "skip")
    answers what happens in months without a 31st if the phrase does not. PhraseError quotes
    what is not understood, asks for what is missing, and says what can be read in two ways;
    RuleError and UnknownZone likewise: all are InputErrors with a sentence.
    """
    said = _hear(_plain(text))
    where = said.zone or zone
    wall_clock.zone(where)
    if meaning.is_repeating(said):
        return Meaning(where, rule=meaning.rule_of_phrase(said, now, where, month_end))
    return Meaning(where, at=moment.once_at(said, now, where))


def prepare_parser() -> None:
    """Make the parser, which takes half a second, before somebody waits for it."""
    phrase_parser(ENGLISH)


def _hear(text: str) -> PhraseParts:
    if not text:
        raise PhraseError(f"Say when in a few words, as in {EXAMPLES}.")
    if len(text) > LONGEST:
        raise PhraseError(
            f"Say when in a few words: at most {LONGEST} characters, as in {EXAMPLES}."
        )
    return listen_to_pieces(text, phrase_pieces(ENGLISH, text))


def _plain(text: str) -> str:
    """The phrase in lower case and plain signs, without a full stop at the end."""
    signs = text.lower().replace("&", " and ").replace(";", ",").replace("\u2013", "-")
    words = " ".join(signs.split()).strip("!?, ")
    return words if re.search(r"\d\.\d{1,2}\.$", words) else words.rstrip(". ")
