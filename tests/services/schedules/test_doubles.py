"""A database in which an earlier version had laid out what must not go: a person is asked."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from sqlmodel import select

from tests.owner import signed_in
from tests.scopes import Scope, session_scope
from tests.services.fakes import FakeClock, FakeGateway
from tests.services.life import Life
from wasched import config, db
from wasched.domain.message import Status
from wasched.domain.reasons import NO_REASON, Reason
from wasched.models import Message, Schedule, User
from wasched.services.caller import Caller
from wasched.services.delivery.sender import AccountSender
from wasched.services.messages import dashboard
from wasched.services.schedules import create, doubles

SAMPLE = Path(__file__).parents[2] / "samples" / "laid_out_twice.sqlite"
"""As version 0001 had left it on 13 March 2026: schedules that go daily, some split by an edit."""

NOW = datetime(2026, 3, 13, 19, 10, tzinfo=UTC)
HELD = {
    ("Split, old words", doubles.TWICE),
    ("Split while paused, old words", doubles.TWICE),
    ("Split, moved by hand", doubles.TWICE),
    ("A day left out", doubles.TWICE),
    ("A day left out", doubles.LEFT_OUT),
}


@pytest.fixture(autouse=True)
def old_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A copy of it, brought up to date."""
    shutil.copyfile(SAMPLE, tmp_path / "app.db")
    monkeypatch.setenv("DB_PATH", str(tmp_path / "app.db"))
    for cached in (config.settings, db.engine):
        cached.cache_clear()
    db.upgrade()
    yield
    db.engine().dispose()
    for cached in (config.settings, db.engine):
        cached.cache_clear()


def put_right() -> None:
    """What the worker does before it sends anything."""
    with session_scope() as session:
        create.put_right(session, NOW)


def asked() -> set[tuple[str, Reason]]:
    """The texts of what asks a person for its time, and why it does."""
    with session_scope(write=False) as session:
        alice = session.scalars(select(User)).one()
        user = signed_in(session, alice)
        needs = dashboard.home_view(session, user, NOW).needs_me
    return {(one.row.text, one.row.reason) for one in needs}


def test_what_would_go_twice_or_on_a_day_left_out_is_named_on_home() -> None:
    put_right()

    assert asked() >= HELD


def test_nothing_of_it_goes_out_and_everything_else_does() -> None:
    clock = FakeClock(NOW)
    gateway = FakeGateway(clock)
    scope = Scope(db.engine())
    life = Life(scope, _alice(), clock, AccountSender(1, gateway, scope, clock, Random(1)))

    life.sweep()
    life.pass_to(datetime(2026, 3, 15, 20, tzinfo=UTC))

    said = [one.content.body for one in gateway.outbox]  # type: ignore[union-attr]
    assert not {text for text in said if "old words" in text or text == "Split, moved by hand"}
    assert said.count("A day left out") == 2  # on the 13th and the 15th
    assert said.count("The last one waits") == 1
    for text in ("Split, new words", "Every day, nothing wrong"):
        assert said.count(text) == 2


def test_what_is_decided_about_it_stays_decided() -> None:
    put_right()
    with session_scope() as session:
        for one in session.scalars(select(Message).where(Message.reason == doubles.TWICE)):
            one.status, one.reason = Status.SCHEDULED, NO_REASON

    put_right()

    assert {reason for _, reason in asked()}.isdisjoint({doubles.TWICE})


def test_the_day_after_one_that_was_left_out_comes_next() -> None:
    put_right()

    with session_scope(write=False) as session:
        made = session.scalars(select(Schedule).where(Schedule.status == "active")).all()
    nexts = {one.preview: one.next_local for one in made}
    assert nexts["A day left out"] == datetime(2026, 3, 15, 20)
    assert nexts["Every day, nothing wrong"] == datetime(2026, 3, 14, 18)


def _alice() -> Caller:
    with session_scope(write=False) as session:
        return signed_in(session, session.scalars(select(User)).one())
