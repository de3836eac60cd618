"""Reading a QR code, module by module, as a phone does once it has found one.

Source: ISO/IEC 18004. What is on a screen has no damage, so nothing is corrected: a code that
does not read is refused. The tables come from segno, which draws codes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from segno import consts

Matrix = list[list[bool]]  # rows from above, True for dark

_LEVELS = (
    consts.ERROR_LEVEL_M,
    consts.ERROR_LEVEL_L,
    consts.ERROR_LEVEL_H,
    consts.ERROR_LEVEL_Q,
)  # in the order of their two bits
_MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda row, column: (row + column) % 2 == 0,
    lambda row, column: row % 2 == 0,
    lambda row, column: column % 3 == 0,
    lambda row, column: (row + column) % 3 == 0,
    lambda row, column: (row // 2 + column // 3) % 2 == 0,
    lambda row, column: row * column % 2 + row * column % 3 == 0,
    lambda row, column: (row * column % 2 + row * column % 3) % 2 == 0,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2 == 0,
)
_BYTE_MODE, _END = 4, 0
_WORN = 3  # bits of the format that may be wrong


class QrError(Exception):
    """There is no QR code, or none that can be read."""


def read_symbol(matrix: Matrix) -> str:
    """The text of a QR code; raises QrError."""
    version, remainder = divmod(len(matrix) - 17, 4)
    if remainder or not 1 <= version <= 40:
        raise QrError(f"a QR code has no {len(matrix)} modules")
    level, mask = _format(matrix)
    bits = _bits(matrix, version, _MASKS[mask])
    return _text(_data(list(_codewords(bits)), version, level), version)


def _format(matrix: Matrix) -> tuple[int, int]:
    """The error level and the mask: 15 bits around the upper left corner."""
    across = [matrix[8][column] for column in (0, 1, 2, 3, 4, 5, 7, 8)]
    up = [matrix[row][8] for row in (7, 5, 4, 3, 2, 1, 0)]
    seen = int("".join(str(int(bit)) for bit in across + up), 2)
    distances = [(known ^ seen).bit_count() for known in consts.FORMAT_INFO]
    if min(distances) > _WORN:
        raise QrError("the QR code's format cannot be read")
    number = distances.index(min(distances))
    return _LEVELS[number >> 3], number & 7


def _bits(matrix: Matrix, version: int, masked: Callable[[int, int], bool]) -> Iterator[bool]:
    """The data, two columns at a time from the right, up and down in turn."""
    size = len(matrix)
    rows, is_upwards = range(size), True
    for right in [*range(size - 1, 6, -2), 5, 3, 1]:
        for row in reversed(rows) if is_upwards else rows:
            for column in (right, right - 1):
                if not _is_pattern(row, column, size, version):
                    yield matrix[row][column] ^ masked(row, column)
        is_upwards = not is_upwards


def _is_pattern(row: int, column: int, size: int, version: int) -> bool:
    """Tell whether a module belongs to the patterns that every code of this size has."""
    if 6 in (row, column):
        return True
    if (row < 9 and (column < 9 or column >= size - 8)) or (row >= size - 8 and column < 9):
        return True
    edge = range(size - 11, size - 8)
    if version >= 7 and ((row < 6 and column in edge) or (column < 6 and row in edge)):
        return True
    return _is_alignment(row, column, version)


def _is_alignment(row: int, column: int, version: int) -> bool:
    places = consts.ALIGNMENT_POS[version - 2] if version > 1 else ()
    corners = {(0, 0), (0, len(places) - 1), (len(places) - 1, 0)}
    return any(
        abs(row - y) <= 2 and abs(column - x) <= 2 and (i, j) not in corners
        for i, y in enumerate(places)
        for j, x in enumerate(places)
    )


def _codewords(bits: Iterator[bool]) -> Iterator[int]:
    value = count = 0
    for bit in bits:
        value, count = value << 1 | bit, count + 1
        if count == 8:
            yield value
            value = count = 0


def _data(codewords: list[int], version: int, level: int) -> bytes:
    """The data of all blocks, which stand interleaved, one after another."""
    kinds: Any = consts.ECC
    lengths = [kind.num_data for kind in kinds[version][level] for _ in range(kind.num_blocks)]
    blocks: list[list[int]] = [[] for _ in lengths]
    following = iter(codewords)
    for position in range(max(lengths)):
        for block, length in zip(blocks, lengths, strict=True):
            if position < length:
                block.append(next(following))
    return bytes(codeword for block in blocks for codeword in block)


def _text(data: bytes, version: int) -> str:
    """The segments of bytes; other modes are not for linking."""
    digits, text = "".join(f"{byte:08b}" for byte in data), b""
    width, position = 8 if version < 10 else 16, 0
    while (mode := int(digits[position : position + 4] or "0", 2)) != _END:
        if mode != _BYTE_MODE:
            raise QrError("this QR code is not one for linking a device")
        start = position + 4 + width
        position = start + 8 * int(digits[position + 4 : start], 2)
        segment = digits[start:position]
        text += bytes(int(segment[at : at + 8], 2) for at in range(0, len(segment), 8))
    try:
        return text.decode()
    except UnicodeDecodeError as fault:
        raise QrError("the QR code cannot be read") from fault
