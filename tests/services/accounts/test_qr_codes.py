"""QR codes as pictures and as text."""

import re

import segno

from wasched.services.accounts import qr_codes

# As long as the codes that phones link with.
CODE = "https://wa.me/settings/linked_devices#" + "2@kJ8,aB/9+x=" * 15

_MODULES = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}
_LINE = re.compile(r"\x1b\[38;5;16;48;5;231m([ ▀▄█]+)\x1b\[0m")


def shown(block: str) -> list[list[int]]:
    """The modules of a block as a terminal shows it, 1 for black; every line sets both colours."""
    rows: list[list[int]] = []
    for line in block.splitlines():
        cells = _LINE.fullmatch(line)
        assert cells is not None
        for half in (0, 1):
            rows.append([_MODULES[cell][half] for cell in cells[1]])
    return rows


def test_the_block_for_the_log_shows_every_module_in_colours_of_its_own() -> None:
    expected = [list(row) for row in segno.make(CODE, error="l").matrix_iter(border=2)]

    rows = shown(qr_codes.ascii_block(CODE))

    assert rows[: len(expected)] == expected
    assert not any(any(row) for row in rows[len(expected) :])


def test_the_block_fits_a_terminal_of_80_columns() -> None:
    rows = shown(qr_codes.ascii_block(CODE))

    assert max(map(len, rows)) <= 80


def test_the_picture_has_the_quiet_zone_that_the_norm_asks_for() -> None:
    path, size = qr_codes.svg_path(CODE)

    corners = [(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)", path)]
    assert min(x for x, _ in corners) == min(y for _, y in corners) == 4
    assert size == segno.make(CODE, error="l").symbol_size(border=4)[0]
