"""Reasons for tests: made of words, and read as a person reads them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from wasched.domain.errors import WaschedError
from wasched.domain.reasons import Code, Reason, because
from wasched.text.reasons import reason_sentence
from wasched.text.refusals import error_sentence


@contextmanager
def refuses(error: type[WaschedError], match: str) -> Iterator[pytest.ExceptionInfo[WaschedError]]:
    """Something is refused with words that people read, of which this is a pattern."""
    with pytest.raises(error) as refusal:
        yield refusal
    said = error_sentence(refusal.value)
    assert re.search(match, said), said


def said(text: str) -> Reason:
    """A reason of these words."""
    return because(Code.SAID, text=text)


def words(one: Reason, zone: str = "UTC", now: datetime | None = None) -> str:
    """What a person in that zone reads."""
    return reason_sentence(one, zone, now or datetime.now(UTC))
