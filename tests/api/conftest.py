"""Browsers of people who are signed in, and programs with keys, on a server of each test's own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from tests.api.described import Program
from tests.new_database import begin_database
from tests.owner import add_person
from tests.scopes import session_scope
from wasched import bootstrap, config, db
from wasched.api.app import make_api
from wasched.api.cookies import SESSION
from wasched.api.v1 import callers
from wasched.domain.link import LinkState
from wasched.models import Account, ApiKey
from wasched.services.identity import keys, users

Browser = Callable[[str], TestClient]
Programs = Callable[..., Program]


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """Opens the browser of the person with this name; "" is nobody."""
    monkeypatch.setenv("DB_PATH", str(tmp_path / "app.db"))
    monkeypatch.setenv("MEDIA_MAX_MB", "3")
    cached = (config.settings, db.engine, bootstrap.queue, bootstrap.changes)
    for one in (*cached, bootstrap.media_store):
        one.cache_clear()
    begin_database()
    bootstrap.secret_key()  # as every process asks for it at its start
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


@pytest.fixture
def program(browser: Browser) -> Iterator[Programs]:
    """Gives a program a key of the person with this name, who has a linked account."""
    for one in (callers.limits, bootstrap.buckets, bootstrap.opaque_ids, callers.key_uses):
        one.cache_clear()
    client = TestClient(make_api(), follow_redirects=False)
    known: dict[str, tuple[object, int]] = {}

    def opens(name: str, *scopes: str, per_account: bool = False) -> Program:
        if not scopes:
            return Program(client)
        now = bootstrap.clock().now()
        with session_scope() as session:
            if name not in known:
                person = add_person(session, name, now, "Europe/Berlin")
                account = Account(
                    space_id=person.space_id,
                    name=f"{name}'s phone",
                    zone="Europe/Berlin",
                    created_at=now,
                    state=LinkState.CONNECTED,
                    state_since=now,
                )
                session.add(account)
                session.flush()
                known[name] = (person, account.id or 0)
            person, account_id = known[name]
            count = session.scalar(select(func.count()).select_from(ApiKey))
            only = [account_id] if per_account else []
            token = keys.add_key(session, person, f"key {count}", scopes, now, account_ids=only)
        return Program(client, token)

    yield opens
