"""How a key is written: a prefix and a checksum, by which scanners know a key that got out.

256 random bits in base 62, and behind them their CRC-32, as GitHub writes its tokens.
"""

import secrets
import zlib

PREFIX = "wsk_"

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_BITS, _LENGTH, _CHECK = 256, 43, 6  # so many digits hold so many bits, and those of a CRC-32


def make_key() -> str:
    """A new key."""
    random = written(secrets.randbits(_BITS), _LENGTH)
    return f"{PREFIX}{random}{_checksum(random)}"


def is_key(text: str) -> bool:
    """True for what may be a key: a wrong one is refused without a look at the database."""
    random, check = text[len(PREFIX) : -_CHECK], text[-_CHECK:]
    is_whole = text.startswith(PREFIX) and len(random) == _LENGTH and text.isascii()
    return is_whole and check == _checksum(random)


def written(number: int, length: int) -> str:
    """A number in base 62, with zeros before it."""
    digits = []
    for _ in range(length):
        number, digit = divmod(number, len(_DIGITS))
        digits.append(_DIGITS[digit])
    return "".join(reversed(digits))


def read(text: str) -> int | None:
    """The number again; None for what is not written so."""
    number = 0
    for one in text:
        digit = _DIGITS.find(one)
        if digit < 0:
            return None
        number = number * len(_DIGITS) + digit
    return number


def _checksum(random: str) -> str:
    return written(zlib.crc32(random.encode("ascii")), _CHECK)
