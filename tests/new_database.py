"""An empty database of the newest version: migrations run once in a process, then it is copied."""

from wasched import config, db

_kept: list[bytes] = []


def begin_database() -> None:
    """Have an empty database where the settings say; all migrations take a quarter of a second."""
    file = config.settings().db_path
    if _kept:
        file.write_bytes(_kept[0])
        file.chmod(0o600)
        return
    db.upgrade()
    db.engine().dispose()  # so that all of it is in the file
    _kept.append(file.read_bytes())
