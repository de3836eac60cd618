"""When a new message goes out: now, once, by a repetition that is chosen, or by a phrase."""

from dataclasses import dataclass, fields, replace
from uuid import uuid4

import reflex as rx

from wasched import bootstrap
from wasched.ui import day_fields, when
from wasched.ui.rows import Choice
from wasched.ui.when import Fields

_TEXTS = {one.name for one in fields(Fields)} - {"weekdays"}


@dataclass(frozen=True)
class Pick:
    """A usual time."""

    label: str
    day: str
    clock: str


class WhenState(rx.State):
    """The fields of time, and what they offer."""

    at: Fields = Fields()
    shown: str = ""  # another one whenever all fields are shown anew, whatever was pressed
    picks: list[Pick] = []
    ways: list[Choice] = []
    asks_short_months: bool = False

    @rx.event
    def fill(self, name: str, value: str) -> None:
        """Take what one of the fields says now."""
        if name in _TEXTS:
            self._show(when.changed(self.at, name, value, bootstrap.clock().now()))

    @rx.event
    def weekday(self, number: int, is_in: bool) -> None:
        """Take a weekday (0 is Monday) in or out."""
        if 0 <= number <= 6:
            self._show(when.with_weekday(self.at, number, is_in))

    @rx.event
    def pick(self, day: str, clock: str) -> None:
        """Take a usual time."""
        self._show(replace(self.at, day=day[:10], clock=clock[:8]))

    def _begin(self, at: Fields, zone: str) -> None:
        """Show fields; `zone` is the reader's, whose usual times are offered."""
        now = bootstrap.clock().now()
        self.picks = [Pick(*one) for one in day_fields.quick_picks(zone, now)]
        self.shown = uuid4().hex
        self._show(at)

    def _show(self, at: Fields) -> None:
        self.at = at
        self.ways = [Choice(*one) for one in when.ways_of_month(at)]
        self.asks_short_months = when.asks_short_months(at, bootstrap.clock().now())
