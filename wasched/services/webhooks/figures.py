"""What a monitor is told of webhooks: for the whole server, without an address."""

from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from wasched.db import hints
from wasched.domain.figures import Figure, FigureKind, by_label, one_value
from wasched.models import DeliveryState, OutboxEvent, Webhook, WebhookDelivery, WebhookState


def webhook_figures(session: Session, now: datetime) -> list[Figure]:
    """Webhooks by their state, what waits for them, and for how long."""
    counted = session.execute(select(Webhook.state, func.count()).group_by(Webhook.state))
    states = dict.fromkeys(map(str, WebhookState), 0.0) | dict(counted.all())
    waits = col(WebhookDelivery.state) == hints.written_text(DeliveryState.WAITING)
    waiting, first = session.execute(
        select(func.count(), func.min(WebhookDelivery.event_id)).where(waits)
    ).one()
    oldest = session.get(OutboxEvent, first or 0)
    age = (now - oldest.at).total_seconds() if oldest else 0.0
    return [
        _gauge("wasched_webhooks", "Webhooks by state.", by_label("state", states)),
        _gauge(
            "wasched_webhook_deliveries_waiting",
            "Deliveries to webhooks that have not been taken yet.",
            one_value(float(waiting)),
        ),
        _gauge(
            "wasched_webhook_oldest_waiting_seconds",
            "How long ago that happened which has waited longest to be delivered.",
            one_value(max(0.0, age)),
        ),
    ]


def _gauge(name: str, about: str, values: dict[tuple[tuple[str, str], ...], float]) -> Figure:
    return Figure(name, about, FigureKind.GAUGE, values)
