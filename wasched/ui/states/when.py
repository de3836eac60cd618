"""When a new message goes out: now, or at a wall-clock time in a named zone."""

from dataclasses import dataclass
from datetime import date, time

import reflex as rx

from wasched import bootstrap
from wasched.ui import when


@dataclass(frozen=True)
class Pick:
    """A usual time."""

    label: str
    day: str
    clock: str


class WhenState(rx.State):
    """The fields of time, and the sentence that says what they mean."""

    is_now: bool = False
    day: str = ""
    clock: str = ""
    zone: str = ""
    moment: str = ""
    about: str = ""
    picks: list[Pick] = []

    @rx.event
    def set_now(self, is_now: bool) -> None:
        """Send at once, or at a time."""
        self.is_now = is_now
        self._say()

    @rx.event
    def set_time(self, name: str, value: str) -> None:
        """Take what one of the fields says now."""
        if name in ("day", "clock", "zone"):
            setattr(self, name, value[:64])
        self._say()

    @rx.event
    def pick(self, day: str, clock: str) -> None:
        """Take a usual time."""
        self.day, self.clock = day[:10], clock[:8]
        self._say()

    def _begin(self, zone: str) -> None:
        """Empty fields in the reader's zone."""
        self.reset()
        self.zone = zone
        now = bootstrap.clock().now()
        self.picks = [Pick(*one) for one in when.quick_picks(zone, now)]

    def _say(self) -> None:
        """Say what the fields mean."""
        now = bootstrap.clock().now()
        self.moment, self.about = (
            ("Now", "As soon as you press the button.")
            if self.is_now
            else when.sentence(self.day, self.clock, self.zone, now)
        )


def chosen(at: WhenState) -> tuple[date | None, time | None]:
    """Day and time as chosen, None for both when it is now; DraftError names the field to fill."""
    return (None, None) if at.is_now else when.read(at.day, at.clock)
