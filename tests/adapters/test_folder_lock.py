"""Workers and their session folder: one alone with SQLite, several on a server's database."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from wasched.adapters import folder_lock
from wasched.domain.errors import ConfigError


@pytest.fixture(autouse=True)
def locks() -> Iterator[None]:
    """Lets go at the end of what a process holds as long as it lives."""

    before = list(folder_lock._held)
    yield
    for handle in folder_lock._held[len(before) :]:
        os.close(handle)
    folder_lock._held[:] = before


def test_workers_that_share_a_folder_have_names_that_stay(tmp_path: Path) -> None:
    first, second = folder_lock.hold_seat(tmp_path), folder_lock.hold_seat(tmp_path)

    assert (first.number, second.number) == (1, 2)
    assert first.name != second.name
    assert first.name == (tmp_path / "worker.lock").read_text()


def test_who_needs_the_folder_alone_is_refused_while_any_worker_uses_it(tmp_path: Path) -> None:
    first = folder_lock.hold_seat(tmp_path)
    folder_lock.hold_seat(tmp_path)

    os.close(folder_lock._held.pop(0 if len(folder_lock._held) == 2 else -2))  # the first ended

    with pytest.raises(ConfigError, match="Another worker uses the session folder"):
        folder_lock.hold_folder(tmp_path)
    assert first.number == 1


def test_a_second_worker_of_an_sqlite_file_is_refused(tmp_path: Path) -> None:
    folder_lock.hold_database(tmp_path)

    with pytest.raises(ConfigError, match="With SQLite there is one worker"):
        folder_lock.hold_database(tmp_path)
