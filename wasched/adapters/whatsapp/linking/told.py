"""What a round of linking tells while it goes on, and what it is told."""

from dataclasses import dataclass
from typing import Any

from wasched.domain.reasons import Reason


@dataclass(frozen=True)
class ScanCode:
    """Show this until the next one."""

    text: str
    lasts_s: float


@dataclass(frozen=True)
class TypeCode:
    """Let this be typed on the phone with that number."""

    text: str
    phone: str


@dataclass(frozen=True)
class NoCode:
    """WhatsApp gave no number code."""

    phone: str
    reason: Reason


@dataclass(frozen=True)
class PasskeyRequest:
    """The account's owner has to show a passkey within this time."""

    options: dict[str, Any]
    lasts_s: float


@dataclass(frozen=True)
class AnswerRefused:
    """This answer was of no use; another may follow."""

    reason: Reason


@dataclass(frozen=True)
class AnswerTaken:
    """WhatsApp has accepted the passkey; the phone is next."""


@dataclass(frozen=True)
class Comparison:
    """The phone may show a code; if `must_confirm`, a person has to say that it is this one."""

    text: str
    must_confirm: bool


@dataclass(frozen=True)
class Linked:
    """Done: the library may open the session."""

    jid: str
    by_passkey: bool


Told = (
    ScanCode
    | TypeCode
    | NoCode
    | PasskeyRequest
    | AnswerRefused
    | AnswerTaken
    | Comparison
    | Linked
)


@dataclass(frozen=True)
class WantCode:
    """Ask for a number code for this number (E.164)."""

    phone: str


@dataclass(frozen=True)
class Answer:
    """What the browser gave for the passkey request."""

    text: str


@dataclass(frozen=True)
class Compared:
    """Whether the phone shows the same code."""

    is_same: bool


@dataclass(frozen=True)
class Stop:
    """Give up."""


Wish = WantCode | Answer | Compared | Stop
