"""Deliveries to webhooks: laid out for each event, handed out in their order, and what became.

Those about one thing (a message, a schedule) go one after another: the next one waits until the one
before was taken or given up. Those about other things do not wait for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, insert, or_, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from wasched.db import hints
from wasched.domain.outbox import WEBHOOK_TEST, EventFact, object_of
from wasched.domain.webhook_retry import GIVES_UP_AFTER, GONE, MANY, PostResult, wait_after
from wasched.models import DeliveryState, OutboxEvent, Webhook, WebhookDelivery, WebhookState
from wasched.services.change_notes import WEBHOOKS, announce
from wasched.services.webhooks import endpoints
from wasched.services.webhooks.events import facts_of

AT_ONCE = 50
"""So many deliveries are handed out in one go."""

_LAID_OUT = 500
"""For so many events deliveries are laid out in one transaction."""


@dataclass(frozen=True)
class Parcel:
    """One delivery to make."""

    delivery_id: int
    object: str
    fact: EventFact


Address = tuple[str, tuple[str, ...]]
"""Where a webhook leads, and the secrets that deliveries to it are signed with."""


@dataclass(frozen=True)
class Batch:
    """What goes to a webhook now, in its order."""

    address: Address = ("", ())
    parcels: tuple[Parcel, ...] = ()


@dataclass(frozen=True)
class DeliveryResult:
    """How the try of a delivery ended."""

    delivery_id: int
    at: datetime
    result: PostResult


def due_webhooks(session: Session, now: datetime) -> list[int]:
    """The webhooks to which something may go now."""
    has_new = exists().where(
        col(OutboxEvent.space_id) == Webhook.space_id, col(OutboxEvent.id) > Webhook.seen_event_id
    )
    has_due = exists().where(col(WebhookDelivery.webhook_id) == Webhook.id, *_may_go_now(now))
    may_go = or_(col(Webhook.try_at).is_(None), col(Webhook.try_at) <= now)
    found = session.scalars(
        select(Webhook.id).where(
            col(Webhook.state) == WebhookState.ACTIVE, may_go, or_(has_new, has_due)
        )
    )
    return [one for one in found if one is not None]


def exchange(
    session: Session,
    webhook_id: int,
    ended: Sequence[DeliveryResult],
    now: datetime,
    rng: Random,
) -> Batch:
    """Write down how tries ended, and hand out what goes next; nothing while it is not to."""
    row = session.get(Webhook, webhook_id)
    if row is None:
        return Batch()
    news = [_record(session, row, one, rng) for one in ended]
    if any(news):
        announce(session, row.space_id, WEBHOOKS, now)
    if row.state != WebhookState.ACTIVE or (row.try_at is not None and row.try_at > now):
        return Batch()
    _lay_out(session, row, now)
    return _hand_out(session, row, now)


def _lay_out(session: Session, row: Webhook, now: datetime) -> None:
    """A delivery for each new event that the webhook is to be told of."""
    wanted = select(OutboxEvent.id, OutboxEvent.kind, OutboxEvent.object_id).where(
        col(OutboxEvent.space_id) == row.space_id, col(OutboxEvent.id) > row.seen_event_id
    )
    found = session.execute(wanted.order_by(col(OutboxEvent.id)).limit(_LAID_OUT)).all()
    if not found:
        return
    new = [
        delivery_columns(row, number, kind, about, now)
        for number, kind, about in found
        if kind != WEBHOOK_TEST and (not row.kinds or kind in row.kinds)
    ]
    if new:
        session.execute(insert(WebhookDelivery), new)
    row.seen_event_id = found[-1][0]
    session.add(row)


def delivery_columns(
    row: Webhook, event_id: int, kind: str, about: int, now: datetime
) -> dict[str, Any]:
    """The columns of a new delivery."""
    return {
        "webhook_id": row.id,
        "event_id": event_id,
        "object": object_of(kind, about),
        "state": DeliveryState.WAITING,
        "tries": 0,
        "try_at": now,
        "answer": "",
    }


def _hand_out(session: Session, row: Webhook, now: datetime) -> Batch:
    """The first that wait, without those behind one that is tried later."""
    found = session.execute(
        select(WebhookDelivery, OutboxEvent)
        .join(OutboxEvent, col(OutboxEvent.id) == WebhookDelivery.event_id)
        .where(col(WebhookDelivery.webhook_id) == row.id, *_may_go_now(now))
        .order_by(col(WebhookDelivery.id))
        .limit(AT_ONCE)
    ).all()
    facts = facts_of(session, [event for _, event in found], has_texts=row.has_texts)
    parcels = tuple(
        Parcel(one.id or 0, one.object, fact) for (one, _), fact in zip(found, facts, strict=True)
    )
    is_good = row.old_secret_until is not None and row.old_secret_until > now
    secrets = (row.secret, *([row.old_secret] if is_good else ()))
    return Batch((row.url, secrets), parcels)


def _record(session: Session, row: Webhook, ended: DeliveryResult, rng: Random) -> bool:
    """Write down how a try ended; True if somebody may be waiting to see it."""
    one = session.get(WebhookDelivery, ended.delivery_id)
    if one is None or one.state != DeliveryState.WAITING:
        return False
    said, now = ended.result, ended.at
    one.tries += 1
    one.tried_at, one.status, one.answer = now, said.status or None, said.answer
    session.add_all([one, row])
    if said.is_taken:
        one.state = DeliveryState.DONE
        row.failures, row.failing_since, row.try_at = 0, None, None
        return one.tries > 1 or one.object == object_of(WEBHOOK_TEST, row.id or 0)
    row.failures += 1
    row.failing_since = row.failing_since or now
    one.failing_since = one.failing_since or now
    if said.status == GONE:
        _end(session, row, WebhookState.GONE, now)
    elif now - row.failing_since >= GIVES_UP_AFTER:
        _end(session, row, WebhookState.OFF, now)
    else:
        _put_off(row, one, said, now, rng)
    return True


def _put_off(
    row: Webhook, one: WebhookDelivery, said: PostResult, now: datetime, rng: Random
) -> None:
    """Say when it is tried again: what the endpoint itself is not ready for holds all of it."""
    if said.is_of_endpoint:
        row.try_at = now + wait_after(row.failures, said.retry_after, now, rng)
        return
    one.try_at = now + wait_after(one.tries, said.retry_after, now, rng)
    if one.failing_since is not None and now - one.failing_since >= GIVES_UP_AFTER:
        one.state = DeliveryState.FAILED
    if row.failures >= MANY:
        row.try_at = now + wait_after(row.failures - MANY, "", now, rng)


def _end(session: Session, row: Webhook, state: WebhookState, now: datetime) -> None:
    """Nothing more goes there, and what waits has failed."""
    session.flush()
    waits = and_(col(WebhookDelivery.webhook_id) == row.id, _waits(WebhookDelivery))
    session.execute(
        update(WebhookDelivery)
        .where(waits)
        .values(state=DeliveryState.FAILED)
        .execution_options(synchronize_session="fetch")
    )
    endpoints.switch_off(session, row, state, now)


def _may_go_now(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """The conditions for deliveries whose turn it is: none about the same is tried later."""
    earlier = aliased(WebhookDelivery)
    is_held = exists().where(
        col(earlier.webhook_id) == WebhookDelivery.webhook_id,
        _waits(earlier),
        col(earlier.object) == WebhookDelivery.object,
        col(earlier.id) < WebhookDelivery.id,
        col(earlier.try_at) > now,
    )
    return _waits(WebhookDelivery), col(WebhookDelivery.try_at) <= now, ~is_held


def _waits(table: Any) -> ColumnElement[bool]:
    """As the index of those that wait says it."""
    condition: ColumnElement[bool] = col(table.state) == hints.written_text(DeliveryState.WAITING)
    return condition
