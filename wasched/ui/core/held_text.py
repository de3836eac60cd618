"""Sends that stopped themselves, in words for Home."""

from datetime import datetime

from wasched.domain.wording import count_words
from wasched.services.views import HeldSend
from wasched.text.held_words import what_was_seen
from wasched.ui.core import times


def held_title(one: HeldSend) -> str:
    """What happened."""
    return f"A send through {one.account} went badly and stopped itself"


def held_sentence(one: HeldSend, zone: str, now: datetime) -> str:
    """What was seen, how much waits, and by when it has to be decided."""
    waits = count_words(one.waiting, "message waits", "messages wait")
    until = times.when_words(one.late_at, zone, now)
    return f"{what_was_seen(one)} {waits}: what has not gone on by {until} is missed."


def rest_question(one: HeldSend) -> str:
    """Before the rest is taken back."""
    return f"Take back {count_words(one.waiting, 'message', 'messages')}?"
