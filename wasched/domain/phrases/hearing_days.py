"""Pieces of a phrase about days of the month, dates and single days."""

from datetime import timedelta

from wasched.domain.phrases import dates
from wasched.domain.phrases.hearing import Hearing
from wasched.domain.phrases.language import Piece
from wasched.domain.phrases.pieces import WITH_COLON, NamedDate, PhraseError
from wasched.domain.recurrence import Freq, RuleDay
from wasched.domain.wording import NTH, WEEKDAYS

_HOURS = {"MINUTE": timedelta(minutes=1), "HOUR": timedelta(hours=1)}
_DAYS = {"DAY": timedelta(days=1), "WEEK": timedelta(weeks=1)}


class DayPieces(Hearing):
    """The 1st and 3rd Friday of March, 3 May 2027, tomorrow, in 2 hours."""

    def hear_place(self, piece: Piece) -> None:
        if self.lacks and self.link == "either":
            return  # "without a 30th or 31st": which ones follows from the days
        if self._was("month"):
            self._take_dates([NamedDate(dates.month_place(piece), self._month_before())])
            return
        self._check_from_end(piece)
        self._begin_every_nth(piece)
        self.places.append(dates.month_place(piece))
        if piece.every:
            self.every_nth = ([], piece)

    def hear_nth(self, piece: Piece) -> None:
        if self._follows("shorter"):
            return
        self._check_from_end(piece)
        self._begin_every_nth(piece)
        self._check_article(piece)
        places, self.places = [*self.places, dates.month_place(piece)], []
        for place in places:
            if piece.value("WEEKDAY") is not None:
                self.said.nths.append(RuleDay(piece.value("WEEKDAY"), _nth_of(place)))
            elif any(word.kind == "WORKDAY" for word in piece.words):
                self.said.workdays.append(_nth_of(place))
            else:
                self.said.month_days.append(place)
        if piece.every:
            self.every_nth = (places, piece)
        elif self.every_nth and not self.every_nth[0]:  # every first and third Monday
            self.every_nth = (places, self.every_nth[1])

    def _check_article(self, piece: Piece) -> None:
        """Refuse "the 1st and the last Friday", which may be a day of the month and a Friday."""
        is_number = self.before is not None and self.before.value("NTH") is not None
        if not self.places or not is_number or not self.has_article or self.before is None:
            return
        if any(word.kind == "DAY" for word in piece.words):
            return
        first, last = self._quote(self.before), self._quote(piece)
        noun = last.split(" ", 1)[1]
        raise self._two_ways(
            f"{first} and the {last}", f'"the {first} {noun} and the {last}"', "make two schedules"
        )

    def _begin_every_nth(self, piece: Piece) -> None:
        """One "every" ends where the next one begins."""
        if piece.every:
            self._end_places()
            self._end_every_nth()
            self.every_nth = None

    def _check_from_end(self, piece: Piece) -> None:
        """Refuse "second last Friday": it is neither the second nor the last one."""
        if self.before is not None and self.before.name == "place" and not self.link:
            words = self._quote(self.before, piece)
            raise PhraseError(
                f'"{words}" counts from the end, which is not offered. Only the last one can be '
                'counted so; say "and" between two different ones.'
            )

    def _end(self) -> None:
        super()._end()
        self._end_every_nth()

    def _end_every_nth(self) -> None:
        """What "every" before "first Monday" means, now that all was said."""
        if self.every_nth is None:
            return
        said, (places, piece) = self.said, self.every_nth
        is_day = all(word.kind not in ("WEEKDAY", "WORKDAY") for word in piece.words)
        is_second = len(places) == 1 and places[0] > 1
        if is_second and is_day and said.months:
            raise self._two_ways(
                self._quote(piece), f'"every {places[0]} days"', "name the date, as in 3 May"
            )
        if not is_second or said.is_by_month or said.months or said.dates or said.steps:
            freq = Freq.YEARLY if said.months or said.dates else Freq.MONTHLY
            said.step(freq, 1, self._quote(piece))
        elif is_day:
            said.month_days.remove(places[0])  # every second day: every 2 days, nothing else
            said.step(Freq.DAILY, places[0], self._quote(piece))
        else:
            raise self._second_weekday(places[0], piece)

    def _second_weekday(self, place: int, piece: Piece) -> PhraseError:
        """A refusal of "every second Thursday"."""
        words, weekday = self._quote(piece), piece.value("WEEKDAY")
        if weekday is None:
            of_month = f'"the {NTH[place]} weekday of the month"'
            return self._two_ways(words, of_month, "name the days")
        name = WEEKDAYS[weekday]
        of_month = f'"the {NTH[place]} {name} of the month"'
        return self._two_ways(words, f'"every {place} weeks on {name}"', of_month)

    def hear_of_months(self, piece: Piece) -> None:
        self.of_months, self.places = self.places, []
        self._take_months(piece.value("MONTH"))

    def hear_month(self, piece: Piece) -> None:
        """A month is one more of a list, or that of the day behind it."""
        if self._was("of_months", "month") and self.link in ("joined", "comma"):
            self._take_months(piece.value("MONTH"))
        elif not self._follows("place"):
            raise PhraseError(
                f'Which day of "{self._quote(piece)}"? Write it as in 3 May, or as in "every year '
                'on the first Monday of May at 9".'
            )

    def _month_before(self) -> int:
        assert self.before is not None
        return int(self.before.value("MONTH"))

    def _take_months(self, month: int) -> None:
        """The days that stood before "of March and April" are dates of each of them."""
        if self.of_months:
            self._take_dates([NamedDate(day, month) for day in self.of_months])
        else:
            self.said.months.append(month)

    def hear_date(self, piece: Piece) -> None:
        if self._follows("other_years"):
            return
        named = dates.named_date(piece)
        before = self.before
        if before is not None and self.link in ("", "comma"):
            if before.name == "weekday" and not before.every and self.said.weekdays:
                named.weekday = self.said.weekdays.pop()
            if before is self.open_end:
                named.weekday = before.value("WEEKDAY", "WEEKDAYS")
                self._take_end(before, named)
                return
        self._take_dates([named])
        if piece.every:
            self._take_step(piece, Freq.YEARLY, 1)

    def hear_slashed(self, piece: Piece) -> None:
        self.hear_date(piece)

    def hear_year(self, piece: Piece) -> None:
        year = piece.value("YEAR")
        if self._was("of_months", "month") and not self.named:
            raise PhraseError(f"One month of {year} is once: name the date, as in 3 May {year}.")
        if not self.named or self.link or year.startswith("0"):
            raise PhraseError(f'"{year}" is no year here. {WITH_COLON}')
        for named in self.named:
            named.year = int(year)
        self.named = []

    def hear_near(self, piece: Piece) -> None:
        self.said.once("days_ahead", piece.value("NEAR"), "The day")

    def hear_tonight(self, piece: Piece) -> None:
        self.said.once("days_ahead", 0, "The day")
        self.said.tonight = True

    def hear_ahead(self, piece: Piece) -> None:
        number = piece.value("HALF", "INT", "YEAR", "NUMBER", "A")
        kind = next(word.kind for word in piece.words[1:])
        unit = (_HOURS | _DAYS).get(kind)
        if unit is None:
            raise PhraseError(
                f'"{self._quote(piece)}" is not one day everywhere. Name the date, as in 3 May.'
            )
        self.said.once("ahead", float(number) * unit, "The day")
        self.said.by_clock = kind in _HOURS


def _nth_of(place: int) -> int:
    """Which one of its month; PhraseError beyond the fourth."""
    if place > 4:
        raise PhraseError("A weekday of the month is its first to fourth or its last one.")
    return place
