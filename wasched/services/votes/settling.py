"""Counting answers: each is read, given to its voter and kept as the latest of theirs."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import delete, select
from sqlmodel import Session, col

from wasched.domain.votes import chosen_bits
from wasched.models import (
    Account,
    AnswerKind,
    Attempt,
    Message,
    Reaction,
    SentPoll,
    UnsettledAnswer,
    Vote,
)
from wasched.services.change_notes import MESSAGES, announce
from wasched.services.ports import SealedVote, VoteOpener
from wasched.services.votes import latest, sent_polls, voters
from wasched.services.votes.latest import Answer

log = logging.getLogger(__name__)

AT_ONCE = 500


@dataclass(frozen=True)
class _Found:
    """An answer with the rows of what it is about."""

    answer: UnsettledAnswer
    attempt: Attempt
    message: Message
    account: Account


def has_unsettled(session: Session) -> bool:
    """True if an answer waits whose message is known; asked each second, it costs next to nothing.

    Those of polls that somebody made on the linked phone wait for nothing until they are forgotten.
    """
    known = select(col(UnsettledAnswer.id)).join(
        Attempt, col(Attempt.whatsapp_id) == UnsettledAnswer.whatsapp_id
    )
    return session.scalar(known.limit(1)) is not None


def settle_answers(session: Session, open_vote: VoteOpener, now: datetime) -> int:
    """Count the answers whose messages are known by now, AT_ONCE at most; returns how many.

    An answer goes with being counted, in one transaction: none is lost, none counted twice.
    """
    found = _find(session)
    for kind, some in groupby(sorted(found, key=_kind), key=_kind):
        _settle(session, list(some), kind, open_vote)
    ids = [one.answer.id for one in found]
    session.execute(delete(UnsettledAnswer).where(col(UnsettledAnswer.id).in_(ids)))
    for space_id in {one.message.space_id for one in found}:
        announce(session, space_id, MESSAGES, now)
    return len(found)


def _find(session: Session) -> list[_Found]:
    rows = session.execute(
        select(UnsettledAnswer, Attempt, Message, Account)
        .join(Attempt, col(Attempt.whatsapp_id) == UnsettledAnswer.whatsapp_id)
        .join(Message, col(Message.id) == Attempt.message_id)
        .join(Account, col(Account.id) == UnsettledAnswer.account_id)
        .where(col(Message.account_id) == UnsettledAnswer.account_id)
        .order_by(col(UnsettledAnswer.id))
        .limit(AT_ONCE)
    )
    return [_Found(*row) for row in rows]


def _kind(one: _Found) -> str:
    return one.answer.kind


def _settle(session: Session, found: list[_Found], kind: str, open_vote: VoteOpener) -> None:
    messages = {one.message.id or 0: one.message for one in found}
    people = voters.find_voters(session, [(one.message, one.account, one.answer) for one in found])
    if kind == AnswerKind.REACTION:
        told = [one.answer.body.decode() for one in found]
        latest.keep_latest(session, Reaction, _answers(found, people, told))
        return
    polls = sent_polls.polls_of(session, list(messages.values()))
    about_polls = [place for place, one in enumerate(found) if one.message.id in polls]
    found, people = [found[one] for one in about_polls], [people[one] for one in about_polls]
    chosen = [_chosen(one, polls, open_vote) for one in found]
    latest.keep_latest(session, Vote, _answers(found, people, chosen))


def _answers(
    found: Sequence[_Found], people: Sequence[voters.Voter], values: Iterable[str | int | None]
) -> list[Answer]:
    return [
        Answer(one.message.id or 0, voter, one.answer.at, value)
        for one, voter, value in zip(found, people, values, strict=True)
    ]


def _chosen(one: _Found, polls: Mapping[int, SentPoll], open_vote: VoteOpener) -> int | None:
    """The options of a vote as bits; None if it cannot be read, which its page says."""
    hashes = open_vote(_sealed(one))
    if hashes is None:
        log.warning("A vote on message %s cannot be read", one.message.id)
        return None
    return chosen_bits(polls[one.message.id or 0].options, hashes)


def _sealed(one: _Found) -> SealedVote:
    authors = (one.account.lid, one.account.jid)
    return SealedVote(
        secret=one.attempt.secret,
        poll_id=one.answer.whatsapp_id,
        authors=tuple(address for address in authors if address),
        voters=tuple(address for address in (one.answer.sender, one.answer.sender_alt) if address),
        iv=one.answer.iv,
        body=one.answer.body,
    )
