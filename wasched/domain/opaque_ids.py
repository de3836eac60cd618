"""Ids for programs: the number of a row under a keyed permutation, behind a prefix.

They need no column, stay the same as long as the server keeps its secret, and tell neither how
many rows there are nor which came first. Ten rounds of a Feistel network over 64 bits, with
BLAKE2b as the round function (NIST SP 800-38G has the construction).
"""

import hashlib
from enum import StrEnum
from functools import lru_cache

from wasched.domain import key_text

_ROUNDS = 10
_HALF, _MASK = 32, 2**32 - 1
LENGTH = 11  # so many digits of base 62 hold 64 bits
_ROW_MAX = 2**63 - 1


class Kind(StrEnum):
    """What an id is of; it begins with this."""

    ACCOUNT = "acc"
    CHANNEL = "chn"
    DELIVERY = "dlv"
    EVENT = "evt"
    GROUP = "grp"
    IMPORT = "imp"
    KEYWORD = "kwd"
    LIST = "lst"
    MEDIA = "med"
    MESSAGE = "msg"
    PERSON = "per"
    REPLY = "rep"
    SCHEDULE = "sch"
    STATUS = "sta"
    TEMPLATE = "tpl"
    WEBHOOK = "whk"


class OpaqueIds:
    """Writes and reads the ids of one server, by its `secret`."""

    def __init__(self, secret: str) -> None:
        self._key = hashlib.sha256(b"ids of programs\0" + secret.encode()).digest()

    def write(self, kind: Kind, number: int) -> str:
        """The id of a row, such as msg_3kT0nGh92Ab."""
        return f"{kind}_{key_text.written(self._turned(kind, number, range(_ROUNDS)), LENGTH)}"

    def read(self, kind: Kind, text: str) -> int:
        """The number of the row; 0, which no row has, for what is no id of this kind."""
        prefix, _, digits = text.partition("_")
        turned = key_text.read(digits) if len(digits) == LENGTH else None
        if prefix != kind or turned is None or turned >= 2**64:
            return 0
        right, left = divmod(turned, 2**_HALF)
        number = self._turned(kind, left << _HALF | right, range(_ROUNDS - 1, -1, -1))
        found = (number & _MASK) << _HALF | number >> _HALF
        return found if found <= _ROW_MAX else 0

    def _turned(self, kind: Kind, number: int, rounds: range) -> int:
        left, right = number >> _HALF, number & _MASK
        for one in rounds:
            left, right = right, left ^ _round(self._key, kind, one, right)
        return left << _HALF | right


def kind_of(text: str) -> str:
    """What an id says that it is of; it may be of nothing."""
    return text.partition("_")[0]


@lru_cache(maxsize=4096)
def _round(key: bytes, kind: str, number: int, half: int) -> int:
    said = b"%d" % number + half.to_bytes(4)
    digest = hashlib.blake2b(said, digest_size=4, key=key, person=kind.encode()).digest()
    return int.from_bytes(digest)
