"""A database that is full or damaged: forms and downloads say so, in a sentence."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from tests.api.conftest import Browser
from tests.damage import overwrite_table
from tests.postgresql import sqlite_only
from tests.scopes import session_scope, without_table
from wasched import bootstrap, db
from wasched.config import settings
from wasched.services.identity import signing_in, users

FORM = {"email": "alice@example.org", "password": "correct horse battery"}
PAGE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
DAMAGED = "The database is damaged"


@pytest.fixture
def visitor(browser: Browser) -> Iterator[TestClient]:
    """The browser of somebody who has a password; faults reach it as they reach people."""
    client = TestClient(
        browser("").app,
        base_url="http://localhost:3001",
        client=("127.0.0.1", 4711),
        follow_redirects=False,
        raise_server_exceptions=False,
    )
    made = client.post("/auth/set-up", data={**FORM, "name": "Alice", "zone": "UTC"})
    assert made.headers["location"] == "/set-up/phone"
    client.cookies.clear()
    yield client


@sqlite_only
def test_signing_in_on_a_full_disk_says_that_it_is_full(visitor: TestClient) -> None:
    _fill_up()

    answer = visitor.post("/auth/sign-in", data=FORM, headers=PAGE)

    assert answer.status_code == 503
    assert "The disk with the data folder is full" in answer.text and "<h1>" in answer.text


@sqlite_only
@pytest.mark.parametrize("table", ["user", "sign_in"])
def test_signing_in_with_a_damaged_database_says_so(visitor: TestClient, table: str) -> None:
    _damage(table)

    answer = visitor.post("/auth/sign-in", data=FORM, headers=PAGE)

    assert (answer.status_code, DAMAGED in answer.text) == (503, True)


@sqlite_only
def test_machines_are_told_in_their_own_form(browser: Browser) -> None:
    alice = browser("Alice")
    _damage("user")

    asked = [alice.get("/export/messages.csv"), alice.post("/uploads", json=_FILE)]

    assert [answer.status_code for answer in asked] == [503, 503]
    assert all(DAMAGED in answer.json()["detail"] for answer in asked)


def test_a_locked_database_asks_for_patience(
    visitor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: Any, **__: Any) -> None:
        raise OperationalError("BEGIN IMMEDIATE", {}, Exception("database is locked"))

    monkeypatch.setattr(signing_in, "sign_in", locked)

    answer = visitor.post("/auth/sign-in", data=FORM, headers=PAGE)

    assert (answer.status_code, "wasched goes on by itself" in answer.text) == (503, True)


def test_a_fault_of_the_code_is_no_fault_of_the_disk(visitor: TestClient) -> None:
    with without_table("sign_in"):
        assert visitor.post("/auth/sign-in", data=FORM, headers=PAGE).status_code == 500


_FILE = {"name": "a.pdf", "size": 10}


def _damage(table: str) -> None:
    db.engine().dispose()
    overwrite_table(settings().db_path, table)


def _fill_up() -> None:
    """Let the file grow no more, and write into it until SQLite says that it is full."""
    with db.engine().connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    db.engine().dispose()
    event.listen(
        db.engine(), "connect", lambda made, _: made.execute(f"PRAGMA max_page_count = {pages}")
    )
    now = bootstrap.clock().now()
    with pytest.raises(OperationalError):
        while True:
            with session_scope() as session:
                users.open_session(session, 1, "testclient", "testclient", now)
