"""The two ends of webhooks as processes that can be killed: what happens, and what delivers it.

`python -m tests.crash.webhook_parts happen` moves messages on; `deliver` is the worker's lanes.
"""

import sys
import time

from sqlmodel import col, select

from tests.scopes import session_scope
from wasched import bootstrap
from wasched.domain.message import Status
from wasched.models import Message
from wasched.webhook_lanes import WebhookLanes

_NEXT = {
    Status.SCHEDULED: Status.SENDING,
    Status.SENDING: Status.SENT,
    Status.SENT: Status.DELIVERED,
    Status.DELIVERED: Status.READ,
}
"""The whole life of a message that arrives."""


def main(part: str) -> None:
    """Go on until somebody ends it; `happen` ends once every message was read."""
    if part == "happen":
        while _happen():
            time.sleep(0.01)
        return
    lanes = WebhookLanes()
    while True:
        lanes.look()
        time.sleep(0.02)


def _happen() -> bool:
    """Move the message on that is furthest behind; False once there is nothing left to do."""
    with session_scope() as session:
        waiting = select(Message).where(col(Message.status) != Status.READ)
        one = session.exec(waiting.order_by(col(Message.attempts), col(Message.id))).first()
        if one is not None:
            one.status, one.attempts = _NEXT[Status(one.status)], one.attempts + 1
            one.sent_at = bootstrap.clock().now()
    return one is not None


if __name__ == "__main__":
    main(sys.argv[1])
