"""Reasons for tests: made of words, and read as a person reads them."""

from datetime import UTC, datetime

from wasched.domain.reasons import Code, Reason, because
from wasched.text.reasons import reason_sentence


def said(text: str) -> Reason:
    """A reason of these words."""
    return because(Code.SAID, text=text)


def words(one: Reason, zone: str = "UTC", now: datetime | None = None) -> str:
    """What a person in that zone reads."""
    return reason_sentence(one, zone, now or datetime.now(UTC))
