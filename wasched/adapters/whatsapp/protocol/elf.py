"""Just enough of the ELF64 format to read Go strings out of a shared library without running it.

Sources: System V ABI (program headers, dynamic section), the x86-64 and AArch64 psABIs
(RELATIVE relocations).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_MAGIC = b"\x7fELF\x02\x01"  # 64 bit, little-endian
_PT_LOAD, _PT_DYNAMIC = 1, 2
_DT_RELA, _DT_RELASZ = 7, 8
_RELATIVE = {62: 8, 183: 1027}  # machine: relocation type, for x86-64 and AArch64
_LONGEST_STRING = 4096


class ElfError(ValueError):
    """The file is no library of the kind this module reads."""


class Elf:
    """A position-independent ELF64 library, as bytes with its pointers resolved.

    A Go string is a header of pointer and length; in a shared library the pointer is filled in
    at load time by a RELATIVE relocation, so `pointers` maps the address of each header to
    where its text lies.
    """

    def __init__(self, image: bytes) -> None:
        if not image.startswith(_MAGIC):
            raise ElfError("not a little-endian ELF64 file")
        self._image = image
        try:
            (self._machine,) = struct.unpack_from("<H", image, 18)
            self._segments, dynamic = self._read_program_headers()
            self.pointers = self._read_relocations(dynamic)
        except (struct.error, KeyError) as damage:
            raise ElfError("the ELF file is damaged or made for another machine") from damage

    def go_string(self, header: int) -> str | None:
        """The Go string whose header lies at this address, or None if none does."""
        length = self.integer(header + 8)
        if length == 0:
            return ""
        text = self.pointers.get(header)
        if text is None or length is None or not 0 < length < _LONGEST_STRING:
            return None
        start = self._offset(text)
        if start is None:
            return None
        return self._image[start : start + length].decode("utf-8", "replace")

    def integer(self, address: int) -> int | None:
        """The 64-bit number at this address, or None outside the file."""
        offset = self._offset(address)
        if offset is None or offset + 8 > len(self._image):
            return None
        return int.from_bytes(self._image[offset : offset + 8], "little", signed=True)

    def _offset(self, address: int) -> int | None:
        for start, offset, size in self._segments:
            if start <= address < start + size:
                return address - start + offset
        return None

    def _read_program_headers(self) -> tuple[list[tuple[int, int, int]], tuple[int, int]]:
        segments, dynamic = [], (0, 0)
        (table,) = struct.unpack_from("<Q", self._image, 32)
        entry_size, count = struct.unpack_from("<HH", self._image, 54)
        for index in range(count):
            kind, _, offset, address, _, size = struct.unpack_from(
                "<IIQQQQ", self._image, table + index * entry_size
            )
            if kind == _PT_LOAD:
                segments.append((address, offset, size))
            elif kind == _PT_DYNAMIC:
                dynamic = (offset, size)
        return segments, dynamic

    def _read_relocations(self, dynamic: tuple[int, int]) -> dict[int, int]:
        entries = dict(self._pairs(*dynamic))
        start = self._offset(entries[_DT_RELA])
        if start is None:
            raise ElfError("the relocations lie outside the file")
        wanted = _RELATIVE[self._machine]
        table = self._image[start : start + entries[_DT_RELASZ]]
        return {
            where: target
            for where, kind, target in struct.iter_unpack("<QQq", table)
            if kind & 0xFFFFFFFF == wanted
        }

    def _pairs(self, offset: int, size: int) -> Iterator[tuple[int, int]]:
        return struct.iter_unpack("<QQ", self._image[offset : offset + size])
