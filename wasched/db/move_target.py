"""The database that a server is moved into: what may be in it, how it begins and is finished."""

import re

from sqlalchemy import Connection, Engine, inspect, text

from wasched.db.dialects import dialect_of
from wasched.db.moved import UNFINISHED
from wasched.db.programs import forget_programs, refuse_running
from wasched.db.table_copy import make_bare_tables, own_tables
from wasched.db.upgrades import HEAD, finish_newest, version_in
from wasched.domain.errors import UnusableDatabaseError

VERSIONS = "alembic_version"

_SECRET, _WHOLE = "secret_key", "secret:"  # a setting, and how it begins
_OF_LINKS = re.compile(r"(whatsmeow|wasched)_\w+")  # the library's, and those beside them


def begin_target(target: Engine, state: str) -> bool:
    """Have bare tables in a database; True if some are there already from this very state.

    `state` tells of the source what changes with it. Tables of links are filled by others.
    UnusableDatabaseError if it holds a server already, or what is none of wasched's, or cannot
    keep the promises.
    """
    dialect_of(target).require_fit(target)
    with target.begin() as connection:
        found = set(inspect(connection).get_table_names())
        _refuse_strange(target, found)
        if UNFINISHED in found and _state(connection) == state:
            return True
        if UNFINISHED not in found:
            _refuse_used(target, connection, found)
        drop_own_tables(connection)
        connection.execute(text(f"CREATE TABLE {UNFINISHED} (state VARCHAR NOT NULL)"))
        connection.execute(text(f"INSERT INTO {UNFINISHED} VALUES (:state)"), {"state": state})
        make_bare_tables(connection)
    return False


def is_unfinished(target: Engine, state: str) -> bool:
    """True if a database was begun from this state and is not finished."""
    with target.connect() as connection:
        return inspect(connection).has_table(UNFINISHED) and _state(connection) == state


def finish_target(connection: Connection) -> None:
    """Let programs use it once this is committed; its triggers are made only now."""
    connection.execute(text(f"DROP TABLE IF EXISTS {UNFINISHED}"))
    forget_programs(connection)
    finish_newest(connection)


def make_way(connection: Connection) -> None:
    """Drop the server that is there, if one is; UnusableDatabaseError for what is none of ours."""
    _refuse_strange(connection.engine, set(inspect(connection).get_table_names()))
    refuse_running(connection, "Nothing was changed.")
    drop_own_tables(connection)


def holds_server(target: Engine) -> bool:
    """True if somebody uses the database already."""
    with target.connect() as connection:
        if not inspect(connection).has_table("user"):
            return False
        return bool(connection.scalar(text('SELECT EXISTS (SELECT 1 FROM "user")')))


def kept_secret(target: Engine) -> str:
    """The secret that the database keeps for all machines; empty if it keeps none."""
    asked = text("SELECT value FROM setting WHERE name = :name")
    with target.connect() as connection:
        found = connection.scalar(asked, {"name": _SECRET}) or ""
    return found.removeprefix(_WHOLE) if found.startswith(_WHOLE) else ""


def keep_secret(connection: Connection, secret: str) -> None:
    """Keep the secret that lay beside the file where all machines find it."""
    given = {"name": _SECRET, "value": f"{_WHOLE}{secret}"}
    connection.execute(text("DELETE FROM setting WHERE name = :name"), given)
    connection.execute(text("INSERT INTO setting (name, value) VALUES (:name, :value)"), given)


def drop_own_tables(connection: Connection) -> None:
    """Drop whatever of wasched's is there."""
    say = connection.dialect.identifier_preparer
    names = [VERSIONS, UNFINISHED, *(one.name for one in own_tables())]
    listed = ", ".join(say.quote(one) for one in names)
    connection.execute(text(f"DROP TABLE IF EXISTS {listed} CASCADE"))


def _state(connection: Connection) -> str:
    return connection.scalar(text(f"SELECT state FROM {UNFINISHED}")) or ""


def _refuse_strange(target: Engine, found: set[str]) -> None:
    ours = {VERSIONS, UNFINISHED, *(one.name for one in own_tables())}
    if strange := sorted(one for one in found - ours if not _OF_LINKS.fullmatch(one)):
        raise UnusableDatabaseError(
            f"The database {target.url.database} holds the table {strange[0]}, which is not "
            "wasched's. Name an empty one in DATABASE_URL."
        )


def _refuse_used(target: Engine, connection: Connection, found: set[str]) -> None:
    """An api that was started on it once has left tables; rows of people it has none."""
    if not any(one for one in found if not _OF_LINKS.fullmatch(one)):
        return
    refuse_running(connection, "Nothing was changed.")
    asked = text('SELECT EXISTS (SELECT 1 FROM "user")')
    if version_in(connection) != HEAD or connection.scalar(asked):
        raise UnusableDatabaseError(
            f"The database {target.url.database} holds a server already. Nothing was changed. "
            "Name an empty one in DATABASE_URL."
        )
