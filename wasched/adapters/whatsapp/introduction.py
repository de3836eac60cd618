"""Introducing this device to WhatsApp, which takes it once the phone has told its own name."""

import logging
from collections.abc import Callable

from wasched.adapters.whatsapp.client import Client
from wasched.domain.errors import NotNow, SendError
from wasched.domain.link import Identified

log = logging.getLogger(__name__)


class Introduction:
    """Is made again until it succeeds; `guard` raises NotNow while nothing may be asked."""

    def __init__(
        self, client: Client, tell: Callable[[Identified], None], guard: Callable[[], None]
    ) -> None:
        self._client, self._tell, self._guard = client, tell, guard
        self._name = ""
        self._is_made = False

    def begin(self) -> str:
        """Say who is logged in; returns the address of this very device."""
        who, device = self._client.identity()
        self._name, self._is_made = who.name, False
        self._tell(who)
        return device

    def make(self) -> None:
        """Introduce the device unless it was done, and say the account's name if it is news."""
        if self._is_made:
            return
        try:
            self._guard()
            self._client.introduce()
        except (NotNow, SendError) as fault:
            log.debug("Introducing this device failed: %s", fault)
            return
        self._is_made = True
        who, _ = self._client.identity()
        if who.name != self._name:
            self._name = who.name
            self._tell(who)
