"""Settings: the address at which other programs read my calendar."""

import reflex as rx
from reflex.event import EventSpec

from wasched import bootstrap
from wasched.services.caller import Caller
from wasched.services.identity import calendar_addresses
from wasched.ui.core import times, toasts
from wasched.ui.core.password_state import asks_password
from wasched.ui.core.session import ask_database, do_in_database, signed_in
from wasched.ui.settings.invitation_links import server_origin


class CalendarAddressState(rx.State):
    """Whether there is one, and since when; `link` is shown once."""

    since: str = ""
    link: str = ""
    is_local: bool = False  # other machines do not reach it

    @rx.event
    async def refresh(self) -> None:
        """Show what is so now, but leave alone what is shown once."""
        await self._show(await signed_in(self))

    @rx.event
    @asks_password
    async def make(self) -> None:
        """Make an address; one from before shows nothing any more."""
        user = await signed_in(self)
        token = await do_in_database(
            lambda session, now: calendar_addresses.make_address(session, user, now)
        )
        origin, self.is_local = server_origin(self)
        self.link = f"{origin}/calendar/{token}.ics"
        await self._show(user)

    @rx.event
    async def end(self) -> EventSpec:
        """Take the address back."""
        user = await signed_in(self)
        await do_in_database(
            lambda session, now: calendar_addresses.end_address(session, user, now)
        )
        await self._show(user)
        return toasts.toast_told("Taken back. Your calendar is shown nowhere else any more.")

    async def _show(self, user: Caller) -> None:
        found = await ask_database(
            lambda session, _now: calendar_addresses.address_since(session, user)
        )
        if found is None:
            self.since = self.link = ""
            return
        self.since = times.day_name(found, user.zone, bootstrap.clock().now()).lower()

    def _forget(self) -> None:
        """What was shown once is not shown again."""
        self.link = ""
