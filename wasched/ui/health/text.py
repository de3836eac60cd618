"""The parts of the server in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from wasched.domain.link import LinkState
from wasched.services.server.health_views import HealthLine
from wasched.services.views import AccountCard
from wasched.text.reasons import reason_sentence
from wasched.ui.core import times
from wasched.ui.core.ask_all import Fault

WAITS = "Looking …"
_MOMENT = timedelta(seconds=1)


@dataclass(frozen=True)
class PartLine:
    """One part of the server and how it stands."""

    name: str
    look: str  # "works", "broken", "unread" if nobody can tell, "asked" until somebody can
    sentence: str
    times: str = ""  # since when it is so, and when it was last heard of
    state: str = ""  # of an account's link
    key: str = ""  # tells two accounts of one name apart


def own_lines(line: HealthLine, zone: str, now: datetime) -> PartLine:
    """A part of the server itself."""
    said = f"{_since('Since', line.since, zone, now)} {_seen(line.seen, now)}".strip()
    return PartLine(line.name.capitalize(), _look(line), line.sentence, said, key=line.name)


def linked_lines(
    lines: Iterable[HealthLine], cards: Iterable[AccountCard], zone: str, now: datetime
) -> list[PartLine]:
    """The accounts of whom the `cards` are for."""
    named = {f"account {card.id}": card for card in cards}
    found = [(line, named[line.name]) for line in lines if line.name in named]
    return [
        PartLine(
            card.name,
            _look(line),
            _standing(line, card, zone, now),
            _since("In this state since", line.since, zone, now),
            "stopped" if card.is_stopped else card.state,
            line.name,
        )
        for line, card in found
    ]


def part_lines(name: str, answer: list[PartLine] | Fault | None) -> list[PartLine]:
    """What a question about a part came to; None if it has not been answered yet."""
    if isinstance(answer, Fault):
        return [PartLine(name, "unread", answer.sentence, key=name)]
    return [PartLine(name, "asked", WAITS, key=name)] if answer is None else answer


def health_verdict(found: list[PartLine]) -> str:
    """One sentence about all of them."""
    broken = [part for part in found if part.look in ("broken", "unread")]
    if broken and not all(part.state for part in broken):
        return "Something does not work."
    if broken:
        return f"The server is well. {_away(broken)}"
    if any(part.look == "asked" for part in found):
        return WAITS
    if any(part.state == "stopped" for part in found):
        return "The server is well. Sending is stopped."
    return "All is well."


def alerts_hint(*, is_told: bool, pings: bool, runs_server: bool) -> str:
    """That nobody would hear of trouble; nothing if somebody would."""
    if is_told:
        return ""
    if not runs_server:
        return "You are told of nothing when an account or messages need you."
    gone = "" if pings else " Nor does anybody miss a server that is gone: PING_URL is for that."
    return f"Nobody who runs this server is told when something goes wrong.{gone}"


def _away(broken: list[PartLine]) -> str:
    if any(part.state not in (LinkState.CONNECTING, LinkState.RECONNECTING) for part in broken):
        return "What does not work is below."
    if len(broken) > 1:
        return (
            f"{len(broken)} accounts have no connection to WhatsApp; they try again by themselves."
        )
    return f"{broken[0].name} has no connection to WhatsApp; it tries again by itself."


def _standing(line: HealthLine, card: AccountCard, zone: str, now: datetime) -> str:
    if not card.is_stopped:
        return reason_sentence(card.standing, zone, now)
    return line.sentence or reason_sentence(line.why, zone, now)


def _look(line: HealthLine) -> str:
    return "works" if line.ok else "broken"


def _since(words: str, at: datetime | None, zone: str, now: datetime) -> str:
    return f"{words} {times.when_words(at, zone, now)}." if at else ""


def _seen(at: datetime | None, now: datetime) -> str:
    # A beat of this very moment is over, too.
    return f"Last heard of {times.distance_words(min(at, now - _MOMENT), now)}." if at else ""
