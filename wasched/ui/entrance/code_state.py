"""The second step at signing in: what was refused, and where one wanted to go."""

from datetime import datetime

import reflex as rx
from reflex.event import EventSpec
from sqlmodel import Session

from wasched.api import cookies
from wasched.config import settings
from wasched.services.identity import half_sign_in, second_step
from wasched.services.identity.second_step import SecondStepState
from wasched.ui.core import refusal_text, routes, server_commands
from wasched.ui.core.page_calls import focus_on
from wasched.ui.core.session import ask_database
from wasched.ui.core.strangers import open_to_strangers

_NO_SUCH_CODE = "That recovery code is wrong, or was used before."


@open_to_strangers
class CodeState(rx.State):
    """What a refused code comes back with; who owes one is known by the browser's cookie alone."""

    error: str = ""
    refusal: str = ""  # of what is no code
    has_app: bool = True
    has_passkey: bool = False
    next: str = ""
    reset_line: str = ""

    @rx.event
    async def load(self) -> EventSpec | None:
        """Ask for the code; whose browser owes none is led to the password."""
        given = self.router.url.query_parameters
        field, sentence = refusal_text.refusal_sentence(given.get("error", ""))
        self.next = given.get("next", "/")
        self.reset_line = server_commands.reset_line(settings())
        token = cookies.read_cookie(self.router.headers.cookie, cookies.HALF)
        steps = await ask_database(lambda session, now: _owed(session, token, now))
        if steps is None:
            return rx.redirect(routes.SIGN_IN)
        self.has_app, self.has_passkey = steps.app_since is not None, steps.passkeys > 0
        self._refuse(field, sentence)
        return focus_on("code") if self.error else None

    def _refuse(self, field: str, sentence: str) -> None:
        """Beside the app's code if it is about that, else above the button."""
        if field == "code" and self.has_app:
            self.error, self.refusal = sentence, ""
        else:
            self.error, self.refusal = "", _NO_SUCH_CODE if field == "code" else sentence


def _owed(session: Session, token: str, now: datetime) -> SecondStepState | None:
    """The second step of who gave the password in a browser; None if nobody did."""
    user = half_sign_in.half_signed_in(session, token, now)
    return second_step.second_step_of(session, user.id) if user and user.id else None
