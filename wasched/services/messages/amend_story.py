"""What is told of deletions and corrections: in a message's story, and of a whole send."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from wasched.domain.amendment import (
    WITHIN,
    AmendmentKind,
    AmendmentState,
    has_words,
    words_of,
)
from wasched.domain.content import Content, from_json
from wasched.domain.filling import tell_content
from wasched.domain.link import ReceiptKind
from wasched.domain.message import Status
from wasched.domain.reasons import NO_REASON, Reason
from wasched.domain.templates import escape_braces
from wasched.models import Account, Amendment, Attempt, Message, Recipient, RecipientKind, User
from wasched.services import permissions
from wasched.services.accounts.pacing import pace_of
from wasched.services.caller import Caller
from wasched.services.delivery import receipts
from wasched.services.messages import amendability, amending
from wasched.services.messages.amendability import Amendable, KnownMessages
from wasched.services.messages.batch_ids import BatchKey
from wasched.services.messages.history_views import AmendOffer, HistoryEvent

_NAMED = 5
_ASKED = {
    AmendmentKind.DELETE: "{who} had it deleted for everyone",
    AmendmentKind.CORRECT: "{who} corrected it",
}
_DONE = {
    AmendmentKind.DELETE: "Deleted for everyone",
    AmendmentKind.CORRECT: "WhatsApp took the correction",
}
_FAILED = {
    AmendmentKind.DELETE: "It could not be deleted for everyone",
    AmendmentKind.CORRECT: "It could not be corrected",
}
_ON_PHONES = {AmendmentKind.DELETE: "Deleted on", AmendmentKind.CORRECT: "Corrected on"}


@dataclass(frozen=True)
class AmendTally:
    """How the last deletion or correction of a send stands.

    `failed` are the reasons why it could not be done, each with how many and the first by name.
    """

    kind: AmendmentKind
    by: str
    at: datetime
    until: datetime
    done: int
    waiting: int
    failed: tuple[tuple[Reason, int, tuple[str, ...]], ...]


def offer_amending(
    session: Session, user: Caller, message: Message, recipient: Recipient, now: datetime
) -> AmendOffer:
    """What may be done with one message by this reader, until when, and what waits to be done."""
    known = amendability.know_messages(session, [message])
    asked = known.asked.get(message.id or 0, ())
    waiting = [one for one in asked if one.state == AmendmentState.WAITING]
    said = known.content_of(message, recipient)
    return AmendOffer(
        delete_until=_until(user, known, message, AmendmentKind.DELETE, now),
        correct_until=None
        if isinstance(said, Reason)
        else _until(user, known, message, AmendmentKind.CORRECT, now),
        words="" if isinstance(said, Reason) else escape_braces(words_of(said)),
        doing=waiting[-1].kind if waiting else "",
        doing_until=waiting[-1].until if waiting else None,
        doing_reason=waiting[-1].reason if waiting else NO_REASON,
    )


def offer_for_send(session: Session, user: Caller, key: BatchKey, now: datetime) -> AmendOffer:
    """The same for a whole send: the last instant at which it can be done with one of it."""
    mine = _of_send(user, key)
    newest, gone = session.execute(
        select(func.max(Attempt.started_at), func.count(col(Message.id).distinct()))
        .join(Message, col(Message.id) == Attempt.message_id)
        .where(*mine, *amendability.HAS_LEFT, col(Message.taken_back_at).is_(None))
    ).one()
    one = session.scalars(select(Message).where(*mine).limit(1)).first()
    if one is None or not gone:
        return AmendOffer()
    known = amendability.know_messages(session, [one])
    if known.is_line_gone(one):
        return AmendOffer()
    first = known.compiled[key[0]].variants[0]
    until = {
        kind: newest + within
        for kind, within in WITHIN.items()
        if newest + within > now and permissions.may(user, amending.MAY[kind], one)
    }
    to_go = select(func.count()).where(*mine, Message.status == Status.SCHEDULED)
    return AmendOffer(
        delete_until=until.get(AmendmentKind.DELETE),
        correct_until=until.get(AmendmentKind.CORRECT) if has_words(first) else None,
        words=words_of(first),
        many=session.scalar(select(func.count()).where(*mine)) or 0,
        to_go=session.scalar(to_go) or 0,
        takes=_gap_of(known.accounts[one.account_id]) * gone,
    )


def tally_send(session: Session, user: Caller, key: BatchKey) -> AmendTally | None:
    """How the last deletion or correction of a send stands; None if there was none."""
    mine = _of_send(user, key)
    last = session.execute(
        select(Amendment, User.name)
        .join(Message, col(Message.id) == Amendment.message_id)
        .outerjoin(User, col(User.id) == Amendment.asked_by_id)
        .where(*mine)
        .order_by(col(Amendment.id).desc())
        .limit(1)
    ).first()
    if last is None:
        return None
    row, by = last
    of_it = (*mine, Amendment.kind == row.kind, Amendment.asked_at == row.asked_at)
    counts: dict[str, int] = dict(
        session.execute(
            select(Amendment.state, func.count())
            .join(Message, col(Message.id) == Amendment.message_id)
            .where(*of_it)
            .group_by(Amendment.state)
        ).all()
    )
    until = session.scalar(
        select(func.max(Amendment.until))
        .join(Message, col(Message.id) == Amendment.message_id)
        .where(*of_it)
    )
    return AmendTally(
        AmendmentKind(row.kind),
        by or "Somebody",
        row.asked_at,
        until or row.until,
        counts.get(AmendmentState.DONE, 0),
        counts.get(AmendmentState.WAITING, 0),
        _failures(session, of_it),
    )


def tell_amendments(
    session: Session, asked: Sequence[Amendment], recipient: Recipient
) -> Iterator[HistoryEvent]:
    """The steps of a message's story: who asked for what, old and new words, and how it ended."""
    ids = {one.asked_by_id for one in asked}
    names = {one.id: one.name for one in session.scalars(select(User).where(col(User.id).in_(ids)))}
    for one in asked:
        kind = AmendmentKind(one.kind)
        title = _ASKED[kind].format(who=names.get(one.asked_by_id, "Somebody"))
        detail = f"“{one.before}” is now “{_said(one)}”" if one.content and one.before else ""
        yield HistoryEvent(one.asked_at, "amended", title, detail or _said(one))
        if one.ended_at is None:
            continue
        if one.state == AmendmentState.FAILED:
            yield HistoryEvent(one.ended_at, "failed", _FAILED[kind], reason=one.reason)
        elif one.whatsapp_id:
            yield HistoryEvent(one.ended_at, "taken_back", _DONE[kind])
            yield from _on_phones(session, one, recipient)


