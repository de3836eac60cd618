"""Finding a QR code in a picture of a screen: upright, dark on light, of any size."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from statistics import mean

from PIL import Image, UnidentifiedImageError

from .qr_symbol import Matrix, QrError, read_symbol

_DARK = 128
_RUNS = re.compile(rb"\x00+|\xff+")
_FINDER = (1, 1, 3, 1, 1)  # dark, light, dark, light, dark
_TOLERANCE = 0.5  # of a module


@dataclass
class _Corner:
    """The middle of a finder pattern, and the length of a module, in pixels."""

    x: float
    y: float
    module: float

    def is_near(self, other: _Corner) -> bool:
        """Tell whether both are of one pattern."""
        return max(abs(self.x - other.x), abs(self.y - other.y)) < 2 * self.module


def read_picture(body: bytes) -> str:
    """The text of the QR code in a picture (PNG, JPEG …); raises QrError."""
    try:
        picture = Image.open(io.BytesIO(body)).convert("RGBA")
    except (UnidentifiedImageError, OSError) as fault:
        raise QrError("this is no picture") from fault
    paper = Image.new("RGBA", picture.size, "white")
    paper.alpha_composite(picture)
    screen = paper.convert("L").point([0] * _DARK + [255] * (256 - _DARK))
    return read_symbol(_modules(screen))


def _modules(screen: Image.Image) -> Matrix:
    corner, right, below = _corners(screen)
    length = right.x - corner.x
    version = round((length / mean([corner.module, right.module, below.module]) - 10) / 4)
    between = 10 + 4 * version  # modules from the middle of one pattern to that of the next
    step_x, step_y = length / between, (below.y - corner.y) / between
    numbers = range(-3, between + 4)
    columns = [int(corner.x + number * step_x) for number in numbers]
    rows = [int(corner.y + number * step_y) for number in numbers]
    return [[screen.getpixel((column, row)) == 0 for column in columns] for row in rows]


def _corners(screen: Image.Image) -> tuple[_Corner, _Corner, _Corner]:
    """The finder patterns: upper left, upper right, lower left; raises QrError."""
    found = _patterns(screen)
    for corner, right, below in permutations(found, 3):
        across, down = right.x - corner.x, below.y - corner.y
        near = 2 * corner.module
        if (
            across > 7 * corner.module
            and abs(across - down) < near
            and abs(right.y - corner.y) < near
            and abs(below.x - corner.x) < near
        ):
            return corner, right, below
    raise QrError("there is no QR code in this picture")


def _patterns(screen: Image.Image) -> list[_Corner]:
    """What looks like a finder pattern both across and down."""
    width, height = screen.size
    across, down = screen.tobytes(), screen.transpose(Image.Transpose.TRANSPOSE).tobytes()
    groups: list[list[_Corner]] = []
    for y in range(height):
        for x, module in _finders(across[y * width : (y + 1) * width]):
            column = down[int(x) * height : (int(x) + 1) * height]
            middle = [one for one, _ in _finders(column) if abs(one - y) < 2 * module]
            if not middle:
                continue
            corner = _Corner(x, middle[0], module)
            group = next((one for one in groups if one[0].is_near(corner)), None)
            if group is None:
                groups.append([corner])
            else:
                group.append(corner)
    return [_middle(group) for group in groups]


def _middle(group: list[_Corner]) -> _Corner:
    x, y = mean(one.x for one in group), mean(one.y for one in group)
    return _Corner(x, y, mean(one.module for one in group))


def _finders(line: bytes) -> Iterator[tuple[float, float]]:
    """Where a line of pixels runs dark and light as through the middle of a finder pattern."""
    runs = [(match.start(), match.end()) for match in _RUNS.finditer(line)]
    for number in range(len(runs) - 4):
        five = runs[number : number + 5]
        start, end = five[0][0], five[-1][1]
        module = (end - start) / 7
        if line[start] == 0 and all(
            abs(last - first - wanted * module) <= _TOLERANCE * module + 0.5
            for (first, last), wanted in zip(five, _FINDER, strict=True)
        ):
            yield (start + end) / 2, module
