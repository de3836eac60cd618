"""Browsers of people who are signed in, on a server of each test's own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.new_database import begin_database
from tests.owner import add_person
from tests.scopes import session_scope
from wasched import bootstrap, config, db
from wasched.api.app import make_api
from wasched.api.cookies import SESSION
from wasched.services.identity import users

Browser = Callable[[str], TestClient]


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """Opens the browser of the person with this name; "" is nobody."""
    monkeypatch.setenv("DB_PATH", str(tmp_path / "app.db"))
    monkeypatch.setenv("MEDIA_MAX_MB", "3")
    cached = (config.settings, db.engine, bootstrap.queue, bootstrap.changes)
    for one in (*cached, bootstrap.media_store):
        one.cache_clear()
    begin_database()
    yield _open
    db.engine().dispose()
    bootstrap.media_store.cache_clear()


def _open(name: str) -> TestClient:
    client = TestClient(make_api(), follow_redirects=False)
    if name:
        client.cookies.set(SESSION, _session_of(name))
    return client


def _session_of(name: str) -> str:
    now = bootstrap.clock().now()
    with session_scope() as session:
        made = add_person(session, name, now, is_admin=name == "Alice")
        return users.open_session(session, made.id, "127.0.0.1", "test", now)
