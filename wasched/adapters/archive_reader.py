"""Reads a back-up's archive as what may be anything: within bounds, plain files only, to its end.

A gzipped tar (RFC 1952; POSIX pax). Nothing is trusted that it says of itself: sizes, names, kinds.
"""

import re
import tarfile
import zlib
from collections.abc import Iterator
from typing import IO, cast

from wasched.adapters.age_file import Source
from wasched.adapters.backup_faults import BackupError, is_fault_of_disk

CHUNK = 1 << 20
NAMES = re.compile(r"(data/(app\.db|secret_key)|session/[\w-]+\.db|media(/[\w-]+)*/[\w.-]+)")
MANIFEST = "manifest.json"

_SMALL = {MANIFEST: 100_000_000, "data/secret_key": 1_000}  # bytes; of a million media files
_FILES_MAX = 1_000_000
_NAME_MAX = 200  # characters
_HEADER_MAX = 100_000  # bytes; tarfile takes a member's long headers into memory
_RATIO_MAX = 200
_FREE_OF_RATIO = 1 << 30  # an empty database of any size packs well
_PLAIN = (tarfile.REGTYPE, tarfile.AREGTYPE)


class _Unpacked:
    """What is in a gzip file, read once from front to end."""

    def __init__(self, source: Source, room: int) -> None:
        self._source, self._room = source, room
        self._unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)  # 16: gzip, and nothing else
        self._packed = b""
        self._count_packed, self._count = 0, 0
        self.filled = 0
        """Where the last byte ends that is none of the zeros with which a tar is filled up."""

    def read(self, size: int) -> bytes:
        """So many bytes at most, none at the end; BackupError past the bounds or the end."""
        while not self._unpacker.eof:
            packed = self._packed or self._source.read(CHUNK)
            found = self._unpack(packed, size)
            self._packed = self._unpacker.unconsumed_tail
            self._count_packed += len(packed) - len(self._packed)
            if found:
                self._note(found)
                return found
            if not packed and not self._unpacker.eof:
                raise BackupError("The archive is damaged: it ends too soon. Take another one.")
        if self._unpacker.unused_data or self._source.read(1):
            raise BackupError("There is something after the archive's end. Take another one.")
        return b""

    def _unpack(self, packed: bytes, size: int) -> bytes:
        """The next bytes; a damaged one may be met while somebody reads a file of the archive."""
        try:
            return self._unpacker.decompress(packed, size)
        except zlib.error as fault:
            raise BackupError(f"The archive is damaged: {fault}. Take another one.") from None

    def _note(self, found: bytes) -> None:
        if filled := len(found.rstrip(b"\0")):
            self.filled = self._count + filled
        self._count += len(found)
        if self._count > self._room:
            raise _too_large(self._count)
        if self._count > _FREE_OF_RATIO + self._count_packed * _RATIO_MAX:
            raise BackupError(
                "The archive would become more than "
                f"{_RATIO_MAX} times as large, as no back-up does. Nothing was changed."
            )


class _Member(tarfile.TarInfo):
    """A member whose headers are within bounds."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        if self.type not in _PLAIN and self.size > _HEADER_MAX:
            raise tarfile.ReadError("a header without end")
        found: tarfile.TarInfo = super()._proc_member(archive)  # type: ignore[misc]
        return found


def read_files(source: Source, room: int) -> Iterator[tuple[str, IO[bytes]]]:
    """Each file's name and content, in order; a content is read before the next one is asked for.

    `room` is how many bytes there may be in all. BackupError if it is no whole archive of plain
    files that a back-up has; OSError if a disk fails.
    """
    unpacked = _Unpacked(source, room)
    try:
        with tarfile.open(fileobj=unpacked, mode="r|", tarinfo=_Member) as archive:  # type: ignore[call-overload]
            seen: set[str] = set()
            end = 0
            for member in archive:
                _check(member, seen, room)
                seen.add(member.name)
                yield member.name, cast(IO[bytes], archive.extractfile(member))
                end = member.offset_data + member.size
                archive.members = []  # tarfile keeps all that it has met
        while unpacked.read(CHUNK):
            pass
    except (BackupError, GeneratorExit):
        raise
    except Exception as fault:  # whatever the reader trips over lies in the archive
        if is_fault_of_disk(fault):
            raise
        said = str(fault) or type(fault).__name__
        raise BackupError(f"The archive is damaged: {said}. Take another one.") from None
    if unpacked.filled > end:
        raise BackupError("There is something after the archive's last file. Take another one.")


def _check(member: tarfile.TarInfo, seen: set[str], room: int) -> None:
    """BackupError for what no back-up has, before any of it is read."""
    name, is_plain = member.name, member.type in _PLAIN and not member.issparse()
    is_known = name == MANIFEST or (NAMES.fullmatch(name) and ".." not in name)
    if not is_plain or not is_known or len(name) > _NAME_MAX or member.size < 0:
        raise BackupError(f"The archive holds {name[:200]!r}, which no back-up has.")
    if name in seen:
        raise BackupError(f"The archive holds {name[:200]!r} twice, as no back-up does.")
    if len(seen) >= _FILES_MAX or member.size > _SMALL.get(name, member.size):
        raise BackupError("The archive holds more than any back-up does. Nothing was changed.")
    if member.size > room:
        raise _too_large(member.size)


def _too_large(size: int) -> BackupError:
    return BackupError(
        f"Too little room: the archive needs more than {size / 1e6:.1f} MB in the data folder. "
        "Make room, then try again. Nothing was changed."
    )
