"""What clients do wrong: counted and said once a minute, never an error of the server's.

Else a stranger would write the log: each wrong event a traceback, with the stranger's words in it.
"""

import logging
import re
import threading
import traceback

from wasched.domain.errors import WaschedError
from wasched.domain.log_words import given_text

log = logging.getLogger(__name__)

PERIOD_S = 60.0

_PROTOCOL = {"engineio", "socketio"}
_ROOMS = {*_PROTOCOL, "reflex", "reflex_base", "wasched"}
_READERS = {
    "_sio_loads",  # Reflex's own name for json.loads, which the protocol calls
    "_missing_set",  # says what Python says of a name that a State does not have
}
_TAKES_ALL = {"setvar", "update_vars_internal"}  # Reflex's own handlers that take any name
_HANDLERS = re.compile(r"wasched\.ui\.\w+\.(\w*state|selection|schedule_actions|toasts|session)")
"""The modules of States, whose handlers take what browsers say."""


class Tally:
    """Counts what clients did, and says how often and what was last: at once, then each minute."""

    def __init__(self, what: str, period_s: float = PERIOD_S) -> None:
        self._what, self._period_s = what, period_s
        self._lock = threading.Lock()
        self._count, self._last = 0, ""
        self._timer: threading.Timer | None = None

    def note(self, words: str) -> None:
        """Count one more; the words may be a client's."""
        with self._lock:
            self._count, self._last = self._count + 1, words
            if self._timer is None:
                self._say()

    def _say(self) -> None:
        log.info("%d %s, last: %s", self._count, self._what, given_text(self._last))
        self._count = 0
        self._timer = threading.Timer(self._period_s, self._say_the_rest)
        self._timer.daemon = True
        self._timer.start()

    def _say_the_rest(self) -> None:
        with self._lock:
            self._timer = None
            if self._count:
                self._say()


wrong_events = Tally("wrong events from clients")
reports = Tally("faults reported by browsers")


class OfClients(logging.Filter):
    """Takes out of the log what the libraries say of clients, and counts it instead."""

    def filter(self, record: logging.LogRecord) -> bool:
        """False for what a client did."""
        if _is_of_closed_tab(record):
            return False
        words = _of_client(record)
        if words:
            wrong_events.note(words)
        return not words


def _is_of_closed_tab(record: logging.LogRecord) -> bool:
    """True for an update, or a refusal, that nobody waits for any more."""
    fault = record.exc_info[1] if record.exc_info else None
    if record.name == "asyncio":
        return isinstance(fault, WaschedError)
    return record.name == "reflex.app" and record.funcName == "emit_update"


def is_of_client(fault: BaseException) -> bool:
    """True for a fault that lies in what a client sent, and not in the server.

    So is what the protocol's own code raises while it reads a packet, and what a handler with
    arguments raises itself as it takes a number, a day or a key out of them.
    """
    if isinstance(fault, MemoryError):
        return False
    if isinstance(fault, OverflowError) and "SQLite INTEGER" in str(fault):
        return True  # a number beyond 64 bits: nothing has it
    places = _places(fault)
    room = places[-1][0] if places else ""
    if any(place[1] in _TAKES_ALL for place in places) and not room.startswith("wasched"):
        return True
    if _HANDLERS.fullmatch(room) and isinstance(fault, ValueError | LookupError):
        return any(_HANDLERS.fullmatch(at) and count > 1 for at, _, count in places)
    return room.split(".")[0] in _PROTOCOL


def fault_words(fault: BaseException) -> str:
    """What is said of such a fault: where it arose, and not what was given."""
    room, function, _ = places[-1] if (places := _places(fault)) else ("", "", 0)
    if room.split(".")[0] in _PROTOCOL:
        return f"a packet that cannot be read ({type(fault).__name__})"
    return f"an event with wrong arguments ({type(fault).__name__}): {room}.{function}"


def _places(fault: BaseException) -> list[tuple[str, str, int]]:
    """Through which modules and functions a fault came, with how many arguments each has."""
    frames = [frame for frame, _ in traceback.walk_tb(fault.__traceback__)]
    named = [(str(frame.f_globals.get("__name__", "")), frame.f_code) for frame in frames]
    return [
        (name, code.co_name, code.co_argcount)
        for name, code in named
        if name.split(".")[0] in _ROOMS and code.co_name not in _READERS
    ]


def _of_client(record: logging.LogRecord) -> str:
    """What a client did, if the record tells of that; else nothing."""
    fault = record.exc_info[1] if record.exc_info else None
    match record.name, record.funcName:
        case ("engineio.server" | "socketio.server" | "asyncio", _) if fault is not None:
            return fault_words(fault) if is_of_client(fault) else ""
        case ("engineio.server" | "socketio.server", _):
            return record.getMessage()
        case ("reflex.app", "on_connect"):
            return record.getMessage()
        case ("reflex.app", "on_event" | "on_client_error"):
            return "an event that cannot be read"  # the record quotes all of it
        case ("reflex_base.event.processor.base_state_processor", "_prepare_event_payload"):
            return "an event with wrong arguments"
    return ""
