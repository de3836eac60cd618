"""What an event of the live line must be, before it is taken for one of a page's own."""

import inspect
from collections.abc import Iterable, Mapping
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints, is_typeddict

from reflex_base.registry import RegistrationContext
from reflex_base.utils.form import FORM_DATA_ENTRIES_KEY

from wasched.domain.log_words import visible_text

_WHOLE = 1 << 63
"""Beyond it no number fits into a database."""


def wrong_with(event: object) -> str:
    """What is wrong with what a client sent as an event; empty if a page of ours may have sent it.

    Tells the names that are in it, never what was given for them: that may be a password.
    """
    if not isinstance(event, Mapping):
        return f"{_kind(event)} in place of an event{_text(event)}"
    name, payload = event.get("name"), event.get("payload", {})
    if not isinstance(name, str):
        return "an event without a name"
    registered = RegistrationContext.get().event_handlers.get(name)
    if registered is None:
        return f"an event that no page has: {name}"
    if not isinstance(payload, Mapping) or not isinstance(event.get("router_data", {}), Mapping):
        return f"an event that is laid out wrong: {name}"
    wrong = _wrong_argument(registered.handler.fn, payload)
    return f"an event with wrong arguments ({wrong}): {name}" if wrong else ""


def with_plain_forms(event: Mapping[str, Any]) -> dict[str, Any]:
    """The event with nothing but text in its forms, as their handlers are promised.

    The framework's own scripts add whatever has an id within a form: nothing where it holds no
    value, true where a box is ticked.
    """
    hints = _shape(RegistrationContext.get().event_handlers[event["name"]].handler.fn)[1]
    payload = {
        name: _plain(value) if hints.get(name) == dict[str, str] else value
        for name, value in event.get("payload", {}).items()
    }
    return {**event, "payload": payload}


def _plain(form: dict[str, object]) -> dict[str, str]:
    found = {name: "on" if value is True else value for name, value in _fields(form)}
    return {name: value for name, value in found.items() if isinstance(value, str)}


def _fields(form: dict[str, object]) -> Iterable[tuple[str, object]]:
    """The names and values of a form, which comes as a list of such pairs, or as an object."""
    pairs = form.get(FORM_DATA_ENTRIES_KEY, list(form.items()))
    for pair in pairs if isinstance(pairs, list) else ():
        if isinstance(pair, list | tuple) and len(pair) == 2 and isinstance(pair[0], str):
            yield pair[0], pair[1]


def _wrong_argument(handler: Any, payload: Mapping[str, object]) -> str:
    """Which argument a handler cannot take; empty if it takes all."""
    signature, hints = _shape(handler)
    try:
        signature.bind(None, **payload)
    except TypeError as fault:
        return str(fault)
    wrong = (name for name, value in payload.items() if not _fits(value, hints.get(name, Any)))
    return next(wrong, "")


@cache
def _shape(handler: Any) -> tuple[inspect.Signature, dict[str, Any]]:
    try:
        hints = get_type_hints(handler)
    except (NameError, TypeError):  # of the framework's own, which names what it never imports
        hints = {}
    return inspect.signature(handler), hints


def _fits(value: object, hint: Any) -> bool:
    """True if a value that came as JSON is one of this type; what is not known here fits."""
    origin = get_origin(hint) or hint
    if origin in (Union, UnionType):
        return any(_fits(value, one) for one in get_args(hint))
    if origin is None or origin is type(None):
        return value is None
    if origin is int:
        return type(value) is int and -_WHOLE <= value < _WHOLE
    if origin is float:
        return type(value) in (int, float)
    if origin in (str, bool):
        return isinstance(value, origin)
    if origin is list:
        return isinstance(value, list) and all(_fits(one, _inside(hint)) for one in value)
    if origin is dict or is_typeddict(origin):
        return isinstance(value, dict)
    return True


def _inside(hint: Any) -> Any:
    return next(iter(get_args(hint)), Any)


def _kind(given: object) -> str:
    return {str: "text", list: "a list", type(None): "nothing"}.get(type(given), "a number")


def _text(given: object) -> str:
    return f": {visible_text(given)}" if isinstance(given, str) else ""
