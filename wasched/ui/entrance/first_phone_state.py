"""The last step of setting up: a phone, or practice mode, or neither for now."""

import reflex as rx
from reflex.event import EventSpec

from wasched.config import settings
from wasched.services.accounts import accounts
from wasched.services.permissions import Action, may
from wasched.services.server import server_settings
from wasched.ui.core import routes
from wasched.ui.core.session import ask_database, do_in_database, signed_in


class FirstPhoneState(rx.State):
    """What who runs a server without a phone can choose."""

    may_practise: bool = True  # as it mostly is: nothing moves under a thumb while the page loads

    @rx.event
    async def load(self) -> EventSpec | None:
        """Offer the choice; who has made it, or has none to make, is led to Home."""
        user = await signed_in(self)
        known = await ask_database(lambda session, now: accounts.account_names(session, user))
        if known or not may(user, Action.RUN_SERVER):
            return rx.redirect(routes.HOME)
        asked = settings().practice
        is_on = await ask_database(
            lambda session, now: server_settings.practice_mode(session, asked)
        )
        self.may_practise = asked is None and not is_on
        return None

    @rx.event
    async def practise(self) -> EventSpec:
        """Switch practice mode on, and lead to where one begins."""
        user = await signed_in(self)
        await do_in_database(
            lambda session, now: server_settings.choose_practice(session, user, True, now)
        )
        return rx.redirect(routes.ACCOUNTS)
