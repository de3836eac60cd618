"""Drawing a QR code, for the page and for the log."""

import segno

QUIET_ZONE = 4
"""Modules of white around the code (ISO/IEC 18004, 5.3.8)."""


_TEXT_BORDER = 2  # modules; enough for a phone, and the log's prefix still fits 80 columns
_BLACK_ON_WHITE, _RESET = "\x1b[38;5;16;48;5;231m", "\x1b[0m"


def svg_path(content: str) -> tuple[str, int]:
    """The dark modules as one SVG path, and the side of the picture in modules."""
    code = segno.make(content, error="l", micro=False)
    size = code.symbol_size(border=QUIET_ZONE)[0]
    rows = enumerate(code.matrix)
    path = "".join(_text_row(row, y + QUIET_ZONE) for y, row in rows)
    return path, int(size)


def ascii_block(content: str) -> str:
    """The code in half blocks: one character is one module wide and two high.

    Black and white are set outright (xterm's colours 16 and 231, which themes leave alone), so
    the block can be scanned in light terminals and dark ones.
    """
    code = segno.make(content, error="l", micro=False)
    rows = [bytes(row) for row in code.matrix_iter(border=_TEXT_BORDER)]
    lower = [*rows[1:], bytes(len(rows[0]))]
    return "".join(
        f"{_BLACK_ON_WHITE}{''.join(map(_half_block, above, below))}{_RESET}\n"
        for above, below in list(zip(rows, lower, strict=True))[::2]
    )


def _half_block(above: int, below: int) -> str:
    return " ▄▀█"[2 * bool(above) + bool(below)]


def _text_row(row: bytearray, y: int) -> str:
    parts, x = [], 0
    while x < len(row):
        start = x
        while x < len(row) and row[x]:
            x += 1
        if x > start:
            parts.append(f"M{start + QUIET_ZONE} {y}h{x - start}v1h-{x - start}z")
        x += 1
    return "".join(parts)
