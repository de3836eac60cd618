"""What happened, for programs that cannot be called by a webhook: they ask, and wait for it."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, Field
from sqlmodel import Session

from wasched import bootstrap
from wasched.api.v1.callers import KeyRoute, Reader
from wasched.api.v1.ids import read_id, write_id
from wasched.api.v1.lists_of import Limit, damaged
from wasched.domain.opaque_ids import Kind
from wasched.domain.outbox import EventFact, EventKind
from wasched.services.caller import Caller
from wasched.services.webhooks import events, readers
from wasched.text.event_payload import event_id, event_payload

router = APIRouter(prefix="/events", tags=["events"], route_class=KeyRoute)

WAIT_MAX_S = 30
START, NOW = "start", "now"
"""Words in place of an event: all that is kept, and only what is still to come."""

_LOOK_S = 0.5
_WAITING_MAX = 4
"""So many requests of one key wait at once; any more are answered without waiting."""


class OutboxEventOut(BaseModel):
    """One event: what webhooks are sent, and its id, which they have in the head."""

    id: str
    type: EventKind
    timestamp: Annotated[datetime, Field(description="When it was written down.")]
    data: Annotated[
        dict[str, str], Field(description="Ids of what it is about, and what that came to.")
    ]


class EventsOut(BaseModel):
    """Events in their order; there may be more after them."""

    items: list[OutboxEventOut]
    next: Annotated[str, Field(description="What `after` of the next request is.")]


@router.get("", summary="Wait for events")
async def list_events(
    program: Reader,
    request: Request,
    after: Annotated[
        str,
        Query(
            max_length=100,
            description="`next` of the answer before, or the id of an event; `now` for what is "
            "still to come, `start` for all that is kept.",
        ),
    ] = START,
    wait: Annotated[
        int | None,
        Query(
            ge=0,
            le=WAIT_MAX_S,
            description="How many seconds to wait while there is nothing: 30, but 0 from `start`.",
        ),
    ] = None,
    limit: Limit = 50,
    texts: Annotated[bool, Query(description="With texts, names and numbers.")] = False,
) -> EventsOut:
    """What has happened since. Events are written from the first time on that a key asks for them,
    and kept for a week; one who does not ask for a week has to begin anew."""
    await run_in_threadpool(_note_asking, program)
    last = await run_in_threadpool(_read_after, after)
    patience = wait if wait is not None else 0 if after == START else WAIT_MAX_S
    with _waiting.place(program.key_id) as has_place:
        until = time.monotonic() + (patience if has_place else 0)
        while True:
            found, following = await run_in_threadpool(_look, program, last, limit, texts)
            is_over = found or time.monotonic() + _LOOK_S > until
            if is_over or await request.is_disconnected():
                items = [_event_out(one) for one in found]
                return EventsOut(items=items, next=_write_after(following))
            last = following
            await asyncio.sleep(_LOOK_S)


class _Waiting:
    """How many requests of each key wait; only the event loop asks."""

    def __init__(self) -> None:
        self._of_key: Counter[int] = Counter()

    @contextmanager
    def place(self, key_id: int) -> Iterator[bool]:
        """Take one for a block; False if the key has no more."""
        self._of_key[key_id] += 1
        try:
            yield self._of_key[key_id] <= _WAITING_MAX
        finally:
            self._of_key[key_id] -= 1
            if not self._of_key[key_id]:
                del self._of_key[key_id]


_waiting = _Waiting()


def _note_asking(program: Caller) -> None:
    """Written once an hour, and not in the way of who only asks."""
    space_id = program.space_id
    if not bootstrap.answer(lambda session, now: readers.is_noted(session, space_id, now)):
        bootstrap.transaction(lambda session, now: readers.note_asking(session, space_id, now))


def _look(program: Caller, after: int, limit: int, texts: bool) -> tuple[list[EventFact], int]:
    def ask(session: Session, _now: datetime) -> tuple[list[EventFact], int]:
        return events.list_events(session, program, after, limit, has_texts=texts)

    return bootstrap.answer(ask)


def _read_after(text: str) -> int:
    """The id of the last event that is known; InputError for what is none."""
    if text in (START, ""):
        return 0
    if text == NOW:
        return bootstrap.answer(lambda session, _now: events.newest_event(session))
    number = read_id(Kind.EVENT, text)
    if not number:
        raise damaged()
    return number


def _write_after(number: int) -> str:
    return write_id(Kind.EVENT, number) if number else START


def _event_out(fact: EventFact) -> OutboxEventOut:
    ids = bootstrap.opaque_ids()
    return OutboxEventOut(id=event_id(fact, ids), **event_payload(fact, ids))
