"""The figures of Health in words."""

from dataclasses import dataclass
from datetime import datetime

from wasched.domain.version import VERSION
from wasched.services.figures import Figures
from wasched.ui import times
from wasched.ui.rows import counted

_GB = 1_000_000_000
NO_BACK_UP = "None was made with the backup command yet."


@dataclass(frozen=True)
class FigureLine:
    """One thing about the server and how it is."""

    term: str
    value: str


def lines(found: Figures) -> list[FigureLine]:
    """What everybody sees: of their own messages."""
    return [
        FigureLine("On time", _punctual(found)),
        FigureLine("Waiting", _waiting(found)),
        FigureLine("Version", VERSION),
    ]


def owners(
    disk: tuple[int, int] | None, backed_up_at: datetime | None, now: datetime
) -> list[FigureLine]:
    """What only the owner sees: the disk, in free and all bytes, and the last back-up."""
    return [
        FigureLine("Disk", _room(disk)),
        FigureLine("Back-up", backed_up(backed_up_at, now)),
    ]


def backed_up(at: datetime | None, now: datetime) -> str:
    """When the last archive was made."""
    return f"The last one was made {times.distance(at, now)}." if at else NO_BACK_UP


def _room(disk: tuple[int, int] | None) -> str:
    if disk is None:
        return "It cannot be read."
    return f"{disk[0] / _GB:.1f} GB of {disk[1] / _GB:.0f} GB are free."


def _punctual(found: Figures) -> str:
    if not found.sends:
        return "Figures appear after the first message."
    usual, worst = _length(found.usual_s), _length(found.worst_s)
    if found.sends == 1:
        return f"The last send began {usual} after its time."
    return (
        f"Of the last {found.sends:,} sends half began within {usual} of their time, "
        f"the latest {worst} after it."
    )


def _waiting(found: Figures) -> str:
    if not found.waiting:
        return "Nothing waits."
    said = counted(found.waiting, "message waits", "messages wait")
    if not found.overdue:
        return f"{said} for their time." if found.waiting > 1 else f"{said} for its time."
    over = counted(found.overdue, "is past its time", "are past their time")
    return f"{said}; {over} and stand in line or are held."


def _length(seconds: float) -> str:
    if seconds < 10:
        return f"{max(seconds, 0.1):.1f} s"
    if seconds < 120:
        return f"{seconds:.0f} s"
    minutes = seconds / 60
    return f"{minutes:.0f} minutes" if minutes < 120 else f"{minutes / 60:.0f} hours"
