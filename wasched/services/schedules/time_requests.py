"""What a door hands in about time: now, a wall-clock time, a phrase, or a repetition."""

from dataclasses import dataclass
from datetime import date, datetime, time

from wasched.domain import wall_clock
from wasched.domain.errors import InputError
from wasched.services.schedules import timing
from wasched.services.schedules.timing import RepeatChoice, When

_ASKS = "Say what happens in shorter months."


@dataclass(frozen=True)
class Now:
    """As soon as it can; `zone` is the IANA name by which its time is told."""

    zone: str


@dataclass(frozen=True)
class Once:
    """Wall time in an IANA zone; `fold` is that of When."""

    day: date
    clock: time
    zone: str
    fold: int = 0


@dataclass(frozen=True)
class Phrase:
    """Words such as "every weekday at 9", read in an IANA zone.

    `month_end` ("last" or "skip") answers for months that lack the day, None if nobody was asked.
    """

    text: str
    zone: str
    month_end: str | None = None


@dataclass(frozen=True)
class Repetition:
    """A repetition that was chosen, in an IANA zone."""

    choice: RepeatChoice
    zone: str


TimeRequest = Now | Once | Phrase | Repetition


def read_time(request: TimeRequest, now: datetime) -> When:
    """What a request means, read at an instant (UTC); InputError names what of it to mend.

    The field is zone, phrase, weekdays or short_months, or "when" for the time as a whole.
    """
    wall_clock.zone(request.zone)
    match request:
        case Now(zone=zone):
            return When(None, None, zone)
        case Once(day=day, clock=clock, zone=zone, fold=fold):
            return When(day, clock, zone, fold=fold)
        case Phrase(text=text):
            if not text.strip():
                raise InputError("phrase", "Say when, as in “every weekday at 9”.")
            if request.month_end is None and asks_month_end(request, now):
                raise InputError("short_months", _ASKS)
            return timing.when_typed(text, now, request.zone, request.month_end)
        case Repetition(choice=choice, zone=zone):
            if choice.month_end is None and timing.lacks_days(choice, zone):
                raise InputError("short_months", _ASKS)
            return timing.when_chosen(choice, zone, now)


def asks_month_end(request: TimeRequest, now: datetime) -> bool:
    """Say whether what happens in months that lack the day is to be asked, or was.

    InputError for a repetition that cannot be.
    """
    match request:
        case Phrase(text=text, zone=zone):
            return timing.asks_month_end(text, now, zone)
        case Repetition(choice=choice, zone=zone):
            return timing.lacks_days(choice, zone)
        case _:
            return False
