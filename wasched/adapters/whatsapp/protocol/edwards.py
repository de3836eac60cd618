"""Points of edwards25519 (RFC 8032, section 5.1), as far as XEdDSA signing needs them.

Not constant-time; `curve.py` says why that will do.
"""

from __future__ import annotations

from functools import lru_cache

PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493

_D = -121665 * pow(121666, -1, PRIME) % PRIME
_BASE_X = 15112221349535400772501151409588531511454012693041857206046113283949847762202
_BASE_Y = 4 * pow(5, -1, PRIME) % PRIME

Point = tuple[int, int, int, int]
"""Extended homogeneous coordinates X, Y, Z, T (RFC 8032, section 5.1.4)."""


def multiply_base(scalar: int) -> Point:
    """Multiply the base point by a scalar below 2**256."""
    result: Point = (0, 1, 1, 0)
    for bit, power in enumerate(_base_powers()):
        if scalar >> bit & 1:
            result = _add(result, power)
    return result


def encode_point(point: Point) -> bytes:
    """Compress a point to 32 bytes (RFC 8032, section 5.1.2)."""
    x, y, z, _ = point
    inverse = pow(z, -1, PRIME)
    x, y = x * inverse % PRIME, y * inverse % PRIME
    return (y | (x & 1) << 255).to_bytes(32, "little")


@lru_cache(maxsize=1)
def _base_powers() -> tuple[Point, ...]:
    """The base point doubled 0 to 255 times, which saves half the work of each signature."""
    powers: list[Point] = [(_BASE_X, _BASE_Y, 1, _BASE_X * _BASE_Y % PRIME)]
    while len(powers) < 256:
        powers.append(_add(powers[-1], powers[-1]))
    return tuple(powers)


def _add(p: Point, q: Point) -> Point:
    a = (p[1] - p[0]) * (q[1] - q[0]) % PRIME
    b = (p[1] + p[0]) * (q[1] + q[0]) % PRIME
    c = 2 * p[3] * q[3] * _D % PRIME
    d = 2 * p[2] * q[2] % PRIME
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME
