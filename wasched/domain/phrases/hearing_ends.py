"""Pieces of a phrase about the time of day, start and end, exceptions and the zone."""

from datetime import time

from wasched.domain import wall_clock
from wasched.domain.phrases import dates
from wasched.domain.phrases.hearing_steps import StepPieces
from wasched.domain.phrases.language import Piece
from wasched.domain.phrases.pieces import WITH_COLON, Named, PhraseError
from wasched.domain.recurrence import MonthEnd
from wasched.domain.wording import WEEKDAYS

_LAST_DAY = -1
_SHORT = "What happens in shorter months"


class EndPieces(StepPieces):
    """At 9, from 3 May, until end of June, except on 24 December, Europe/Berlin."""

    def hear_clock(self, piece: Piece) -> None:
        self.said.once("at", dates.clock(piece, self._quote(piece)), "The time")
        self.said.half = (piece.value("AMPM") or "")[:1]

    def hear_bare_clock(self, piece: Piece) -> None:
        raise PhraseError(f'"{self._quote(piece)}" is not understood. {WITH_COLON}')

    def hear_noon(self, piece: Piece) -> None:
        self.said.once("at", time(12), "The time")
        self.said.half = "p"

    def hear_midnight(self, piece: Piece) -> None:
        raise PhraseError("Midnight can mean two days. Say 00:00, where a day begins, or 23:59.")

    def hear_start_day(self, piece: Piece) -> None:
        self._take_end(piece, dates.named(piece))

    def hear_until_day(self, piece: Piece) -> None:
        self._take_end(piece, dates.named(piece))

    def hear_start_near(self, piece: Piece) -> None:
        self._take_end(piece, piece.value("NEAR"))

    def hear_until_near(self, piece: Piece) -> None:
        self._take_end(piece, piece.value("NEAR"))

    def hear_start_weekday(self, piece: Piece) -> None:
        self.open_end = piece
        if not self._follows("to_day", "until_weekday", "date", "slashed"):
            name = WEEKDAYS[piece.value("WEEKDAY", "WEEKDAYS")]
            raise PhraseError(f"From which {name}? Name the date.")

    def hear_until_weekday(self, piece: Piece) -> None:
        if self._follows("date", "slashed"):
            self.open_end = piece
            return
        if not self._was("weekday", "weekdays", "start_weekday") or self.link:
            name = WEEKDAYS[piece.value("WEEKDAY", "WEEKDAYS")]
            raise PhraseError(f"Until which {name}? Name the date.")
        if self.before is not None and self.before.every:
            words = self._quote(self.before, piece)
            raise self._two_ways(words, '"to" for all days between', "name the end by its date")
        self.hear_to_day(piece)

    def hear_until_month(self, piece: Piece) -> None:
        month = piece.value("MONTH")
        before = dates.last_day_before(month)
        name = dates.month_name(month)
        raise self._two_ways(self._quote(piece), f'"until {before}"', f'"until end of {name}"')

    def hear_until_end(self, piece: Piece) -> None:
        self._take_end(piece, Named(_LAST_DAY, piece.value("MONTH")))

    def hear_except(self, piece: Piece) -> None:
        if not self._follows("date", "slashed", "place", "month"):
            raise PhraseError('Except when? Say it as in "except on 24 December".')
        self.excepts = True

    def hear_shorter(self, piece: Piece) -> None:
        if not self._was("nth") or self.before is None or dates.place(self.before) != _LAST_DAY:
            raise self._stray(piece)
        self.said.once("month_end", MonthEnd.LAST, _SHORT)

    def hear_other_years(self, piece: Piece) -> None:
        if not self._was("date") or self.before is None:
            raise self._stray(piece)
        if dates.named(self.before) != Named(28, 2):
            raise self._stray(self.before)
        self.said.once("month_end", MonthEnd.LAST, _SHORT)

    def hear_left_out(self, piece: Piece) -> None:
        self.lacks = True
        self.said.once("month_end", MonthEnd.SKIP, _SHORT)

    def hear_leap_only(self, piece: Piece) -> None:
        self.hear_left_out(piece)

    def hear_zone(self, piece: Piece) -> None:
        name = dates.zones().get(piece.value("ZONE"))
        self.said.once("zone", name or wall_clock.zone(piece.value("ZONE")).key, "The time zone")
