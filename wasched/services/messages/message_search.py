"""Which messages have what somebody looks for in their text, or go to whom it names.

People and texts are far fewer than messages. Where few of them match, their messages are looked up;
where many do, a walk through messages soon finds a page of them, and asks each message it meets.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    bindparam,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlmodel import Session, col

from wasched.models import Message, Recipient, Schedule
from wasched.services import text_search
from wasched.services.messages import message_rows
from wasched.services.messages.filters import Filters
from wasched.services.phone_numbers import phones


@dataclass(frozen=True)
class Matches:
    """The people and the schedules that have the words, by their ids."""

    people: tuple[int, ...]
    texts: tuple[int, ...]

    def values(self) -> dict[str, list[int]]:
        """What a statement with `of_matches` in it is executed with."""
        return {"people": list(self.people), "texts": list(self.texts)}


def find_matches(session: Session, words: str, most: int) -> Matches | None:
    """Everybody and every text with these words; None where there are more than `most`."""
    found = []
    for statement in (
        select(Recipient.id).where(_is_named(words)),
        select(Schedule.id).where(_is_in_text(words)),
    ):
        ids = session.connection().scalars(statement.limit(most + 1)).all()
        if len(ids) > most:
            return None
        found.append(tuple(ids))
    return Matches(*found)


def count_messages(session: Session, matches: Matches, wanted: Filters, most: int) -> int:
    """How many messages they have in the time of a filter; no further than one more than `most`."""
    few = union_all(*_theirs(wanted, literal(1))).limit(most + 1).subquery()
    statement = select(func.count()).select_from(few)
    return session.connection().scalar(statement, matches.values()) or 0


def of_matches(wanted: Filters) -> ColumnElement[bool]:
    """The messages of people and texts whose ids are given when the statement is executed."""
    return col(Message.id).in_(union_all(*_theirs(wanted, Message.id)))


def matches(words: str) -> ColumnElement[bool]:
    """True for a message whose recipient or text has the words; asked of each message."""
    person, text = col(Recipient.id), col(Schedule.id)
    return or_(
        exists().where(text == Message.schedule_id, _is_in_text(words)),
        exists().where(person == Message.recipient_id, _is_named(words)),
    )


def _theirs(wanted: Filters, *columns: Any) -> list[Select[Any]]:
    people: BindParameter[int] = bindparam("people", expanding=True)
    texts: BindParameter[int] = bindparam("texts", expanding=True)
    return [
        select(*columns).where(one, *message_rows.due_between(wanted.since, wanted.until))
        for one in (
            col(Message.recipient_id).in_(people),
            col(Message.schedule_id).in_(texts),
        )
    ]


def _is_named(words: str) -> ColumnElement[bool]:
    named = [text_search.contains(Recipient.name, words)]
    if digits := phones.number_part(words):
        named.append(col(Recipient.phone).contains(digits))
    return or_(*named)


def _is_in_text(words: str) -> ColumnElement[bool]:
    return text_search.contains(Schedule.preview, words)
