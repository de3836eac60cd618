"""The token dictionary comes from the library; another layout gives one clear sentence."""

import pytest

from tests.whatsapp_server.protocol.overlay import REAL_URL, patch
from wasched.adapters.whatsapp.protocol.tokens import (
    ROOT_KEY,
    LibraryLayoutError,
    TokenTable,
    library_path,
    load_tokens,
    read_tokens,
    root_key_offset,
)

from .elf_builder import AARCH64, X86_64, ElfBuilder

SINGLE = ["", "xmlstreamstart", "xmlstreamend", "s.whatsapp.net", "type", "participant"]
SINGLE += [f"single-{n}" for n in range(len(SINGLE), 236)]
DOUBLE = [["read-self", "active", *(f"0-{n}" for n in range(254))]]
DOUBLE += [[f"{table}-{n}" for n in range(256)] for table in (1, 2, 3)]


@pytest.fixture(scope="module")
def image() -> bytes:
    """The installed library."""
    return library_path().read_bytes()


def small_library(machine: int, single=SINGLE, double=DOUBLE) -> bytes:
    builder = ElfBuilder(machine)
    builder.strings(["other", "strings"])
    builder.strings(single)
    builder.slices(double)
    return builder.build()


def test_the_installed_library_gives_the_whole_dictionary():
    tokens = load_tokens()

    assert len(tokens.single) == 236
    assert [len(table) for table in tokens.double] == [256] * 4
    assert tokens.single[3] == "s.whatsapp.net"
    assert tokens.code("s.whatsapp.net") == b"\x03"
    assert tokens.code("read-self") == b"\xec\x00"
    assert tokens.code("no token") is None
    assert tokens.code("") is None


@pytest.mark.parametrize("machine", [X86_64, AARCH64], ids=["x86-64", "AArch64"])
def test_libraries_of_both_architectures_are_read(machine):
    tokens = read_tokens(small_library(machine))

    assert tokens == TokenTable(tuple(SINGLE), tuple(map(tuple, DOUBLE)))


def test_the_root_key_lies_in_the_installed_library_once(image):
    at = root_key_offset(image)

    assert image[at : at + 32] == ROOT_KEY


def one_clear_sentence(refusal: LibraryLayoutError, what: str) -> bool:
    text = str(refusal)
    return what in text and text.endswith("the new layout.") and "\n" not in text


ALTERED = {
    "no root key": (lambda image: image.replace(ROOT_KEY, bytes(32)), "root key is not in it"),
    "two root keys": (lambda image: image + ROOT_KEY, "root key is in it more than once"),
    "no address": (lambda image: image.replace(REAL_URL, bytes(30)), "address is not in it"),
    "two addresses": (lambda image: image + REAL_URL, "address is in it more than once"),
}


@pytest.mark.parametrize(("alter", "what"), ALTERED.values(), ids=ALTERED.keys())
def test_a_library_that_cannot_be_patched_is_refused_in_one_sentence(image, alter, what):
    with pytest.raises(LibraryLayoutError) as refusal:
        patch(alter(image), bytes(32), 12345, "neonize-linux-amd64.so")

    assert one_clear_sentence(refusal.value, what)
    assert "neonize-linux-amd64.so" in str(refusal.value)


UNREADABLE = {
    "other single tokens": (
        small_library(X86_64, single=["", "start", *SINGLE[2:]]),
        "single-byte tokens is not where it was",
    ),
    "other double tokens": (
        small_library(X86_64, double=[["active", "read-self"], *DOUBLE[1:]]),
        "double-byte tokens are not where they were",
    ),
    "fewer double tables": (
        small_library(X86_64, double=DOUBLE[:2]),
        "double-byte tokens has an unknown form",
    ),
    "no library": (b"MZ" + bytes(1000), "not a little-endian ELF64 file"),
    "an empty file": (b"", "not a little-endian ELF64 file"),
    "half a library": (small_library(X86_64)[:3000], "damaged or made for another machine"),
    "another machine": (
        small_library(X86_64).replace(b"\x3e\x00", b"\x28\x00", 1),
        "damaged or made for another machine",
    ),
}


@pytest.mark.parametrize(("library", "what"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_a_library_with_other_tables_is_refused_in_one_sentence(library, what):
    with pytest.raises(LibraryLayoutError) as refusal:
        read_tokens(library)

    assert one_clear_sentence(refusal.value, what)


@pytest.mark.parametrize("machine", ["riscv64", "s390x"])
def test_a_machine_without_a_library_is_told_in_one_sentence(monkeypatch, machine):
    monkeypatch.setattr("platform.machine", lambda: machine)

    with pytest.raises(LibraryLayoutError) as refusal:
        library_path()

    assert one_clear_sentence(refusal.value, f"it has no neonize-linux-{machine}.so")


def test_an_altered_table_in_the_installed_library_is_noticed(image):
    with pytest.raises(LibraryLayoutError, match="single-byte tokens"):
        read_tokens(image.replace(b"xmlstreamend", b"xmlstreamENd"))
