"""Who gets the texts of a storm."""

from collections import defaultdict
from dataclasses import dataclass
from random import Random

from tests.whatsapp_server.client import Simulator


@dataclass(frozen=True)
class Reader:
    """Somebody with a phone: one in three reads at once, one in ten never says a word.

    Who leaves gets one text, and may answer STOP to it.
    """

    phone: str
    has_receipts: bool
    is_read: bool
    leaves: bool


class Readers:
    """Strangers, and those of an account whom it knows: a first text takes other ways in a link."""

    def __init__(self, phones: Simulator, rng: Random) -> None:
        self._phones, self._rng = phones, rng
        self._count = 0
        self._known: dict[int, list[Reader]] = defaultdict(list)
        self._new: list[tuple[int, Reader]] = []

    def begin_round(self) -> None:
        """From now on everybody who was written to so far is known."""
        for account_id, reader in self._new:
            self._known[account_id].append(reader)
        self._new.clear()

    def choose(self, account_id: int) -> Reader:
        """A stranger, or about as often somebody whom the account knows."""
        known = self._known[account_id]
        if known and self._rng.random() < 0.6:
            return self._rng.choice(known)
        reader = self._invent()
        if not reader.leaves:
            self._new.append((account_id, reader))
        return reader

    def _invent(self) -> Reader:
        number, self._count = self._count, self._count + 1
        has_receipts = number % 10 != 7
        is_read = has_receipts and number % 3 == 0
        reader = Reader(f"4915200{number:06}", has_receipts, is_read, leaves=number % 4 == 1)
        self._phones.add_person(
            phone=reader.phone,
            name=f"Singer {number}",
            delivered=0.1 if has_receipts else None,
            read=0.2 if is_read else None,
        )
        return reader
