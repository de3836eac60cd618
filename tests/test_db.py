"""The database: durable, strict, and brought up to date by whichever process comes first."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from tests.files import SAMPLES
from tests.new_database import migrated_file, upgrade_file
from tests.reasons import words
from tests.scopes import session_scope
from wasched import db
from wasched.db.upgrades import MIGRATIONS
from wasched.domain.deeds import DeedKind
from wasched.domain.reasons import Code, Reason, because, dump_reason, load_reason
from wasched.models import Account
from wasched.models.base import ReasonColumn
from wasched.services.identity import users

NOW = datetime(2026, 3, 12, 16, 42, tzinfo=UTC)
UPGRADE = [sys.executable, "-c", "from wasched import db; db.upgrade()"]

_SAID_OTHERWISE_NOW = {
    "It was paused by you at its time.": "Its schedule was paused at its time.",
    "It was paused by you when its schedule ended.": "It was paused when its schedule ended.",
    **{
        "WhatsApp does not play this file as it is, and ffmpeg, which could convert it to a "
        f"{what}, is not installed on this server. Send it as a document.": f"It was not made a "
        f"{what} when it was attached. Attach it again."
        for what in ("audio", "video", "voice note")
    },
}
"""Sentences that were written down once, and what is said of the same reason today."""


@pytest.fixture
def upgraded(tmp_path: Path) -> Path:
    """A database file that the migrations made."""
    return migrated_file(tmp_path / "app.db")


def test_processes_that_start_at_once_upgrade_once(tmp_path: Path) -> None:
    started = [subprocess.Popen(UPGRADE, env=_environ(tmp_path)) for _ in range(4)]

    assert [process.wait() for process in started] == [0] * 4
    with sqlite3.connect(tmp_path / "app.db") as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [
            (db.HEAD,)
        ]


def test_who_waits_can_read_which_step_an_upgrade_is_at(tmp_path: Path) -> None:
    migrations = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, migrations)
    for before, this, doc in ((db.HEAD, "8001", "Count."), ("8001", "8002", "Weigh.")):
        (migrations / "versions" / f"{this}.py").write_text(
            f'"""{doc}"""\nrevision = "{this}"\ndown_revision = "{before}"\n'
            "from wasched import db\ndef upgrade(): print(db.upgrade_step())\n"
        )
    upgrades = (
        "import pathlib; from wasched import db; from wasched.db import upgrades; "
        f"upgrades.MIGRATIONS = pathlib.Path({str(migrations)!r}); "
        "upgrades.HEAD = '8002'; db.upgrade(); print(repr(db.upgrade_step()))"
    )

    said = subprocess.check_output(
        [sys.executable, "-c", upgrades], env=_environ(tmp_path), text=True
    )

    ours = len(list((migrations / "versions").glob("0*.py")))
    steps = [f"Step {ours + n} of {ours + 2}: {doc}" for n, doc in ((1, "Count."), (2, "Weigh."))]
    assert said.splitlines() == [*steps, "''"]


def test_a_database_of_the_version_before_keeps_everybody_signed_in(tmp_path: Path) -> None:
    """What 0001 made: an owner, an invitation, an account, and a browser that is signed in."""
    with sqlite3.connect(tmp_path / "app.db") as before:
        before.executescript((SAMPLES / "database-0001.sql").read_text(encoding="utf-8"))

    upgrade_file(tmp_path / "app.db")

    engine = db.make_engine(f"sqlite:///{tmp_path / 'app.db'}")
    with session_scope(bound=engine, write=False) as session:
        who = users.who_is(
            session, "a-token-that-the-tests-know", datetime(2026, 12, 1, tzinfo=UTC)
        )
    engine.dispose()
    assert who is not None
    assert (who.name, who.role, who.is_admin) == ("Miriam", "manager", True)
    assert (who.space_id, who.confirmed_at) == (who.id, None)


@pytest.mark.parametrize("made_by", ["0002", "0007", "0008", "0012", "0021", "0028", "0033"])
def test_an_upgrade_keeps_every_row_of_a_full_server(made_by: str, tmp_path: Path) -> None:
    """Messages in every status, series, people, a list, an import.

    In what 0007 made there is every sentence that it could write down as well.
    """
    file = tmp_path / "app.db"
    with sqlite3.connect(file) as before:
        before.executescript((SAMPLES / f"database-{made_by}.sql").read_text(encoding="utf-8"))
        columns = _columns(before)
        with sqlite3.connect(":memory:") as read:
            before.backup(read)
            if made_by >= "0008":
                _put_into_words(read)
            else:
                for pair in _SAID_OTHERWISE_NOW.items():
                    read.execute("UPDATE message SET reason = ?2 WHERE reason = ?1", pair)
                    read.execute("UPDATE media_file SET sentence = ?2 WHERE sentence = ?1", pair)
            kept = _rows(read, columns)

    upgrade_file(tmp_path / "app.db")

    with sqlite3.connect(file) as after:
        _put_into_words(after)
        assert _rows(after, _columns_since(columns)) == kept
        assert after.execute("PRAGMA foreign_key_check").fetchall() == []
        kinds = {kind for (kind,) in after.execute("SELECT kind FROM audit_entry")}
        assert kinds <= set(DeedKind)


def test_the_numbers_of_an_upgraded_server_do_not_warm_up(tmp_path: Path) -> None:
    """Whatever was linked before is known, with all that its account sent."""
    file = tmp_path / "app.db"
    with sqlite3.connect(file) as before:
        before.executescript((SAMPLES / "database-0021.sql").read_text(encoding="utf-8"))
        before.execute("UPDATE account SET jid = '4915100000001@s.whatsapp.net' WHERE id = 1")
        linked = before.execute("SELECT count(*) FROM account WHERE jid IS NOT NULL").fetchone()

    upgrade_file(tmp_path / "app.db")

    with sqlite3.connect(file) as after:
        assert after.execute(
            "SELECT warms_up, account.id, until FROM number JOIN number_period USING (digits)"
            " JOIN account ON account.id = account_id AND since = created_at WHERE digits = ?",
            ("4915100000001",),
        ).fetchall() == [(0, 1, None)]
        assert after.execute("SELECT count(*) FROM number_period").fetchone() == linked
        assert after.execute("SELECT count(*) FROM number WHERE warms_up").fetchone() == (0,)


def test_owners_become_managers_of_spaces_and_what_the_removed_left_gets_one(
    tmp_path: Path,
) -> None:
    """Bob was a member; Carol was removed and left a phone; Dan was removed and left nothing."""
    file = tmp_path / "app.db"
    with sqlite3.connect(file) as before:
        before.executescript((SAMPLES / "database-0008.sql").read_text(encoding="utf-8"))
        user = (
            "INSERT INTO user SELECT ?, ?, ?, '', 'member', zone, created_at, ? FROM user LIMIT 1"
        )
        for number, name, removed in ((2, "Bob", None), (3, "Carol", NOW), (4, "Dan", NOW)):
            before.execute(user, (number, f"{number}@example.org", name, removed))
        named = "name, zone, created_at, state, state_code, state_detail, state_since, push_name"
        rest = "gap_min_s, gap_max_s, daily_cap, stranger_cap, typing, held_reason"
        before.execute(
            f"INSERT INTO account (owner_id, {named}, {rest})"
            f" SELECT 3, {named}, {rest} FROM account LIMIT 1"
        )

    upgrade_file(tmp_path / "app.db")

    with sqlite3.connect(file) as after:
        found = after.execute("SELECT user_id, space_id, role FROM membership ORDER BY 1, 2")
        assert found.fetchall() == [(1, 1, "manager"), (1, 3, "manager"), (2, 2, "manager")]
        assert after.execute("SELECT id FROM user WHERE is_admin").fetchall() == [(1,)]
        for table in ("message", "account", "recipient", "draft", "upload"):
            keys = {
                row[2]
                for row in after.execute(f"PRAGMA foreign_key_list({table})")
                if row[3] == "space_id"
            }
            assert keys == {"space"}
        with pytest.raises(sqlite3.IntegrityError):
            after.execute("PRAGMA foreign_keys = ON")
            after.execute("UPDATE message SET space_id = 404 WHERE id = 1")
        assert after.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_what_no_reason_says_stays_word_for_word_and_the_rest_gets_a_code(tmp_path: Path) -> None:
    """A sentence of an older version, and a name that looks like half of one."""
    file = tmp_path / "app.db"
    texts = ["They replied first.", "Cancelled by Mi was stopped.", "Asked for no more messages."]
    with sqlite3.connect(file) as before:
        before.executescript((SAMPLES / "database-0007.sql").read_text(encoding="utf-8"))
        before.executemany(
            "UPDATE message SET reason = ? WHERE id = ?", [*zip(texts, (1, 2, 3), strict=True)]
        )

    upgrade_file(tmp_path / "app.db")

    with sqlite3.connect(file) as after:
        found = after.execute("SELECT reason FROM message WHERE id < 4 ORDER BY id").fetchall()
        assert [load_reason(one).code for (one,) in found] == ["said", "cancelled_by", "opted_out"]
        _put_into_words(after)
        found = after.execute("SELECT reason FROM message WHERE id < 4 ORDER BY id").fetchall()
        assert [one for (one,) in found] == texts


def test_what_was_said_of_rows_and_files_becomes_reasons(tmp_path: Path) -> None:
    """Every sentence of an import and of a file, and one that nobody knows any more."""
    file = tmp_path / "app.db"
    with sqlite3.connect(file) as before:
        before.executescript((SAMPLES / "database-0007.sql").read_text(encoding="utf-8"))
        before.execute("UPDATE import_row SET why = 'Nobody knows.' WHERE id = 1")

    upgrade_file(tmp_path / "app.db")

    with sqlite3.connect(file) as after:
        found = after.execute(
            "SELECT why FROM import_row UNION ALL SELECT reason FROM media_file"
        ).fetchall()
        codes = {load_reason(one).code for (one,) in found if one}
        assert codes == {Code.SAID, *_OF_ROWS_AND_FILES}
        said = [one for (one,) in found if load_reason(one).code is Code.SAID]
        assert said == [dump_reason(because(Code.SAID, text="Nobody knows."))]
        changed = after.execute("SELECT why FROM import_row WHERE id IN (50, 116) ORDER BY id")
        assert [load_reason(one) for (one,) in changed] == [
            because(Code.PERSON_CHANGES, was="Åsa Öberg", notes="other"),
            because(Code.PERSON_CHANGES, was="Asa", notes="new", fields="Voice"),
        ]
        cell = load_reason(after.execute("SELECT why FROM import_row WHERE id = 16").fetchone()[0])
        held = load_reason(str(dict(cell.params)["held"]))
        assert (cell.code, held.code) == (Code.IN_CELL, Code.NUMBER_SHORTENED)


_OF_ROWS_AND_FILES = {
    *(one for one in Code if one.startswith("number") and one is not Code.NUMBER_SHORTENED),
    *(Code.NO_NUMBER, Code.ONLY_FAX, Code.NAME_TOO_LONG, Code.NOTES_TOO_LONG),
    *(Code.TOO_MANY_FIELDS, Code.CELL_TOO_LONG, Code.IN_CELL, Code.PERSON_CHANGES),
    *(Code.BEING_PREPARED, Code.NOT_CONVERTED, Code.STILL_TOO_LARGE, Code.NO_FFMPEG),
    *(Code.CONVERSION_INTERRUPTED, Code.DISK_FAILS, Code.MEDIA_TAKES_TOO_MUCH),
    *(Code.PICTURE_DAMAGED, Code.PICTURE_TAKES_TOO_MUCH, Code.TOO_MANY_PIXELS),
    *(Code.MEDIA_NO_ROOM, Code.MEDIA_DISK_FULL, Code.MEDIA_READ_ONLY),
}


def test_a_data_folder_is_made_although_no_secret_has_to_be_kept_in_it(tmp_path: Path) -> None:
    with patch.dict(os.environ, {"SECRET_KEY": "k" * 40}):
        upgrade_file(tmp_path / "new" / "data" / "app.db")

    assert (tmp_path / "new" / "data" / "app.db").exists()


@pytest.mark.parametrize(
    ("tables", "sentence"),
    [
        ("alembic_version AS SELECT '9' AS version_num", "made by a newer wasched (9;"),
        ("user (id, email)", "belongs to another program: its table user"),
        ("", "The database is damaged"),
    ],
)
def test_a_database_of_no_use_is_said_in_one_sentence_and_left_alone(
    tables: str, sentence: str, tmp_path: Path
) -> None:
    file = tmp_path / "app.db"
    with sqlite3.connect(file) as connection:
        connection.execute(f"CREATE TABLE {tables}" if tables else "VACUUM")
    if not tables:
        file.write_bytes(b"no database " * 1000)
    tries = "from wasched.bootstrap import start_fault as f; print(f()), print(f())"
    said = subprocess.check_output(
        [sys.executable, "-c", tries], env=_environ(tmp_path), text=True, stderr=subprocess.STDOUT
    )

    log, *answers = said.splitlines()
    assert sentence in log and "Traceback" not in said
    assert [sentence in one for one in answers] == [True, True]
    if tables:
        with sqlite3.connect(file) as connection:
            assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (1,)


def test_the_migrations_make_the_tables_that_the_models_describe(upgraded: Path) -> None:
    engine = db.make_engine(f"sqlite:///{upgraded}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
    engine.dispose()


def test_the_code_waits_for_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))

    assert ScriptDirectory.from_config(config).get_current_head() == db.HEAD


def test_a_commit_survives_power_loss(upgraded: Path) -> None:
    engine = db.make_engine(f"sqlite:///{upgraded}")
    with engine.connect() as connection:
        settings = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    engine.dispose()

    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_row_that_makes_no_sense_cannot_be_written(upgraded: Path) -> None:
    engine = db.make_engine(f"sqlite:///{upgraded}")
    with pytest.raises(IntegrityError), session_scope(bound=engine) as session:
        session.add(Account(space_id=404, name="x", zone="UTC", created_at=NOW, state_since=NOW))
    with pytest.raises(IntegrityError), session_scope(bound=engine) as session:
        session.execute(
            text("INSERT INTO message (status) VALUES ('perhaps')"),
        )
    engine.dispose()


def test_a_reader_never_waits_for_a_writer(upgraded: Path) -> None:
    engine = db.make_engine(f"sqlite:///{upgraded}")
    with session_scope(bound=engine) as writer:
        writer.execute(text("DELETE FROM setting"))
        with session_scope(write=False, bound=engine) as reader:
            assert reader.execute(text("SELECT count(*) FROM setting")).scalar() == 0
    engine.dispose()


def test_the_log_is_brought_into_the_database_beside_a_reader(upgraded: Path) -> None:
    engine = db.make_engine(f"sqlite:///{upgraded}")
    with session_scope(bound=engine) as writer:
        writer.execute(text("INSERT INTO setting VALUES ('colour', 'green')"))
    with session_scope(write=False, bound=engine) as reader:
        reader.execute(text("SELECT * FROM setting")).all()
        db.checkpoint(engine)
    alone = upgraded.with_name("alone.db")
    shutil.copyfile(upgraded, alone)  # without its log
    engine.dispose()

    with sqlite3.connect(alone) as connection:
        assert connection.execute("SELECT name FROM setting").fetchall() == [("colour",)]


def test_writers_of_one_process_take_turns(upgraded: Path) -> None:
    engine = db.make_engine(f"sqlite:///{upgraded}")

    def count() -> None:
        for _ in range(20):
            with session_scope(bound=engine) as session:
                found = session.execute(text("SELECT value FROM setting")).scalar() or "0"
                session.execute(text("DELETE FROM setting"))
                session.execute(text(f"INSERT INTO setting VALUES ('n', '{int(found) + 1}')"))

    threads = [threading.Thread(target=count) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    with session_scope(write=False, bound=engine) as session:
        assert session.execute(text("SELECT value FROM setting")).scalar() == "160"
    engine.dispose()


def _environ(folder: Path) -> dict[str, str]:
    return {**os.environ, "DB_PATH": str(folder / "app.db")}


def _columns(connection: sqlite3.Connection) -> dict[str, str]:
    """The columns of each table, as a SELECT names them; the mark of the version goes on."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {
        table: ", ".join(
            f'"{row[1]}"' for row in connection.execute(f'PRAGMA table_info("{table}")')
        )
        for (table,) in tables
        if table != "alembic_version"
    }


