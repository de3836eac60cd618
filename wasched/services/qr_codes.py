"""Drawing a QR code, for the page and for the log."""

import io

import segno

QUIET_ZONE = 4
"""Modules of white around the code (ISO/IEC 18004, 5.3.8)."""


def svg_path(content: str) -> tuple[str, int]:
    """The dark modules as one SVG path, and the side of the picture in modules."""
    code = segno.make(content, error="l", micro=False)
    size = code.symbol_size(border=QUIET_ZONE)[0]
    rows = enumerate(code.matrix)
    path = "".join(_row(row, y + QUIET_ZONE) for y, row in rows)
    return path, size


def ascii_block(content: str) -> str:
    """The code in half blocks, light on dark terminals and dark on light ones alike.

    White and black are set outright, so the block can be scanned whatever the terminal's own
    colours are; one character is one module wide and two high.
    """
    out = io.StringIO()
    segno.make(content, error="l", micro=False).terminal(out=out, border=2, compact=True)
    return out.getvalue()


def _row(row: bytearray, y: int) -> str:
    parts, x = [], 0
    while x < len(row):
        start = x
        while x < len(row) and row[x]:
            x += 1
        if x > start:
            parts.append(f"M{start + QUIET_ZONE} {y}h{x - start}v1h-{x - start}z")
        x += 1
    return "".join(parts)
