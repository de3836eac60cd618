"""The parts of an RRULE that we offer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from wasched.domain.errors import InputError

COUNT_MAX = 9_999

INTERVAL_MAX: Mapping[str, int] = {"DAILY": 3650, "WEEKLY": 520, "MONTHLY": 120, "YEARLY": 10}
"""Ten years, in each unit: nothing is scheduled further ahead."""

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKDAYS = (0, 1, 2, 3, 4)


class RuleError(InputError):
    """A repeating rule that makes no sense or is not offered."""

    def __init__(self, sentence: str) -> None:
        super().__init__("when", sentence)


class Freq(StrEnum):
    """How a rule steps."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


class RuleDay(NamedTuple):
    """A weekday (0 is Monday), and which one of its month: 1 to 4, -1 the last, 0 each."""

    weekday: int
    nth: int = 0


@dataclass(frozen=True)
class RuleParts:
    """A rule taken apart; `until` is naive wall clock; `position` picks among `days`."""

    freq: Freq
    interval: int = 1
    days: tuple[RuleDay, ...] = ()
    month_days: tuple[int, ...] = ()  # 1 to 31, -1 the last
    months: tuple[int, ...] = ()
    position: int = 0
    count: int | None = None
    until: datetime | None = None

    def text(self) -> str:
        """The RRULE, its parts in one fixed order."""
        pieces = {
            "FREQ": self.freq.value,
            "INTERVAL": str(self.interval) if self.interval > 1 else "",
            "BYMONTH": ",".join(map(str, self.months)),
            "BYMONTHDAY": ",".join(map(str, self.month_days)),
            "BYDAY": ",".join(f"{day.nth or ''}{CODES[day.weekday]}" for day in self.days),
            "BYSETPOS": str(self.position or ""),
            "COUNT": str(self.count or ""),
            "UNTIL": f"{self.until:%Y%m%dT%H%M%S}" if self.until else "",
        }
        return ";".join(f"{name}={value}" for name, value in pieces.items() if value)
