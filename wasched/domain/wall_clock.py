"""Wall clocks of IANA zones: from local time to an instant and back, across clock changes."""

import difflib
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wasched.domain.errors import InputError

Zone = ZoneInfo
"""A time zone, as `zone` gives it; nobody else reads zone data (ruff says so)."""

_AS_IN = "Write it as in Europe/Berlin."
_OF_WINDOWS = re.compile(r"\b(?:standard|daylight|summer) time$", re.IGNORECASE)
_CLOSE = 0.75
_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)


class UnknownZone(InputError):  # noqa: N818 - reads as a sentence where it is caught
    """There is no such IANA time zone."""

    def __init__(self, sentence: str) -> None:
        super().__init__("zone", sentence)


class Direction(StrEnum):
    """Which way the clocks go."""

    FORWARD = "forward"
    BACK = "back"


@dataclass(frozen=True)
class ClockChange:
    """The clocks of a zone change at `instant` (UTC), by `minutes`, on `day` by the old clock."""

    instant: datetime
    day: date
    direction: Direction
    minutes: int

    @property
    def sentence(self) -> str:
        """What happens, as in: Clocks go forward on 29 March."""
        return f"Clocks go {self.direction} on {self.day.day} {self.day:%B}"


class ShiftKind(StrEnum):
    """What a clock change does to a wall-clock time."""

    NONE = "none"  # it comes once
    GAP = "gap"  # it is skipped: the clocks jump over it
    FOLD = "fold"  # it comes twice: the clocks go back over it


@dataclass(frozen=True)
class Shift:
    """What becomes of a wall-clock time: the time it goes out, and a sentence unless it stays."""

    kind: ShiftKind
    goes_out: datetime
    sentence: str


@cache
def zone(name: str) -> ZoneInfo:
    """The zone of an IANA name, from the tzdata package; UnknownZone if there is none.

    The package comes before the system's own files, so that one edition decides everywhere.
    """
    if name not in zone_names():
        raise UnknownZone(_unknown(name))
    *folders, last = name.split("/")
    try:
        file = resources.files("tzdata").joinpath("zoneinfo", *folders, last)
        with file.open("rb") as stream:
            return ZoneInfo.from_file(stream, key=name)
    except (ModuleNotFoundError, FileNotFoundError):
        return _of_the_system(name)


@cache
def zone_names() -> frozenset[str]:
    """Every zone name a person may choose."""
    listed = resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8")
    return frozenset(listed.split())


def instant(local: datetime, zone: ZoneInfo, fold: int = 0) -> datetime:
    """The instant (UTC) of a naive wall-clock time.

    A time that does not exist moves forward by the gap, one that comes twice is the first:
    both follow from `fold=0` (PEP 495, RFC 5545 section 3.3.5). With `fold=1` it is the second.
    """
    first = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    return max(first, local.replace(tzinfo=zone, fold=fold).astimezone(UTC))


def coming_instant(local: datetime, zone: ZoneInfo, after: datetime) -> datetime:
    """The instant (UTC) of a naive wall-clock time: the second one if only the first is over."""
    first, second = instant(local, zone), instant(local, zone, fold=1)
    return second if first < after <= second else first


def fold(instant: datetime, zone: ZoneInfo) -> int:
    """1 if the wall clock shows at an instant what it showed before, since it was set back."""
    return instant.astimezone(zone).fold


def local(instant: datetime, zone: ZoneInfo) -> datetime:
    """What the wall clock shows at an instant, naive."""
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


def midnight(now: datetime, zone: ZoneInfo) -> datetime:
    """The instant at which the local day of `now` began."""
    return instant(datetime.combine(local(now, zone), time()), zone)


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """The instant (UTC) at which a day begins."""
    return instant(datetime.combine(day, time()), zone)


def next_midnight(now: datetime, zone: ZoneInfo) -> datetime:
    """The instant at which the local day after that of `now` begins."""
    return instant(datetime.combine(local(now, zone), time()) + _DAY, zone)


def next_time(now: datetime, at: time, zone: ZoneInfo) -> datetime:
    """The first instant after `now` at which the wall clock comes to `at`, or jumps over it."""
    today = local(now, zone).date()
    candidates = (
        moment
        for days in range(-1, 3)
        for moment in _arrivals(datetime.combine(today + days * _DAY, at), zone)
    )
    return min(moment for moment in candidates if moment > now)


