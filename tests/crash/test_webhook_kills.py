"""kill -9 of what happens and of what delivers it: every event arrives, in its order."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select
from sqlmodel import col

from tests.new_database import begin_database
from tests.owner import add_owner
from tests.scopes import session_scope
from tests.services.sent import a_send
from wasched import bootstrap, config, db
from wasched.domain.link import LinkState
from wasched.domain.message import Status
from wasched.domain.opaque_ids import Kind
from wasched.models import Account, DeliveryState, OutboxEvent, WebhookDelivery
from wasched.services.webhooks import endpoints
from wasched.services.webhooks.endpoints import WebhookRequest

_STEPS = 3  # of each message: sent, delivered, read


class Receiver:
    """Takes deliveries, and keeps what came in its order."""

    def __init__(self) -> None:
        self.came: list[tuple[str, str, str]] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                named = self.headers["webhook-id"]
                receiver.came.append((named, said["data"]["message"], said["type"]))
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


@pytest.fixture
def receiver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """A receiver, and a server of this test's own that tells it everything."""
    monkeypatch.setenv("DB_PATH", str(tmp_path / "app.db"))
    monkeypatch.setenv("WEBHOOKS_TO_PRIVATE", "true")
    cached = (config.settings, db.engine, bootstrap.opaque_ids, bootstrap.webhook_poster)
    for one in cached:
        one.cache_clear()
    begin_database()
    made = Receiver()
    yield made
    made.close()
    db.engine().dispose()
    for one in cached:
        one.cache_clear()


@pytest.mark.parametrize(
    ("messages", "kills"),
    [(8, 2), pytest.param(334, 50, marks=[pytest.mark.torture, pytest.mark.timeout(1200)])],
)
def test_every_event_arrives_in_its_order_through_kills(
    receiver: Receiver, messages: int, kills: int
) -> None:
    _fill(receiver, messages)
    rng, total = Random(messages), messages * _STEPS
    moments = sorted(rng.sample(range(total), kills))
    stored: list[tuple[set[str], int]] = []
    parts = {"happen": _start("happen"), "deliver": _start("deliver")}
    try:
        while len(_stored()) < total:
            time.sleep(rng.uniform(0.0, 0.05))
            if moments and len(receiver.came) >= moments[0]:
                moments.pop(0)
                name = rng.choice([one for one in parts if parts[one].poll() is None])
                parts[name].kill()
                parts[name].wait()
                stored.append((_stored(), len(receiver.came)))
                parts[name] = _start(name)
    finally:
        for one in parts.values():
            one.kill()
            one.wait()

    _check(receiver, messages)
    assert moments == []
    for known, since in stored:
        assert not known & {one for one, *_ in receiver.came[since:]}


def _check(receiver: Receiver, messages: int) -> None:
    with session_scope(write=False) as session:
        happened = session.execute(
            select(OutboxEvent.id, OutboxEvent.object_id, OutboxEvent.kind).order_by(
                col(OutboxEvent.id)
            )
        ).all()
    ids = bootstrap.opaque_ids()
    wanted = [(ids.write(Kind.EVENT, n), ids.write(Kind.MESSAGE, m), k) for n, m, k in happened]
    first_time = list(dict.fromkeys(receiver.came))
    assert len(wanted) == messages * _STEPS
    assert set(first_time) == set(wanted)
    for message in {one for _, one, _ in wanted}:
        assert [one for one in first_time if one[1] == message] == [
            one for one in wanted if one[1] == message
        ]


def _fill(receiver: Receiver, messages: int) -> None:
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
        wanted = WebhookRequest(receiver.url)
        endpoints.add_webhook(session, owner, wanted, now, allows_private=True)


def _start(part: str) -> "subprocess.Popen[bytes]":
    line = [sys.executable, "-m", "tests.crash.webhook_parts", part]
    return subprocess.Popen(line, env=os.environ.copy())


def _stored() -> set[str]:
    """The events that were taken, and that is written down."""
    with session_scope(write=False) as session:
        done = select(WebhookDelivery.event_id).where(
            col(WebhookDelivery.state) == DeliveryState.DONE
        )
        found = session.scalars(done).all()
    return {bootstrap.opaque_ids().write(Kind.EVENT, one) for one in found}
