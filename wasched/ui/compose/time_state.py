"""When a new message goes out: now, once, by a repetition that is chosen, or by a phrase."""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from uuid import uuid4

import reflex as rx

from wasched import bootstrap
from wasched.domain import wall_clock
from wasched.domain.errors import InputError
from wasched.ui.compose import time_fields, time_words
from wasched.ui.compose.time_fields import TYPED, Fields
from wasched.ui.core import date_fields
from wasched.ui.core.rows import Choice

_TEXTS = {one.name for one in fields(Fields)} - {"weekdays", "fold"}


@dataclass(frozen=True)
class Pick:
    """A usual time."""

    label: str
    day: str
    clock: str


class WhenState(rx.State):
    """The fields of time, and what they offer."""

    at: Fields = Fields()
    words: str = ""  # the same in words, as they were typed or for what the fields choose
    shown: str = ""  # another one whenever all fields are shown anew, whatever was pressed
    picks: list[Pick] = []
    ways: list[Choice] = []
    asks_short_months: bool = False
    # When they were filled: "in 2 hours" is two hours from then, however long the rest takes.
    _read_at: datetime | None = None

    @rx.event
    def fill(self, name: str, value: str) -> None:
        """Take what one of the fields says now."""
        now = bootstrap.clock().now()
        if name == "phrase":
            self._show(time_words.fields_for(value, self.at, now), words=value)
        elif name in _TEXTS:
            at = time_fields.time_changed(self.at, name, value, now)
            # The answer to what a phrase left open may be all that it needed.
            is_answer = at.mode == TYPED and name != "mode"
            if is_answer:
                self._show(time_words.chosen_words(at, now), words=self.words)
            else:
                self._show(at)

    @rx.event
    def weekday(self, number: int, is_in: bool) -> None:
        """Take a weekday (0 is Monday) in or out."""
        if 0 <= number <= 6:
            self._show(time_fields.with_weekday(self.at, number, is_in))

    @rx.event
    def pick(self, day: str, clock: str, label: str = "") -> None:
        """Take a usual time; one with a `label` counts from now, not from when it was shown."""
        now = bootstrap.clock().now()
        fresh = next((one for one in _picks(self.at, now) if one.label == label), None)
        if fresh is not None:
            day, clock = fresh.day, fresh.clock
        fold = "yes" if fresh and date_fields.comes_again(day, clock, self.at.zone, now) else ""
        self._show(replace(self.at, day=day[:10], clock=clock[:8], fold=fold))

    def _begin(self, at: Fields) -> None:
        """Show fields anew, as if they were filled now."""
        self._read_at = None
        self.shown = uuid4().hex
        self._show(at)

    def _show(self, at: Fields, words: str | None = None) -> None:
        now = bootstrap.clock().now()
        self.words = time_words.words_for(at, now) if words is None else words
        if at != self.at or self._read_at is None:
            self._read_at = now
        self.at = at
        self.ways = [Choice(*one) for one in time_fields.ways_of_month(at)]
        self.picks = _picks(at, now) or self.picks
        self.asks_short_months = time_fields.asks_short_months(at, self._read_at)

    def _means(self) -> tuple[Fields, datetime]:
        """The fields, and when they were filled."""
        return self.at, self._read_at or bootstrap.clock().now()


def _picks(at: Fields, now: datetime) -> list[Pick]:
    """The usual times on the clock of the fields' zone; none while there is no such zone."""
    try:
        return [Pick(*one) for one in date_fields.quick_picks(wall_clock.zone(at.zone).key, now)]
    except InputError:
        return []
