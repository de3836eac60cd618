"""The files that a server keeps: known by their places and names, whatever else lies beside them.

A data folder may be shared with what is none of ours, such as a home folder.
"""

from pathlib import Path

from wasched.config import Settings

_NAMES = ("secret_key", "upgrade.lock", "database.lock", "links.damaged", "log")


def files_beside(settings: Settings) -> list[Path]:
    """What lies in the data folder, and the health file."""
    folder = settings.data_path
    found = [
        *folder.glob(f"{settings.db_path.name}*"),
        *folder.glob(f"{settings.queue_path.name}*"),
    ]
    health = [Path(settings.health_file)] if settings.health_file else []
    return [*found, *(folder / name for name in _NAMES), *health]


def own_places(settings: Settings) -> list[Path]:
    """The folders that hold files of ours alone."""
    return [settings.session_path, settings.media_path]
