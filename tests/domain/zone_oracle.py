"""The zones read a second time: TZif files and POSIX rules by RFC 8536, without zoneinfo."""

import calendar
import re
import struct
from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from importlib import resources

EPOCH = datetime(1970, 1, 1)
DAY = 86_400


@dataclass(frozen=True)
class ZoneTable:
    """A zone as its changes: seconds since 1970 (UTC), and offsets before and after each."""

    at: list[int]
    offset: list[int]

    def offset_at(self, second: int) -> int:
        """Seconds east of UTC at a second since 1970."""
        return self.offset[bisect_right(self.at, second)]

    def first_instant(self, local: datetime) -> datetime:
        """The first instant showing a wall-clock time; as far past a gap as it lies in it.

        Found by trying every offset in force around it, with no notion of a fold.
        """
        wanted = round((local - EPOCH).total_seconds())
        around = {self.offset_at(wanted + days * DAY) for days in (-2, -1, 0, 1, 2)}
        fitting = [wanted - off for off in around if self.offset_at(wanted - off) == off]
        second = min(fitting) if fitting else wanted - self.offset_at(wanted - 2 * DAY)
        return from_second(second)

    def changes(self, first: int, last: int) -> list[tuple[int, int, int]]:
        """Each change of offset between two seconds: when, the offset before and after."""
        steps = zip(self.at, self.offset, self.offset[1:], strict=False)
        return [one for one in steps if first <= one[0] < last and one[1] != one[2]]


def from_second(second: int) -> datetime:
    """The instant of a second since 1970."""
    return (EPOCH + timedelta(seconds=second)).replace(tzinfo=UTC)


def read_zone(name: str, last_year: int) -> ZoneTable:
    """The changes of a zone up to the end of a year."""
    times, offsets, footer = _tzif(raw_zone(name))
    _extend(times, offsets, footer, last_year)
    return ZoneTable(times, offsets)


def raw_zone(name: str) -> bytes:
    """The bytes of a zone's file in the tzdata package."""
    return resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes()


def _tzif(raw: bytes) -> tuple[list[int], list[int], str]:
    """Transitions, offsets (one more than transitions) and footer of a version 2+ file."""
    header = 44 + _length(raw, 0, 4)
    body = header + 44
    _, _, _, many, kinds, _ = struct.unpack_from(">6l", raw, header + 20)
    times = list(struct.unpack_from(f">{many}q", raw, body))
    indices = raw[body + 8 * many : body + 9 * many]
    start = body + 9 * many
    utoff = [struct.unpack_from(">i", raw, start + 6 * one)[0] for one in range(kinds)]
    footer = raw[body + _length(raw, header, 8) :].strip(b"\n").decode()
    return times, [utoff[0], *(utoff[index] for index in indices)], footer


def _length(raw: bytes, header: int, width: int) -> int:
    counts: tuple[int, ...] = struct.unpack_from(">6l", raw, header + 20)
    isut, isstd, leap, times, kinds, chars = counts
    return times * (width + 1) + kinds * 6 + chars + leap * (width + 4) + isstd + isut


def _extend(times: list[int], offsets: list[int], footer: str, last_year: int) -> None:
    """Add the changes of the footer's rule after the last listed one."""
    if "," not in footer:
        return
    zones, start, end = footer.split(",")
    name = r"(?:<[^>]+>|[A-Za-z]+)"
    match = re.fullmatch(rf"{name}([-+0-9:]+){name}([-+0-9:]*)", zones)
    assert match is not None
    standard = -_seconds(match[1])
    summer = -_seconds(match[2]) if match[2] else standard + 3600
    known = times[-1] if times else -(2**62)
    for year in range(1970, last_year + 1):
        turns = [(_turn(start, year) - standard, summer), (_turn(end, year) - summer, standard)]
        for second, offset in sorted(turns):
            if second > known:
                times.append(second)
                offsets.append(offset)


def _turn(rule: str, year: int) -> int:
    """The local second at which a rule such as M3.5.0/2 falls in a year (POSIX TZ)."""
    day, _, clock = rule.partition("/")
    month, week, weekday = map(int, day.removeprefix("M").split("."))
    length = calendar.monthrange(year, month)[1]
    dates = [date(year, month, one) for one in range(1, length + 1)]
    fitting = [one for one in dates if one.isoweekday() % 7 == weekday]
    chosen = fitting[min(week, len(fitting)) - 1]
    midnight = round((datetime.combine(chosen, datetime.min.time()) - EPOCH).total_seconds())
    return midnight + (_seconds(clock) if clock else 7200)


def _seconds(clock: str) -> int:
    sign = -1 if clock.startswith("-") else 1
    pieces = [int(one) for one in clock.lstrip("+-").split(":")]
    return sign * sum(one * unit for one, unit in zip(pieces, (3600, 60, 1), strict=False))
