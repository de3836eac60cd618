"""Pairing: which way to link, and asking for a number code."""

import reflex as rx

from wasched.domain.errors import DraftError
from wasched.services import accounts
from wasched.ui import routes
from wasched.ui.states.session import do, signed_in


class PairingState(rx.State):
    """The two ways to link a phone."""

    way: str = "qr"
    error: str = ""

    @rx.event
    def choose(self, way: str) -> None:
        """Show the QR code, or the number code."""
        self.way, self.error = ("code" if way == "code" else "qr"), ""

    @rx.event
    async def ask_code(self, form: dict[str, str]) -> None:
        """Ask WhatsApp for a code for the number; it appears by itself."""
        user = await signed_in(self)
        account_id = routes.number_in(self.router.url.path)
        self.error = ""
        try:
            await do(
                lambda session, now: accounts.pair_by_code(
                    session, user, account_id, form.get("phone", ""), now
                )
            )
        except DraftError as refusal:
            self.error = str(refusal)
