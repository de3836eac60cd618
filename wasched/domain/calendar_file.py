"""A calendar as other programs read it (RFC 5545), and what of it changed since the last time."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class CalendarEvent:
    """One entry; `changed_at` and `sequence` (how often its time changed) are kept by `revise`."""

    uid: str
    start: datetime  # aware
    title: str
    text: str
    url: str
    is_cancelled: bool = False
    changed_at: datetime = _EPOCH
    sequence: int = 0


@dataclass(frozen=True)
class CalendarFile:
    """The whole; `about` tells people what it holds, `zone` is the reader's (IANA)."""

    name: str
    about: str
    zone: str
    events: tuple[CalendarEvent, ...]


Told = Mapping[str, Any]
"""What was told of each event, by its UID: its time, a digest, its sequence, and since when."""


def etag_of(file: CalendarFile) -> str:
    """What names this very content: equal as long as nothing of it changes."""
    return _digest(file.name, file.about, file.zone, *(_content(one) for one in file.events))


def revise(file: CalendarFile, told: Told, now: datetime) -> tuple[CalendarFile, dict[str, Any]]:
    """The file with the stamps of each event, and what is told of them by that.

    An event that is as it was told keeps its stamp; one that moved has a higher sequence.
    """
    events = tuple(_stamped(one, told.get(one.uid), now) for one in file.events)
    return replace(file, events=events), {one.uid: _mark(one) for one in events}


def _stamped(event: CalendarEvent, mark: Any, now: datetime) -> CalendarEvent:
    seconds = int(now.timestamp())
    if mark is not None:
        time, content, sequence, since = mark
        event = replace(event, sequence=sequence + (time != _time(event)))
        seconds = since if content == _content(event) else max(seconds, since)
    return replace(event, changed_at=datetime.fromtimestamp(seconds, UTC))


def _mark(event: CalendarEvent) -> list[Any]:
    return [_time(event), _content(event), event.sequence, int(event.changed_at.timestamp())]


def _time(event: CalendarEvent) -> str:
    return f"{event.start.astimezone(UTC):%Y%m%dT%H%M%S}{'x' if event.is_cancelled else ''}"


def _content(event: CalendarEvent) -> str:
    return _digest(event.uid, _time(event), event.title, event.text, event.url)[:12]


def _digest(*parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(map(str, parts)).encode("utf-8", "replace")).hexdigest()[:40]
