"""Pieces of a phrase about the time of day, start and end, exceptions and the zone."""

from datetime import time

from wasched.domain import wall_clock
from wasched.domain.phrases import dates
from wasched.domain.phrases.hearing_steps import StepPieces
from wasched.domain.phrases.language import Piece
from wasched.domain.phrases.pieces import WITH_COLON, DaySpan, NamedDate, PhraseError
from wasched.domain.recurrence import MonthEnd
from wasched.domain.wording import WEEKDAYS

_LAST_DAY = -1
_SHORT = "What happens in shorter months"


class EndPieces(StepPieces):
    """At 9, from 3 May, until end of June, except on 24 December, Europe/Berlin."""

    def hear_clock(self, piece: Piece) -> None:
        self.said.once("at", dates.clock_time(piece, self._quote(piece)), "The time")
        self.said.half = (piece.value("AMPM") or "")[:1]

    def hear_bare_clock(self, piece: Piece) -> None:
        raise PhraseError(f'"{self._quote(piece)}" is not understood. {WITH_COLON}')

    def hear_noon(self, piece: Piece) -> None:
        self.said.once("at", time(12), "The time")
        self.said.half = "p"

    def hear_midnight(self, piece: Piece) -> None:
        raise PhraseError("Midnight can mean two days. Say 00:00, where a day begins, or 23:59.")

    def hear_start_day(self, piece: Piece) -> None:
        named = dates.named_date(piece)
        if not self.excepts:
            self._take_end(piece, named)
            return
        self.open_span = DaySpan(named, named)
        self.said.exceptions.append(self.open_span)
        self.named = [named]

    def hear_until_day(self, piece: Piece) -> None:
        self._hear_last(piece, dates.named_date(piece))

    def hear_through_day(self, piece: Piece) -> None:
        """Through a date always means the days up to it."""
        if self.excepts:
            self._end_span(dates.named_date(piece))
        else:
            self._take_end(piece, dates.named_date(piece))

    def hear_to_date(self, piece: Piece) -> None:
        """From one date to another: of exceptions, or of all of it."""
        if self.open_span is not None or self.was_except:
            self._end_span(dates.named_date(piece))
        elif self.said.start is not None and self._was("start_day", "year", "date"):
            self._take_end(piece, dates.named_date(piece))
        else:
            raise self._stray(self.before or piece)

    def hear_days_of(self, piece: Piece) -> None:
        """Some days of a month are left out; a rule has no such days."""
        first, last = dates.first_and_last(piece)
        if not self.excepts:
            raise self._stray(piece)
        self.said.exceptions.append(DaySpan(first, last))
        self.named = [first, last]

    def _hear_last(self, piece: Piece, last: NamedDate) -> None:
        """Until a date: the end of exceptions that began with "from", else the end of all of it."""
        if self.open_span is not None:
            self._end_span(last)
            return
        if self.before is not None and self.was_except:
            words, date = self._quote(self.before, piece), self._quote(piece)
            raise self._two_ways(
                words, '"except from" for all days between', f'", {date}" for the end of all'
            )
        self._take_end(piece, last)

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
        self._hear_last(piece, NamedDate(_LAST_DAY, piece.value("MONTH")))

    def hear_except(self, piece: Piece) -> None:
        if not self._follows("date", "slashed", "place", "month", "start_day", "days_of"):
            raise PhraseError('Except when? Say it as in "except on 24 December".')
        self.excepts = True

    def hear_shorter(self, piece: Piece) -> None:
        if (
            not self._was("nth")
            or self.before is None
            or dates.month_place(self.before) != _LAST_DAY
        ):
            raise self._stray(piece)
        self.said.once("month_end", MonthEnd.LAST, _SHORT)

    def hear_other_years(self, piece: Piece) -> None:
        if not self._was("date") or self.before is None:
            raise self._stray(piece)
        if dates.named_date(self.before) != NamedDate(28, 2):
            raise self._stray(self.before)
        self.said.once("month_end", MonthEnd.LAST, _SHORT)

    def hear_left_out(self, piece: Piece) -> None:
        self.lacks = True
        self.said.once("month_end", MonthEnd.SKIP, _SHORT)

    def hear_leap_only(self, piece: Piece) -> None:
        self.hear_left_out(piece)

    def hear_zone(self, piece: Piece) -> None:
        name = dates.zone_names().get(piece.value("ZONE"))
        self.said.once("zone", name or wall_clock.zone(piece.value("ZONE")).key, "The time zone")
