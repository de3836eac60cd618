"""A program that takes webhooks, and a server of a test's own that tells it everything."""

import json
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.new_database import begin_database
from tests.owner import add_owner
from tests.scopes import session_scope
from tests.services.sent import a_send
from wasched import bootstrap, config, db
from wasched.domain.link import LinkState
from wasched.domain.message import Status
from wasched.models import Account
from wasched.services.webhooks import endpoints
from wasched.services.webhooks.endpoints import WebhookRequest


class Delivery(NamedTuple):
    """What came: when (seconds since 1970), under which id, and the event."""

    at: float
    id: str
    event: dict[str, Any]


class Receiver:
    """Takes deliveries, and keeps what came in its order."""

    def __init__(self) -> None:
        self.came: list[Delivery] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                receiver.came.append(Delivery(time.time(), self.headers["webhook-id"], said))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        """End it."""
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def telling_server(
    folder: Path, patch: pytest.MonkeyPatch, urls: Iterable[str], messages: int
) -> Iterator[None]:
    """A server with messages that wait, whose webhooks lead to these addresses."""
    patch.setenv("DB_PATH", str(folder / "app.db"))
    patch.setenv("WEBHOOKS_TO_PRIVATE", "true")
    cached = (config.settings, db.engine, bootstrap.opaque_ids, bootstrap.webhook_poster)
    for one in cached:
        one.cache_clear()
    begin_database()
    _fill(urls, messages)
    yield
    db.engine().dispose()
    for one in cached:
        one.cache_clear()


def _fill(urls: Iterable[str], messages: int) -> None:
    now = bootstrap.clock().now()
    with session_scope() as session:
        owner = add_owner(session, now)
        account = Account(
            space_id=owner.space_id,
            name="Choir phone",
            zone="UTC",
            created_at=now,
            state=LinkState.CONNECTED,
            state_since=now,
        )
        session.add(account)
        session.flush()
        due = now + timedelta(days=1)
        a_send(session, owner, account.id or 0, due, *[Status.SCHEDULED] * messages)
        for url in urls:
            endpoints.add_webhook(session, owner, WebhookRequest(url), now, allows_private=True)
