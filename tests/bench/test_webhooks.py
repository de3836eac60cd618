"""How long after it happened each of five webhooks is told, at a hundred deliveries a second."""

import threading
import time
from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import select

from tests.scopes import session_scope
from tests.webhook_receiver import Delivery, Receiver, telling_server
from wasched.domain.message import Status
from wasched.models import Message
from wasched.webhook_lanes import WebhookLanes

_WEBHOOKS, _A_SECOND = 5, 20  # events, each for every webhook
_LOOK_S = 0.25  # as the worker looks


def test_delays_of_deliveries(tmp_path: Path, full: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    events = 1200 if full else 20
    receivers = [Receiver() for _ in range(_WEBHOOKS)]
    urls = [one.url for one in receivers]
    with telling_server(tmp_path, monkeypatch, urls, events):
        _run(receivers, events)
    for one in receivers:
        one.close()

    delays = sorted(_delay(one) for receiver in receivers for one in receiver.came)
    assert len(delays) == events * _WEBHOOKS
    half, most = delays[len(delays) // 2], delays[len(delays) * 99 // 100 - 1]
    print(f"\n{len(delays)} deliveries, delay in s: p50 {half:.3f}, p99 {most:.3f}")
    if full:
        assert half <= 1.0


def _run(receivers: list[Receiver], events: int) -> None:
    lanes, ends = WebhookLanes(), threading.Event()

    def look() -> None:
        while not ends.wait(_LOOK_S):
            lanes.look()

    looking = threading.Thread(target=look)
    looking.start()
    try:
        _happen(events)
        until = time.monotonic() + 60
        while sum(len(one.came) for one in receivers) < events * len(receivers):
            assert time.monotonic() < until, "not everything was delivered"
            time.sleep(0.05)
        while not lanes.is_idle():
            time.sleep(0.05)
    finally:
        ends.set()
        looking.join()


def _happen(events: int) -> None:
    """Something happens to one message after another, evenly."""
    with session_scope(write=False) as session:
        ids = session.exec(select(Message.id)).all()
    begun = time.monotonic()
    for number, message_id in enumerate(ids[:events]):
        time.sleep(max(0.0, begun + number / _A_SECOND - time.monotonic()))
        with session_scope() as session:
            session.get_one(Message, message_id).status = Status.CANCELLED


def _delay(one: Delivery) -> float:
    happened = datetime.fromisoformat(str(one.event["timestamp"]))
    return one.at - happened.timestamp()
