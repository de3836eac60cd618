"""What Settings say of a key, in words."""

from datetime import datetime

from wasched.domain.wording import join_words
from wasched.models import Scope
from wasched.services.views import KeyLine
from wasched.ui.core import times

SCOPES = (
    ("read send", "Look and send"),
    ("read", "Look only"),
    ("send", "Send only"),
    ("read send manage", "Look, send and manage"),
)
"""What a key can be for, by its scopes."""

DAYS = (("0", "Until it is revoked"), ("30", "30 days"), ("90", "90 days"), ("365", "A year"))

CONFIRMS = (
    ("yes", "It shows what it would send, and asks"),
    ("no", "It sends without asking"),
)
"""What an assistant does that has the key."""

_MAY = {Scope.READ: "looks", Scope.SEND: "sends", Scope.MANAGE: "manages"}


def about_key(one: KeyLine, zone: str, now: datetime) -> str:
    """What it may, whose it is, until when, and when it was last used."""
    may = join_words([_MAY[Scope(scope)] for scope in one.scopes])
    through = f", only {join_words(one.accounts)}" if one.accounts else ""
    unasked = [] if one.confirms else ["assistants send unasked"]
    made = f"made by {one.by} {times.when_words(one.created_at, zone, now)}"
    may_do = [f"{may.capitalize()}{through}", *unasked]
    return " · ".join([*may_do, made, _used(one, zone, now), *_end(one, zone, now)])


def _used(one: KeyLine, zone: str, now: datetime) -> str:
    if one.used_at is None:
        return "never used"
    return f"last used {times.when_words(one.used_at, zone, now)} from {one.used_from}"


def _end(one: KeyLine, zone: str, now: datetime) -> list[str]:
    if one.expires_at is None:
        return []
    until = times.when_words(one.expires_at, zone, now)
    return [f"over since {until}" if one.is_over else f"good until {until}"]
