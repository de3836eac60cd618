"""Watching how long WhatsApp leaves a message without an answer, while others wait behind it.

The library sends one message after another and waits 75 s for each answer; after a new
connection it hands the message over again and waits for ever.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from wasched.adapters.alarms import keep_calling

PERSON_S, GROUP_S = 6.0, 20.0
"""Seconds without an answer after which the connection is broken off; a group takes preparing."""

_LONGEST_S = 40.0
_LONGER = 1.5
_MOST_BREAKS = 4  # whoever still waits then waits for something else, such as a locked store
_LOOK_S = 0.25


class Patience:
    """How long an answer may take: a line that is slow is given more, a quick one less again."""

    def __init__(self, usual_s: float) -> None:
        self._usual_s = self._learned_s = usual_s

    def lasts_s(self, breaks: int) -> float:
        """Seconds to wait for an answer after so many connections were broken off for it."""
        return min(_LONGEST_S, self._learned_s * _LONGER**breaks)

    def note_answer(self, took_s: float) -> None:
        """An answer came; what is twice as slow may be on its way still."""
        self._learn(max(2 * took_s, self._learned_s / 2))

    def note_silence(self) -> None:
        """No answer came, on any connection: perhaps all of them are slow."""
        self._learn(2 * self._learned_s)

    def _learn(self, seconds: float) -> None:
        self._learned_s = min(_LONGEST_S, max(self._usual_s, seconds))


class AnswerWatch:
    """Calls `break_off` when a message has waited too long, and again on the next connection.

    It returns whether there was a connection to break off.
    """

    def __init__(
        self,
        break_off: Callable[[], bool],
        person_s: float = PERSON_S,
        group_s: float = GROUP_S,
    ) -> None:
        self._break_off = break_off
        self._patiences = {False: Patience(person_s), True: Patience(group_s)}
        self._patience: Patience | None = None
        self._since, self._breaks = 0.0, 0
        self._is_looking = False

    @contextmanager
    def waiting(self, *, for_group: bool) -> Iterator[None]:
        """Watch while a message is handed over and its answer awaited; learns from the outcome."""
        patience = self._patiences[for_group]
        self._since, self._breaks, self._patience = time.monotonic(), 0, patience
        if not self._is_looking:
            self._is_looking = True
            keep_calling(self._look, _LOOK_S)
        try:
            yield
        except Exception:
            if self._breaks > 1:
                patience.note_silence()
            raise
        else:
            patience.note_answer(time.monotonic() - self._since)
        finally:
            self._patience = None

    def note_login(self) -> None:
        """A new connection stands; what was not answered is handed over once more."""
        self._since = time.monotonic()

    def _look(self) -> bool:
        """Look once; True to look again."""
        patience = self._patience
        self._is_looking = patience is not None
        if patience is not None and self._was_too_long(patience):
            self._since = time.monotonic()
            self._breaks += self._break_off()
        return patience is not None

    def _was_too_long(self, patience: Patience) -> bool:
        waited_s = time.monotonic() - self._since
        return self._breaks < _MOST_BREAKS and waited_s > patience.lasts_s(self._breaks)
