"""The token dictionary and the trust anchor of WhatsApp, read out of the installed neonize.

Nothing is copied into this repository: whatsmeow keeps SingleByteTokens and DoubleByteTokens as
arrays of Go strings, and WACertPubKey (the root of the Noise certificates) as 32 plain bytes.
"""

from __future__ import annotations

import importlib.util
import platform
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from wasched.adapters.whatsapp.protocol.binary_tags import DICTIONARY_0
from wasched.adapters.whatsapp.protocol.elf import Elf, ElfError

ROOT_KEY = bytes.fromhex("142375574d0a587166aae71ebe516437c4a28b73e3695c6ce1f7f9545da8ee6b")
"""WhatsApp's public key for Noise certificates, WACertPubKey of whatsmeow."""

_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
_SINGLE_BEGINS = ("xmlstreamstart", "xmlstreamend", "s.whatsapp.net", "type", "participant")
_DOUBLE_BEGINS = ("read-self", "active")
_DOUBLE_TABLES = 4
_STRING_HEADER = 16  # bytes: pointer, length
_SLICE_HEADER = 24  # bytes: pointer, length, capacity


class LibraryLayoutError(Exception):
    """The installed neonize is not laid out as this version knows it."""

    def __init__(self, library: str, what: str) -> None:
        super().__init__(
            f"{library} is not laid out as wasched knows it ({what}):"
            " install the neonize that requirements.txt pins,"
            " or teach wasched/adapters/whatsapp/protocol the new layout."
        )


@dataclass(frozen=True)
class TokenTable:
    """The strings that binary XML writes as one byte (index 0 unused) or as two."""

    single: tuple[str, ...]
    double: tuple[tuple[str, ...], ...]

    def code(self, text: str) -> bytes | None:
        """The token for this string, or None."""
        return self._codes.get(text)

    @cached_property
    def _codes(self) -> dict[str, bytes]:
        codes = {
            text: bytes([DICTIONARY_0 + number, index])
            for number, table in enumerate(self.double)
            for index, text in enumerate(table)
        }
        codes |= {text: bytes([index]) for index, text in enumerate(self.single)}
        del codes[""]
        return codes


def library_path() -> Path:
    """Where the installed neonize keeps its Go library; LibraryLayoutError if it has none."""
    spec = importlib.util.find_spec("neonize")
    if spec is None or spec.origin is None:
        raise LibraryLayoutError("neonize", "it is not installed")
    machine = platform.machine()
    path = Path(spec.origin).parent / f"neonize-linux-{_ARCHITECTURES.get(machine, machine)}.so"
    if not path.is_file():
        raise LibraryLayoutError("neonize", f"it has no {path.name}")
    return path


def root_key_offset(image: bytes, name: str = "the library") -> int:
    """Where WhatsApp's root key lies in the library; LibraryLayoutError unless exactly once."""
    return find_once(image, ROOT_KEY, "WhatsApp's root key", name)


def find_once(image: bytes, wanted: bytes, what: str, name: str) -> int:
    """Where these bytes lie; LibraryLayoutError unless exactly once."""
    first = image.find(wanted)
    if first < 0:
        raise LibraryLayoutError(name, f"{what} is not in it")
    if image.find(wanted, first + 1) >= 0:
        raise LibraryLayoutError(name, f"{what} is in it more than once")
    return first


def load_tokens(library: Path | None = None) -> TokenTable:
    """Recover the token dictionary from a neonize library (default: the installed one)."""
    return _load_tokens(library or library_path())


@lru_cache(maxsize=4)
def _load_tokens(library: Path) -> TokenTable:
    return read_tokens(library.read_bytes(), library.name)


def read_tokens(image: bytes, name: str = "the library") -> TokenTable:
    """Recover the token dictionary from a library's bytes; raises LibraryLayoutError."""
    try:
        elf = Elf(image)
    except ElfError as fault:
        raise LibraryLayoutError(name, str(fault)) from fault
    return TokenTable(_single_tokens(elf, name), _double_tokens(elf, name))


def _single_tokens(elf: Elf, name: str) -> tuple[str, ...]:
    """SingleByteTokens is [236]string; its first entry is empty and has no pointer."""
    for header in elf.pointers:
        if _begins(elf, header, _SINGLE_BEGINS):
            known = (
                _string(elf, header + _STRING_HEADER * i, name) for i in range(DICTIONARY_0 - 1)
            )
            return ("", *known)
    raise LibraryLayoutError(name, "the table of single-byte tokens is not where it was")


def _double_tokens(elf: Elf, name: str) -> tuple[tuple[str, ...], ...]:
    """DoubleByteTokens is [4][]string: four slice headers, each pointing at string headers."""
    for slice_header, strings in elf.pointers.items():
        if strings in elf.pointers and _begins(elf, strings, _DOUBLE_BEGINS):
            return tuple(
                _slice(elf, slice_header + _SLICE_HEADER * i, name) for i in range(_DOUBLE_TABLES)
            )
    raise LibraryLayoutError(name, "the tables of double-byte tokens are not where they were")


def _begins(elf: Elf, header: int, wanted: tuple[str, ...]) -> bool:
    if elf.integer(header + 8) != len(wanted[0]):  # the cheap test first: there are 100,000 headers
        return False
    return all(elf.go_string(header + _STRING_HEADER * i) == text for i, text in enumerate(wanted))


def _slice(elf: Elf, header: int, name: str) -> tuple[str, ...]:
    strings, length = elf.pointers.get(header), elf.integer(header + 8)
    if strings is None or length is None or not 0 < length <= 256:
        raise LibraryLayoutError(name, "a table of double-byte tokens has an unknown form")
    return tuple(_string(elf, strings + _STRING_HEADER * i, name) for i in range(length))


def _string(elf: Elf, header: int, name: str) -> str:
    text = elf.go_string(header)
    if text is None:
        raise LibraryLayoutError(name, "a token is not a string")
    return text
