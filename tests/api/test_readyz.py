"""What /readyz tells a monitor while something is wrong."""

import sqlite3
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import Browser
from tests.owner import signed_in
from tests.scopes import session_scope
from wasched import bootstrap, self_check
from wasched.adapters.media_watch import MediaWatch
from wasched.adapters.storage_watch import StorageWatch
from wasched.config import settings
from wasched.domain.errors import MediaAwayError
from wasched.domain.link import LinkState
from wasched.domain.reasons import Code, Reason
from wasched.models import Account, User
from wasched.services.accounts import accounts
from wasched.services.messages import stopping
from wasched.services.server import health, sending_check
from wasched.services.server.health_views import HealthTrouble


@pytest.fixture
def monitor(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A monitor of a server whose worker is alive."""
    monkeypatch.setattr(self_check, "_watches", [])
    now = bootstrap.clock().now()
    with session_scope() as session:
        health.note_heartbeat(session, "worker", now - timedelta(hours=1), now)
    return browser("")


def test_all_is_well_while_nothing_is_wrong(monitor: TestClient) -> None:
    answer = monitor.get("/readyz")

    assert answer.status_code == 200
    assert {part["ok"] for part in answer.json().values()} == {True}


def test_a_locked_database_is_named_while_it_is_locked(monitor: TestClient) -> None:
    watch = StorageWatch(settings().db_path, {}, long_s=0.0)
    self_check._watches.append(watch)
    other = sqlite3.connect(settings().db_path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    watch.look()

    locked = monitor.get("/readyz")
    other.execute("ROLLBACK")
    watch.look()

    assert locked.status_code == 503
    assert "locked by another program" in locked.json()["database"]["says"]
    assert monitor.get("/readyz").status_code == 200
    other.close()


def test_a_store_of_files_that_is_away_is_named_and_stops_nobody(
    monitor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise MediaAwayError(Reason(Code.MEDIA_STORE_SILENT), "does not answer at s3://vault.")

    watch = MediaWatch(away)
    monkeypatch.setattr(self_check, "_media_watches", [watch])
    watch.look()

    answer = monitor.get("/readyz")

    assert answer.status_code == 200, "pages and texts need no files"
    assert answer.json()["media"]["says"] == (
        "The store of attached files does not answer at s3://vault. Until then no file can be "
        "attached or shown, and messages with files wait; texts go out."
    )


def test_what_only_the_worker_sees_is_named_as_well(monitor: TestClient) -> None:
    with session_scope() as session:
        sending_check.note_worker_troubles(
            session, "worker", [HealthTrouble("links", "The link's disk is full.")]
        )

    answer = monitor.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["links"] == {"ok": False, "says": "The link's disk is full."}


def test_an_account_works_only_while_it_is_connected(monitor: TestClient, browser: Browser) -> None:
    browser("Alice")
    now = bootstrap.clock().now()
    with session_scope() as session:
        owner = signed_in(session, session.get_one(User, 1))
        account = accounts.add_account(session, owner, "Choir phone", now)
    said = {}
    for state in LinkState:
        with session_scope() as session:
            found = session.get_one(Account, account)
            found.state, found.state_since = state, now - timedelta(minutes=7)
        answer = monitor.get("/readyz")
        said[state] = (answer.status_code, *answer.json()[f"account {account}"].values())
    with session_scope() as session:
        stopping.stop_sending(session, owner, [account], now)

    assert said.pop(LinkState.CONNECTED) == (200, True, "Works.")
    assert {one[:2] for one in said.values()} == {(503, False)}
    assert "no connection to WhatsApp" in said[LinkState.RECONNECTING][2]
    stopped = monitor.get("/readyz")
    assert stopped.status_code == 200
    assert "stopped it" in stopped.json()[f"account {account}"]["says"]
