"""Keeps a tab's token out of the address of its live line, which proxies write into their logs."""

from reflex.plugins import Plugin
from reflex_base.plugins.base import PreCompileContext
from typing_extensions import Unpack

_SCRIPT = "utils/state.js"

TOKEN = "token"
"""Under which name the token stands in the line's first packet (Socket.IO's `auth`)."""

_SAID = f"state_schema: app.stateSchema, {TOKEN}: getToken() }};"

_CHANGES = {
    "state_schema: app.stateSchema };": _SAID,
    "    query: { token },\n": "",
    "socket.current.io.opts.query = { token: getToken() }; // Update token for reconnect.\n": "\n",
    "(warmSocket.io.opts.query.token !== session_token ||\n      ": "(",
}


class TokenApartPlugin(Plugin):
    """Has the pages say their token inside the line instead of in its address."""

    def pre_compile(self, **context: Unpack[PreCompileContext]) -> None:
        """Rewrite the script that opens the line."""
        context["add_modify_task"](_SCRIPT, without_token_in_address)


def without_token_in_address(text: str) -> str:
    """The script with the token in the first packet; ValueError if it is not as it was."""
    if _SAID in text:
        return text
    for before, after in _CHANGES.items():
        if text.count(before) != 1:
            raise ValueError("The script that opens the live line has changed with Reflex.")
        text = text.replace(before, after)
    return text