def _columns_since(columns: dict[str, str]) -> dict[str, str]:
    """The same columns as they are called today; a role became a flag."""
    private = ("draft", "people_import", "upload")
    since = {
        table: named.replace("owner_id", "user_id" if table in private else "space_id").replace(
            '"sentence"', '"reason"'
        )
        for table, named in columns.items()
    }
    is_admin = "CASE WHEN is_admin THEN 'owner' ELSE 'member' END"
    return since | {
        "user": columns["user"].replace('"role"', is_admin),
        "lease": columns["lease"].replace('"until"', '"since"'),
    }


_DEEDS_THEN = {
    Code.GOT_PASSWORD_LINK: "got a link to a new password in the shell",
    Code.MADE_PASSWORD_LINK: "made user {user_id} a link to a new password",
    Code.MADE_OWNER: "made user {user_id} the owner",
    Code.REMOVED_USER: "removed user {user_id}",
    Code.PRACTICE_ON: "practice mode on",
    Code.PRACTICE_OFF: "practice mode off",
    Code.KEEP_DAYS: "keep days {days}",
    Code.STOPPED_ACCOUNT: "stopped account {account_id}",
    Code.RESUMED_ACCOUNT: "went on with account {account_id}",
}


def _put_into_words(connection: sqlite3.Connection) -> None:
    """Let columns of reasons hold what people read of them."""
    connection.create_function("words", 1, lambda text: _as_worded(load_reason(text)))
    for table in SQLModel.metadata.tables.values():
        there = {row[1] for row in connection.execute(f'PRAGMA table_info("{table.name}")')}
        for column in table.columns:
            if isinstance(column.type, ReasonColumn) and column.name in there:
                connection.execute(f"UPDATE {table.name} SET {column.name} = words({column.name})")


def _as_worded(one: Reason) -> str:
    """What is said of a reason; of a deed, what was said when its sentence was what was stored."""
    if one.code in _DEEDS_THEN:
        return _DEEDS_THEN[one.code].format(**dict(one.params))
    return words(one)


def _rows(connection: sqlite3.Connection, columns: dict[str, str]) -> dict[str, list[object]]:
    return {
        table: connection.execute(f'SELECT {named} FROM "{table}" ORDER BY {named}').fetchall()
        for table, named in columns.items()
    }
