"""The media store: files under the SHA-256 of what is in them, in one folder of this server."""

import errno
import fcntl
import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from wasched.domain.content import Content, Media, Text
from wasched.domain.errors import InputError, NoRoomError, SendError
from wasched.domain.media import MB
from wasched.domain.reasons import Code, Reason, because, file_gone

_INCOMING = "incoming"
_SPARE = 50 * MB
"""Bytes left free for the database, whatever is uploaded."""
_TOKEN = re.compile(r"[0-9a-f]{32}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


class MediaFiles:
    """Fulfils the MediaStore protocol in a folder that only its owner can read."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def begin(self, token: str, size: int) -> None:
        """Make room for an upload of so many bytes; NoRoomError if there is not enough."""
        path = self.incoming(token)
        with _room_or_refusal():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if shutil.disk_usage(path.parent).free < size + _SPARE:
                raise NoRoomError("media", because(Code.MEDIA_NO_ROOM, bytes=size))
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))

    def received(self, token: str) -> int:
        """How many bytes of an upload are here; InputError if it was given up."""
        try:
            return self.incoming(token).stat().st_size
        except FileNotFoundError:
            raise _given_up() from None

    def append(self, token: str, offset: int, body: bytes) -> int:
        """Add bytes at the end; returns how many there are now.

        None are added if `offset` is not where the upload ends, so a repeated chunk is harmless.
        """
        try:
            file = self.incoming(token).open("r+b", buffering=0)
        except FileNotFoundError:
            raise _given_up() from None
        with file, _room_or_refusal():
            fcntl.flock(file, fcntl.LOCK_EX)
            end = file.seek(0, os.SEEK_END)
            if end != offset:
                return end
            try:
                _write_all(file.fileno(), body)
            except OSError:
                file.truncate(end)
                raise
            return end + len(body)

    def incoming(self, token: str) -> Path:
        """Where an upload, or a file that is being made, lies until it is kept."""
        if not _TOKEN.fullmatch(token):
            raise ValueError("Not the token of an upload")
        return self._root / _INCOMING / token

    def keep(self, token: str) -> str:
        """Store a whole upload under its digest; the same file is there once."""
        source = self.incoming(token)
        with source.open("r+b") as file, _room_or_refusal():
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())
        target = self.path_of(digest)
        with _room_or_refusal():
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            source.replace(target)
        return digest

    def add(self, body: bytes) -> str:
        """Store a small file; returns its digest."""
        token = os.urandom(16).hex()
        self.begin(token, len(body))
        self.append(token, 0, body)
        return self.keep(token)

    def discard(self, token: str) -> None:
        """Forget an upload."""
        self.incoming(token).unlink(missing_ok=True)

    def path_of(self, digest: str) -> Path:
        """Where the file with this digest lies, or would lie."""
        if not _DIGEST.fullmatch(digest):
            raise ValueError("Not a SHA-256")
        return self._root / digest[:2] / digest

    def thumbnail_of(self, digest: str) -> Path:
        """Where the small picture of a file lies, or would lie."""
        return self.path_of(digest).with_suffix(".jpg")

    def sweep(self, kept: set[str], before: datetime) -> int:
        """Remove what was not touched since `before`, but for files with these digests."""
        removed = 0
        for path in self._root.glob("*/*"):
            if path.stem not in kept and _touched_at(path) < before:
                path.unlink(missing_ok=True)
                removed += 1
        return removed


def path_of_digest(content: Content, root: Path) -> Content:
    """The content with the paths of its files filled in; SendError if one is gone.

    A file that is named by path already stays where it is.
    """
    files = MediaFiles(root)
    if isinstance(content, Media) and not content.path:
        path, small = files.path_of(content.digest), files.thumbnail_of(content.digest)
        if not path.is_file():
            raise SendError(file_gone(content.filename), permanent=True)
        return replace(content, path=str(path), thumbnail=str(small) if small.is_file() else "")
    if isinstance(content, Text) and content.preview and content.preview.digest:
        path = files.path_of(content.preview.digest)
        shown = replace(content.preview, path=str(path) if path.is_file() else "")
        return replace(content, preview=shown)
    return content


@contextmanager
def _room_or_refusal() -> Iterator[None]:
    """Say a full or read-only disk in a sentence."""
    try:
        yield
    except OSError as fault:
        _refuse(fault)


def _refuse(fault: OSError) -> NoReturn:
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        raise NoRoomError("media", Reason(Code.MEDIA_DISK_FULL)) from fault
    if fault.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        raise NoRoomError("media", Reason(Code.MEDIA_READ_ONLY)) from fault
    raise fault


def _given_up() -> InputError:
    return InputError("media", "This upload was given up meanwhile. Choose the file again.")


def _write_all(handle: int, body: bytes) -> None:
    rest = memoryview(body)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _touched_at(path: Path) -> datetime:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return datetime.now(UTC)
