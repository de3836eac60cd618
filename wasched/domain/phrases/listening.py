"""From the pieces of a phrase to what it says about days, times, steps and ends.

Pieces come one after another; each adds to what was said, and a few change what the one before
them was about: "1st and 3rd" before "Friday", "April" after "of March and".
"""

from collections.abc import Sequence

from wasched.domain.phrases.counts import check_count
from wasched.domain.phrases.hearing_days import DayPieces
from wasched.domain.phrases.hearing_ends import EndPieces
from wasched.domain.phrases.language import Piece
from wasched.domain.phrases.pieces import PhraseParts


class Listener(DayPieces, EndPieces):
    """Hears every piece that the grammars of phrases know."""


def listen_to_pieces(text: str, pieces: Sequence[Piece]) -> PhraseParts:
    """What the pieces of a phrase say together; PhraseError where that is not one thing."""
    said = Listener(text, pieces).hear()
    check_count(text, pieces, said)
    return said
