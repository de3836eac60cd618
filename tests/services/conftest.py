"""A real database file, a clock that a test moves, and people to schedule for."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from tests.new_database import empty_tables
from tests.owner import add_person, add_to_space
from tests.scopes import Scope
from tests.services.fakes import FakeClock, FakeGateway
from tests.services.life import Life
from wasched.domain.link import LinkState
from wasched.models import Account, Role
from wasched.services.caller import Caller
from wasched.services.delivery.sender import AccountSender

NOW = datetime(2026, 3, 12, 16, 42, tzinfo=UTC)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A real SQLite file with the newest tables."""
    made = empty_tables(tmp_path / "app.db")
    yield made
    made.dispose()


@pytest.fixture
def scope(engine: Engine) -> Scope:
    """Opens sessions on that file, as the product does."""
    return Scope(engine)


@pytest.fixture
def session(scope: Scope) -> Iterator[Session]:
    """One session for tests that need no second one."""
    with scope() as opened:
        yield opened


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands still until a test or a wait moves it."""
    return FakeClock(NOW)


@pytest.fixture
def gateway(clock: FakeClock) -> FakeGateway:
    """A gateway that takes everything at once."""
    return FakeGateway(clock)


@pytest.fixture
def alice(scope: Scope) -> Caller:
    """Who runs the server, in a space of her own."""
    return add_user(scope, "Alice", is_admin=True)


@pytest.fixture
def charlie(scope: Scope, alice: Caller) -> Caller:
    """Somebody else, who must see nothing of Alice's."""
    return add_user(scope, "Charlie")


@pytest.fixture
def account_id(scope: Scope, alice: Caller) -> int:
    """Alice's linked account, without a gap between messages."""
    return add_account(scope, alice)


@pytest.fixture
def life(
    scope: Scope, alice: Caller, account_id: int, clock: FakeClock, gateway: FakeGateway
) -> Life:
    """The worker and Alice at that account, through whatever time a test lets pass."""
    return Life(scope, alice, clock, AccountSender(account_id, gateway, scope, clock, Random(1)))


def add_account(scope: Scope, user: Caller, **values: object) -> int:
    """A linked account of the user; values replace the defaults."""
    fields = {
        "space_id": user.space_id,
        "name": "Choir phone",
        "zone": "Europe/Berlin",
        "created_at": NOW,
        "state": LinkState.CONNECTED,
        "state_since": NOW - timedelta(days=3),
        "gap_min_s": 0,
        "gap_max_s": 0,
        "daily_cap": 100_000,
        "stranger_cap": 100_000,
    }
    with scope() as session:
        account = Account(**(fields | values))
        session.add(account)
        session.flush()
        assert account.id is not None
        return account.id


def add_user(scope: Scope, name: str, *, is_admin: bool = False) -> Caller:
    """A person who signs in, called so, with a space of their own."""
    with scope() as session:
        made = add_person(session, name, NOW, "Europe/Berlin", is_admin=is_admin)
    return replace(made, confirmed_at=NOW)


def add_colleague(scope: Scope, of: Caller, name: str, role: Role) -> Caller:
    """Somebody who belongs to another's space alone."""
    with scope() as session:
        made = add_to_space(session, of, name, role, NOW)
    return replace(made, confirmed_at=NOW)
