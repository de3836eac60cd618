"""A PostgreSQL that goes away at the worst moment: what was kept is known, and done once."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from tests import postgresql as server
from wasched import db
from wasched.db import postgresql_looks, turns
from wasched.db.faults import may_pass
from wasched.domain import storage

_INSERT = "INSERT INTO setting (name, value) VALUES ('ours', '')"


@pytest.fixture
def engine() -> Iterator[Engine]:
    """The newest tables, and nothing in them."""
    made = db.make_engine(server.emptied_database())
    yield made
    made.dispose()


def end_others(engine: Engine) -> None:
    """End every connection of ours, as a server that is shut down does."""
    with server.other_process(engine) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND application_name <> 'tests'"
        )


def names(engine: Engine) -> list[str]:
    return db.Database(engine).answer(
        lambda session: list(session.scalars(text("SELECT name FROM setting")))
    )


class Deed:
    """Writes a row, and counts how often it was asked to."""

    def __init__(self, then: Callable[[], object] = lambda: None) -> None:
        self.times, self._then = 0, then

    def __call__(self, session: Session) -> None:
        """Write it, and let something happen before the commit."""
        self.times += 1
        session.execute(text(_INSERT))
        self._then()


def test_a_commit_whose_answer_is_lost_is_asked_about_and_not_done_twice(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit, deed = psycopg.Connection.commit, Deed()

    def lose(connection: psycopg.Connection[Any]) -> None:
        commit(connection)
        monkeypatch.undo()
        connection.close()
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(psycopg.Connection, "commit", lose)

    db.Database(engine).transaction(deed)

    assert (deed.times, names(engine)) == (1, ["ours"])


def test_a_commit_that_was_not_done_is_told_and_nothing_is_kept(engine: Engine) -> None:
    deed = Deed(lambda: end_others(engine))

    with pytest.raises(DBAPIError) as fault:
        db.Database(engine).transaction(deed)

    assert (deed.times, names(engine)) == (1, [])
    assert "The database server does not answer" in storage.sentence_for(fault.value)
    assert may_pass(fault.value)


def test_who_finds_connections_of_before_a_restart_gets_new_ones(engine: Engine) -> None:
    deed = Deed()
    assert names(engine) == []
    end_others(engine)

    db.Database(engine).transaction(deed)

    assert (deed.times, names(engine)) == (1, ["ours"])


def test_a_question_that_was_cut_off_is_put_again(engine: Engine) -> None:
    asked: list[int] = []

    def ask(session: Session) -> int:
        asked.append(1)
        session.execute(text("SELECT 1"))
        if len(asked) == 1:
            end_others(engine)
        return session.scalars(text("SELECT 2")).one()

    assert db.Database(engine).answer(ask) == 2
    assert len(asked) == 2


def test_what_keeps_everybody_from_writing_is_said(engine: Engine) -> None:
    assert postgresql_looks.write_fault(engine) == ""

    with server.other_process(engine) as other:
        other.execute(postgresql_looks.TAKE_TURN)
        assert "Another program holds the turn" in postgresql_looks.write_fault(engine)
        other.rollback()
        other.execute("ALTER ROLE CURRENT_USER SET default_transaction_read_only = on")
        other.commit()
        engine.dispose()
        read_only = postgresql_looks.write_fault(engine)
        other.execute("ALTER ROLE CURRENT_USER RESET default_transaction_read_only")
    engine.dispose()

    assert read_only == storage.SERVER_READ_ONLY
    assert postgresql_looks.write_fault(engine) == ""


@pytest.mark.parametrize(
    ("limit", "says"),
    [
        ("LOGIN CONNECTION LIMIT 0", "takes no more connections"),
        ("NOLOGIN", "does not answer"),
        (None, "does not answer"),
    ],
)
def test_a_server_that_takes_nobody_is_named(limit: str | None, says: str) -> None:
    url = server.new_database()
    with server.other_process(db.make_engine(url)) as other:
        other.execute("DROP ROLE IF EXISTS weak")
        if limit:
            other.execute(f"CREATE ROLE weak {limit}")
    weak = db.make_engine(url.partition("&user=")[0] + "&user=weak")

    with pytest.raises(DBAPIError) as fault, weak.connect():
        pass

    assert says in storage.sentence_for(fault.value)
    assert "weak" not in storage.sentence_for(fault.value)


def test_a_full_disk_and_a_damaged_page_are_told_apart(engine: Engine) -> None:
    def raised(state: str) -> DBAPIError:
        with pytest.raises(DBAPIError) as fault:
            db.Database(engine).transaction(
                lambda session: session.execute(
                    text(f"DO $$ BEGIN RAISE EXCEPTION 'so' USING ERRCODE = '{state}'; END $$")
                )
            )
        return fault.value

    full, damaged = raised("53100"), raised("XX001")

    assert storage.sentence_for(full) == storage.SERVER_FULL and may_pass(full)
    assert "restore the last good back-up" in storage.sentence_for(damaged)
    assert storage.damage_in(str(damaged)) and not may_pass(damaged)
    assert postgresql_looks.damage_of(engine, thorough=True) == ""


def test_who_waits_at_the_end_for_a_server_that_stays_away_is_told(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "BUSY_S", 0.0)
    commit = psycopg.Connection.commit

    def lose(connection: psycopg.Connection[Any]) -> None:
        commit(connection)
        connection.close()
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(psycopg.Connection, "commit", lose)
    deed = Deed()

    with pytest.raises(DBAPIError):
        db.Database(engine).transaction(deed)

    assert deed.times == 1
