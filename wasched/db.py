"""The database: its engine, its sessions and its upgrade to the newest schema."""

import fcntl
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, event, inspect, text
from sqlmodel import Session, SQLModel, create_engine

from wasched.config import settings
from wasched.domain.errors import NotFoundError, UnusableDatabaseError
from wasched.upgrade_copy import keep_copy

log = logging.getLogger(__name__)

HEAD = "0008"
"""The newest migration; a test keeps it equal to Alembic's own head."""

_BUSY_S = 10
_LOG_PAGES = 8_000  # 32 MB: no commit meets a log that long while a worker runs
_writers = threading.RLock()  # a thread may open a session within one that has not begun

_MIGRATIONS = Path(__file__).parent / "migrations"


@cache
def engine() -> Engine:
    """The engine of this process for the database in the settings."""
    return make_engine(settings().database_url)


def make_engine(url: str) -> Engine:
    """An engine; SQLite gets write-ahead logging, foreign keys and full durability."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)
    made = create_engine(
        url,
        connect_args={"timeout": _BUSY_S, "check_same_thread": False},
        hide_parameters=True,  # a fault is logged without the texts and numbers it was about
        pool_use_lifo=True,  # the last one used has its pages at hand
    )
    event.listen(made, "connect", _prepare_sqlite)
    event.listen(made, "begin", _begin_sqlite)
    event.listen(made, "handle_error", _find_nothing)
    return made


def _find_nothing(context: ExceptionContext) -> None:
    """NotFoundError for a number above 64 bits, which sqlite3 does not take: no row can have it.

    It is asked for by who makes up an address or an event.
    """
    if isinstance(context.original_exception, OverflowError):
        raise NotFoundError


@contextmanager
def session_scope(*, write: bool = True, bound: Engine | None = None) -> Iterator[Session]:
    """A session that commits at the end, or rolls back when the block raises.

    On SQLite a writing session takes the write lock at once, so that it never fails half-way
    because another writer came between; a reading one never waits for writers.
    """
    made = bound or engine()
    chosen = made if write else made.execution_options(readonly=True)
    turn = _turn() if write and made.dialect.name == "sqlite" else nullcontext()
    with turn, Session(chosen, expire_on_commit=False) as session:
        yield session
        session.commit()


@contextmanager
def _turn() -> Iterator[None]:
    """Let the writers of this process take turns.

    SQLite would have the later one sleep ever longer between two looks at its lock. The one that
    waits too long goes on without, and hears from SQLite that the database is locked.
    """
    is_mine = _writers.acquire(timeout=_BUSY_S)
    try:
        yield
    finally:
        if is_mine:
            _writers.release()


def checkpoint(bound: Engine | None = None) -> None:
    """Copy what was committed from SQLite's log into the database; disturbs neither side.

    Left to itself the commit that finds a long log does this, and waits for the disk meanwhile.
    """
    made = bound or engine()
    if made.dialect.name != "sqlite":
        return
    with closing(made.raw_connection()) as connection:
        connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")


def upgrade(*, keeps_copy: bool = True) -> None:
    """Bring the schema up to date, once, whichever process comes first.

    A copy of an older database is kept beside it, unless whoever asks has one.
    UnusableDatabaseError if it is no schema of this version or an older one, or if there is no
    room for the copy and the upgrade.
    """
    with suppress(OSError):  # what is wrong with the folder is said when the database is opened
        settings().data_path.mkdir(parents=True, exist_ok=True, mode=0o700)
    if is_current(engine()):
        return
    with _one_at_a_time() as say:
        if not is_current(engine()):
            _run_migrations(say, keeps_copy=keeps_copy)


def upgrade_step() -> str:
    """Which step of an upgrade some process of this server is at, in one sentence, or nothing."""
    with suppress(OSError):
        return _lock_file().read_text(encoding="utf-8")
    return ""


def is_current(checked: Engine) -> bool:
    """True if the schema is the one this code was written for."""
    return version_of(checked) == HEAD


def version_of(checked: Engine) -> str:
    """The migration that the schema is at; empty if none was run."""
    with checked.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return ""
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""


def _lock_file() -> Path:
    return settings().data_path / "upgrade.lock"


@contextmanager
def _one_at_a_time() -> Iterator[Callable[[str], None]]:
    """Hold a lock file while the block runs; what it says in there, the others can read."""
    with _lock_file().open("a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)

        def say(words: str) -> None:
            with suppress(OSError):  # a full disk is said by what needs the room
                file.truncate(0)
                file.write(words)
                file.flush()

        try:
            yield say
        finally:
            say("")


def _run_migrations(say: Callable[[str], None], *, keeps_copy: bool) -> None:
    # Alembic takes a while to import and is needed only when there is something to upgrade.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    _refuse_strange({script.revision for script in scripts.walk_revisions()})
    if keeps_copy and version_of(engine()) and (name := _file_name()):
        say("Keeping a copy of the database as it was.")
        keep_copy(Path(name), HEAD)
    behind = scripts.iterate_revisions("head", version_of(engine()) or "base")
    steps = [script.doc for script in behind]
    said = (f"Step {n} of {len(steps)}: {doc}" for n, doc in enumerate(reversed(steps), 1))
    say(next(said, ""))
    with engine().connect() as connection:
        config.attributes["connection"] = connection
        config.attributes["after_step"] = lambda **_: say(next(said, ""))
        command.upgrade(config, "head")
    log.info("Database upgraded to %s", HEAD)


def _file_name() -> str:
    """Where the database lies; empty if it is on a server of its own."""
    url = engine().url
    return (url.database or "") if url.get_backend_name() == "sqlite" else ""


def _refuse_strange(known: set[str]) -> None:
    """UnusableDatabaseError if no migration of this code leads on from the schema."""
    import wasched.models  # noqa: F401 - the tables register themselves

    name = engine().url.database
    found = version_of(engine())
    if found and found not in known:
        raise UnusableDatabaseError(
            f"The database {name} was made by a newer wasched ({found}; this one is {HEAD}). "
            "Install that version again, or restore a back-up that this one made."
        )
    taken = set(SQLModel.metadata.tables) & set(inspect(engine()).get_table_names())
    if taken and not found:
        raise UnusableDatabaseError(
            f"The database {name} belongs to another program: its table {min(taken)} is not "
            "wasched's. Move it away, or set DB_PATH to another place."
        )


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy begins; the driver must not begin by itself
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")  # a commit survives power loss
    cursor.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute(f"PRAGMA busy_timeout = {_BUSY_S * 1000}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    readonly = connection.get_execution_options().get("readonly", False)
    connection.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")
