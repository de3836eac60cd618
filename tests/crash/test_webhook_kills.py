"""kill -9 of what happens and of what delivers it: every event arrives, in its order."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select
from sqlmodel import col

from tests.scopes import session_scope
from tests.webhook_receiver import Receiver, telling_server
from wasched import bootstrap
from wasched.domain.opaque_ids import Kind
from wasched.models import DeliveryState, OutboxEvent, WebhookDelivery

_STEPS = 3  # of each message: sent, delivered, read


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """What is told everything."""
    made = Receiver()
    yield made
    made.close()


@pytest.mark.parametrize(
    ("messages", "kills"),
    [(8, 2), pytest.param(334, 50, marks=[pytest.mark.torture, pytest.mark.timeout(1200)])],
)
def test_every_event_arrives_in_its_order_through_kills(
    receiver: Receiver,
    messages: int,
    kills: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with telling_server(tmp_path, monkeypatch, [receiver.url], messages):
        stored = _run_through_kills(receiver, messages * _STEPS, kills)
        _check(receiver, messages)
    for known, since in stored:
        assert not known & {one.id for one in receiver.came[since:]}


def _run_through_kills(receiver: Receiver, total: int, kills: int) -> list[tuple[set[str], int]]:
    """What was taken and written down at each kill, and how many had come by then."""
    rng = Random(total)
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
    assert len(stored) == kills
    return stored


def _check(receiver: Receiver, messages: int) -> None:
    with session_scope(write=False) as session:
        happened = session.execute(
            select(OutboxEvent.id, OutboxEvent.object_id, OutboxEvent.kind).order_by(
                col(OutboxEvent.id)
            )
        ).all()
    ids = bootstrap.opaque_ids()
    wanted = [(ids.write(Kind.EVENT, n), ids.write(Kind.MESSAGE, m), k) for n, m, k in happened]
    came = [(one.id, one.event["data"]["message"], one.event["type"]) for one in receiver.came]
    first_time = list(dict.fromkeys(came))
    assert len(wanted) == messages * _STEPS
    assert set(first_time) == set(wanted)
    for message in {one for _, one, _ in wanted}:
        assert [one for one in first_time if one[1] == message] == [
            one for one in wanted if one[1] == message
        ]


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
