"""The linker's process: `python -m wasched.adapters.whatsapp.linking.child`.

It speaks with the worker as the links' process does and holds the same session, until the device is
linked or cannot be; nothing else is in it. It never loads the library.
"""

import logging
import queue
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from wasched.adapters.whatsapp import wire
from wasched.adapters.whatsapp.child import run_child
from wasched.adapters.whatsapp.ends import LineEnd
from wasched.adapters.whatsapp.life import Life
from wasched.adapters.whatsapp.linking.errors import LinkEndedError
from wasched.adapters.whatsapp.linking.events import read_told
from wasched.adapters.whatsapp.linking.library_side import list_devices
from wasched.adapters.whatsapp.linking.round import LinkingRound
from wasched.adapters.whatsapp.linking.told import (
    Answer,
    Compared,
    Linked,
    Stop,
    Told,
    WantCode,
    Wish,
)
from wasched.adapters.whatsapp.outlet import PlaceOutlet
from wasched.domain.link import LinkEvent, LinkState, StateChanged
from wasched.domain.reasons import Code, Reason

log = logging.getLogger(__name__)


def link_by_passkey(life: Life) -> None:
    """One round of linking; the worker hears how it goes."""
    life.end(_link(life.kept.file, life))


def _link(session: Path, life: Life) -> int:
    wishes: queue.SimpleQueue[object] = queue.SimpleQueue()
    outlet = life.outlet

    def take(asked: wire.Asked) -> None:
        for wish in _wish_of(asked.ask):
            wishes.put(wish)
        outlet.say(wire.Answered(asked.number, wire.Done()))

    def tell(told: Told) -> None:
        if isinstance(told, Linked):  # before anybody learns of it
            life.store.note_link(told.jid, datetime.now(UTC))
        for event in read_told(told, datetime.now(UTC)):
            _say(outlet, event)

    life.inbox.deliver_to(take)
    try:
        if life.store.is_linked():
            raise LinkEndedError(Reason(Code.LINKED_ALREADY))
        LinkingRound(session, tell, list_devices, inbox=wishes).run()
    except LinkEndedError as end:
        return _rest(outlet, end.reason)
    except Exception:  # nothing of it may lead to another attempt by itself
        log.exception("A round of linking failed")
        return _rest(outlet, Reason(Code.LINK_ODD))
    return LineEnd.LINKED


def _wish_of(ask: wire.Ask) -> Iterator[Wish]:
    """What a round can do of what the worker asks."""
    match ask:
        case wire.PairByCode(phone):
            yield WantCode(phone)
        case wire.AnswerPasskey(text):
            yield Answer(text)
        case wire.ComparePasskey(is_same):
            yield Compared(is_same)
        case wire.StopCommand() | wire.Abandon():
            yield Stop()


def _rest(outlet: PlaceOutlet, reason: Reason) -> int:
    _say(outlet, StateChanged(LinkState.NEEDS_PASSKEY, datetime.now(UTC), "ended", reason))
    return LineEnd.REST


def _say(outlet: PlaceOutlet, event: LinkEvent) -> None:
    outlet.say(wire.Happened(event))


if __name__ == "__main__":
    run_child(link_by_passkey)
