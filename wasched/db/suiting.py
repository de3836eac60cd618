"""Which programs a schema suits: those of its own version, and those of some before.

A migration says by SUITS_BEFORE = True that programs of the version before go on as they are once
it is done: it adds what they do not look at. Otherwise it waits until the last of them has stopped.
"""

from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

if TYPE_CHECKING:
    from alembic.script import Script

_NAME = "schema_suits"  # a setting; without it a schema suits programs of its own version alone


def suits_before(script: "Script") -> bool:
    """True if programs of the version before a migration go on when it is done."""
    return bool(getattr(script.module, "SUITS_BEFORE", False))


def suits_from(connection: Connection, version: str) -> str:
    """The first version whose programs suit the schema, given which one that is."""
    if not inspect(connection).has_table("setting"):
        return version
    asked = text("SELECT value FROM setting WHERE name = :name")
    return connection.scalar(asked, {"name": _NAME}) or version


def note_suits(connection: Connection, first: str, version: str) -> None:
    """Keep from which version on programs suit a schema of this version."""
    connection.execute(text("DELETE FROM setting WHERE name = :name"), {"name": _NAME})
    if first != version:
        said = text("INSERT INTO setting (name, value) VALUES (:name, :first)")
        connection.execute(said, {"name": _NAME, "first": first})
