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
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

import psutil
import psycopg
import pytest
from sqlalchemy import Engine

from tools.set_up_tests import find_postgresql

_UNSAFE = (  # nothing of it is to outlive us
    *("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"),
    *("wal_level=minimal", "max_wal_senders=0"),
)
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


sqlite_only = pytest.mark.skipif(is_wanted(), reason="it does something to SQLite's file")
"""Of what is SQLite's own; what is PostgreSQL's like it has tests of its own."""


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


def dump(engine: Engine) -> str:
    """A database as SQL that another server takes, of this version or a newer one."""
    line = [f"{find_postgresql()}/pg_dump", "-h", str(server()), "-U", _user(), "--inserts"]
    line += ["--no-owner", "--no-privileges", "--no-comments", f"{engine.url.database}"]
    said = subprocess.check_output(line, text=True)
    return "".join(one for one in said.splitlines(keepends=True) if _is_sql(one))


def _is_sql(line: str) -> bool:
    """False for what only psql understands, and for what says which version wrote it."""
    return not line.startswith(("\\", "--"))


def drop(url: str) -> None:
    """Take a database away, whoever is still in it."""
    _open("postgres").execute(f"DROP DATABASE IF EXISTS {_name(url)} WITH (FORCE)")


class Server:
    """A PostgreSQL that ends with this process at the latest, of which nothing then is left.

    It listens at a socket in its folder, and on a port of this machine where one is given.
    """

    def __init__(self, port: int = 0, *, settings: Sequence[str] = ()) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="wasched-postgresql-"))
        self._port, self._settings = port, settings
        self._process: subprocess.Popen[bytes] | None = None
        atexit.register(self.end)
        if os.geteuid() == 0:
            shutil.chown(self.folder, _user(), pwd.getpwnam(_user()).pw_gid)
        programs = find_postgresql()
        assert programs, "There is no PostgreSQL here: tools/set_up_tests.py installs it."
        self._programs = programs
        initdb = [f"{programs}/initdb", "-D", f"{self.folder}/data", "--no-sync", "-A", "trust"]
        initdb += ["-E", "UTF8", "--lc-collate=C", "--lc-ctype=C.UTF-8"]
        assert _spawn(initdb, self.folder).wait() == 0, _read_log(self.folder)

    def start(self) -> None:
        """Start it and wait until it answers."""
        line = [f"{self._programs}/postgres", "-D", f"{self.folder}/data", "-k", str(self.folder)]
        line += ["-h", "127.0.0.1", "-p", str(self._port)] if self._port else ["-h", ""]
        for setting in self._settings:
            line += ["-c", setting]
        self._process = _spawn(line, self.folder)
        _wait_for(self._process, self.folder, self._port)

    def kill(self) -> None:
        """SIGKILL all of it at once, as the kernel does to a container."""
        if self._process is None:
            return
        with suppress(psutil.NoSuchProcess):
            first = psutil.Process(self._process.pid)
            for one in [first, *first.children(recursive=True)]:
                with suppress(psutil.NoSuchProcess):
                    one.kill()
        self._process.wait()

    def kill_and_start(self) -> None:
        """SIGKILL it, and have it recover."""
        self.kill()
        self.start()

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it, whoever is connected; SIGQUIT for at once, as if it had crashed."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(how)
            self._process.wait(30)

    def end(self) -> None:
        """Stop it at once, and leave nothing of it behind."""
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def make_database(self, name: str = "wasched") -> str:
        """The URL of a new database with nothing in it."""
        with self.connect("postgres") as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        return self.url(name)

    def connect(self, name: str) -> "psycopg.Connection[tuple[object, ...]]":
        """A connection of somebody else."""
        given = {"port": self._port} if self._port else {}
        return psycopg.connect(
            host=str(self.folder), user=_user(), dbname=name, autocommit=True, **given
        )

    def url(self, name: str) -> str:
        """How DATABASE_URL names one of its databases."""
        if self._port:
            return f"postgresql://{_user()}@127.0.0.1:{self._port}/{name}"
        return f"postgresql+psycopg:///{name}?host={self.folder}&user={_user()}"


@cache
def server() -> Path:
    """The folder of the socket of a server that ends with this process."""
    made = Server(settings=_UNSAFE)
    made.start()
    return made.folder


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
    return psycopg.connect(
        host=str(server()), user=_user(), dbname=name, autocommit=True, application_name="tests"
    )


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


def _wait_for(process: "subprocess.Popen[bytes]", folder: Path, port: int) -> None:
    given = {"port": port} if port else {}
    for _ in range(2_000):
        with suppress(psycopg.OperationalError):
            psycopg.connect(host=str(folder), user=_user(), dbname="postgres", **given).close()
            return
        assert process.poll() is None, _read_log(folder)
        time.sleep(0.05)
    raise AssertionError("PostgreSQL does not answer.")


def _read_log(folder: Path) -> str:
    return (folder / "log").read_text(errors="replace")
