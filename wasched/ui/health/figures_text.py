"""The figures of Health in words."""

from dataclasses import dataclass
from datetime import datetime

from wasched.services.server.punctuality import Lateness, WaitingCounts
from wasched.ui.core import times
from wasched.ui.core.ask_all import Fault
from wasched.ui.core.rows import count_words
from wasched.ui.health.text import WAITS

_GB = 1_000_000_000
NO_BACK_UP = "None was made yet."


@dataclass(frozen=True)
class FigureLine:
    """One thing about the server and how it is."""

    term: str
    value: str
    is_wrong: bool = False  # it could not be read


def figure_line(term: str, answer: str | Fault | None) -> FigureLine:
    """What a question about a figure came to; None if it has not been answered yet."""
    if isinstance(answer, Fault):
        return FigureLine(term, answer.sentence, is_wrong=True)
    return FigureLine(term, WAITS if answer is None else answer)


def backed_up(at: datetime | None, now: datetime) -> str:
    """When the last archive was made."""
    return f"The last one was made {times.distance_words(at, now)}." if at else NO_BACK_UP


def room_words(free: int, total: int) -> str:
    """How full a disk is, in bytes."""
    return f"{free / _GB:.1f} GB of {total / _GB:.0f} GB are free."


def punctual_words(found: Lateness) -> str:
    """How late sends began."""
    if not found.sends:
        return "Figures appear after the first message."
    usual, worst = _length(found.usual_s), _length(found.worst_s)
    if found.sends == 1:
        return f"The last send began {usual} after its time."
    return (
        f"Of the last {found.sends:,} sends half began within {usual} of their time, "
        f"the latest {worst} after it."
    )


def waiting_words(found: WaitingCounts) -> str:
    """What waits, and whether it should."""
    if not found.messages:
        return "Nothing waits."
    said = count_words(found.messages, "message waits", "messages wait")
    if not found.overdue:
        return f"{said} for their time." if found.messages > 1 else f"{said} for its time."
    over = count_words(found.overdue, "is past its time", "are past their time")
    return f"{said}; {over} and stand in line or are held."


def _length(seconds: float) -> str:
    if seconds < 10:
        return f"{max(seconds, 0.1):.1f} s"
    if seconds < 120:
        return f"{seconds:.0f} s"
    minutes = seconds / 60
    return f"{minutes:.0f} minutes" if minutes < 120 else f"{minutes / 60:.0f} hours"
