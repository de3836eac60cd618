"""What the server has a page do beside showing values: always by name, never by a script.

no_eval.py has pages take these events; scripts/calls.js lists what can be called beside `toast`.
"""

import inspect
from typing import Any

from reflex.event import Event, EventHandler, EventSpec, server_side
from reflex_components_sonner.toast import ToastAction


def call_page(called: str, *given: Any, callback: EventHandler | None = None) -> EventSpec:
    """Call a function of the page with JSON values; `callback` is a handler of what it returns."""
    return server_side(
        "_call_function",
        inspect.signature(_words),
        function=called,
        given=list(given),
        callback=_taker(callback) if callback else None,
    )


def _words(function: Any, given: Any, callback: Any) -> None:
    """What the event of a call has: of an element's event the framework keeps no other words."""


def show_toast(
    sentence: str, action: ToastAction | None = None, shown_ms: int | None = None
) -> EventSpec:
    """A short sentence at the foot of the page, with a button that does something about it."""
    options = {"closeButton": True, **({"duration": shown_ms} if shown_ms else {})}
    if action is None:
        return call_page("toast", sentence, options)
    return call_page("toast", sentence, options, action.label, _event(action.on_click))


def focus_on(element_id: str) -> EventSpec:
    """Give the focus to an element by its id, once it is drawn; to nothing if it never is."""
    return call_page("focusOn", element_id)


def renew_session() -> EventSpec:
    """Give the browser's session another token, after a change of what it may do."""
    return call_page("renewSession")


def _taker(handler: EventHandler) -> dict[str, str]:
    """The name of a handler, and what it calls the one value that it takes."""
    event = _event(handler(""))
    [takes] = event["payload"]
    return {"name": event["name"], "takes": takes}


def _event(handler: Any) -> dict[str, Any]:
    """An event as the page will send it."""
    [event] = Event.from_event_type(handler)
    return {"name": event.name, "payload": event.payload}
