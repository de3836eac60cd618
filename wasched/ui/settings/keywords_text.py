"""Keywords in words: what each does, and what the form begins with."""

from dataclasses import dataclass

from wasched.domain.keyword import Handled, ListMove
from wasched.services.address_book.lists import ListCard
from wasched.services.keywords.setting_up import KeywordLine
from wasched.text.keyword_words import handled_sentence
from wasched.ui.core.rows import Choice

WHY = (
    "A word that somebody writes back to a message, standing alone, such as “yes” or “1”. Case, "
    "accents and punctuation make no difference. Nothing is done for what is said in groups, and "
    "words that ask for no more messages always come first."
)
ANSWERS = (
    "An answer is an ordinary message: it counts, keeps caps and quiet hours, and waits while the "
    "account is stopped. Nobody gets two within an hour or more than three a day, and a machine "
    "gets none."
)
MOVES = (
    Choice(ListMove.NONE, "Change no list"),
    Choice(ListMove.INTO, "Put them into"),
    Choice(ListMove.OUT, "Take them out of"),
)
EMPTY = {"words": "", "field": "", "value": "", "move": "", "list": "", "answer": ""}


@dataclass(frozen=True)
class KeywordRow:
    """A keyword for the browser."""

    id: str
    words: str
    does: str  # what it does to the person, in words; empty for nothing
    answer: str


def keyword_row(line: KeywordLine) -> KeywordRow:
    """A keyword as the list shows it."""
    done = handled_sentence(
        Handled(field=line.field, value=line.value, list_name=line.list_name, move=line.move)
    )
    return KeywordRow(str(line.id), ", ".join(line.words), done[:1].upper() + done[1:], line.answer)


def keyword_form(line: KeywordLine) -> dict[str, str]:
    """What the form begins with when a keyword is changed."""
    return {
        "words": ", ".join(line.words),
        "field": line.field,
        "value": line.value,
        "move": line.move,
        "list": str(line.list_id or ""),
        "answer": line.answer,
    }


def list_choices(cards: list[ListCard]) -> list[Choice]:
    """The lists that a keyword may be about."""
    return [Choice("", "Choose a list"), *(Choice(str(one.id), one.name) for one in cards)]
