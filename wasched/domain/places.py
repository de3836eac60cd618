"""Places as people paste them: two numbers, degrees and minutes, or a link to a map."""

import re

from wasched.domain.errors import InputError

_ALIKE = str.maketrans({"\u2212": "-", "\u2032": "'", "\u2019": "'", "\u2033": '"', "\u201d": '"'})
_NUMBER = r"([-+]?\d{1,3}(?:[.,]\d+)?)"
_BETWEEN = r"(?:\s*;\s*|,?\s+|,(?=[-+]?\d+\.))"
_PAIR = re.compile(rf"{_NUMBER}\s*°?\s*([NS]?){_BETWEEN}{_NUMBER}\s*°?\s*([EWO]?)", re.IGNORECASE)
_ANGLE = r"(\d{1,3})°\s*(?:(\d{1,2}(?:\.\d+)?)'\s*)?(?:(\d{1,2}(?:\.\d+)?)\"\s*)?"
_DEGREES = re.compile(rf"{_ANGLE}([NS])[\s,;]*{_ANGLE}([EWO])", re.IGNORECASE)
_FLOAT = r"(-?\d{1,3}\.\d+)"
_LINKS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"!3d{_FLOAT}!4d{_FLOAT}",  # the pin of a Google link; its @ is the middle of the map
        rf"[?&](?:q|ll|query|center|destination|daddr)=(?:loc:)?{_FLOAT}(?:,|%2C)\+?{_FLOAT}",
        rf"[?&]mlat={_FLOAT}&mlon={_FLOAT}",
        rf"@{_FLOAT},{_FLOAT}",
        rf"#map=\d+/{_FLOAT}/{_FLOAT}",
        rf"^geo:{_FLOAT},{_FLOAT}",  # RFC 5870
    )
)
_HOW = 'Write two numbers, as in "52.5163, 13.3777", or paste a link from a map.'


def read_place(text: str) -> tuple[float, float]:
    """Degrees north and east (WGS 84); InputError, field `place`, if the text is no place."""
    typed = text.strip().translate(_ALIKE)
    if not typed:
        raise InputError("place", f"Say where it is. {_HOW}")
    for pattern in _LINKS:
        if found := pattern.search(typed):
            return float(found[1]), float(found[2])
    if found := _DEGREES.fullmatch(typed):
        return _angle(*found.groups()[:4]), _angle(*found.groups()[4:])
    if found := _PAIR.fullmatch(typed):
        return _signed(_number(found[1]), found[2]), _signed(_number(found[3]), found[4])
    raise InputError("place", f"This is no place that can be read. {_HOW}")


def write_place(latitude: float, longitude: float) -> str:
    """A place as `read` understands it, to a centimetre."""
    return ", ".join(f"{one:.7f}".rstrip("0").rstrip(".") for one in (latitude, longitude))


def _angle(degrees: str, minutes: str | None, seconds: str | None, side: str) -> float:
    value = float(degrees) + float(minutes or 0) / 60 + float(seconds or 0) / 3600
    return _signed(value, side)


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _signed(value: float, side: str) -> float:
    """South and west are below zero; O is the east of German maps."""
    return -value if side.upper() in ("S", "W") else value
