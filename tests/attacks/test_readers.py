"""Files of people that are made to hold a server up: refused or read, and nobody else waits."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from wasched.domain.errors import DraftError
from wasched.services.imports import files, guessing, judging

CARD = "BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Anna\r\n{}TEL;CELL:+4915100000001\r\nEND:VCARD\r\n"

Hostile = Callable[[int], str]
"""A file of people of about so many octets."""

CARDS: dict[str, Hostile] = {
    "soft breaks": lambda n: CARD.format(
        "NOTE;ENCODING=QUOTED-PRINTABLE:" + "=\r\n" * (n // 3) + "end\r\n"
    ),
    "soft breaks with words": lambda n: CARD.format(
        "NOTE;QUOTED-PRINTABLE:" + "=41=42=\r\n" * (n // 9) + "end\r\n"
    ),
    "parameters": lambda n: CARD.format("TEL" + ";a=b" * (n // 4) + ":+4915100000002\r\n"),
    "types": lambda n: CARD.format("TEL;TYPE=" + "a," * (n // 2) + "a:+4915100000002\r\n"),
    "quotes": lambda n: CARD.format('TEL;A="' + '"' * n + ":+4915100000002\r\n"),
    "folds": lambda n: CARD.format("NOTE:x\r\n" + " y\r\n" * (n // 4)),
    "folded parameters": lambda n: CARD.format("NOTE;a\r\n" + " ;b\r\n" * (n // 5) + " :x\r\n"),
    "folds of nothing": lambda n: CARD.format("NOTE:x\r\n" + " \r\n" * (n // 3)),
    "separators": lambda n: CARD.format("N:" + ";" * n + "\r\n"),
    "backslashes": lambda n: CARD.format("NOTE:" + "\\" * n + "\r\n"),
    "groups": lambda n: CARD.format("a." * (n // 2) + "NOTE:x\r\n"),
    "numbers": lambda n: CARD.format("TEL:1\r\n" * (n // 7)),
    "beginnings": lambda n: "BEGIN:VCARD\r\n" * (n // 13) + CARD.format(""),
    "nested": lambda n: "BEGIN:VCARD\n" * (n // 22) + CARD.format("") + "END:VCARD\n" * (n // 22),
    "colons": lambda n: CARD.format("NOTE" + ":" * n + "\r\n"),
    "punycode": lambda n: CARD.format("NOTE;CHARSET=punycode:" + "a" * n + "-99\r\n"),
    "charsets": lambda n: CARD.format(
        "".join(f"NOTE;CHARSET=x{at}:a\r\n" for at in range(n // 20))
    ),
    "carriage returns": lambda n: CARD.format("NOTE:x" + "\r" * n + "\r\n"),
}
TABLES: dict[str, Hostile] = {
    "columns": lambda n: "," * n + "\nAnna\n",
    "wide rows": lambda n: "Name,Phone\n" + ("," * 900_000 + "\n") * max(1, n // 900_000),
    "quotation marks": lambda n: 'Name,Phone\n"' + '""' * (n // 2) + '",+4915100000001\n',
    "breaks in cells": lambda n: 'Name,Phone\n"' + "\n" * n + '",+4915100000001\n',
    "blank lines": lambda n: "Name,Phone\n" + "\n" * n + "Anna,+4915100000001\n",
    "a line": lambda n: "Name,Phone\n" + "a" * n + ",+4915100000001\n",
    "marks of others": lambda n: "Name,Phone\n" + ";\t|" * (n // 3) + "\n",
    "numbers": lambda n: "Phone\n" + "+" * n + "\n",
    "numbers in a cell": lambda n: "Phone\n" + "+4915100000001;" * (n // 15) + "\n",
}


def read_in(folder: Path, text: str) -> int:
    """Read and judge a file as the product does; how many rows it has, 0 if it is refused."""
    path = folder / "people"
    path.write_text(text, newline="")
    try:
        found = files.read(path)
    except DraftError as refusal:
        assert str(refusal).endswith(".")
        return 0
    return sum(1 for _ in judging.judge(found, guessing.guess(found), "DE", {}))


def seconds_for(folder: Path, text: str) -> float:
    """Seconds of a processor for reading it, the less of two: others work here, too."""
    took = []
    for _ in range(2):
        begun = time.process_time()
        read_in(folder, text)
        took.append(time.process_time() - begun)
    return min(took)


@pytest.mark.parametrize("hostile", [*CARDS.values(), *TABLES.values()], ids=[*CARDS, *TABLES])
def test_eight_times_the_file_is_no_more_than_that_in_time(
    tmp_path: Path, hostile: Hostile
) -> None:
    """A ratio, whatever the machine: 64 times is what a reader takes that begins anew each time."""
    small, large = (seconds_for(tmp_path, hostile(size)) for size in (40_000, 320_000))
    assert large < 24 * max(small, 0.005)


@pytest.mark.parametrize("hostile", CARDS.values(), ids=CARDS)
def test_a_contact_is_read_beside_what_is_hostile_in_it(tmp_path: Path, hostile: Hostile) -> None:
    assert read_in(tmp_path, hostile(30_000)) == 1
