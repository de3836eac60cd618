"""What a refusal says to its reader, in English."""

from datetime import UTC, datetime

from wasched.domain.errors import InputError, WaschedError
from wasched.text.reasons import reason_sentence

_NO_INSTANT = datetime(1970, 1, 1, tzinfo=UTC)
"""Refusals tell of no time of day, so they need to know neither a zone nor the hour."""


def error_sentence(error: WaschedError) -> str:
    """What is wrong, and how to mend it."""
    if isinstance(error, InputError):
        return reason_sentence(error.reason, "UTC", _NO_INSTANT)
    return str(error)
