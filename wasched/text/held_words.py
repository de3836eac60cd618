"""Sends that stopped themselves, in English: what was seen of them."""

from typing import Protocol

from wasched.domain.early_stop import Measure, Tally
from wasched.text.number_health_words import percent

_SEEN = {
    Measure.REFUSED: "{bad} of the first {seen} were refused, usually {usual}.",
    Measure.SLOW: "{bad} of the first {seen} were not on a phone after two minutes, usually "
    "{usual}.",
    Measure.UNDELIVERED: "{bad} of the first {seen} were not on a phone after ten minutes, "
    "usually {usual}.",
}


class HeldLike(Protocol):
    """What was seen of a send, beside the four weeks before it."""

    @property
    def measure(self) -> str: ...
    @property
    def bad(self) -> int: ...
    @property
    def seen(self) -> int: ...
    @property
    def past_bad(self) -> int: ...
    @property
    def past_seen(self) -> int: ...


def what_was_seen(one: HeldLike) -> str:
    """What went badly, in one sentence."""
    usual = percent(Tally(one.past_bad, one.past_seen))
    return _SEEN[Measure(one.measure)].format(bad=one.bad, seen=one.seen, usual=usual)
