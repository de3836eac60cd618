"""How often in all, which must not be taken for how often in a week: "twice every week"."""

from collections.abc import Sequence

from wasched.domain.phrases.language import Piece
from wasched.domain.phrases.pieces import PhraseError, PhraseParts
from wasched.domain.recurrence import Freq

_STEPS = ("step", "adverb", "by_place", "every_other")
_DAYS = ("weekday", "weekdays", "workdays", "weekends", "nth", "place")
_MOST_A_DAY, _MOST_A_WEEK = 24, 7
"""How often people may mean in a day or a week; what is more can only be in all."""


def check_count(text: str, pieces: Sequence[Piece], said: PhraseParts) -> None:
    """Refuse a number of times that stands right behind a step, or before what repeats.

    At the end of a phrase, or with a comma behind it, it is how often in all.
    """
    at = next((at for at, piece in enumerate(pieces) if piece.name == "count"), None)
    is_daily = any(step.freq is Freq.DAILY for step in said.steps)
    if at is None or (said.count or 0) > (_MOST_A_DAY if is_daily else _MOST_A_WEEK):
        return
    before, after = pieces[max(at - 1, 0)], pieces[at + 1 :]
    if _is_step(before):
        raise _two_ways(text, before, pieces[at])
    if after and after[0].name == "comma":
        return
    for piece in after:
        if _is_step(piece) or piece.name in _DAYS:
            raise _two_ways(text, piece, pieces[at])


def _is_step(piece: Piece) -> bool:
    return piece.every or piece.name in _STEPS


def _two_ways(text: str, step: Piece, count: Piece) -> PhraseError:
    words = text[min(step.start, count.start) : max(step.end, count.end)]
    each, often = text[step.start : step.end], text[count.start : count.end]
    return PhraseError(
        f'"{words}" can be read in two ways. Say "{each}" for no end, or put ", {often}" last for '
        "how often in all."
    )
