"""The media store as a folder, which several machines may share: files under their SHA-256."""

import errno
import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from wasched.domain.errors import InputError, MediaAwayError, NoRoomError
from wasched.domain.media import MB
from wasched.domain.reasons import Code, Reason, because

_INCOMING = "incoming"
_SPARE = 50 * MB
"""Bytes left free for the database, whatever is uploaded."""
_TOKEN = re.compile(r"[0-9a-f]{32}")
NAMES = re.compile(r"[0-9a-f]{2}/(?P<name>(?P<digest>[0-9a-f]{64})(\.jpg)?)")
"""What files and their small pictures are called in any store."""

_DIGEST = re.compile(r"[0-9a-f]{64}")


class MediaFiles:
    """Fulfils the MediaStore protocol in a folder that only its owner can read.

    Needs no locks: the folder may be a volume that other machines write to as well.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def begin(self, token: str, size: int) -> None:
        """Make room for an upload of so many bytes; NoRoomError if there is not enough."""
        make_place(self.incoming(token), size)

    def received(self, token: str) -> int:
        """How many bytes of an upload are here; InputError if it was given up."""
        try:
            # Opened, because only then a network's file system asks what others have written.
            with self.incoming(token).open("rb") as file:
                return os.fstat(file.fileno()).st_size
        except FileNotFoundError:
            raise given_up() from None

    def append(self, token: str, offset: int, body: bytes) -> int:
        """Add bytes at the end; returns how many there are now.

        None are added if `offset` is not where the upload ends, so a repeated chunk is harmless.
        Whoever sends the same one at the same time writes the same bytes to the same place.
        """
        try:
            file = self.incoming(token).open("r+b", buffering=0)
        except FileNotFoundError:
            raise given_up() from None
        with file, room_or_refusal():
            end = os.fstat(file.fileno()).st_size
            if end != offset:
                return end
            _write_all(file.fileno(), body, offset)
            return end + len(body)

    @contextmanager
    def uploaded(self, token: str) -> Iterator[Path]:
        """Where an upload lies."""
        path = self.incoming(token)
        yield existing(path)

    def discard(self, token: str) -> None:
        """Forget an upload."""
        self.incoming(token).unlink(missing_ok=True)

    @contextmanager
    def workplace(self, size: int) -> Iterator[Path]:
        """A new file beside the uploads; NoRoomError if it would not have room."""
        path = self.incoming(os.urandom(16).hex())
        make_place(path, size)
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    def keep(self, path: Path) -> str:
        """Move a whole file to where its digest says; the same file is there once."""
        digest = digest_of(path)
        _move(path, self.path_of(digest))
        return digest

    def keep_thumbnail(self, digest: str, path: Path) -> None:
        """Move the small picture of a file beside it."""
        _move(path, self.thumbnail_of(digest))

    def add(self, body: bytes) -> str:
        """Store a small file; returns its digest."""
        with self.workplace(len(body)) as path:
            with room_or_refusal():
                path.write_bytes(body)
            return self.keep(path)

    @contextmanager
    def at_hand(self, digest: str) -> Iterator[Path]:
        """Where the file with this digest lies."""
        path = self.path_of(digest)
        if not path.is_file():
            self._require_files()
        yield existing(path)

    @contextmanager
    def thumbnail_at_hand(self, digest: str) -> Iterator[Path]:
        """Where the small picture of a file lies."""
        yield existing(self.thumbnail_of(digest))

    def kept(self) -> dict[str, int]:
        """The sizes of all files and small pictures, by their names."""
        return {
            path.name: path.stat().st_size
            for path in self._root.glob("??/*")
            if NAMES.fullmatch(f"{path.parent.name}/{path.name}")
        }

    def sweep(self, kept: set[str], before: datetime) -> int:
        """Remove what was not touched since `before`, but for files with these digests."""
        removed = 0
        for path in self._root.glob("*/*"):
            if path.stem not in kept and _touched_at(path) < before:
                path.unlink(missing_ok=True)
                removed += 1
        return removed

    def check(self) -> None:
        """Write, read and delete a small file; OSError or NoRoomError says what keeps it."""
        if not self._root.exists():
            return  # not made yet; whoever needs it makes it
        path = self._root / f".check-{os.urandom(8).hex()}"
        with room_or_refusal():
            path.write_bytes(b"x")
            path.read_bytes()
            path.unlink()

    def look(self) -> None:
        """Nothing to ask: disks are watched by themselves."""

    def _require_files(self) -> None:
        """MediaAwayError for a folder without any file: a volume that is not mounted looks so."""
        if not any(
            NAMES.fullmatch(f"{one.parent.name}/{one.name}") for one in self._root.glob("??/*")
        ):
            raise MediaAwayError(Reason(Code.MEDIA_FOLDER_EMPTY), f"is empty: {self._root}.")

    def incoming(self, token: str) -> Path:
        """Where an upload, or a file that is being made, lies until it is kept."""
        return self._root / _INCOMING / checked_token(token)

    def path_of(self, digest: str) -> Path:
        """Where the file with this digest lies, or would lie."""
        return self._root / name_of(digest)

    def thumbnail_of(self, digest: str) -> Path:
        """Where the small picture of a file lies, or would lie."""
        return self._root / thumbnail_name(digest)


def name_of(digest: str) -> str:
    """What a file is called in any store, by its SHA-256."""
    if not _DIGEST.fullmatch(digest):
        raise ValueError("Not a SHA-256")
    return f"{digest[:2]}/{digest}"


def thumbnail_name(digest: str) -> str:
    """What its small picture is called."""
    return f"{name_of(digest)}.jpg"


def checked_token(token: str) -> str:
    """The token of an upload; ValueError for what is none."""
    if not _TOKEN.fullmatch(token):
        raise ValueError("Not the token of an upload")
    return token


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, whose bytes are on the disk when this returns."""
    with path.open("r+b") as file, room_or_refusal():
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    return digest


def existing(path: Path) -> Path:
    """The path, as there is a file; FileNotFoundError if there is none."""
    if not path.is_file():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    return path


def make_place(path: Path, size: int) -> None:
    """Begin a file that will have so many bytes; NoRoomError if the disk has not enough."""
    with room_or_refusal():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if shutil.disk_usage(path.parent).free < size + _SPARE:
            raise NoRoomError("media", because(Code.MEDIA_NO_ROOM, bytes=size))
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


@contextmanager
def room_or_refusal() -> Iterator[None]:
    """Say a full or read-only disk in a sentence."""
    try:
        yield
    except OSError as fault:
        _refuse(fault)


def given_up() -> InputError:
    """What is said of an upload that is not here any more."""
    return InputError("media", "This upload was given up meanwhile. Choose the file again.")


def _refuse(fault: OSError) -> NoReturn:
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        raise NoRoomError("media", Reason(Code.MEDIA_DISK_FULL)) from fault
    if fault.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        raise NoRoomError("media", Reason(Code.MEDIA_READ_ONLY)) from fault
    raise fault


def _move(path: Path, target: Path) -> None:
    with room_or_refusal():
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.replace(target)


def _write_all(handle: int, body: bytes, offset: int) -> None:
    """Write at this place; what was written before a fault stays, for it is right."""
    rest = memoryview(body)
    while rest:
        written = os.pwrite(handle, rest, offset)
        rest, offset = rest[written:], offset + written


def _touched_at(path: Path) -> datetime:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return datetime.now(UTC)
