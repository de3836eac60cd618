"""Back-ups in a store that speaks S3; loaded by the processes that reach for one."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, TypeVar

import obstore

from wasched.adapters import s3_store
from wasched.adapters.age_file import Source
from wasched.adapters.backup_faults import BackupError
from wasched.domain.back_ups import made_at

_PIECE = 8 << 20
"""Bytes that are sent or asked for at once; 10,000 pieces, 80 GB, is the most that S3 takes."""

_PATIENCE = timedelta(minutes=2)
Answer = TypeVar("Answer")


class S3Place:
    """A bucket, and maybe a prefix in it: s3://BUCKET/PREFIX."""

    def __init__(self, url: str, config: Mapping[str, str]) -> None:
        self._url = url
        self._store = s3_store.open_s3(url, config, _PATIENCE)

    def sizes(self) -> Mapping[str, int]:
        """The objects that are called as back-ups are."""
        pages = self._ask("cannot be listed", lambda: list(obstore.list(self._store)))
        found = [one for page in pages for one in page]
        return {str(one["path"]): int(one["size"]) for one in found if made_at(str(one["path"]))}

    def put(self, name: str, chunks: Iterable[bytes]) -> None:
        """Send it in pieces; one that is not whole is never seen."""
        faults: list[BaseException] = []
        pieces = _told(_joined(chunks), faults)
        try:
            obstore.put(
                self._store,
                name,
                pieces,
                use_multipart=True,
                chunk_size=_PIECE,
                max_concurrency=1,
            )
        except Exception as fault:
            if faults:  # what kept the pieces from coming is the reason
                raise faults[0] from None
            raise self._refusal("No back-up was written: the store", fault) from None

    @contextmanager
    def opened(self, name: str) -> Iterator[Source]:
        """Read it in pieces."""
        yield self._ask(
            "cannot be read",
            lambda: _Reader(obstore.open_reader(self._store, name, buffer_size=_PIECE), self),
        )

    def remove(self, name: str) -> None:
        """Delete the object."""
        self._ask("cannot be cleared up", lambda: obstore.delete(self._store, name))

    def ask_reader(self, ask: Callable[[], Answer]) -> Answer:
        """Read on; BackupError if the store does not answer."""
        return self._ask("cannot be read", ask)

    def _ask(self, what: str, ask: Callable[[], Answer]) -> Answer:
        try:
            return ask()
        except s3_store.S3_FAULTS as fault:
            raise self._refusal(f"The back-ups' store {what}: it", fault) from None

    def _refusal(self, beginning: str, fault: Exception) -> BackupError:
        """In words of ours: what a store says may hold names of keys."""
        if not isinstance(fault, s3_store.S3_FAULTS):
            raise fault
        return BackupError(
            f"{beginning} {s3_store.refusal_words(s3_store.code_of(fault), self._url)}"
        )


class _Reader:
    """A back-up in the store, as a file."""

    def __init__(self, reader: Any, place: S3Place) -> None:
        self._reader, self._place = reader, place

    def read(self, size: int, /) -> bytes:
        return bytes(self._place.ask_reader(lambda: self._reader.read(size)))


def _joined(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces as the store wants them."""
    kept = bytearray()
    for chunk in chunks:
        kept += chunk
        if len(kept) >= _PIECE:
            yield bytes(kept)
            kept.clear()
    yield bytes(kept)


def _told(chunks: Iterable[bytes], faults: list[BaseException]) -> Iterator[bytes]:
    """The same chunks; what keeps them from coming is noted: the store hides it."""
    try:
        yield from chunks
    except Exception as fault:
        faults.append(fault)
        raise
