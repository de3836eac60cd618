"""What is said of a password while somebody chooses it."""

import asyncio

import reflex as rx
from reflex.event import EventSpec

from wasched import bootstrap
from wasched.domain import strength
from wasched.services.identity import users
from wasched.ui.core.page_calls import call_page
from wasched.ui.core.strangers import open_to_strangers

_FIELDS = ("password", "name", "email")


@open_to_strangers
class StrengthState(rx.State):
    """Advice for who may choose a password; it is looked at and never kept."""

    said: str = ""
    is_weak: bool = False

    _may_ask: bool = False

    @rx.event
    async def weigh(self, password: str, name: str, email: str) -> None:
        """Say how strong a password is; name and e-mail are what others know of the person."""
        if not self._may_ask or len(password) < users.PASSWORD_MIN:
            self.said = ""
            return
        # Also loading it takes a tenth of a second.
        about = strength.known_words(name[: users.NAME_MAX], email[: users.EMAIL_MAX])
        typed = password[: users.PASSWORD_MAX]
        found = await asyncio.to_thread(lambda: bootstrap.strength().of(typed, about))
        if found is not None:
            self.said, self.is_weak = strength.strength_sentence(found), not found.is_good

    @rx.event
    async def weigh_typed(self, typed: dict[str, str]) -> None:
        """Say how strong a password is that was typed before anybody could be asked."""
        await self.weigh(*(typed.get(name, "") for name in _FIELDS))


def begin_strength(state: StrengthState) -> None:
    """Let this tab choose a password, of which nothing is typed yet."""
    state._may_ask, state.said = True, ""


def ask_what_is_typed() -> EventSpec:
    """Have the page say what its fields hold: people type before a page can listen."""
    return call_page("typed", *_FIELDS, callback=StrengthState.weigh_typed)
