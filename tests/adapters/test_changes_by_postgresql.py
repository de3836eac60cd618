"""Whoever waits hears of each change of another process, through PostgreSQL alone."""

from collections.abc import Iterator
from datetime import UTC, datetime
from threading import Thread

import pytest
from sqlalchemy import Engine, text

from tests.postgresql import Server, emptied_database
from tests.scopes import Scope
from wasched import db
from wasched.adapters.postgresql_changes import PostgresqlChanges
from wasched.db.postgresql_schema import CHANGES
from wasched.db.upgrades import create_newest
from wasched.services.change_notes import MESSAGES, announce

LONG_S = 30.0


@pytest.fixture
def engine() -> Iterator[Engine]:
    """The newest tables."""
    made = db.make_engine(emptied_database())
    yield made
    made.dispose()


def listen(engine: Engine) -> PostgresqlChanges:
    """One that listens by now, and has looked at what may have been missed before."""
    changes = PostgresqlChanges(Scope(engine).plain_connection, CHANGES)
    while changes.wait(0.2):
        pass
    return changes


def commit_change(engine: Engine) -> None:
    with Scope(engine)() as session:
        announce(session, 1, MESSAGES, datetime.now(UTC))


def test_a_change_is_heard_of_with_its_commit_and_nothing_else_is(engine: Engine) -> None:
    changes, other = listen(engine), db.make_engine(engine.url.render_as_string(False))
    with Scope(other)() as session:
        session.execute(text("INSERT INTO setting (name, value) VALUES ('a', '')"))
    assert not changes.wait(0.2)
    with Scope(other)() as session:
        announce(session, 1, MESSAGES, datetime.now(UTC))
        session.flush()
        assert not changes.wait(0.2)

    assert changes.wait(LONG_S)
    assert not changes.wait(0.2)
    changes.close()
    other.dispose()


def test_every_thread_that_waits_hears_of_it(engine: Engine) -> None:
    changes = listen(engine)
    heard: list[bool] = []
    threads = [
        Thread(target=lambda: heard.extend([changes.wait(LONG_S), changes.wait(LONG_S)]))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()

    while any(thread.is_alive() for thread in threads):
        commit_change(engine)
        threads[-1].join(0.1)

    assert heard == [True] * 6
    changes.close()


def test_after_a_server_that_was_away_it_is_heard_again_and_meanwhile_looked() -> None:
    server = Server()
    server.start()
    server.make_database()
    engine = db.make_engine(server.url("wasched"))
    create_newest(engine)
    changes = listen(engine)

    server.kill()
    assert changes.wait(LONG_S)  # looks by itself
    server.start()
    while changes.wait(0.2):  # until it listens again
        pass
    commit_change(engine)

    assert changes.wait(LONG_S)
    changes.close()
    engine.dispose()
    server.end()


def test_who_closes_it_ends_every_wait(engine: Engine) -> None:
    changes = listen(engine)
    waiting = Thread(target=lambda: changes.wait(LONG_S))
    waiting.start()

    changes.close()
    waiting.join(LONG_S)

    assert not waiting.is_alive()
