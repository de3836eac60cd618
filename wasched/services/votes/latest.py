"""The latest answer of each voter is the one that counts, in whatever order they come."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlmodel import Session, col

from wasched.models import Reaction, Vote
from wasched.services.votes.voters import Voter

Row = Vote | Reaction

Key = tuple[int, str, object]
"""A message, a kind of address, and the address."""


@dataclass(frozen=True)
class Answer:
    """What a voter chose (bits, None: cannot be read), or which emoji; and when, by their clock."""

    message_id: int
    voter: Voter
    at: datetime
    value: str | int | None


def keep_latest(
    session: Session, table: type[Vote] | type[Reaction], answers: Sequence[Answer]
) -> None:
    """Let each answer be its voter's, unless a later one is known; the same again is nothing."""
    known: dict[Key, list[Row]] = defaultdict(list)
    for row in _rows_of(session, table, answers):
        _remember(known, row)
    for answer in answers:
        found = _own_row(session, known, answer)
        row = found or _new_row(table, answer)
        if found is None:
            session.add(row)
        elif answer.at >= row.at:
            _answer_anew(row, answer)
        _learn_voter(row, answer.voter)
        _remember(known, row)
    session.flush()


def _rows_of(
    session: Session, table: type[Vote] | type[Reaction], answers: Sequence[Answer]
) -> Sequence[Row]:
    """What these voters answered before."""
    people = [one.voter for one in answers]
    theirs = or_(
        col(table.recipient_id).in_({one.recipient_id for one in people} - {None}),
        col(table.number).in_({one.number for one in people} - {None}),
        col(table.lid).in_({one.lid for one in people} - {None}),
    )
    of_messages = col(table.message_id).in_({one.message_id for one in answers})
    rows: Sequence[Any] = session.scalars(select(table).where(of_messages, theirs)).all()
    return rows


def _keys(row: Row | Voter, message_id: int) -> Iterator[Key]:
    for name in ("recipient_id", "number", "lid"):
        if (address := getattr(row, name)) is not None:
            yield message_id, name, address


def _remember(known: dict[Key, list[Row]], row: Row) -> None:
    for key in _keys(row, row.message_id):
        if row not in known[key]:
            known[key].append(row)


def _own_row(session: Session, known: dict[Key, list[Row]], answer: Answer) -> Row | None:
    """The voter's row; of several, which turn out to be one person's, the others go."""
    rows: list[Row] = []
    for key in _keys(answer.voter, answer.message_id):
        rows += [one for one in known[key] if one not in rows]
    if not rows:
        return None
    kept = max(rows, key=lambda row: row.at)
    for other in rows:
        if other is not kept:
            _learn_voter(kept, Voter(other.recipient_id, other.number, other.lid, other.name))
            for key in _keys(other, other.message_id):
                known[key].remove(other)
            _forget(session, other)
    return kept


def _forget(session: Session, row: Row) -> None:
    if row in session.new:
        session.expunge(row)
    else:
        session.delete(row)


def _new_row(table: type[Vote] | type[Reaction], answer: Answer) -> Row:
    row = table(message_id=answer.message_id, at=answer.at)
    _take_value(row, answer)
    return row


def _answer_anew(row: Row, answer: Answer) -> None:
    row.at = answer.at
    if isinstance(row, Vote) and row.chosen != answer.value:
        row.changes += 1
    _take_value(row, answer)


def _take_value(row: Row, answer: Answer) -> None:
    if isinstance(row, Reaction):
        row.emoji = str(answer.value)
    else:
        row.chosen = None if answer.value is None else int(answer.value)


def _learn_voter(row: Row, voter: Voter) -> None:
    row.recipient_id = row.recipient_id or voter.recipient_id
    row.number, row.lid = row.number or voter.number, row.lid or voter.lid
    row.name = voter.name or row.name
