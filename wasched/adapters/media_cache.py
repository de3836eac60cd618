"""Files of a store elsewhere that this machine has fetched: for libraries that want a path."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BufferedRandom
from pathlib import Path
from typing import IO

from wasched.adapters.media_files import make_place, room_or_refusal

Fetch = Callable[[BufferedRandom], None]


class MediaCache:
    """Files in a folder of this machine, by their names; those longest unused go first.

    Together they take `most` bytes, unless more are in use at once. Any number of processes may
    share the folder: who uses a file holds a lock on it, which goes with its process.
    """

    def __init__(self, folder: Path, most: int) -> None:
        self._folder, self._most = folder, most

    @contextmanager
    def opened(self, name: str, fetch: Fetch) -> Iterator[Path]:
        """The file of this name while a block runs; `fetch` writes it if it is not here yet.

        What `fetch` raises gets out, and NoRoomError where this machine has no room.
        """
        with self._held(name, fetch):
            yield self._folder / name

    def put(self, name: str, path: Path) -> None:
        """Take in a file of the same disk, which is moved unless it is here and maybe in use."""
        target = self._folder / name
        with room_or_refusal():
            self._make_folder()
            if not target.exists() or target.stat().st_size != path.stat().st_size:
                path.replace(target)
        self._make_room()

    def _held(self, name: str, fetch: Fetch) -> IO[bytes]:
        path = self._folder / name
        while True:
            try:
                file: IO[bytes] = path.open("rb")
            except FileNotFoundError:
                file = self._fetched(name, fetch)
            fcntl.flock(file, fcntl.LOCK_SH)
            if _is_at(file, path):
                _note_use(path)
                return file
            file.close()  # it was removed meanwhile

    def _fetched(self, name: str, fetch: Fetch) -> IO[bytes]:
        """Write it beside its name first; one process does, and the others wait for that.

        What is returned is not the file at its name where somebody else was first.
        """
        path, part = self._folder / name, self._folder / f"{name}.part"
        with room_or_refusal():
            self._make_folder()
            handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        target = os.fdopen(handle, "r+b")
        try:
            fcntl.flock(target, fcntl.LOCK_EX)
            if _is_at(target, part):
                self._fill(target, part, path, fetch)
                self._make_room()  # by others, for this one is held
        except BaseException:
            target.close()
            raise
        return target

    def _fill(self, target: BufferedRandom, part: Path, path: Path, fetch: Fetch) -> None:
        if path.exists():  # since we looked
            part.unlink()
            return
        target.truncate()
        try:
            with room_or_refusal():
                fetch(target)
                target.flush()
                part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise

    def _make_folder(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def _make_room(self) -> None:
        """Remove what was used longest ago, and what is in nobody's use, until it fits."""
        found = sorted(_seen(self._folder))
        total = sum(size for _, size, _ in found)
        for _, size, path in found:
            if total <= self._most:
                return
            if _remove_unused(path):
                total -= size


def new_workplace(folder: Path, size: int) -> Path:
    """A new file in a folder, on whose disk there is room for so many bytes."""
    path = folder / os.urandom(16).hex()
    make_place(path, size)
    return path


def _seen(folder: Path) -> Iterator[tuple[float, int, Path]]:
    """When each file was used last, its size and where it is."""
    with os.scandir(folder) as entries:
        for one in entries:
            try:
                found = one.stat()
            except FileNotFoundError:
                continue
            yield found.st_atime, found.st_size, Path(one.path)


def _note_use(path: Path) -> None:
    """By the time of access, set here: file systems may be mounted so that reading does not."""
    with suppress(FileNotFoundError):
        os.utime(path, ns=(time.time_ns(), path.stat().st_mtime_ns))


def _remove_unused(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_at(file, path):
                path.unlink()
    except BlockingIOError:
        return False
    except FileNotFoundError:
        pass
    return True


def _is_at(file: IO[bytes], path: Path) -> bool:
    """True if the open file is still the one at the path."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False
