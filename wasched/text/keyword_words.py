"""What words do that people write back, in English: beside a reply, and in the list of keywords."""

from wasched.domain.keyword import Handled, ListMove, WordAnswer

_ANSWERS = {
    WordAnswer.NONE: "",
    WordAnswer.ANSWERED: "answered",
    WordAnswer.LATELY: "not answered: an answer went to them within the hour, or waits",
    WordAnswer.ENOUGH: "not answered: they had enough answers for a day",
    WordAnswer.MACHINE: "not answered: a machine seems to write there",
    WordAnswer.OPTED_OUT: "not answered: they want no more messages",
    WordAnswer.OLD: "not answered: it was written more than a day before",
}
_MOVES = {ListMove.NONE: "", ListMove.INTO: "put into", ListMove.OUT: "taken out of"}


def handled_sentence(done: Handled) -> str:
    """What a word did: set Coming = yes; put into Altos; answered. Empty for nothing."""
    field = f"set {done.field} = {done.value}" if done.field else ""
    move = _MOVES[ListMove(done.move)]
    moved = f"{move} {done.list_name}" if move else ""
    return "; ".join(one for one in (field, moved, _ANSWERS[WordAnswer(done.answer)]) if one)
