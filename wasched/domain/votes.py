"""Polls and what people answer: which options a vote chose, kept as one number."""

import hashlib
from collections.abc import Collection, Sequence


def option_hash(option: str) -> str:
    """How votes name an option: the SHA-256 of its text, in hex."""
    return hashlib.sha256(option.encode()).hexdigest()


def chosen_bits(options: Sequence[str], hashes: Collection[str]) -> int | None:
    """The options that hashes name, as bits from the first option on; 0 for none.

    None where a vote names options and the poll has none of them.
    """
    known = [option_hash(option) for option in options]
    bits = sum(1 << place for place, one in enumerate(known) if one in hashes)
    return bits if bits or not hashes else None


def chosen_places(bits: int) -> tuple[int, ...]:
    """The places of the options that were chosen, from 0 on."""
    return tuple(place for place in range(bits.bit_length()) if bits >> place & 1)


def percent_of(count: int, whole: int) -> int:
    """A share in whole percent; 0 of nobody."""
    return round(100 * count / whole) if whole else 0
