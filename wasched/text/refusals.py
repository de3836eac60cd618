"""What a refusal says to its reader, in English."""

from datetime import UTC, datetime

from wasched.domain.errors import InputError, WaschedError
from wasched.domain.reasons import Reason
from wasched.text.reasons import reason_sentence

_NO_INSTANT = datetime(1970, 1, 1, tzinfo=UTC)


def error_sentence(error: WaschedError) -> str:
    """What is wrong, and how to mend it."""
    return plain_sentence(error.reason) if isinstance(error, InputError) else str(error)


def plain_sentence(reason: Reason) -> str:
    """What a reason says that tells of no instant: it depends neither on a zone nor on the hour."""
    return reason_sentence(reason, "UTC", _NO_INSTANT)
