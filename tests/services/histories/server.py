"""A server on a real file whose worker may die at any commit and any hand-over."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Engine, event, func, select
from sqlmodel import Session, SQLModel

from tests.scopes import Scope
from tests.services.conftest import add_account, add_colleague, add_user
from tests.services.fakes import FakeClock, FakeGateway
from tests.services.histories.diary import about
from wasched import db
from wasched.models import Role, Schedule, ScheduleStatus
from wasched.services.address_book import lists
from wasched.services.caller import Caller
from wasched.services.delivery.sender import AccountSender
from wasched.services.ports import Evidence, Outgoing, SendReceipt, SendTrace
from wasched.services.recipients import recipients
from wasched.services.schedules import create

PEOPLE = {
    "Anna": "+4915123456789",
    "Ben": "+4915123456790",
    "Cem": "+4915123456791",
    "Dora": "+4915123456792",
}
_NAMES = {number[1:]: name for name, number in PEOPLE.items()}


class Killed(BaseException):
    """The process died here."""


class MortalGateway(FakeGateway):
    """Notes who got what when; dies at a hand-over, before or after the message has left."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__(clock)
        self.dies = ""
        self.sent: Counter[tuple[str, str, datetime]] = Counter()

    def send(self, outgoing: Outgoing) -> SendReceipt:
        """Take the message, unless the process dies before."""
        dies, self.dies = self.dies, ""
        if dies == "before":
            raise Killed
        handed = super().send(outgoing)
        self.traces[outgoing.secret] = Evidence(SendTrace.LEFT, handed.message_id)
        now = self._clock.now()
        to = _NAMES[outgoing.to.partition("@")[0]]
        self.sent[(to, outgoing.content.body, about(now))] += 1  # type: ignore[union-attr]
        if dies == "after":
            raise Killed
        return handed


@dataclass(frozen=True)
class _MortalScope(Scope):
    """A database as the product has it; says when something is about to be committed."""

    before_commit: Callable[[], None]

    @contextmanager
    def session(self, *, write: bool = True) -> Iterator[Session]:
        """A session whose commit is told of before."""
        with super().session(write=write) as session:
            yield session
            if write:
                self.before_commit()


class Server:
    """The api and the worker on one database file; Alice, who decides, and Clara, an author."""

    def __init__(self, template: "Template", now: datetime, rng: Random) -> None:
        self.engine = template.begin()
        self.alice, self.clara = template.alice, template.clara
        self.account_id = template.account_id
        self.ids, self.list_id = template.ids, template.list_id
        self.clock, self._rng = FakeClock(now), rng
        self.gateway = MortalGateway(self.clock)
        self._commits_left: int | None = None
        self.scope = _MortalScope(self.engine, self._count_commit)
        self._start()

    def _count_commit(self) -> None:
        """The process may die just before a commit."""
        if self._commits_left is not None:
            self._commits_left -= 1
            if self._commits_left < 0:
                raise Killed

    def do(self, deed: Any, *given: Any, by: Caller | None = None, **named: Any) -> Any:
        """Let Alice, or who else, do something; now and then the process dies before the commit."""
        self.clock.move(seconds=1)
        who = by or self.alice
        if self._rng.random() < 0.15:
            self._killed_at(0, lambda: self._do(deed, who, *given, **named))
        return self._do(deed, who, *given, **named)

    def ask(self, question: Any, *given: Any) -> Any:
        """What a page asks."""
        with self.scope(write=False) as session:
            return question(session, self.alice, *given)

    def live_to(self, instant: datetime) -> None:
        """Let the worker go on as it does, from one instant at which something is due to another.

        Now and then it dies, and another one takes its place.
        """
        while True:
            until = self._live()
            if self.clock.now() >= instant:
                return
            self.clock.sleep_until(min(until or instant, instant))

    def _do(self, deed: Any, who: Caller, *given: Any, **named: Any) -> Any:
        with self.scope() as session:
            return deed(session, who, *given, self.clock.now(), **named)

    def _start(self) -> None:
        scope: Any = self.scope
        self._desk = AccountSender(self.account_id, self.gateway, scope, self.clock, self._rng)

    def _live(self) -> datetime | None:
        if self._rng.random() < 0.1:
            self.gateway.dies = self._rng.choice(["", "before", "after"])
            self._killed_at(self._rng.randrange(4), self._sweep)
            self.gateway.dies = ""
            self._start()
        return self._sweep()

    def _sweep(self) -> datetime | None:
        with self.scope() as session:
            create.put_right(session, self.clock.now())
        with self.scope() as session:
            create.advance_schedules(session, self.clock.now())
        until = self._desk.drain()
        with self.scope(write=False) as session:
            steps_at = session.scalar(
                select(func.min(Schedule.next_at)).where(Schedule.status == ScheduleStatus.ACTIVE)
            )
        return min(filter(None, (until, steps_at)), default=None)

    def _killed_at(self, commits: int, work: Any) -> None:
        self._commits_left = commits
        try:
            work()
        except Killed:
            pass
        finally:
            self._commits_left = None


class Template:
    """A database with Alice, her account, people and a list, to begin histories with.

    All of them go on in a copy in one place, one after another: an engine that is used again
    does not write its statements anew.
    """

    def __init__(self, folder: Path, now: datetime) -> None:
        self._file, self._copy = folder / "template.db", folder / "app.db"
        self._engine = engine_for(self._copy)
        engine = engine_for(self._file)
        SQLModel.metadata.create_all(engine)

        scope = Scope(engine)
        self.alice: Caller = add_user(scope, "Alice", is_admin=True)
        self.clara: Caller = add_colleague(scope, self.alice, "Clara", Role.AUTHOR)
        self.account_id = add_account(scope, self.alice)
        with scope() as session:
            rows = {
                name: recipients.person_with_number(session, self.alice.space_id, number, now, name)
                for name, number in PEOPLE.items()
            }
            self.ids = {name: row.id or 0 for name, row in rows.items()}
            self.list_id = lists.add_list(session, self.alice, "Choir", now)
        db.checkpoint(engine)
        engine.dispose()

    def begin(self) -> Engine:
        """A database as it was in the beginning; what was played in the one before is gone."""
        self._engine.dispose()
        for name in ("app.db-wal", "app.db-shm"):
            self._copy.with_name(name).unlink(missing_ok=True)
        shutil.copyfile(self._file, self._copy)
        return self._engine


def engine_for(file: Path) -> Engine:
    """The product's engine, but for the wait for the disk, which no test here is about."""
    made = db.make_engine(f"sqlite:///{file}")

    @event.listens_for(made, "connect")
    def hurry(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA synchronous = OFF")

    return made
