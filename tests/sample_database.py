"""Write a full database of today as SQL, for the upgrades that are still to come.

`python -m tests.sample_database` writes it to tests/samples, under the migration's number.
"""

import os
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from tests import postgresql
from tests.browser import full
from tests.files import SAMPLES
from tests.owner import add_owner
from tests.postgresql_copy import copy_rows
from tests.scopes import session_scope
from wasched import config, db
from wasched.db.upgrades import create_newest


def main() -> None:
    """Make the database in a folder of its own, and write down what is in it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "app.db"
        os.environ["DB_PATH"] = str(file)  # before anything reads the settings
        _make()
        with closing(sqlite3.connect(file)) as made:
            sample = SAMPLES / f"database-{db.HEAD}.sql"
            sample.write_text("\n".join(made.iterdump()) + "\n", encoding="utf-8")
        _write_for_postgresql(file)


def _write_for_postgresql(file: Path) -> None:
    """The same rows as PostgreSQL keeps them."""
    engine = db.make_engine(postgresql.new_database())
    create_newest(engine)
    copy_rows(file, engine)
    sample = SAMPLES / f"postgresql-{db.HEAD}.sql"
    sample.write_text(postgresql.dump(engine), encoding="utf-8")


def _make() -> None:
    db.upgrade()
    with session_scope() as session:
        add_owner(session, datetime.now(UTC), "Europe/Berlin")
    full.fill(config.settings())
    db.engine().dispose()


if __name__ == "__main__":
    main()
