"""Noticing that groups or contacts changed, and saying so once for many changes."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

from wasched.adapters.alarms import Alarm, alarms
from wasched.domain.errors import NotNow, SendError
from wasched.domain.link import ContactsChanged, GroupsChanged

_GATHER_S = 2.0
# The library does not tell of contacts: soon after the login the phone sends them, later few
# change. Seconds from one look to the next; the last repeats.
_LOOKS_S = (2.0, 8.0, 20.0, 60.0, 600.0)


class ChangesWatch:
    """Gathers what the library reports of groups, and looks at the contacts now and then.

    `look` gives all contacts or raises NotNow or SendError; `ask` runs a call where questions to
    the library are asked.
    """

    def __init__(
        self,
        tell: Callable[[GroupsChanged | ContactsChanged], None],
        look: Callable[[], tuple[object, ...]],
        ask: Callable[[Callable[[], None]], None],
    ) -> None:
        self._tell, self._look, self._ask = tell, look, ask
        self._lock = threading.Lock()
        self._is_gathering = self._is_over = False
        self._looking: Alarm | None = None
        self._seen: int | None = None

    def groups_changed(self) -> None:
        """Say so in a moment, for changes come in groups, too."""
        with self._lock:
            if not self._is_gathering:
                self._is_gathering = True
                alarms().after(_GATHER_S, self._tell_groups)

    def logged_in(self) -> None:
        """Begin to look at the contacts, often at first."""
        self._arm(0)

    def stop(self) -> None:
        """Look no more: the link has ended."""
        with self._lock:
            self._is_over = True
            if self._looking is not None:
                self._looking.cancel()

    def _tell_groups(self) -> None:
        with self._lock:
            self._is_gathering = False
        self._tell(GroupsChanged(datetime.now(UTC)))

    def _arm(self, number: int) -> None:
        with self._lock:
            if self._looking is not None:
                self._looking.cancel()
            if self._is_over:
                return
            pause_s = _LOOKS_S[min(number, len(_LOOKS_S) - 1)]
            self._looking = alarms().after(
                pause_s, lambda: self._ask(lambda: self._compare(number))
            )

    def _compare(self, number: int) -> None:
        try:
            seen = hash(self._look())
        except (NotNow, SendError):
            return  # the next login begins anew
        if seen != self._seen:
            self._seen = seen
            self._tell(ContactsChanged(datetime.now(UTC)))
        self._arm(number + 1)
