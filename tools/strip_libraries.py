"""Takes out of compiled libraries what only a debugger reads: the Dockerfile runs this.

Some wheels come with it, 50 MB in all, and the base image has no `strip`. What the system loads is
what the program headers name (elf(5)); all else goes, the table of sections as well.
"""

import struct
import sys
from dataclasses import dataclass, replace
from pathlib import Path

_HEADER = struct.Struct("<16sHHIQQQIHHHHHH")
_SEGMENT = struct.Struct("<IIQQQQQQ")
_ELF64_LITTLE = b"\x7fELF\x02\x01"
_LOAD = 1
_WORTH_IT = 65_536  # bytes; others stay as their makers left them


@dataclass(frozen=True)
class Segment:
    """A program header, in the order of its fields."""

    kind: int
    flags: int
    offset: int
    address: int
    physical: int
    size: int
    in_memory: int
    align: int

    @property
    def end(self) -> int:
        """Where it ends in the file."""
        return self.offset + self.size


def main(folder: str) -> None:
    """Strip each library below a folder; says how much room that made."""
    libraries = [one for one in Path(folder).rglob("*.so*") if one.is_file()]
    spared = sum(strip_library(one) for one in libraries)
    print(f"{spared / 1e6:.0f} MB less in {len(libraries)} libraries")


def strip_library(path: Path) -> int:
    """Rewrite a library without what is not loaded; how many bytes that spared."""
    before = path.read_bytes()
    try:
        after = stripped(before) if before.startswith(_ELF64_LITTLE) else before
    except ValueError:  # laid out in a way of its own
        return 0
    if len(before) - len(after) < _WORTH_IT:
        return 0
    path.write_bytes(after)
    return len(before) - len(after)


def stripped(library: bytes) -> bytes:
    """The same library with its loaded segments alone, moved together."""
    segments = _segments(library)
    loaded = sorted((one for one in segments if one.kind == _LOAD), key=lambda one: one.offset)
    moved = _moved_together(loaded)
    made = bytearray(max(one.end for one in moved.values()))
    for old, new in moved.items():
        made[new.offset : new.end] = library[old.offset : old.end]
    table = _place(_HEADER.unpack_from(library)[5], moved)
    for number, one in enumerate(segments):
        offset = _place(one.offset, moved) if one.size else one.offset
        fields = vars(replace(one, offset=offset)).values()
        _SEGMENT.pack_into(made, table + number * _SEGMENT.size, *fields)
    _write_header(made, library, table)
    return bytes(made)


def _segments(library: bytes) -> list[Segment]:
    header = _HEADER.unpack_from(library)
    first, size, count = header[5], header[9], header[10]
    return [Segment(*_SEGMENT.unpack_from(library, first + n * size)) for n in range(count)]


def _moved_together(loaded: list[Segment]) -> dict[Segment, Segment]:
    """Each loaded segment where it may lie next: as far into a page as it is in memory."""
    moved: dict[Segment, Segment] = {}
    end = 0
    for one in loaded:
        offset = end + (one.address - end) % max(one.align, 1)
        moved[one] = replace(one, offset=offset)
        end = offset + one.size
    return moved


def _place(offset: int, moved: dict[Segment, Segment]) -> int:
    """Where a byte of the file is now; ValueError if it is in no loaded segment."""
    for old, new in moved.items():
        if old.offset <= offset < old.end:
            return offset - old.offset + new.offset
    raise ValueError(f"Byte {offset} is in no loaded segment.")


def _write_header(made: bytearray, library: bytes, table: int) -> None:
    """The file's own header, which names no sections any more."""
    fields = list(_HEADER.unpack_from(library))
    fields[5] = table
    fields[6] = fields[12] = fields[13] = 0
    _HEADER.pack_into(made, 0, *fields)


if __name__ == "__main__":
    main(sys.argv[1])
