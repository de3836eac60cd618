"""A PostgreSQL of this process's own, with a database that is emptied for each test.

Tests meet it where WASCHED_TEST_DATABASE=postgresql says so (`make test-postgresql`).
"""

import atexit
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

import psycopg
from sqlalchemy import Engine

from tools.set_up_tests import find_postgresql

_UNSAFE = ("fsync", "synchronous_commit", "full_page_writes")  # nothing of it is to outlive us
_EMPTY = """
CREATE FUNCTION wasched_empty() RETURNS void LANGUAGE plpgsql AS $$
DECLARE one record; is_there boolean;
BEGIN
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid();
    SET LOCAL session_replication_role = replica; -- in any order, and without a trigger
    FOR one IN SELECT format('%I', relname) AS name FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        AND relname <> 'alembic_version'
    LOOP
        EXECUTE 'SELECT EXISTS (SELECT 1 FROM ' || one.name || ')' INTO is_there;
        IF is_there THEN EXECUTE 'DELETE FROM ' || one.name; END IF;
    END LOOP;
    FOR one IN SELECT oid::regclass AS name FROM pg_class
        WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace
    LOOP EXECUTE 'ALTER SEQUENCE ' || one.name || ' RESTART'; END LOOP;
END $$"""
_numbers = itertools.count(1)


def is_wanted() -> bool:
    """True if tests that can run on either database are to run on this one."""
    return os.environ.get("WASCHED_TEST_DATABASE") == "postgresql"


def new_database(how: str = "") -> str:
    """The URL of a new database with nothing in it."""
    name = f"empty_{next(_numbers)}"
    _open("postgres").execute(f"CREATE DATABASE {name} TEMPLATE template0 {how}")
    return _url(name)


def emptied_database() -> str:
    """The URL of this process's one database with the newest tables, and nothing in them.

    Whoever used it before is done with it: a database anew would take ten times as long.
    """
    connection = _open(_kept())
    connection.execute("SELECT wasched_empty()")
    return _url(_kept())


def other_process(engine: Engine) -> "psycopg.Connection[tuple[object, ...]]":
    """A connection of somebody else to the database of an engine, which commits when it is told."""
    return psycopg.connect(host=str(server()), user=_user(), dbname=engine.url.database)


def drop(url: str) -> None:
    """Take a database away, whoever is still in it."""
    _open("postgres").execute(f"DROP DATABASE IF EXISTS {_name(url)} WITH (FORCE)")


@cache
def server() -> Path:
    """The folder of the socket of a server that ends with this process."""
    folder = Path(tempfile.mkdtemp(prefix="wasched-postgresql-"))
    if os.geteuid() == 0:
        shutil.chown(folder, _user(), pwd.getpwnam(_user()).pw_gid)
    programs = find_postgresql()
    assert programs, "There is no PostgreSQL here: tools/set_up_tests.py installs it."
    data = folder / "data"
    initdb = [f"{programs}/initdb", "-D", str(data), "--no-sync", "-A", "trust"]
    _spawn([*initdb, "-E", "UTF8", "--lc-collate=C", "--lc-ctype=C.UTF-8"], folder).wait()
    line = [f"{programs}/postgres", "-D", str(data), "-k", str(folder), "-h", ""]
    given = [f"{name}=off" for name in _UNSAFE]
    given += ["wal_level=minimal", "max_wal_senders=0", "autovacuum=off"]
    for setting in given:
        line += ["-c", setting]
    process = _spawn(line, folder)
    atexit.register(_end, process, folder)
    _wait_for(process, folder)
    return folder


@cache
def _kept() -> str:
    from wasched import db
    from wasched.db.upgrades import create_newest

    url = new_database()
    engine = db.make_engine(url)
    create_newest(engine)
    engine.dispose()
    name = _name(url)
    _open(name).execute(_EMPTY)
    return name


def _name(url: str) -> str:
    return url.partition(":///")[2].partition("?")[0]


def _url(name: str) -> str:
    """How SQLAlchemy names a database of the server."""
    return f"postgresql+psycopg:///{name}?host={server()}&user={_user()}"


@cache
def _open(name: str) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(host=str(server()), user=_user(), dbname=name, autocommit=True)


def _user() -> str:
    """Who runs the server: it refuses root."""
    return "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


def _spawn(line: list[str], folder: Path) -> "subprocess.Popen[bytes]":
    """Start a program that ends with us, as the server's user, with what it says in a file."""
    ends = ["--pdeathsig", "QUIT"] if shutil.which("setpriv") else []
    if os.geteuid() == 0:
        ends += [f"--reuid={_user()}", f"--regid={_user()}", "--clear-groups"]
    before = ["setpriv", *ends, "--"] if ends else []
    with (folder / "log").open("ab") as log:
        return subprocess.Popen([*before, *line], cwd=folder, stdout=log, stderr=log)


def _wait_for(process: "subprocess.Popen[bytes]", folder: Path) -> None:
    for _ in range(2_000):
        with suppress(psycopg.OperationalError):
            psycopg.connect(host=str(folder), user=_user(), dbname="postgres").close()
            return
        assert process.poll() is None, (folder / "log").read_text(errors="replace")
        time.sleep(0.05)
    raise AssertionError("PostgreSQL does not answer.")


def _end(process: "subprocess.Popen[bytes]", folder: Path) -> None:
    process.send_signal(signal.SIGQUIT)  # at once: nobody needs what is in it
    process.wait(10)
    shutil.rmtree(folder, ignore_errors=True)
