"""What is said with an event: for each of its arguments whatever it may name, by ids of somebody's.

Made from the handlers' own signatures; fields of forms are those that the code reads.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

import wasched
from tests.attacks.walk.people import PASSWORD
from tests.attacks.walk.two_spaces import DUE, PAST, upload_token
from wasched.models import Role
from wasched.services.messages.batch_ids import batch_id
from wasched.ui.live import event_check

_DEEDS = {
    "choice": ("cancel", "send_now", "dismiss", "sent", "resend", "send", "ask", "leave_out"),
    "name": ("pause", "resume", "send_now", "skip", "end", "cancel", "resend", "usual", "account"),
    "role": tuple(Role),
    "scope": ("all", "this", "following"),
    "way": ("qr", "code"),
    "wish": ("connect", "unlink", "warm_up_off", "warm_up_on"),
    "local": (f"{DUE:%Y-%m-%dT%H:%M:%S}",),
    "day": ("2031-03-13",),
    "clock": ("19:30",),
    "var_name": ("is_loaded", "_who", "may_write"),  # of Reflex's own setter
}
"""Words that handlers know, by the argument that takes them."""

_FORM = {
    "day": "2031-03-13",
    "clock": "19:30",
    "email": "walker@example.org",
    "phone": "+4915100000055",
    "role": "editor",
    "zone": "Europe/Paris",
    "gap_min_s": "1",
    "gap_max_s": "2",
    "daily_cap": "7",
    "stranger_cap": "3",
    "keep_days": "30",
    "current": PASSWORD,
    "password": "a heron under the bridge 58",
}
"""Fields that take words; all others are given a key, which does for a name as well."""

_FIELD = re.compile(r"""form(?:\.get\(|\[)"(\w+)""")


def payloads_of(handler: Any, first: int) -> list[dict[str, Any]]:
    """What may be said with an event, naming things whose ids come after `first`."""
    hints = event_check._shape(handler)[1]
    ways = {name: _values(name, kind, first) for name, kind in hints.items() if name != "return"}
    most = max((len(values) for values in ways.values()), default=1)
    return [
        {name: values[number % len(values)] for name, values in ways.items()}
        for number in range(most)
    ]


def keys_of(first: int) -> tuple[str, ...]:
    """The ways in which pages name things of a space: rows, lists, batches."""
    one, two = str(first + 1), str(first + 2)
    return (one, f"list-{one}", f"{one},{two}", batch_id(first + 2, PAST))


def form_of(key: str) -> dict[str, str]:
    """All fields of all forms, the key in those that may name something."""
    return {one: _FORM.get(one, key) for one in _fields()}


def _values(name: str, kind: object, first: int) -> tuple[Any, ...]:
    if kind is str:
        return (upload_token(first),) if name == "token" else _DEEDS.get(name, keys_of(first))
    plain: dict[object, tuple[Any, ...]] = {int: (first + 1, 0), float: (1.0,), bool: (True, False)}
    if kind in plain:
        return plain[kind]
    if kind == dict[str, str]:
        return tuple(form_of(key) for key in _keys_in_forms(first))
    return (dict.fromkeys(("id", "name", "key"), str(first + 1)),)


def _keys_in_forms(first: int) -> tuple[str, ...]:
    return (str(first + 1), batch_id(first + 1, DUE))


@cache
def _fields() -> frozenset[str]:
    """The fields of forms that the code reads, wherever."""
    files = Path(wasched.__file__).parent.rglob("*.py")
    return frozenset(_FORM) | {name for one in files for name in _FIELD.findall(one.read_text())}
