"""What machines are told of the parts."""

from datetime import UTC, datetime

import pytest

from tests.api.conftest import Browser
from tests.scopes import session_scope
from wasched import bootstrap
from wasched.services.server import health


def test_a_queue_that_is_away_is_named_as_a_part_that_is_down(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    with session_scope() as session:
        health.note_heartbeat(session, "worker", datetime.now(UTC), datetime.now(UTC))
    machine = browser("")

    well = machine.get("/readyz")
    monkeypatch.setattr(bootstrap, "queue_fault", lambda: "The queue is full.")
    away = machine.get("/readyz")

    assert (well.status_code, well.json()["queue"]["ok"]) == (200, True)
    assert away.status_code == 503
    assert away.json()["queue"] == {
        "ok": False,
        "says": "The queue is full. What is due is sent without it.",
    }
