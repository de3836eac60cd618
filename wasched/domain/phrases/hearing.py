"""What all pieces of a phrase have in common when they are heard one after another."""

from collections.abc import Sequence

from wasched.domain.phrases import dates
from wasched.domain.phrases.language import Piece
from wasched.domain.phrases.pieces import EXAMPLES, DaySpan, NamedDate, PhraseError, PhraseParts
from wasched.domain.recurrence import Freq
from wasched.domain.wording import ordinal_word

_LINKS = ("joined", "comma", "either", "article")
_DATES = ("date", "slashed", "place", "of_months", "month", "year", "to_date", "days_of")
_SPAN_ENDS = ("to_date", "until_day", "until_end", "through_day", "year")
_LONGEST_MONTH = 31


class Hearing:
    """Hears the pieces of one phrase in order; `hear_NAME` takes in a piece of that name."""

    def __init__(self, text: str, pieces: Sequence[Piece]) -> None:
        self.text, self.pieces = text, pieces
        self.said = PhraseParts()
        self.before: Piece | None = None  # the last piece that was no "and"
        self.link = ""  # what stood between that one and this one
        self.has_article = False  # "the" stood before this one
        self.after: list[Piece] = []  # what is still to come, without "and"
        self.places: list[int] = []  # "1st and 3rd", until it is known of what
        self.of_months: list[int] = []  # those that "of March and" was about
        self.open_end: Piece | None = None  # "until Friday", whose date is still to come
        self.named: list[NamedDate] = []  # the dates that a year or a month may still follow
        self.excepts = False  # dates are exceptions
        self.was_except = False  # an exception stood right before, with nothing in between
        self.open_span: DaySpan | None = None  # "except from 22 December", whose end is to come
        self.lacks = False  # "months without a 30th" was said, "or 31st" may follow
        self.every_nth: tuple[list[int], Piece] | None = None

    def hear(self) -> PhraseParts:
        """All that was said."""
        for at, piece in enumerate(self.pieces):
            if piece.name == "article":
                self.has_article = True
            elif piece.name in _LINKS:
                self.link = self.link if self.link == "either" else piece.name
            if piece.name in _LINKS:
                continue
            self.after = [one for one in self.pieces[at + 1 :] if one.name not in _LINKS]
            self._prepare(piece)
            getattr(self, f"hear_{piece.name}")(piece)
            self.before, self.link, self.has_article = piece, "", False
        self._end()
        return self.said

    def _prepare(self, piece: Piece) -> None:
        """What holds for every piece: none after "or", dates end exceptions, nouns end places."""
        if self.link == "either" and not self._is_about_short_months(piece):
            raise self._either(piece)
        self.was_except = (
            self.excepts
            and not self.link
            and self._was("date", "slashed", "year")
            and self.said.exceptions[-1].is_one_day
        )
        is_of_places = piece.name in ("place", "nth", "of_months") and not self._follows("shorter")
        if not is_of_places:
            self._end_places()
            self.lacks = False
        if piece.name != "year":
            self.named = []
        if self.open_span is not None and piece.name not in _SPAN_ENDS:
            raise self._endless_span()
        if piece.name not in _DATES and not self._is_of_span(piece):
            if self._was("except"):
                raise PhraseError('Except when? Say it as in "except on 24 December".')
            self.excepts = False

    def _end(self) -> None:
        """Take in what is only known once everything was said."""
        self._end_places()
        if self.open_span is not None:
            raise self._endless_span()

    def _was(self, *names: str) -> bool:
        return self.before is not None and self.before.name in names

    def _follows(self, *names: str) -> bool:
        """Say whether the piece after this one is one of these."""
        return bool(self.after) and self.after[0].name in names

    def _quote(self, first: Piece, last: Piece | None = None) -> str:
        return self.text[first.start : (last or first).end]

    def _two_ways(self, words: str, one: str, other: str) -> PhraseError:
        return PhraseError(f'"{words}" can be read in two ways. Say {one} or {other}.')

    def _stray(self, piece: Piece) -> PhraseError:
        words = self.text[piece.start :]
        return PhraseError(f'"{words}" is not understood. Write it as in {EXAMPLES}.')

    def _either(self, piece: Piece) -> PhraseError:
        words = self._quote(self.before or piece, piece)
        return PhraseError(
            f'"{words}" leaves open which one. Say "and" for both, or name one of them.'
        )

    def _is_about_short_months(self, piece: Piece) -> bool:
        if piece.name == "nth":
            return self._follows("shorter")
        if piece.name == "date":
            return self._follows("other_years")
        return piece.name == "place" and self.lacks

    def _take_step(self, piece: Piece, freq: Freq, every: int) -> None:
        self.said.step(freq, every, self._quote(piece))
        self.said.repeats = True

    def _take_dates(self, named: list[NamedDate]) -> None:
        self.named = named
        if self.excepts:
            self.said.exceptions += [DaySpan(one, one) for one in named]
        else:
            self.said.dates += named

    def _is_of_span(self, piece: Piece) -> bool:
        """Say whether a piece is the begin or the end of days that are left out."""
        is_end = self.open_span is not None or (piece.name == "through_day" and self.was_except)
        return (piece.name == "start_day" and self._was("except")) or is_end

    def _end_span(self, last: NamedDate) -> None:
        """Let the days that are left out go on to a last one."""
        span = self.open_span or self.said.exceptions[-1]
        span.last, self.open_span, self.named = last, None, [last]

    def _endless_span(self) -> PhraseError:
        return PhraseError('Until when not? Say it as in "except 22 December to 6 January".')

    def _take_end(self, piece: Piece, end: NamedDate | int) -> None:
        is_start = piece.name.startswith("start")
        self.said.once(
            "start" if is_start else "until", end, "The start" if is_start else "The end"
        )
        self.named = [end] if isinstance(end, NamedDate) else []

    def _end_places(self) -> None:
        """Places without a noun are days of the month."""
        if not self.places or self.before is None:
            return
        if any(word.kind != "NTH" for word in self.before.words if word.kind in dates.PLACES):
            raise PhraseError(
                f'The {self._quote(self.before)} of what? Say it as in "first Monday of the month '
                '08:30".'
            )
        if wrong := [place for place in self.places if not 1 <= place <= _LONGEST_MONTH]:
            raise PhraseError(f"No month has a {ordinal_word(wrong[0])}. Choose another day.")
        self.said.month_days += self.places
        self.places = []