def _on_phones(session: Session, one: Amendment, recipient: Recipient) -> Iterator[HistoryEvent]:
    told = receipts.seen_at(session, one.whatsapp_id or "")
    seen = [at for kind, _, at in told if kind == ReceiptKind.DELIVERED]
    if not seen or one.ended_at is None:
        return
    on = _ON_PHONES[AmendmentKind(one.kind)]
    is_group = recipient.kind == RecipientKind.GROUP
    where = f"the phones of {len(seen):,} in the group" if is_group else "their phone"
    yield HistoryEvent(max(seen[-1], one.ended_at), "delivered", f"{on} {where}")


def _of_send(user: Caller, key: BatchKey) -> tuple[Any, ...]:
    return (
        permissions.visible_among(Message.space_id, user),
        col(Message.schedule_id) == key[0],
        col(Message.due_at) == key[1],
    )


def _gap_of(account: Account) -> timedelta:
    """What lies between two on average."""
    pace = pace_of(account)
    return (pace.gap_min + pace.gap_max) / 2


def _said(one: Amendment) -> str:
    return tell_content(from_json(one.content)) if one.content else ""


def last_correction(asked: Sequence[Amendment]) -> Content | None:
    """What a message says by its last correction, if there was one."""
    done = [one for one in asked if one.content and one.state == AmendmentState.DONE]
    return from_json(done[-1].content) if done else None


def _until(
    user: Caller, known: KnownMessages, message: Message, kind: AmendmentKind, now: datetime
) -> datetime | None:
    may = permissions.may(user, amending.MAY[kind], message)
    verdict = known.verdict(message, kind, now)
    if not may or message.status == Status.SCHEDULED or not isinstance(verdict, Amendable):
        return None
    return min(verdict.until, now + WITHIN[kind])


def _failures(
    session: Session, of_it: Sequence[Any]
) -> tuple[tuple[Reason, int, tuple[str, ...]], ...]:
    """Why it could not be done, with whom: the first of them by name."""
    found = session.execute(
        select(Amendment.reason, Recipient.name, Recipient.phone)
        .join(Message, col(Message.id) == Amendment.message_id)
        .join(Recipient, col(Recipient.id) == Message.recipient_id)
        .where(*of_it, Amendment.state == AmendmentState.FAILED)
        .order_by(col(Recipient.name))
    ).all()
    counted = Counter(reason for reason, _, _ in found)
    names: dict[Reason, list[str]] = {}
    for reason, name, phone in found:
        names.setdefault(reason, []).append(name or phone or "")
    return tuple(
        (reason, count, tuple(names[reason][:_NAMED])) for reason, count in counted.most_common()
    )
