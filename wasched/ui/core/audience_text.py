"""Whom something goes to, as rows, the calendar and sentences call it."""

from dataclasses import dataclass

from wasched.domain.wording import count_words
from wasched.services.messages.calendar import Coming
from wasched.services.schedules import ScheduleLine
from wasched.services.views import Batch


@dataclass(frozen=True)
class Whom:
    """Its name and kind (person, group or list), and how many others there are beside it."""

    name: str
    kind: str
    beside: int = 0
    size: int = 0  # of a list that stands alone

    @property
    def others(self) -> str:
        """What stands behind the name in a row: and 10 others, or 11 recipients."""
        if self.beside:
            return f"and {count_words(self.beside, 'other', 'others')}"
        return count_words(self.size, "recipient", "recipients") if self.size else ""

    @property
    def said(self) -> str:
        """The whole in a sentence: Jörg and 10 others, or the list alone."""
        return f"{self.name} {self.others}" if self.beside else self.name

    @property
    def short(self) -> str:
        """The whole where there is little room: Jörg +10."""
        return f"{self.name} +{self.beside:,}" if self.beside else self.name


def of_send(send: Batch) -> Whom:
    """Whom a send goes to."""
    row = send.row
    return _whom(row.recipient, row.recipient_kind, send.count, send.lists, send.beside)


def of_coming(one: Coming) -> Whom:
    """Whom an occurrence goes to that is not laid out yet."""
    return _whom(one.recipient, one.recipient_kind, one.others + 1, one.lists, one.beside)


def of_schedule(made: ScheduleLine) -> Whom:
    """Whom a schedule goes to."""
    return _whom(made.recipient, made.recipient_kind, made.recipients, made.lists, made.beside)


def _whom(recipient: str, kind: str, number: int, lists: str, beside: int) -> Whom:
    if lists:
        return Whom(lists, "list", beside, 0 if beside else number)
    return Whom(recipient, kind, max(number - 1, 0))
