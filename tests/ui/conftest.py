"""A server with a real database file, its people, and the tabs they have open."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
import reflex as rx

from tests.new_database import begin_database
from tests.owner import add_person
from tests.scopes import session_scope
from wasched import bootstrap, config, db
from wasched.api.cookies import SESSION
from wasched.domain.link import LinkState
from wasched.models import Account
from wasched.services.caller import Caller
from wasched.services.identity import users
from wasched.ui.live import subscriptions

Of = TypeVar("Of", bound=rx.State)
Tab = Callable[..., rx.State]


@pytest.fixture(autouse=True)
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty server of this test's own."""
    monkeypatch.setenv("DB_PATH", str(tmp_path / "app.db"))
    for cached in (config.settings, db.engine, bootstrap.queue, bootstrap.changes):
        cached.cache_clear()
    begin_database()
    subscriptions.followers.clear()
    yield
    bootstrap.changes().close()
    db.engine().dispose()


@pytest.fixture
def alice() -> Caller:
    """Who runs the server, in a space of her own."""
    return _user("Alice", is_admin=True)


@pytest.fixture
def charlie(alice: Caller) -> Caller:
    """Somebody else, who must see nothing of Alice's."""
    return _user("Charlie")


@pytest.fixture
def account_id(alice: Caller) -> int:
    """Alice's linked account."""
    now = datetime.now(UTC)
    with session_scope() as session:
        account = Account(
            space_id=alice.space_id,
            name="Choir phone",
            zone="UTC",
            created_at=now,
            state=LinkState.CONNECTED,
            state_since=now,
            jid="4915100000012@s.whatsapp.net",
            linked_at=now - timedelta(days=3),
        )
        session.add(account)
        session.flush()
        assert account.id is not None
        return account.id


@pytest.fixture
def tab() -> Tab:
    """Opens a tab: the root state of a browser, with the user's cookie, at an address."""

    def open_tab(user: Caller | None, address: str = "/", token: str = "tab") -> rx.State:
        root = rx.State(_reflex_internal_init=True)  # type: ignore[call-arg]
        move(root, user, address, token)
        return root

    return open_tab


def move(root: rx.State, user: Caller | None, address: str, token: str = "tab") -> None:
    """Lead the tab to another address, or give it another person's cookie."""
    cookie = f"{SESSION}={_session_of(user)}" if user else ""
    root._update_router_vars(
        {
            "headers": {"cookie": cookie, "origin": "http://testserver"},
            "asPath": address,
            "pathname": address.partition("?")[0],
            "token": token,
            "ip": "127.0.0.1",
        },
        {},
    )


async def state_in(root: rx.State, cls: type[Of]) -> Of:
    """A state of the tab."""
    return await root.get_state(cls)


def _session_of(user: Caller) -> str:
    with session_scope() as session:
        return users.open_session(session, user.id, "127.0.0.1", "test", bootstrap.clock().now())


def _user(name: str, *, is_admin: bool = False) -> Caller:
    with session_scope() as session:
        return add_person(session, name, datetime.now(UTC), "Europe/Berlin", is_admin=is_admin)
