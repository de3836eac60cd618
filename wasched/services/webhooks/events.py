"""The events of a space, as they are read: in their order, with what they are about."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select
from sqlmodel import Session, col

from wasched.domain.errors import InputError
from wasched.domain.outbox import WEBHOOK_TEST, EventFact, EventKind, EventWords
from wasched.models import Account, Message, OutboxEvent, Recipient, RecipientKind, Reply, Schedule
from wasched.services import permissions
from wasched.services.caller import Caller
from wasched.services.permissions import Action
from wasched.services.replies.reading import author_of

KEPT = timedelta(days=7)
"""How long events, and what became of their deliveries, are kept."""


def newest_event(session: Session) -> int:
    """The id of the newest event of any space, 0 if there is none."""
    return session.scalar(select(func.max(OutboxEvent.id))) or 0


def list_events(
    session: Session, user: Caller, after: int, limit: int, *, has_texts: bool
) -> tuple[list[EventFact], int]:
    """The events of the user's space after an id, the oldest first, and the id to go on after.

    InputError if some after that id may have been forgotten, or if there never was such an event.
    """
    permissions.require(user, Action.LOOK)
    newest = newest_event(session)
    _require_kept(session, after, newest)
    wanted = select(OutboxEvent).where(
        OutboxEvent.space_id == user.space_id,
        col(OutboxEvent.id) > after,
        OutboxEvent.kind != WEBHOOK_TEST,
    )
    if user.account_ids is not None:
        through = col(OutboxEvent.account_id)
        wanted = wanted.where(or_(through.is_(None), through.in_(sorted(user.account_ids))))
    rows = session.scalars(wanted.order_by(col(OutboxEvent.id)).limit(limit)).all()
    last = rows[-1].id or 0 if len(rows) == limit else newest
    return facts_of(session, rows, has_texts=has_texts), last


def facts_of(session: Session, rows: Sequence[OutboxEvent], *, has_texts: bool) -> list[EventFact]:
    """What the events are, with texts if they are wanted; what is gone by now has none."""
    people = _people(session, {one.recipient_id for one in rows if one.recipient_id})
    facts = [_fact(one, people) for one in rows]
    return _with_words(session, facts, people) if has_texts else facts


def prune_events(session: Session, now: datetime, limit: int = 5000) -> int:
    """Forget what is older than it is kept, but for the newest: no id is given twice.

    Deliveries go with their events. At most `limit` go at once, so that nobody waits for it.
    """
    is_old = (col(OutboxEvent.at) < now - KEPT, col(OutboxEvent.id) < newest_event(session))
    oldest = select(OutboxEvent.id).where(*is_old).order_by(col(OutboxEvent.at)).limit(limit)
    old = session.scalars(oldest).all()
    session.execute(delete(OutboxEvent).where(col(OutboxEvent.id).in_(old)))
    return len(old)


def _require_kept(session: Session, after: int, newest: int) -> None:
    oldest = session.scalar(select(func.min(OutboxEvent.id))) or 0
    if after > newest or (after and after < oldest - 1):
        raise InputError(
            "cursor",
            "What came after that event is forgotten: events are kept for a week, and a restored "
            "server begins anew. Ask without `after`, and look up what you may have missed.",
        )


def _people(session: Session, ids: Iterable[int]) -> dict[int, Recipient]:
    found = session.scalars(select(Recipient).where(col(Recipient.id).in_(set(ids)))).all()
    return {one.id or 0: one for one in found}


def _fact(row: OutboxEvent, people: dict[int, Recipient]) -> EventFact:
    to = people.get(row.recipient_id or 0)
    return EventFact(
        id=row.id or 0,
        kind=row.kind,
        object_id=row.object_id,
        at=row.at,
        account_id=row.account_id,
        schedule_id=row.schedule_id,
        recipient_id=row.recipient_id,
        recipient_kind=to.kind if to is not None else RecipientKind.PERSON,
        state=row.state,
        due_at=row.due_at,
        reason=row.reason,
    )


def _with_words(
    session: Session, facts: list[EventFact], people: dict[int, Recipient]
) -> list[EventFact]:
    texts = _texts(session, facts)
    accounts = {one.account_id for one in facts if one.kind.startswith("account.")}
    names: dict[int | None, str] = dict(
        session.execute(select(Account.id, Account.name).where(col(Account.id).in_(accounts))).all()
    )
    replies = _reply_words(session, facts)
    return [
        replace(
            one,
            words=replies.get(one.object_id, EventWords())
            if one.kind == EventKind.REPLY_RECEIVED
            else _words(one, texts, people, names),
        )
        for one in facts
    ]


def _reply_words(session: Session, facts: list[EventFact]) -> dict[int, EventWords]:
    """What people wrote back, and who; of what is gone by now nothing."""
    ids = {one.object_id for one in facts if one.kind == EventKind.REPLY_RECEIVED}
    if not ids:
        return {}
    rows = session.execute(
        select(Reply, Recipient)
        .outerjoin(Recipient, col(Recipient.id) == Reply.person_id)
        .where(col(Reply.id).in_(ids))
    )
    found = {}
    for reply, person in rows:
        name, phone = author_of(reply, person)
        found[reply.id or 0] = EventWords(text=reply.text, name=name, phone=phone)
    return found


def _words(
    fact: EventFact,
    texts: dict[tuple[str, int], str],
    people: dict[int, Recipient],
    names: dict[int | None, str],
) -> EventWords:
    to = people.get(fact.recipient_id or 0)
    about = fact.kind.partition(".")[0]
    planned = texts.get(("schedule", fact.schedule_id or 0), "")
    text = texts.get((about, fact.object_id), "") or planned
    name = to.name if to is not None else names.get(fact.account_id, "")
    return EventWords(text=text, name=name, phone=(to.phone if to else None) or "")


def _texts(session: Session, facts: list[EventFact]) -> dict[tuple[str, int], str]:
    """What messages said, once they were made; before that what their schedules say."""
    messages = {one.object_id for one in facts if one.kind.startswith("message.")}
    schedules = {one.schedule_id for one in facts if one.schedule_id}
    sent = session.execute(
        select(Message.id, Message.sent_text).where(col(Message.id).in_(messages))
    )
    planned = session.execute(
        select(Schedule.id, Schedule.preview).where(col(Schedule.id).in_(schedules))
    )
    return {("message", number): text for number, text in sent} | {
        ("schedule", number): text for number, text in planned
    }
