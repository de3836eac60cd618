"""What the library only writes to its log, and this product must know."""

import re
import threading
from collections.abc import Callable

from wasched.adapters.whatsapp import states

_REFUSAL = "connect failure"
_ENDED = re.compile(r"Got (?:(\d+): .* connect failure|device removed stream error), sending")
_KEYLESS = re.compile(r"Failed to encrypt (\S+) for ([^@:\s]+)@")  # a phone; others have a number
_UNREAD = "Error decrypting message"
# Says that the phone's key is missing: WhatsApp did not take the code but asks for another one.
_RETIRED = re.compile(r"handle code pair notification: missing <\w*wrapped_primary_ephemeral_pub>")
_LATE_S = 1.0  # what failed may be told before it is logged


class LibraryLog:
    """Listens to the log of one client for what it tells nobody else.

    That is ended sessions, refused logins, void codes and messages that it cannot read.

    neonize begins to deliver events only when it has found who is logged in, which it seeks for
    ever once whatsmeow has deleted the session: the log alone tells of a logout that is so early.
    """

    def __init__(self, listener: Callable[[states.Report], None]) -> None:
        self._listener = listener
        self._refusal = ""
        self._refused = threading.Event()
        self._keyless: set[tuple[str, str]] = set()

    def hear(self, message: str) -> None:
        """Look at one line of the log."""
        if ended := _ENDED.search(message):
            self._listener(states.LoggedOut(ended[1] or ""))
        elif keyless := _KEYLESS.search(message):
            self._keyless.add((keyless[1], keyless[2]))
        elif _RETIRED.search(message):
            self._listener(states.CodeRetired())
        elif message.startswith(_UNREAD):
            self._listener(states.Unread())
        elif _REFUSAL in message:
            self._refusal = message
            self._refused.set()

    def without_copy(self, message_id: str) -> set[str]:
        """The users whose phones got no copy of a message, as there was no key to encrypt it with.

        The library sends it to the other devices all the same and says that it is sent.
        """
        found = {user for told, user in self._keyless if told == message_id}
        self._keyless.clear()
        return found

    def refusal(self) -> str:
        """The last refusal of a login, such as `<failure reason="402" …/>`; empty for none."""
        self._refused.wait(_LATE_S)
        return self._refusal
