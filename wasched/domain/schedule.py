"""The life of a schedule: its statuses, its approval, and what a person may do with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class ScheduleStatus(StrEnum):
    """Whether a schedule still lays out messages."""

    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"  # nothing more is laid out; what is may still wait
    CANCELLED = "cancelled"


class Approval(StrEnum):
    """Whether a schedule may send: what an author writes or changes waits for approval."""

    GIVEN = ""  # or never asked for
    WAITING = "waiting"
    REFUSED = "refused"  # it is its author's turn again


LIVE_STATUSES = (ScheduleStatus.ACTIVE, ScheduleStatus.PAUSED)
"""Of schedules that still have something to come."""


class ScheduleChoice(StrEnum):
    """What a person may do with a schedule; pages offer it in this order."""

    EDIT = "edit"
    PAUSE = "pause"
    RESUME = "resume"
    SKIP = "skip"  # the next one, or one of those to come
    UNSKIP = "unskip"
    SEND_NOW = "send_now"  # the next one, ahead of its time
    RESEND = "resend"  # to those whom the last one did not reach
    USUAL = "usual"  # a date that goes on its own, back to how its series goes
    DUPLICATE = "duplicate"
    END = "end"  # repeat no more
    CANCEL = "cancel"


_ALL = frozenset(ScheduleStatus)
_LIVE = frozenset(LIVE_STATUSES)
_KEPT = _ALL - {ScheduleStatus.CANCELLED}

SCHEDULE_CHOICES: Mapping[ScheduleChoice, frozenset[ScheduleStatus]] = {
    ScheduleChoice.EDIT: _KEPT,
    ScheduleChoice.PAUSE: _KEPT - {ScheduleStatus.PAUSED},
    ScheduleChoice.RESUME: frozenset({ScheduleStatus.PAUSED}),
    ScheduleChoice.SKIP: _LIVE,
    ScheduleChoice.UNSKIP: _KEPT,
    ScheduleChoice.SEND_NOW: _KEPT,
    ScheduleChoice.RESEND: _ALL,
    ScheduleChoice.USUAL: _KEPT,
    ScheduleChoice.DUPLICATE: _ALL,
    ScheduleChoice.END: _LIVE,
    ScheduleChoice.CANCEL: _KEPT,
}
"""The statuses in which each may be done; whatever door it comes by, all others are refused."""


@dataclass(frozen=True)
class ScheduleStanding:
    """How a schedule stands: its status, and all else that decides what is worth offering."""

    status: str
    approval: str
    repeats: bool
    waits: bool  # messages are laid out that have not gone
    has_failed: bool  # the last one, for somebody
    has_next: bool  # a time to come of which nothing has gone
    has_left_out: bool  # a time to come that may be taken in again
    may_go_back: bool  # to how its series goes

    @property
    def is_live(self) -> bool:
        """True if something of it is still to come."""
        return self.status in LIVE_STATUSES

    @property
    def is_approved(self) -> bool:
        """True if it may send."""
        return self.approval == Approval.GIVEN


_BESIDES: Mapping[ScheduleChoice, Callable[[ScheduleStanding], bool]] = {
    ScheduleChoice.EDIT: lambda one: one.is_live or one.waits or not one.is_approved,
    ScheduleChoice.PAUSE: lambda one: one.is_live or one.waits,
    ScheduleChoice.SKIP: lambda one: one.repeats and one.has_next,
    ScheduleChoice.UNSKIP: lambda one: one.has_left_out,
    ScheduleChoice.SEND_NOW: lambda one: one.waits and one.is_approved,
    ScheduleChoice.RESEND: lambda one: one.has_failed and one.is_approved,
    ScheduleChoice.USUAL: lambda one: one.may_go_back,
    ScheduleChoice.END: lambda one: one.repeats,
    ScheduleChoice.CANCEL: lambda one: one.is_live or one.waits or one.approval == Approval.REFUSED,
}
"""What has to be so besides the status."""


def offered_choices(standing: ScheduleStanding) -> list[ScheduleChoice]:
    """What a person may do with a schedule that stands so."""
    return [
        choice
        for choice, statuses in SCHEDULE_CHOICES.items()
        if standing.status in statuses and (choice not in _BESIDES or _BESIDES[choice](standing))
    ]
