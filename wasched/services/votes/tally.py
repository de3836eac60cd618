"""Counting votes and reactions, of one message or of a whole send."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlmodel import Session, col

from wasched.db import hints
from wasched.domain.votes import chosen_places, percent_of
from wasched.models import Message, Reaction, Recipient, RecipientKind, SentPoll, Vote
from wasched.services import permissions
from wasched.services.caller import Caller
from wasched.services.permissions import Action
from wasched.services.recipients.recipients import recipient_title
from wasched.services.votes.vote_views import (
    EmojiCount,
    OptionTally,
    PollTally,
    ReactionRow,
    Reactions,
    Turnout,
    VoterRow,
)
from wasched.services.votes.voter_names import voter_names

LISTED = 100
"""So many who answered are listed at first, the latest of them; the export has all."""

SendKey = tuple[int, datetime]
"""The schedule of a send, and the instant (UTC) at which its messages are due."""


def tally_message(
    session: Session, user: Caller, message_id: int, listed: int = LISTED
) -> PollTally | None:
    """The votes on one message; None if no poll was sent by it, NotFoundError if not theirs."""
    message = permissions.fetch_own(session, Message, message_id, user, Action.LOOK)
    mine = select(col(Message.id)).where(col(Message.id) == message.id)
    return _tally(session, mine, (message.schedule_id, message.due_at), listed)


def tally_send(
    session: Session, user: Caller, send: SendKey, listed: int = LISTED
) -> PollTally | None:
    """The votes on all messages of a send together; None where no poll was sent."""
    return _tally(session, _messages_of(user, send), send, listed)


def tally_latest(
    session: Session, user: Caller, schedule_id: int, listed: int = LISTED
) -> PollTally | None:
    """The votes on the send of a schedule by which a poll went out last; None for none."""
    due_at = session.scalar(
        select(func.max(Message.due_at))
        .join(SentPoll, col(SentPoll.message_id) == Message.id)
        .where(
            permissions.visible_among(Message.space_id, user),
            col(Message.schedule_id) == schedule_id,
        )
    )
    return tally_send(session, user, (schedule_id, due_at), listed) if due_at else None


def react_message(session: Session, user: Caller, message_id: int) -> Reactions:
    """The reactions to one message; NotFoundError if it is not theirs."""
    message = permissions.fetch_own(session, Message, message_id, user, Action.LOOK)
    return _reactions(session, select(col(Message.id)).where(col(Message.id) == message.id))


def react_send(session: Session, user: Caller, send: SendKey) -> Reactions:
    """The reactions to all messages of a send together."""
    return _reactions(session, _messages_of(user, send))


def turnouts(session: Session, of: Mapping[int, SendKey]) -> dict[SendKey, Turnout]:
    """How many have voted, for those of some sends that were polls; each by one message of it.

    Whether the sends may be seen is asked before.
    """
    polls = select(col(SentPoll.message_id)).where(col(SentPoll.message_id).in_(of))
    sends = [of[one] for one in session.connection().scalars(polls)]
    if not sends:
        return {}
    where = hints.pairs_in(Message.schedule_id, Message.due_at, sends)
    keys = (col(Message.schedule_id), col(Message.due_at))
    voted = session.execute(
        select(*keys, func.count(col(Vote.id)))
        .join(Vote, col(Vote.message_id) == Message.id)
        .where(*where, col(Vote.chosen) > 0)
        .group_by(*keys)
    )
    counted = {(row[0], row[1]): row[2] for row in voted}
    return {
        send: Turnout(counted.get(send, 0), max(asked, counted.get(send, 0)))
        for send, asked in _asked_by_send(session, where, keys)
    }


def _asked_by_send(
    session: Session, where: Sequence[Any], keys: Sequence[Any]
) -> Iterator[tuple[SendKey, int]]:
    rows = session.execute(
        select(*keys, func.sum(_asked_of_one()))
        .join(Recipient, col(Recipient.id) == Message.recipient_id)
        .where(*where, col(Message.sent_at).is_not(None))
        .group_by(*keys)
    )
    return (((row[0], row[1]), row[2] or 0) for row in rows)


def _asked_of_one() -> Any:
    """How many got a message: one, or all others of a group."""
    beside_us = case((col(Recipient.size) > 1, Recipient.size - 1), else_=0)
    others = func.coalesce(Message.group_others, beside_us)
    return case((col(Recipient.kind) == RecipientKind.GROUP, others), else_=1)


def _messages_of(user: Caller, send: SendKey) -> Select[Any]:
    return select(col(Message.id)).where(
        permissions.visible_among(Message.space_id, user),
        col(Message.schedule_id) == send[0],
        col(Message.due_at) == send[1],
    )


def _tally(session: Session, messages: Select[Any], send: SendKey, listed: int) -> PollTally | None:
    poll = session.scalar(select(SentPoll).where(col(SentPoll.message_id).in_(messages)).limit(1))
    if poll is None:
        return None
    counts, by_option = _count(session, messages, poll)
    voted = sum(number for chosen, number in counts.items() if chosen)
    asked, size = _asked(session, messages)
    return PollTally(
        question=poll.question,
        choices=poll.choices,
        options=tuple(
            OptionTally(text, number, percent_of(number, voted))
            for text, number in by_option.items()
        ),
        voted=voted,
        asked=max(asked, voted),
        taken_back=counts[0],
        unreadable=counts[None],
        voters=tuple(read_voters(session, messages, listed)),
        schedule_id=send[0],
        due_at=send[1],
        messages=size,
    )


def _count(
    session: Session, messages: Select[Any], poll: SentPoll
) -> tuple[Counter[int | None], dict[str, int]]:
    """How many chose what (bits), and how many each option; wordings may ask by other options."""
    rows = session.execute(
        select(col(SentPoll.options), col(Vote.chosen), func.count())
        .join(Vote, col(Vote.message_id) == SentPoll.message_id)
        .where(col(SentPoll.message_id).in_(messages))
        .group_by(col(SentPoll.options), col(Vote.chosen))
    )
    counts: Counter[int | None] = Counter()
    by_option = dict.fromkeys(poll.options, 0)
    for options, chosen, number in rows:
        counts[chosen] += number
        for place in chosen_places(chosen or 0):
            by_option[options[place]] = by_option.get(options[place], 0) + number
    return counts, by_option


def _asked(session: Session, messages: Select[Any]) -> tuple[int, int]:
    """How many people got it, and how many messages there are."""
    got = case((col(Message.sent_at).is_not(None), _asked_of_one()), else_=0)
    row = session.execute(
        select(func.sum(got), func.count())
        .join(Recipient, col(Recipient.id) == Message.recipient_id)
        .where(col(Message.id).in_(messages))
    ).one()
    return row[0] or 0, row[1]


def read_voters(
    session: Session, messages: Select[Any], limit: int | None = None
) -> Iterator[VoterRow]:
    """Those who voted, the latest first."""
    rows = session.execute(
        select(Vote, col(SentPoll.options), Recipient)
        .join(SentPoll, col(SentPoll.message_id) == Vote.message_id)
        .join(Message, col(Message.id) == Vote.message_id)
        .join(Recipient, col(Recipient.id) == Message.recipient_id)
        .where(col(Vote.message_id).in_(messages), col(Vote.chosen) > 0)
        .order_by(col(Vote.at).desc(), col(Vote.id).desc())
        .limit(limit)
    ).all()
    names = voter_names(session, [row[0] for row in rows])
    for name, (vote, options, to) in zip(names, rows, strict=True):
        chosen = tuple(options[place] for place in chosen_places(vote.chosen or 0))
        number = vote.number or ""
        yield VoterRow(name, chosen, vote.at, vote.changes, number, recipient_title(to))


def voters_of_send(session: Session, user: Caller, send: SendKey) -> Iterator[VoterRow]:
    """All who voted on a send, for an export."""
    return read_voters(session, _messages_of(user, send))


def _reactions(session: Session, messages: Select[Any]) -> Reactions:
    theirs = (col(Reaction.message_id).in_(messages), col(Reaction.emoji) != "")
    counted = session.execute(
        select(col(Reaction.emoji), func.count())
        .where(*theirs)
        .group_by(col(Reaction.emoji))
        .order_by(func.count().desc(), func.min(Reaction.at))
    )
    counts = tuple(EmojiCount(emoji, number) for emoji, number in counted)
    if not counts:
        return Reactions()
    latest = select(Reaction).where(*theirs).order_by(col(Reaction.at).desc()).limit(LISTED)
    rows = session.scalars(latest).all()
    people = zip(rows, voter_names(session, rows), strict=True)
    return Reactions(counts, tuple(ReactionRow(one.emoji, name, one.at) for one, name in people))
