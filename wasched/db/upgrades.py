"""The schema's upgrade to the newest version, by whichever process comes first."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from itertools import compress, takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import OperationalError
from sqlmodel import SQLModel

from wasched.config import settings
from wasched.db import sqlite
from wasched.db.dialects import dialect_of
from wasched.db.engines import engine
from wasched.db.moved import VERSION as MOVED
from wasched.db.moved import moved_sentence, unfinished_sentence
from wasched.db.programs import SeenProgram, older_programs, programs_there, waiting_sentence
from wasched.db.suiting import note_suits, suits_before, suits_from
from wasched.db.turns import BUSY_S
from wasched.domain.errors import UnusableDatabaseError

if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.script import Script, ScriptDirectory

log = logging.getLogger(__name__)

HEAD = "0035"
"""The newest migration; a test keeps it equal to Alembic's own head."""

_LOOK_S = 1.0
_BREATH_S = 0.5

MIGRATIONS = Path(__file__).parent.parent / "migrations"


def upgrade(*, keeps_copy: bool = True) -> None:
    """Bring the schema up to date, once, whichever process comes first.

    A copy of an older database is kept beside it, unless whoever asks has one.
    UnusableDatabaseError if it is no schema of this version or an older one, or if there is no
    room for the copy and the upgrade.
    """
    with suppress(OSError):  # what is wrong with the folder is said when the database is opened
        settings().data_path.mkdir(parents=True, exist_ok=True, mode=0o700)
    if _is_current_in_time() or suits_us(engine()):
        return
    with _one_at_a_time() as say:
        if not is_current(engine()):
            _upgrade_schema(say, keeps_copy=keeps_copy)


def upgrade_step() -> str:
    """Which step of an upgrade some process of this server is at, in one sentence, or nothing."""
    with suppress(OSError):
        return _lock_file().read_text(encoding="utf-8")
    return ""


def is_current(checked: Engine) -> bool:
    """True if the schema is the one this code was written for."""
    return version_of(checked) == HEAD


def suits_us(checked: Engine) -> bool:
    """True if the schema is a newer one that programs of this version work with as well."""
    with checked.connect().execution_options(readonly=True) as connection:
        version = version_in(connection)
        return version > HEAD >= suits_from(connection, version) if version.isdigit() else False


def unfit_sentence(checked: Engine) -> str:
    """Why a program of this version must not go on with the schema as it has become; or nothing."""
    version = version_of(checked)
    is_newer = version.isdigit() and version > HEAD and not suits_us(checked)
    if version != MOVED and not is_newer:
        return ""
    return (
        f"The database is at {version} now, which this version ({HEAD}) does not suit. It stops, "
        "so that nothing is written wrongly; start the newer one."
    )


def version_of(checked: Engine) -> str:
    """The migration that the schema is at; empty if none was run."""
    with checked.connect().execution_options(readonly=True) as connection:
        return version_in(connection)


