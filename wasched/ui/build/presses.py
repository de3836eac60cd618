"""Has every event of the live line pass by scripts/presses.js, which shows a press at once."""

from reflex.plugins import Plugin
from reflex_base.plugins.base import PreCompileContext
from typing_extensions import Unpack

_SCRIPT = "utils/state.js"

PRESS = "press"
"""Under which name an event says the number of the press that it belongs to."""

ANSWERED = "answered"
"""What the server says with that number once it has done what the event asks (lines.py)."""

_HEARD = f'  socket.current.on("{ANSWERED}", (press) => window.presses?.answered(press));\n'
_TOKEN = '  socket.current.on("new_token",'
_DISCONNECT = '  socket.current.on("disconnect", (reason, details) => {\n'
_EMIT = '    socket.emit("event", encodeFormDataArgs(routed_event));\n'
_QUEUE = "() => queueEvents(_events, socket,"

_CHANGES = {
    _QUEUE: "() => queueEvents(window.presses?.take(_events, event_queue) ?? _events, socket,",
    _EMIT: f"    window.presses?.sent(routed_event);\n{_EMIT}",
    _DISCONNECT: f"{_DISCONNECT}    window.presses?.broken();\n",
    _TOKEN: f"{_HEARD}{_TOKEN}",
}


class PressesPlugin(Plugin):
    """Tells our script of each press: when it is queued, sent, answered, or lost with its line.

    The framework keeps what is pressed without a line, and says so nowhere.
    """

    def pre_compile(self, **context: Unpack[PreCompileContext]) -> None:
        """Rewrite the script that takes events."""
        context["add_modify_task"](_SCRIPT, with_presses)


def with_presses(text: str) -> str:
    """The script with calls of ours in it; ValueError if it is not as it was."""
    if "window.presses" in text:
        return text
    for before, after in _CHANGES.items():
        if text.count(before) != 1:
            raise ValueError("The script that takes events has changed with Reflex.")
        text = text.replace(before, after)
    return text
