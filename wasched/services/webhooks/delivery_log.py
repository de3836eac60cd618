"""What was delivered to a webhook and how that went; a test, and the same once more."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.db import hints
from wasched.domain.errors import InputError, NotFoundError
from wasched.domain.outbox import WEBHOOK_TEST
from wasched.domain.reasons import Code, because
from wasched.domain.webhook_address import host_of
from wasched.models import (
    DeliveryState,
    OutboxEvent,
    Webhook,
    WebhookDelivery,
    WebhookState,
)
from wasched.services import permissions
from wasched.services.audit_log import record_deed
from wasched.services.caller import Caller
from wasched.services.change_notes import WEBHOOKS, announce
from wasched.services.permissions import Action
from wasched.services.webhooks.deliveries import delivery_columns

_NOT_ON = "Nothing is delivered to it now. Let it go on first."


@dataclass(frozen=True)
class DeliveryLine:
    """One event for a webhook; `status` and `answer` are of the last try."""

    id: int
    event_id: int
    kind: str
    state: str
    tries: int
    happened_at: datetime
    tried_at: datetime | None
    try_at: datetime
    status: int | None
    answer: str


def list_deliveries(
    session: Session, user: Caller, webhook_id: int, before: int = 0, limit: int = 50
) -> list[DeliveryLine]:
    """The newest deliveries of a webhook, those before an id; the newest first."""
    permissions.fetch_own(session, Webhook, webhook_id, user, Action.MANAGE)
    wanted = (
        select(WebhookDelivery, OutboxEvent.kind, OutboxEvent.at)
        .join(OutboxEvent, col(OutboxEvent.id) == WebhookDelivery.event_id)
        .where(col(WebhookDelivery.webhook_id) == webhook_id)
        .order_by(col(WebhookDelivery.id).desc())
        .limit(limit)
    )
    if before:
        wanted = wanted.where(col(WebhookDelivery.id) < before)
    state, waiting = col(WebhookDelivery.state), hints.written_text(DeliveryState.WAITING)
    rows = [
        row
        for of_index in (state == waiting, state != waiting)
        for row in session.execute(wanted.where(of_index))
    ]
    found = [_line_of(one, kind, at) for one, kind, at in rows]
    return sorted(found, key=lambda line: line.id, reverse=True)[:limit]


def read_delivery(
    session: Session, user: Caller, webhook_id: int, delivery_id: int
) -> DeliveryLine:
    """One of them; NotFoundError if the webhook has none such."""
    found = list_deliveries(session, user, webhook_id, delivery_id + 1, limit=1)
    if not found or found[0].id != delivery_id:
        raise NotFoundError()
    return found[0]


def send_test(session: Session, user: Caller, webhook_id: int, now: datetime) -> int:
    """Have a test delivered at once; returns the delivery's id. InputError if it is not on."""
    row = _fetch_active(session, user, webhook_id)
    test = OutboxEvent(space_id=row.space_id, kind=WEBHOOK_TEST, object_id=webhook_id, at=now)
    session.add(test)
    session.flush()
    one = WebhookDelivery(**delivery_columns(row, test.id or 0, WEBHOOK_TEST, webhook_id, now))
    _deliver_now(session, user, row, one, Code.TESTED_WEBHOOK, now)
    return one.id or 0


def send_again(
    session: Session, user: Caller, webhook_id: int, delivery_id: int, now: datetime
) -> None:
    """Have something delivered once more, at once; InputError if the webhook is not on."""
    row = _fetch_active(session, user, webhook_id)
    one = session.get(WebhookDelivery, delivery_id)
    if one is None or one.webhook_id != row.id:
        raise NotFoundError()
    one.state, one.try_at, one.failing_since = DeliveryState.WAITING, now, None
    one.tries = min(one.tries, 1)
    _deliver_now(session, user, row, one, Code.SENT_TO_WEBHOOK, now)


def _fetch_active(session: Session, user: Caller, webhook_id: int) -> Webhook:
    row = permissions.fetch_own(session, Webhook, webhook_id, user, Action.MANAGE)
    if row.state != WebhookState.ACTIVE:
        raise InputError("", _NOT_ON)
    return row


def _deliver_now(
    session: Session, user: Caller, row: Webhook, one: WebhookDelivery, did: Code, now: datetime
) -> None:
    row.try_at = None
    session.add_all([row, one])
    session.flush()
    record_deed(session, user, because(did, host=host_of(row.url)), now)
    announce(session, row.space_id, WEBHOOKS, now)


def _line_of(one: WebhookDelivery, kind: str, happened_at: datetime) -> DeliveryLine:
    return DeliveryLine(
        id=one.id or 0,
        event_id=one.event_id,
        kind=kind,
        state=one.state,
        tries=one.tries,
        happened_at=happened_at,
        tried_at=one.tried_at,
        try_at=one.try_at,
        status=one.status,
        answer=one.answer,
    )
