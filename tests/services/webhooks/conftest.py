"""A webhook of Alice's, and messages that something happens to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

import pytest

from tests.scopes import Scope
from tests.services.conftest import NOW
from tests.services.sent import a_send
from wasched.domain.message import Status
from wasched.domain.webhook_retry import PostResult
from wasched.models import Message
from wasched.services.caller import Caller
from wasched.services.webhooks import deliveries, endpoints
from wasched.services.webhooks.deliveries import Batch, DeliveryResult
from wasched.services.webhooks.endpoints import WebhookLine, WebhookRequest

URL = "https://hooks.example.org/wasched?token=of-theirs"
TAKEN = PostResult(204, "")


@dataclass
class Lane:
    """What the worker does for one webhook, at times that a test says."""

    scope: Scope
    user: Caller
    id: int
    secret: str
    ended: list[DeliveryResult] = field(default_factory=list)

    def take(self, now: datetime = NOW) -> Batch:
        """Write down what ended, and take what goes next."""
        with self.scope() as session:
            found = deliveries.exchange(session, self.id, self.ended, now, Random(1))
        self.ended = []
        return found

    def end(self, batch: Batch, *results: PostResult, at: datetime = NOW) -> None:
        """Have the parcels end so, in their order."""
        for parcel, result in zip(batch.parcels, results, strict=False):
            self.ended.append(DeliveryResult(parcel.delivery_id, at, result))

    def is_due(self, now: datetime = NOW) -> bool:
        """True if a look finds it."""
        with self.scope(write=False) as session:
            return self.id in deliveries.due_webhooks(session, now)

    def line(self, now: datetime = NOW) -> WebhookLine:
        """As its page shows it."""
        with self.scope(write=False) as session:
            return endpoints.read_webhook(session, self.user, self.id, now)


@pytest.fixture
def lane(scope: Scope, alice: Caller) -> Lane:
    """A webhook that is told everything."""
    return add_lane(scope, alice)


def add_lane(scope: Scope, user: Caller, **values: object) -> Lane:
    """A webhook of the user's."""
    wanted = WebhookRequest(**({"url": URL} | values))  # type: ignore[arg-type]
    with scope() as session:
        made = endpoints.add_webhook(session, user, wanted, NOW, allows_private=False)
    return Lane(scope, user, *made)


@pytest.fixture
def messages(scope: Scope, alice: Caller, account_id: int) -> Callable[[int], list[int]]:
    """Makes messages that wait."""

    def make(count: int) -> list[int]:
        with scope() as session:
            return a_send(session, alice, account_id, NOW, *[Status.SCHEDULED] * count)

    return make


def move(scope: Scope, message_id: int, *statuses: Status) -> None:
    """Let a message come to statuses."""
    for one in statuses:
        with scope() as session:
            message = session.get_one(Message, message_id)
            message.status, message.sent_at = one, NOW


def told(batch: Batch) -> list[tuple[int, str]]:
    """What goes: the message, and what became of it."""
    return [(one.fact.object_id, one.fact.state) for one in batch.parcels]
