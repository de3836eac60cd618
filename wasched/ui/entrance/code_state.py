"""The second step at signing in: what was refused, and where one wanted to go."""

import reflex as rx
from reflex.event import EventSpec

from wasched.api import cookies
from wasched.config import settings
from wasched.services.identity import half_sign_in
from wasched.ui.core import refusal_text, routes, server_commands
from wasched.ui.core.page_calls import focus_on
from wasched.ui.core.session import ask_database
from wasched.ui.core.strangers import open_to_strangers


@open_to_strangers
class CodeState(rx.State):
    """What a refused code comes back with; who owes one is known by the browser's cookie alone."""

    error: str = ""
    next: str = ""
    reset_line: str = ""

    @rx.event
    async def load(self) -> EventSpec | None:
        """Ask for the code; whose browser owes none is led to the password."""
        given = self.router.url.query_parameters
        _field, self.error = refusal_text.refusal_sentence(given.get("error", ""))
        self.next = given.get("next", "/")
        self.reset_line = server_commands.reset_line(settings())
        token = cookies.read_cookie(self.router.headers.cookie, cookies.HALF)
        owes = await ask_database(
            lambda session, now: half_sign_in.half_signed_in(session, token, now) is not None
        )
        if not owes:
            return rx.redirect(routes.SIGN_IN)
        return focus_on("code") if self.error else None
