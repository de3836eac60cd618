"""A link to a new password by e-mail: what was refused, or that it is on its way."""

import reflex as rx
from reflex.event import EventSpec

from wasched.api.refused_form import read_typed
from wasched.config import settings
from wasched.ui.core import refusal_text, routes
from wasched.ui.core.page_calls import focus_on
from wasched.ui.core.strangers import open_to_strangers


@open_to_strangers
class ForgotState(rx.State):
    """What the form comes back with; never whether anybody has the e-mail."""

    is_asked: bool = False
    error: str = ""
    email: str = ""

    @rx.event
    def load(self) -> EventSpec | None:
        """Show the form, or what to do now; without e-mails the page for signing in says more."""
        if settings().mail_server is None:
            return rx.redirect(routes.SIGN_IN)
        given = self.router.url.query_parameters
        _field, self.error = refusal_text.refusal_sentence(given.get("error", ""))
        self.is_asked = given.get("sent") == "yes"
        self.email = read_typed(self.router.headers.cookie, routes.FORGOT).get("email", "")
        return focus_on("email") if self.error else None
