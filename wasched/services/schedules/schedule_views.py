"""What pages show of schedules."""

from dataclasses import dataclass, field
from datetime import datetime

from wasched.domain.nudge import Nudge
from wasched.services.schedules.preview import NextTime
from wasched.services.views import HeldSend, ScheduleLine


@dataclass(frozen=True)
class Series:
    """The series of which a schedule is a date; `at` is when that goes out as usual."""

    id: int
    sentence: str
    zone: str
    at: datetime | None
    may_go_back: bool


@dataclass(frozen=True)
class ScheduleList:
    """A page of schedules, and the cursor of the next one (empty at the end)."""

    lines: list[ScheduleLine]
    next_cursor: str


@dataclass(frozen=True)
class Skipped:
    """An occurrence that is left out: its wall-clock time and its instant (UTC)."""

    local: datetime
    at: datetime


@dataclass(frozen=True)
class OwnDate:
    """A date of a series that goes on its own: its usual time, and the schedule that it is.

    `to_at` is when it goes instead; `state` is waits, gone or missed.
    """

    schedule_id: int
    local: datetime
    at: datetime
    to_at: datetime | None
    state: str
    has_other_words: bool


@dataclass(frozen=True)
class NudgeTime:
    """A nudge to come: the schedule that it is, when it goes (UTC), and whether it is paused."""

    schedule_id: int
    at: datetime
    is_paused: bool


@dataclass(frozen=True)
class ScheduleView:
    """One schedule with everything that may be done with it.

    `tally` counts all its messages by status; `last_at` is about when the last message goes of
    what is going out now, None when nothing is; `failed` counts those to send again to.
    """

    line: ScheduleLine
    late_s: int
    respects_quiet_hours: bool
    stops_on_reply: bool
    by: str
    next_times: list[NextTime] = field(default_factory=list)
    is_all: bool = False
    skipped: list[Skipped] = field(default_factory=list)
    on_their_own: list[OwnDate] = field(default_factory=list)
    series: Series | None = None
    tally: dict[str, int] = field(default_factory=dict)
    last_at: datetime | None = None
    failed: int = 0
    held: list[HeldSend] = field(default_factory=list)  # sends of it that stopped themselves
    may: list[str] = field(default_factory=list)
    nudge: Nudge | None = None  # that follows each of its times
    nudges: list[NudgeTime] = field(default_factory=list)
    has_not: str = ""  # of a nudge itself: what those have not done whom it goes to
    follows: int = 0  # the schedule that it follows
