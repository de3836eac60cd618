"""Pairing: which way to link, and asking for a number code."""

import reflex as rx

from wasched.domain.errors import InputError
from wasched.services.accounts import accounts
from wasched.services.phone_numbers import phones
from wasched.services.phone_numbers.countries import country_of_zone
from wasched.text.refusals import error_sentence
from wasched.ui.core import routes
from wasched.ui.core.session import do_in_database, signed_in

_WITH_COUNTRY = "With its country, as in +49 151 0000 0012."


class PairingState(rx.State):
    """The two ways to link a phone."""

    way: str = "qr"
    error: str = ""
    number_help: str = _WITH_COUNTRY

    @rx.event
    async def begin(self, way: str) -> None:
        """Show first what fits the screen: a phone cannot scan its own."""
        user = await signed_in(self)
        self.choose(way)
        names = dict(phones.calling_countries())
        if country := names.get(country_of_zone(user.zone)):
            self.number_help = f"Without its country it is read as one of {country}."

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
            await do_in_database(
                lambda session, now: accounts.pair_by_code(
                    session, user, account_id, form.get("phone", ""), now
                )
            )
        except InputError as refusal:
            self.error = error_sentence(refusal)
