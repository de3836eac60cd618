"""Pieces of a phrase about how it repeats, and on which weekdays."""

from collections.abc import Sequence

from wasched.domain.phrases import dates
from wasched.domain.phrases.hearing import Hearing
from wasched.domain.phrases.language import Piece
from wasched.domain.recurrence import Freq
from wasched.domain.recurrence.parts import WORKDAYS

_WEEKEND = (5, 6)


class StepPieces(Hearing):
    """Every 2 weeks, daily, on weekdays, Monday to Friday, 12 times."""

    def hear_step(self, piece: Piece) -> None:
        freq, size = piece.value("DAY", "WEEK", "MONTHS", "YEARS", "SPAN")
        times = piece.value("INT", "YEAR", "NUMBER", "A", "OTHER")
        self._take_step(piece, freq, size * (1 if times is None else int(times)))

    def hear_by_place(self, piece: Piece) -> None:
        freq, size = piece.value("WEEK", "MONTHS", "YEARS", "SPAN")
        self._take_step(piece, freq, size * dates.month_place(piece))

    def hear_adverb(self, piece: Piece) -> None:
        self._take_step(piece, *piece.value("ADVERB"))

    def hear_twofold(self, piece: Piece) -> None:
        freq, every = piece.value("TWOFOLD")
        unit = "week" if freq is Freq.WEEKLY else "month"
        raise self._two_ways(
            self._quote(piece), f'"every {every} {unit}s"', f"name the days of each {unit}"
        )

    def hear_of_month(self, piece: Piece) -> None:
        self.said.step(Freq.MONTHLY, 1, self._quote(piece))

    def hear_of_the_month(self, piece: Piece) -> None:
        self.said.is_by_month = self.said.repeats = True

    def hear_per(self, piece: Piece) -> None:
        freq, size = piece.value("DAY", "WEEK", "MONTHS", "YEARS", "SPAN")
        self.said.step(freq, size, self._quote(piece))
        self.said.once("per", _times(piece), "How often")

    def hear_every_other(self, piece: Piece) -> None:
        self._take_step(piece, Freq.WEEKLY, 2)
        day = piece.value("WEEKDAY")
        self.said.weekdays += _WEEKEND if day is None else (day,)

    def hear_weekday(self, piece: Piece) -> None:
        is_beside = self._was("near") and self.link in ("", "comma") and not piece.every
        if is_beside and not self._follows("to_day", "until_weekday", "date", "slashed"):
            self.said.weekday_beside = piece.value("WEEKDAY")
            return
        self.said.weekdays.append(piece.value("WEEKDAY", "WEEKDAYS"))
        if piece.every:
            self._take_step(piece, Freq.WEEKLY, 1)

    def hear_weekdays(self, piece: Piece) -> None:
        self.hear_weekday(piece)
        self.said.repeats = True

    def hear_workdays(self, piece: Piece) -> None:
        self._take_weekdays(piece, WORKDAYS)

    def hear_weekends(self, piece: Piece) -> None:
        self._take_weekdays(piece, _WEEKEND)

    def _take_weekdays(self, piece: Piece, days: Sequence[int]) -> None:
        self.said.weekdays += days
        self.said.repeats = True
        if piece.every:
            self._take_step(piece, Freq.WEEKLY, 1)

    def hear_next(self, piece: Piece) -> None:
        self.hear_weekday(piece)
        self.said.is_next = True

    def hear_this(self, piece: Piece) -> None:
        self.hear_weekday(piece)
        self.said.is_this = True

    def hear_coming(self, piece: Piece) -> None:
        self.hear_weekday(piece)

    def hear_to_day(self, piece: Piece) -> None:
        """The end of a range such as Monday to Friday, or of all, as in through Friday 3 May."""
        is_range = self._was("weekday", "weekdays", "start_weekday")
        if not is_range and self._follows("date", "slashed"):
            self.open_end = piece
            return
        if not is_range or self.before is None:
            raise self._stray(piece)
        first = self.before.value("WEEKDAY", "WEEKDAYS")
        last = piece.value("WEEKDAY", "WEEKDAYS")
        if self.before.name != "start_weekday":
            self.said.weekdays.pop()
        self.said.weekdays += [(first + step) % 7 for step in range((last - first) % 7 + 1)]
        self.said.repeats = True

    def hear_count(self, piece: Piece) -> None:
        self.said.once("count", _times(piece), "How many times")

    def hear_total(self, piece: Piece) -> None:
        self.hear_count(piece)


def _times(piece: Piece) -> int:
    return int(piece.value("ONCE", "INT", "YEAR", "NUMBER"))
