"""A PostgreSQL of each version from 0033 on becomes one of today, and keeps what is in it."""

import os
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from sqlalchemy import Engine, inspect, text

from tests import postgresql as server
from tests.files import SAMPLES
from tests.test_postgresql import described
from wasched import config, db
from wasched.db.upgrades import create_newest

KEPT = sorted(SAMPLES.glob("postgresql-*.sql"))


@pytest.fixture
def older(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The database that the settings lead to: as an older version left it."""
    url = server.new_database()
    made = db.make_engine(url)
    with server.other_process(made) as connection:
        connection.execute(request.param.read_bytes())
    with patch.dict(os.environ, {"DATABASE_URL": url}):
        for cached in (config.settings, db.engine):
            cached.cache_clear()
        yield made
        db.engine().dispose()
    for cached in (config.settings, db.engine):
        cached.cache_clear()
    made.dispose()
    server.drop(url)


@pytest.mark.parametrize("older", KEPT, indirect=True, ids=lambda one: one.stem)
def test_an_older_database_gets_todays_tables_and_keeps_its_rows(older: Engine) -> None:
    before = rows(older)
    assert before["message"] > 0 and before["user"] > 0
    newest = db.make_engine(server.new_database())
    create_newest(newest)

    db.upgrade()

    assert db.version_of(older) == db.HEAD
    assert described(older) == described(newest)
    after = rows(older)
    assert {table: after[table] for table in before} == before
    assert triggers(older) == triggers(newest)
    newest.dispose()


def rows(engine: Engine) -> dict[str, int]:
    """How many rows each table has."""
    with engine.connect() as connection:
        return {
            table: connection.scalar(text(f'SELECT count(*) FROM "{table}"')) or 0
            for table in inspect(connection).get_table_names()
        }


def triggers(engine: Engine) -> set[str]:
    """What runs by itself."""
    with engine.connect() as connection:
        return set(connection.scalars(text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")))
