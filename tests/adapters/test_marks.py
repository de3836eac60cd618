"""Marks: an older copy is known, and neither a kill nor a new owner makes one of what is ours."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from wasched.adapters import marks

NOW = datetime(2026, 3, 12, 16, 42, tzinfo=UTC)

PutBack = Callable[[Path, Path], None]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database in use, in a folder of its own with a space in its name."""
    path = tmp_path / "the data" / "app.db"
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE said (words TEXT)")
    return path


def start(file: Path) -> None:
    """As at each start and stop."""
    for _ in range(2):
        marks.mark_file(file, NOW)


def write_to(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("INSERT INTO said VALUES ('hello')")


def run(*words: str | Path) -> None:
    subprocess.run(words, check=True)


def over_the_old_files(copy: Path, folder: Path) -> None:
    run("cp", "-a", f"{copy}/.", folder)


def into_an_emptied_folder(copy: Path, folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
    over_the_old_files(copy, folder)


def as_rsync_does(copy: Path, folder: Path) -> None:
    for path in copy.iterdir():
        draft = folder / f".{path.name}.a1b2c3"
        shutil.copy2(path, draft)
        draft.replace(folder / path.name)


def from_a_tar(copy: Path, folder: Path) -> None:
    run("tar", "-czf", copy.with_suffix(".tar.gz"), "-C", copy, ".")
    run("tar", "-xzf", copy.with_suffix(".tar.gz"), "-C", folder)


def as_another_folder(copy: Path, folder: Path) -> None:
    folder.rename(folder.with_name("lost"))
    run("cp", "-a", copy, folder)


WAYS = [
    over_the_old_files,
    into_an_emptied_folder,
    as_rsync_does,
    from_a_tar,
    as_another_folder,
]


@pytest.mark.parametrize(
    ("put_back", "counts_births"),
    [*((way, True) for way in WAYS), (over_the_old_files, False), (as_rsync_does, False)],
)
def test_a_folder_that_was_put_back_is_noticed(
    file: Path,
    tmp_path: Path,
    put_back: PutBack,
    counts_births: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not counts_births:  # as NFS and many others
        monkeypatch.setattr(marks, "_generation", lambda _handle: 0)
    start(file)
    run("cp", "-a", file.parent, tmp_path / "copy")
    start(file)
    write_to(file)
    assert marks.is_as_left(file)

    put_back(tmp_path / "copy", file.parent)

    assert not marks.is_as_left(file)
    start(file)
    assert marks.is_as_left(file)


@pytest.mark.parametrize("way", [shutil.copy2, shutil.copyfile, shutil.move])
def test_a_file_that_was_put_back_alone_is_noticed(
    file: Path, tmp_path: Path, way: Callable[[Path, Path], object]
) -> None:
    start(file)
    shutil.copy2(file, tmp_path / "copy")
    start(file)

    way(tmp_path / "copy", file)

    assert not marks.is_as_left(file)


def test_a_file_from_before_there_were_marks_is_noticed(file: Path, tmp_path: Path) -> None:
    shutil.copy2(file, tmp_path / "copy")
    start(file)

    shutil.copy2(tmp_path / "copy", file)

    assert marks.read_mark(file) is None and not marks.is_as_left(file)


def test_a_file_that_came_without_what_is_beside_it_is_noticed(file: Path, tmp_path: Path) -> None:
    start(file)

    moved = Path(shutil.copy2(file, tmp_path / "app.db"))

    assert not marks.is_as_left(moved)


def test_a_new_file_and_one_that_was_written_to_are_as_they_were_left(file: Path) -> None:
    assert marks.is_as_left(file)
    marks.mark_file(file, NOW)
    write_to(file)

    assert marks.is_as_left(file)
    mark = marks.read_mark(file)
    assert mark is not None and mark.at == NOW


def test_another_owner_and_other_rights_make_no_copy(file: Path) -> None:
    start(file)
    mark = marks.read_mark(file)
    if mark is None or not mark.born:
        pytest.skip("this file system does not tell files from those that were here before")

    run("chmod", "-R", "u=rwX,go=", file.parent)
    run("chown", "-R", f"{os.getuid()}:{os.getgid()}", file.parent)

    assert marks.is_as_left(file)


def test_a_kill_between_the_two_steps_leaves_it_as_it_was(file: Path) -> None:
    for _ in range(3):  # killed while it is marked for the first time
        marks.renew_beside(file, NOW)
        assert marks.is_as_left(file)
    for _ in range(3):
        marks.mark_file(file, NOW)
        for _ in range(3):  # killed, started, killed …
            marks.renew_beside(file, NOW)
            assert marks.is_as_left(file)


@pytest.mark.slow
def test_kills_at_any_moment_leave_it_as_it_was(file: Path) -> None:
    script = (
        "import sys; from datetime import UTC, datetime; from pathlib import Path\n"
        "from wasched.adapters import marks\n"
        "while True: print(marks.mark_file(Path(sys.argv[1]), datetime.now(UTC)), flush=True)"
    )
    before = marks.read_mark(file)
    for number in range(6):
        line = [sys.executable, "-c", script, str(file)]
        with subprocess.Popen(line, stdout=subprocess.PIPE) as marking:
            assert marking.stdout is not None and marking.stdout.readline()
            with pytest.raises(subprocess.TimeoutExpired):
                marking.wait(0.004 * number)
            marking.kill()

        assert marks.is_as_left(file)
        assert marks.read_mark(file) != before
        before = marks.read_mark(file)


def test_a_file_that_is_gone_is_not_made_again(file: Path) -> None:
    file.unlink()

    with pytest.raises(sqlite3.OperationalError):
        marks.mark_file(file, NOW)

    assert not file.exists()


def test_a_locked_file_keeps_the_mark_that_it_has(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marks, "_BUSY_S", 0.01)
    start(file)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")

        with pytest.raises(sqlite3.OperationalError, match="locked"):
            marks.mark_file(file, NOW)

    assert marks.is_as_left(file)


def test_a_mark_that_was_taken_away_leaves_a_new_file(file: Path) -> None:
    start(file)

    marks.forget_mark(file)

    assert marks.is_as_left(file) and marks.read_mark(file) is None
    assert [path.name for path in file.parent.iterdir()] == ["app.db"]


@pytest.mark.parametrize("is_marked", [True, False])
def test_a_spoilt_mark_makes_a_copy_of_any_file(file: Path, is_marked: bool) -> None:
    if is_marked:
        start(file)

    marks.spoil_mark(file)

    assert not marks.is_as_left(file)
    start(file)
    assert marks.is_as_left(file)
