"""A new password by a link: whose it is, and what was refused."""

import reflex as rx
from reflex.event import EventSpec

from wasched.api.refused_form import read_typed
from wasched.services.identity import password_links
from wasched.ui.core import refusal_text, routes, strength_state
from wasched.ui.core.page_calls import call_page
from wasched.ui.core.session import ask_database
from wasched.ui.core.strangers import open_to_strangers
from wasched.ui.core.strength_state import StrengthState

_PASSWORD = "password"
"""The id of the field, as the page names it."""


@open_to_strangers
class NewPasswordState(rx.State):
    """The link that the page was opened with; never the password."""

    is_over: bool = False
    ends_second_step: bool = False
    link: str = ""
    name: str = ""
    email: str = ""
    error: str = ""
    shown: bool = False

    @rx.event
    async def load(self) -> EventSpec | None:
        """Say whose password it is, and give advice while they type; or that the link is over."""
        given = self.router.url.query_parameters
        typed = read_typed(self.router.headers.cookie, routes.NEW_PASSWORD)
        self.error = refusal_text.refusal_sentence(given.get("error", ""))[1]
        self.link = given.get("link") or typed.get("link", "")
        person = await ask_database(lambda s, now: password_links.whose_link(s, self.link, now))
        self.is_over, self.shown = person is None, False
        self.name, self.email = (person.name, person.email) if person else ("", "")
        self.ends_second_step = person is not None and person.ends_second_step
        if person is None:
            return None
        strength_state.begin_strength(await self.get_state(StrengthState))
        return call_page("typed", _PASSWORD, callback=NewPasswordState.weigh_typed)

    @rx.event
    def weigh_typed(self, typed: dict[str, str]) -> EventSpec:
        """Give advice about a password that was typed before anybody could be asked."""
        weighed: EventSpec = StrengthState.weigh(typed.get(_PASSWORD, ""), self.name, self.email)
        return weighed

    @rx.event
    def toggle_password(self) -> None:
        """Show or hide the password."""
        self.shown = not self.shown
