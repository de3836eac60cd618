"""A small shared library in the form Go gives its string tables, for machines this one is not."""

from __future__ import annotations

import struct
from collections.abc import Sequence

X86_64, AARCH64 = 62, 183
RELATIVE = {X86_64: 8, AARCH64: 1027}
_LOADED_AT = 0x10000  # addresses are file offsets plus this


class ElfBuilder:
    """Lays out data first, then the relocations and headers that point at it."""

    def __init__(self, machine: int) -> None:
        self._machine = machine
        self._body = bytearray(64 + 2 * 56)
        self._pointers: list[tuple[int, int]] = []

    def blob(self, content: bytes) -> int:
        """Add bytes; their address."""
        self._body += bytes(-len(self._body) % 8)
        self._body += content
        return len(self._body) - len(content) + _LOADED_AT

    def strings(self, texts: Sequence[str]) -> int:
        """Add an array of Go strings; the address of the first header."""
        addresses = [self.blob(text.encode()) for text in texts]
        headers = self.blob(b"".join(struct.pack("<QQ", 0, len(t.encode())) for t in texts))
        for index, (text, address) in enumerate(zip(texts, addresses, strict=True)):
            if text:
                self._pointers.append((headers + 16 * index, address))
        return headers

    def slices(self, tables: Sequence[Sequence[str]]) -> int:
        """Add an array of slices of Go strings; the address of the first header."""
        addresses = [self.strings(table) for table in tables]
        sizes = (struct.pack("<QQQ", 0, len(table), len(table)) for table in tables)
        headers = self.blob(b"".join(sizes))
        self._pointers += [(headers + 24 * i, address) for i, address in enumerate(addresses)]
        return headers

    def build(self) -> bytes:
        """The finished image."""
        relocations = b"".join(
            struct.pack("<QQq", where, RELATIVE[self._machine], target)
            for where, target in self._pointers
        )
        table = self.blob(relocations)
        entries = [(7, table), (8, len(relocations)), (0, 0)]  # DT_RELA, DT_RELASZ, DT_NULL
        dynamic = self.blob(b"".join(struct.pack("<QQ", *entry) for entry in entries))
        self._write_headers(dynamic, 16 * len(entries))
        return bytes(self._body)

    def _write_headers(self, dynamic: int, size: int) -> None:
        struct.pack_into("<6s10x", self._body, 0, b"\x7fELF\x02\x01")
        struct.pack_into("<H", self._body, 18, self._machine)
        struct.pack_into("<Q", self._body, 32, 64)  # where the program headers begin
        struct.pack_into("<HH", self._body, 54, 56, 2)
        segments = ((1, 0, len(self._body)), (2, dynamic - _LOADED_AT, size))  # LOAD, DYNAMIC
        for index, (kind, offset, length) in enumerate(segments):
            address = offset + _LOADED_AT
            fields = (kind, 6, offset, address, address, length, length, 8)
            struct.pack_into("<IIQQQQQQ", self._body, 64 + 56 * index, *fields)
