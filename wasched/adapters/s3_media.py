"""The media store in a bucket that speaks S3, which every process reaches from any machine."""

import hashlib
import logging
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from io import BufferedRandom
from itertools import groupby
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import obstore

from wasched.adapters import s3_store
from wasched.adapters.media_cache import MediaCache, new_workplace
from wasched.adapters.media_files import (
    NAMES,
    checked_token,
    digest_of,
    name_of,
    room_or_refusal,
    thumbnail_name,
)
from wasched.domain.errors import MediaAwayError, NoRoomError
from wasched.domain.media import MB
from wasched.domain.reasons import Code, Reason, because

log = logging.getLogger(__name__)

_INCOMING = "incoming"
_PIECE = 8 * MB
"""Bytes that are sent or asked for at once: so much of a file is in memory, however large it is."""

_PATIENCE = timedelta(seconds=30)
_SILENCE_S = 100.0
"""For so long a store that did not answer is left alone, unless a look finds it back before."""

_LEFT = timedelta(days=1)
_INCOMERS = re.compile(r"incoming/(check-)?[0-9a-f]{16,32}(/\d+)?")
_SILENT = Reason(Code.MEDIA_STORE_SILENT)
Answer = TypeVar("Answer")


class S3Media:
    """Fulfils the MediaStore protocol in s3://BUCKET/PREFIX.

    Names are those of a folder (`media_files`); what comes of an upload is an object for each
    piece, named by where it begins. `folder` is where this machine keeps what is at hand, `most`
    bytes of it; `patience` bounds each request.
    """

    def __init__(
        self,
        url: str,
        config: Mapping[str, str],
        folder: Path,
        most: int,
        patience: timedelta = _PATIENCE,
    ) -> None:
        self._url = url
        self._store = s3_store.open_s3(url, config, patience)
        self._cache = MediaCache(folder / ".cache", most)
        self._work = folder / ".work"
        self._silent_until = 0.0

    def begin(self, token: str, size: int) -> None:
        """Nothing has to be made: an upload is its pieces."""
        checked_token(token)

    def received(self, token: str) -> int:
        """How many bytes of an upload are here, without a gap."""
        return sum(self._pieces(token).values())

    def append(self, token: str, offset: int, body: bytes) -> int:
        """Add bytes at the end; returns how many there are now.

        None are added if `offset` is not where the upload ends. Whoever sends the same piece at
        the same time writes the same object, and one of the two is there, whole.
        """
        end = self.received(token)
        if end != offset or not body:
            return end
        self._put(f"{_INCOMING}/{token}/{offset:012d}", body)
        return end + len(body)

    @contextmanager
    def uploaded(self, token: str) -> Iterator[Path]:
        """All pieces of an upload as one file; FileNotFoundError if none has come."""
        pieces = self._pieces(token)
        if not pieces:
            raise FileNotFoundError("No piece of this upload is there")
        with self.workplace(sum(pieces.values())) as path:
            with path.open("r+b") as target:
                for offset in pieces:
                    self._read_into(f"{_INCOMING}/{token}/{offset:012d}", target)
            yield path

    def discard(self, token: str) -> None:
        """Forget an upload; what cannot be deleted now is swept later."""
        with suppress(MediaAwayError, NoRoomError):
            self._delete([str(one["path"]) for one in self._listed(_folder_of(token))])

    @contextmanager
    def workplace(self, size: int) -> Iterator[Path]:
        """A new file on this machine's disk; NoRoomError if it would not have room there."""
        path = new_workplace(self._work, size)
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    def keep(self, path: Path) -> str:
        """Send a whole file to where its digest says; it stays at hand here.

        One that is there already is sent again, so that nobody takes it for one of long ago.
        """
        digest = digest_of(path)
        self._put(name_of(digest), path)
        self._cache.put(digest, path)
        return digest

    def keep_thumbnail(self, digest: str, path: Path) -> None:
        """Send the small picture of a file beside it."""
        self._put(thumbnail_name(digest), path)
        self._cache.put(f"{digest}.jpg", path)

    def add(self, body: bytes) -> str:
        """Store a small file; returns its digest."""
        with self.workplace(len(body)) as path:
            with room_or_refusal():
                path.write_bytes(body)
            return self.keep(path)

    @contextmanager
    def at_hand(self, digest: str) -> Iterator[Path]:
        """The file with this digest, fetched unless it is here; FileNotFoundError if it is gone."""
        fetch = partial(self._fetch, name_of(digest), digest)
        with self._cache.opened(digest, fetch) as path:
            yield path

    @contextmanager
    def thumbnail_at_hand(self, digest: str) -> Iterator[Path]:
        """The small picture of a file; that there is none is remembered, as an empty file."""
        name = thumbnail_name(digest)
        with self._cache.opened(f"{digest}.jpg", partial(self._fetch_if_there, name)) as path:
            if not path.stat().st_size:
                raise FileNotFoundError(name)
            yield path

    def kept(self) -> dict[str, int]:
        """The sizes of all files and small pictures, by their names."""
        found = ((NAMES.fullmatch(str(one["path"])), one) for one in self._listed())
        return {named["name"]: int(one["size"]) for named, one in found if named}

    def sweep(self, kept: set[str], before: datetime) -> int:
        """Remove what was not written since `before`, but for files with these digests.

        Other objects than a media store's are left alone.
        """
        self._sweep_workplaces()
        old = list(self._left_over(kept, before))
        unwanted = [name for name in old if self._is_older(name, before)]
        self._delete(unwanted)
        return len(unwanted)

    def check(self) -> None:
        """Write, read and delete a small object; MediaAwayError or NoRoomError if it may not."""
        name = f"{_INCOMING}/check-{os.urandom(8).hex()}"
        self._put(name, b"x")
        self._ask(lambda: obstore.get(self._store, name).bytes())
        self._delete([name])

    def look(self) -> None:
        """MediaAwayError if the store does not answer, or may not be read."""
        with suppress(FileNotFoundError):
            self._ask(lambda: obstore.get(self._store, f"{_INCOMING}/none"), is_look=True)

    def _pieces(self, token: str) -> dict[int, int]:
        """The sizes of an upload's pieces by where they begin, up to the first gap."""
        sizes = {
            int(str(one["path"]).rpartition("/")[2]): int(one["size"])
            for one in self._listed(_folder_of(token))
        }
        found: dict[int, int] = {}
        end = 0
        while size := sizes.get(end):
            found[end] = size
            end += size
        return found

    def _listed(self, prefix: str = "") -> list[Any]:
        pages = self._ask(lambda: list(obstore.list(self._store, prefix or None)))
        return [one for page in pages for one in page]

    def _put(self, name: str, body: bytes | Path) -> None:
        """Send it whole or not at all."""
        self._ask(
            lambda: obstore.put(self._store, name, body, chunk_size=_PIECE, max_concurrency=1)
        )

    def _delete(self, names: list[str]) -> None:
        if names:
            self._ask(lambda: obstore.delete(self._store, names))

    def _fetch(self, name: str, digest: str, target: BufferedRandom) -> None:
        """Write a file of the store; FileNotFoundError if it is gone, or no longer what it was."""
        self._read_into(name, target)
        target.flush()
        target.seek(0)
        if hashlib.file_digest(target, "sha256").hexdigest() != digest:
            log.error("The object %s of the media store is not what was put there", name)
            raise FileNotFoundError(name)

    def _fetch_if_there(self, name: str, target: BufferedRandom) -> None:
        with suppress(FileNotFoundError):
            self._read_into(name, target)

    def _read_into(self, name: str, target: BufferedRandom) -> None:
        """Add an object to a file, a piece at a time."""
        size, done = 1, 0
        while done < size:
            part, size = self._ask(partial(self._read_part, name, done))
            if not part:
                return
            target.write(part)
            done += len(part)

    def _read_part(self, name: str, start: int) -> tuple[bytes, int]:
        """The bytes from a place on, at most a piece, and how many the object has in all."""
        found = obstore.get(self._store, name, options={"range": (start, start + _PIECE)})
        return bytes(found.bytes()), int(found.meta["size"])

    def _left_over(self, kept: set[str], before: datetime) -> Iterator[str]:
        """Objects of ours that nobody wants: files by their age, uploads by their newest piece."""
        ours = sorted(
            (str(one["path"]), one["last_modified"])
            for one in self._listed()
            if _is_ours(str(one["path"]))
        )
        for _, group in groupby(ours, lambda one: _kept_together(one[0])):
            some = list(group)
            is_new = max(at for _, at in some) >= before
            yield from (name for name, _ in some if not is_new and _digest_in(name) not in kept)

    def _is_older(self, name: str, before: datetime) -> bool:
        """Asked once more just before it goes: the same file may have been attached meanwhile."""
        try:
            return bool(
                self._ask(lambda: obstore.head(self._store, name))["last_modified"] < before
            )
        except FileNotFoundError:
            return False

    def _sweep_workplaces(self) -> None:
        """Remove what processes of this machine have left that were killed."""
        for path in self._work.glob("*"):
            with suppress(FileNotFoundError):
                if datetime.now().timestamp() - path.stat().st_mtime > _LEFT.total_seconds():
                    path.unlink()

    def _ask(self, ask: Callable[[], Answer], *, is_look: bool = False) -> Answer:
        """What the store answers; FileNotFoundError for what is not there.

        One that was silent is not waited for again before a look found that it answers, or a while
        has passed: who waits may be the thread that sends an account's texts.
        """
        if not is_look and time.monotonic() < self._silent_until:
            self._refuse("")
        try:
            answer = ask()
        except s3_store.S3_FAULTS as fault:
            code = s3_store.code_of(fault)
            self._silent_until = 0.0 if code else time.monotonic() + _SILENCE_S
            self._refuse(code)
        self._silent_until = 0.0
        return answer

    def _refuse(self, code: str) -> NoReturn:
        if code == s3_store.MISSING:
            raise FileNotFoundError from None
        log.warning("The media store does not do what it is asked: %s", code or "no answer")
        if code in s3_store.FULL:
            raise NoRoomError("media", Reason(Code.MEDIA_STORE_FULL)) from None
        why = because(Code.MEDIA_STORE_REFUSES, text=code) if code else _SILENT
        raise MediaAwayError(why, s3_store.refusal_words(code, self._url)) from None


def _folder_of(token: str) -> str:
    return f"{_INCOMING}/{checked_token(token)}/"


def _kept_together(name: str) -> str:
    """The upload that an object is a piece of; of a file the object itself."""
    return name.rpartition("/")[0] if name.startswith(_INCOMING) else name


def _is_ours(name: str) -> bool:
    return bool(NAMES.fullmatch(name) or _INCOMERS.fullmatch(name))


def _digest_in(name: str) -> str:
    found = NAMES.fullmatch(name)
    return found["digest"] if found else ""
