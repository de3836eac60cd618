"""Empty databases of the newest version, made once in a process and then copied."""

from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import SQLModel

from wasched import config, db

_kept: dict[str, bytes] = {}


def begin_database() -> None:
    """Have an empty database where the settings say; all migrations take a quarter of a second."""
    file = config.settings().db_path
    if "migrated" in _kept:
        _put(file, "migrated")
        return
    db.upgrade()
    db.engine().dispose()  # so that all of it is in the file
    _kept["migrated"] = file.read_bytes()


def empty_tables(file: Path) -> Engine:
    """An engine on a new file with the tables that the models describe, and nothing in them."""
    engine = db.make_engine(f"sqlite:///{file}")
    if "made" in _kept:
        _put(file, "made")
        return engine
    SQLModel.metadata.create_all(engine)
    engine.dispose()
    _kept["made"] = file.read_bytes()
    return engine


def _put(file: Path, which: str) -> None:
    file.write_bytes(_kept[which])
    file.chmod(0o600)
