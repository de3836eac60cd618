"""One server for all who walk: two full spaces, and a database that is put back."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.attacks.walk.people import PASSWORD, Walker, fill_server, used_invitation
from tests.attacks.walk.programs import give_keys
from tests.attacks.walk.rows import Watched
from tests.attacks.walk.two_spaces import NOW
from tests.new_database import begin_database
from tests.scopes import session_scope
from tests.services.fakes import FakeClock
from wasched import bootstrap, config, db
from wasched.models import Role
from wasched.ui.compose import state as compose_state
from wasched.ui.live import subscriptions


class QuickPasswords:
    """Stands for a hasher that is slow on purpose."""

    def hash(self, password: str) -> str:
        """Not worth guessing."""
        return f"hash of {password}"

    def verify(self, password: str, hashed: str) -> bool:
        """True for what it made of it."""
        return hashed == self.hash(password)


@dataclass(frozen=True)
class Server:
    """Everybody, and what is kept."""

    walkers: list[Walker]
    programs: list[Walker]
    watched: Watched
    used_invitation: str

    @property
    def manager(self) -> Walker:
        """Who manages the first space."""
        return next(one for one in self.walkers if one.name == Role.MANAGER)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The two spaces."""
    folder = tmp_path_factory.mktemp("walk")
    cached = (config.settings, db.engine, bootstrap.queue, bootstrap.changes, bootstrap.media_store)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DB_PATH", str(folder / "app.db"))
        for one in cached:
            one.cache_clear()
        begin_database()
        clock, passwords = FakeClock(NOW), QuickPasswords()
        patch.setattr(bootstrap, "clock", lambda: clock)
        patch.setattr(bootstrap, "passwords", lambda: passwords)
        with session_scope() as session:
            walkers = fill_server(session, passwords.hash(PASSWORD), NOW)
            programs = give_keys(session, walkers, NOW)
            managers = (one.caller for one in walkers if one.caller and one.name == Role.MANAGER)
            used = used_invitation(session, next(managers), NOW)
        subscriptions.followers.clear()
        watched = Watched(Path(folder / "app.db"))
        yield Server(walkers, programs, watched, used)
        watched.close()
        bootstrap.changes().close()
        db.engine().dispose()
    for one in cached:
        one.cache_clear()


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have handlers that wait for typing to rest wait no longer than for the others."""
    pause = asyncio.sleep
    monkeypatch.setattr(compose_state.asyncio, "sleep", lambda _seconds: pause(0))
