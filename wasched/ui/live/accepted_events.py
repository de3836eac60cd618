"""What may be said on a live line: by whom, and how much of it is kept."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import reflex as rx
from reflex.state import OnLoadInternalState
from reflex_base.utils.format import format_event_handler

from wasched.ui.core.strangers import OPEN_STATES

MESSAGE_MAX = 300_000
"""Bytes of one message: the longest text in most scripts, or a draft with all its recipients."""

FIELD_MAX = 90_000
"""Characters (UTF-16 units) that a field for texts takes: more than a text may have, so that a
sentence says so, and no more than goes into one message in any script."""

LISTED_MAX = 10_000
"""Characters of a pasted list of numbers: as many as may be chosen one by one."""

SEARCH_MAX = 200
"""Characters of what is searched for or narrows a list; no name has more."""

SENTENCE_MAX = 300
"""Characters of what a page's own script says of a file that it did not send."""

PATH_MAX = 4_000
"""Characters of the page's address that an event says it comes from."""

_WORD_MAX = 1_000
"""Characters of what a stranger says; the forms of the entrance take no more either."""

_OURS = "wasched___ui___"


@cache
def snapshot_events() -> frozenset[str]:
    """The events that are answered with all that a State holds."""
    return frozenset(
        format_event_handler(rx.State.event_handlers[name])
        for name in ("hydrate", "hydrate_and_load")
    )


@cache
def page_loads() -> frozenset[str]:
    """The event with which a page that was gone to asks for what it shows."""
    return frozenset(map(format_event_handler, OnLoadInternalState.event_handlers.values()))


@cache
def _for_strangers() -> frozenset[str]:
    """What the pages before signing in say, and what every page says when it comes."""
    entrance = [one for state in OPEN_STATES for one in state.event_handlers.values()]
    page = [*OnLoadInternalState.event_handlers.values()]
    return snapshot_events() | {format_event_handler(one) for one in (*entrance, *page)}


def is_ours(name: str) -> bool:
    """True if a handler of wasched's own is called so, and none of Reflex's."""
    return _OURS in name


def clean_event(event: Mapping[str, Any]) -> dict[str, Any]:
    """The event with no more of an address than pages say: it is kept with the State."""
    said = event.get("router_data")
    return {**event, "router_data": _address(said if isinstance(said, dict) else {})}


def from_stranger(event: Mapping[str, Any]) -> dict[str, Any] | None:
    """What of an event is taken from who is not signed in; None if nothing is.

    What a browser keeps of a person, such as a draft, stays in the browser.
    """
    if event.get("name") not in _for_strangers():
        return None
    payload = event.get("payload")
    given = payload if isinstance(payload, dict) else {}
    kept = {name: value for name, value in given.items() if name != "vars"}
    return {**event, "payload": kept} if _is_short(kept) else None


def _is_short(payload: Mapping[str, Any]) -> bool:
    """True if it is a few words; the hashes of a page's first event are a list of them."""
    words = [word for value in payload.values() for word in _words(value)]
    return all(len(word) <= _WORD_MAX for word in words) and len(words) <= _WORD_MAX


def _words(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _address(said: Mapping[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {
        name: value[:PATH_MAX]
        for name in ("pathname", "asPath")
        if isinstance(value := said.get(name), str)
    }
    query = said.get("query")
    if isinstance(query, dict):
        texts = {k: v for k, v in query.items() if isinstance(v, str)}
        if sum(len(k) + len(v) for k, v in texts.items()) <= PATH_MAX:
            kept["query"] = texts
    return kept