def clock_change_between(a: datetime, b: datetime, zone: ZoneInfo) -> ClockChange | None:
    """The last clock change after `a` and until `b`; None if the clocks agree at both.

    Two changes that cancel each other (a year apart, say) leave nothing to tell.
    """
    if _offset(a, zone) == _offset(b, zone):
        return None
    end = b
    while (start := max(end - _DAY, a)) >= a:
        if _offset(start, zone) != _offset(end, zone):
            return _change_within(start, end, zone)
        end = start
    raise AssertionError("two different offsets have a change between them")


def clock_shift(local: datetime, zone: ZoneInfo, fold: int = 0) -> Shift:
    """Say whether a naive wall-clock time is skipped or comes twice, and what happens then.

    With `fold=1` the second time is meant of one that comes twice.
    """
    before = _as_offset(local, zone, fold=0)
    after = _as_offset(local, zone, fold=1)
    goes_out = _wall(instant(local, zone, fold), zone)
    if before == after:
        return Shift(ShiftKind.NONE, goes_out, "")
    on = f"On {local.day} {local:%B}"
    if before > after:
        which = "second" if fold else "first"
        twice = f"{on} {local:%H:%M} comes twice; it goes out once, the {which} time."
        return Shift(ShiftKind.FOLD, goes_out, twice)
    turn = _jump(local, zone)
    old, new = (turn + before).replace(tzinfo=None), (turn + after).replace(tzinfo=None)
    sentence = (
        f"{on} the clocks jump from {old:%H:%M} to {new:%H:%M}, "
        f"so {local:%H:%M} becomes {goes_out:%H:%M}."
    )
    return Shift(ShiftKind.GAP, goes_out, sentence)


def _wall(moment: datetime, where: ZoneInfo) -> datetime:
    return moment.astimezone(where).replace(tzinfo=None, fold=0)


def _unknown(name: str) -> str:
    if _OF_WINDOWS.search(name):
        return (
            f'"{name}" is what Windows calls a time zone. Here zones go by a city: write it as in '
            "Europe/Berlin."
        )
    hint = f"Did you mean {likely}?" if (likely := _likely(name)) else _AS_IN
    return f'There is no time zone "{name}". {hint}'


def _likely(name: str) -> str:
    """The zone that was meant, if its whole name or its city is nearly that."""
    by_name = {one.lower(): one for one in sorted(zone_names())}
    by_city = {one.rpartition("/")[2]: zone for one, zone in by_name.items()}
    wanted = name.strip().lower().replace(" ", "_")
    for known in (by_name, by_city):
        if found := difflib.get_close_matches(wanted, known, n=1, cutoff=_CLOSE):
            return known[found[0]]
    return ""


def _of_the_system(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise UnknownZone(_unknown(name)) from None


def _offset(moment: datetime, where: ZoneInfo) -> timedelta:
    return moment.astimezone(where).utcoffset() or timedelta()


def _as_offset(wall: datetime, where: ZoneInfo, fold: int) -> timedelta:
    return wall.replace(tzinfo=where, fold=fold).utcoffset() or timedelta()


def _arrivals(wall: datetime, where: ZoneInfo) -> list[datetime]:
    """Each instant at which the wall clock comes to a time; the jump where it is skipped."""
    first, second = _as_offset(wall, where, fold=0), _as_offset(wall, where, fold=1)
    if first < second:
        return [_jump(wall, where)]
    return [(wall - offset).replace(tzinfo=UTC) for offset in {first, second}]


def _jump(wall: datetime, where: ZoneInfo) -> datetime:
    """The instant at which the clocks jump over a time that does not exist."""
    earliest = (wall - _as_offset(wall, where, fold=1)).replace(tzinfo=UTC)
    latest = (wall - _as_offset(wall, where, fold=0)).replace(tzinfo=UTC)
    return _turn(earliest - _SECOND, latest, where)


def _change_within(a: datetime, b: datetime, where: ZoneInfo) -> ClockChange:
    """The change between two instants a day apart whose offsets differ."""
    turn = _turn(a, b, where)
    old, new = _offset(turn - _SECOND, where), _offset(turn, where)
    direction = Direction.FORWARD if new > old else Direction.BACK
    minutes = round(abs(new - old).total_seconds() / 60)
    return ClockChange(turn, (turn + old).date(), direction, minutes)


def _turn(a: datetime, b: datetime, where: ZoneInfo) -> datetime:
    """The second of the change between two instants with different offsets, by bisection."""
    old = _offset(a, where)
    while b - a > _SECOND:
        middle = a + (b - a) // 2
        if _offset(middle, where) == old:
            a = middle
        else:
            b = middle
    return b.replace(microsecond=0)
