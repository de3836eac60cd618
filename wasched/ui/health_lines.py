"""The parts of the server in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from wasched.services.views import AccountCard, HealthLine
from wasched.ui import times

_ACCOUNT = "account "
_MOMENT = timedelta(seconds=1)


@dataclass(frozen=True)
class Part:
    """One part of the server and how it stands."""

    name: str
    ok: bool
    sentence: str
    times: str = ""  # since when it is so, and when it was last heard of
    state: str = ""  # of an account's link


def parts(
    lines: Iterable[HealthLine], cards: Iterable[AccountCard], zone: str, now: datetime
) -> list[Part]:
    """The server's own parts, then the accounts of whom the `cards` are for."""
    named = {f"{_ACCOUNT}{card.id}": card for card in cards}
    own, linked = [], []
    for line in lines:
        if (card := named.get(line.name)) is not None:
            since = _since("In this state since", line.since, zone, now)
            linked.append(Part(card.name, line.ok, card.sentence, since, card.state))
        elif not line.name.startswith(_ACCOUNT):
            said = f"{_since('Since', line.since, zone, now)} {_seen(line.seen, now)}".strip()
            own.append(Part(line.name.capitalize(), line.ok, line.sentence, said))
    return own + linked


def verdict(found: list[Part]) -> str:
    """One sentence about all of them."""
    broken = [part for part in found if not part.ok]
    if not broken:
        return "All is well."
    if all(part.state for part in broken):
        return "The server is well. What does not work is below."
    return "Something does not work."


def _since(words: str, at: datetime | None, zone: str, now: datetime) -> str:
    return f"{words} {times.when(at, zone, now)}." if at else ""


def _seen(at: datetime | None, now: datetime) -> str:
    # A beat of this very moment is over, too.
    return f"Last heard of {times.distance(min(at, now - _MOMENT), now)}." if at else ""