def version_in(connection: Connection) -> str:
    """The same by a connection, and in its transaction."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""


def steps_from(version: str) -> list[str] | None:
    """What an upgrade would do to a database of a version, step by step; None if it is newer."""
    scripts = _scripts()[1]
    known = {script.revision for script in scripts.walk_revisions()}
    return [one.doc for one in _steps(scripts, version)] if version in known else None


def _is_current_in_time() -> bool:
    """As is_current; a server that is away, such as while all machines start, is waited for."""
    until_s = time.monotonic() + BUSY_S
    has_been_away = False
    while True:
        try:
            return is_current(engine())
        except OperationalError as fault:
            is_away = dialect_of(engine()).has_not_begun(fault)
            if not is_away or time.monotonic() > until_s:
                raise
            if not has_been_away:
                log.warning("The database server does not answer yet; trying for a while")
            has_been_away = True
        time.sleep(_BREATH_S)


def _lock_file() -> Path:
    return settings().data_path / "upgrade.lock"


@contextmanager
def _one_at_a_time() -> Iterator[Callable[[str], None]]:
    """Hold a lock file while the block runs; what it says in there, the others can read."""
    here = engine()
    with sqlite.locked_file(_lock_file()) as file, dialect_of(here).upgrade_turn(here):

        def say(words: str) -> None:
            with suppress(OSError):  # a full disk is said by what needs the room
                file.truncate(0)
                file.write(words)
                file.flush()

        try:
            yield say
        finally:
            say("")


def _upgrade_schema(say: Callable[[str], None], *, keeps_copy: bool) -> None:
    is_empty, dialect = not version_of(engine()), dialect_of(engine())
    _refuse_strange({script.revision for script in _scripts()[1].walk_revisions()})
    if is_empty and dialect.creates_newest:
        create_newest(engine())
        return
    if keeps_copy and not is_empty:
        say("Keeping a copy of the database as it was.")
        dialect.keep_old(engine(), HEAD)
    _run_migrations(say)


def _run_migrations(say: Callable[[str], None]) -> None:
    """Run what is to be run, all in one transaction unless programs of before are there.

    Then what suits them goes first, and the rest once the last of them has stopped.
    """
    scripts = _scripts()[1]
    steps = _steps(scripts, version_of(engine()))
    said = iter([f"Step {n} of {len(steps)}: {one.doc}" for n, one in enumerate(steps, 1)])
    while steps:
        if now := _suiting(steps):
            _run_to(now[-1].revision, say, said)
            steps = steps[len(now) :]
        else:
            _wait_for_older(steps[0].revision, say)
    log.info("Database upgraded to %s", HEAD)


def _suiting(steps: "Sequence[Script]") -> "list[Script]":
    """The first steps that may be run now: up to one that programs which are there do not suit."""
    with engine().connect().execution_options(readonly=True) as connection:
        there = programs_there(connection)
    is_open = [suits_before(one) or not older_programs(there, one.revision) for one in steps]
    return list(compress(steps, takewhile(bool, is_open)))


def _wait_for_older(version: str, say: Callable[[str], None]) -> None:
    """Say for whom this waits, until the last of them has stopped or was silent for too long."""
    logged: set[str] = set()
    while older := _older(version):
        words = waiting_sentence(older)
        say(words)
        if fresh := {one.name for one in older} - logged:
            log.warning(words)
            logged |= fresh
        time.sleep(_LOOK_S)


def _older(version: str) -> list[SeenProgram]:
    with engine().connect().execution_options(readonly=True) as connection:
        return older_programs(programs_there(connection), version)


def _run_to(version: str, say: Callable[[str], None], said: Iterator[str]) -> None:
    from alembic import command

    config, scripts = _scripts()
    say(next(said, ""))
    with engine().connect() as connection:
        config.attributes["connection"] = connection
        config.attributes["finish_schema"] = partial(_finish_schema, scripts, version)
        config.attributes["after_step"] = lambda **_: say(next(said, ""))
        command.upgrade(config, version)


def _finish_schema(scripts: "ScriptDirectory", version: str, connection: Connection) -> None:
    """Make what is no table, and note from which version on programs suit the schema."""
    dialect_of(connection.engine).finish_schema(connection)
    chain = scripts.iterate_revisions(version, "base")
    suits = next((one.revision for one in chain if not suits_before(one)), version)
    note_suits(connection, suits, version)


def create_newest(empty: Engine) -> None:
    """Make the newest tables at once; a test holds them equal to what the migrations make."""
    import wasched.models  # noqa: F401 - the tables register themselves

    dialect_of(empty).require_fit(empty)
    with empty.begin() as connection:
        SQLModel.metadata.create_all(connection)
        finish_newest(connection)
    log.info("Database made at %s", HEAD)


def finish_newest(connection: Connection) -> None:
    """Make of the newest tables a database that programs of this version use."""
    from alembic.runtime.migration import MigrationContext

    dialect_of(connection.engine).finish_schema(connection)
    MigrationContext.configure(connection).stamp(_scripts()[1], "head")


def _scripts() -> "tuple[Config, ScriptDirectory]":
    # Alembic takes a while to import and is needed only when there is something to upgrade.
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config, ScriptDirectory.from_config(config)


def _steps(scripts: "ScriptDirectory", version: str) -> "list[Script]":
    return [*reversed([*scripts.iterate_revisions("head", version or "base")])]


def _place() -> str:
    return "DATABASE_URL" if settings().is_on_a_server else "DB_PATH"


def _refuse_strange(known: set[str]) -> None:
    """UnusableDatabaseError if no migration of this code leads on from the schema."""
    import wasched.models  # noqa: F401 - the tables register themselves

    name = engine().url.database
    _refuse_moved()
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
            f"wasched's. Move it away, or set {_place()} to another place."
        )


def _refuse_moved() -> None:
    """UnusableDatabaseError for one that went elsewhere, or is not filled yet."""
    with engine().connect().execution_options(readonly=True) as connection:
        unfinished = unfinished_sentence(connection)
    is_file = dialect_of(engine()) is sqlite
    if elsewhere := unfinished or (is_file and moved_sentence(settings().db_path)):
        raise UnusableDatabaseError(elsewhere)
