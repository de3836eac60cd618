"""The forms before signing in: what came back from a refused post, and how a password shows."""

from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec

from wasched.api import doors
from wasched.api.refused_form import read_typed
from wasched.config import settings
from wasched.services.identity import passkeys, team, users
from wasched.services.server import server_settings
from wasched.ui.core import refusal_text, routes, server_commands, strength_state
from wasched.ui.core.page_calls import call_page, focus_on
from wasched.ui.core.session import ask_database, session_token
from wasched.ui.core.strangers import open_to_strangers
from wasched.ui.core.strength_state import StrengthState
from wasched.ui.entrance import newcomer_state
from wasched.ui.entrance.network_state import NetworkState, show_network
from wasched.ui.entrance.newcomer_state import NewcomerState
from wasched.ui.frame.state import ShellState


@open_to_strangers
class EntranceState(rx.State):
    """What a refused form comes back with; never the password."""

    error: str = ""
    field: str = ""
    name: str = ""
    email: str = ""
    zone: str = ""
    next: str = ""
    invite: str = ""
    me: str = ""  # who is signed in already, and may join what the invitation leads into
    joins: str = ""
    reset_line: str = ""
    is_open: bool = False
    sends_mail: bool = False
    knows_passkeys: bool = False  # of anybody
    shown: bool = False

    @rx.event
    async def load_sign_in(self) -> EventSpec | None:
        """Fill the sign-in form, or lead to set-up on a new server."""
        await self._fill()
        self.is_open = settings().allow_registration
        self.sends_mail = settings().mail_server is not None
        self.reset_line = server_commands.reset_line(settings())
        is_set_up, self.knows_passkeys = await ask_database(
            lambda session, _now: (users.is_set_up(session), passkeys.are_there_any(session))
        )
        if not is_set_up:
            return rx.redirect(routes.SET_UP)
        return None

    @rx.event
    async def load_set_up(self) -> list[EventSpec] | EventSpec:
        """Fill the set-up form, or lead on where the server is set up."""
        await self._fill()
        self.is_open = settings().allow_registration
        token = session_token(self)
        is_done, user = await ask_database(
            lambda s, now: (users.is_set_up(s), users.who_is(s, token, now))
        )
        if user is not None:
            return rx.redirect(routes.FIRST_PHONE)
        if is_done:
            return rx.redirect(f"{routes.SIGN_IN}?error=set-up-done")
        show_network(await self.get_state(NetworkState), to_stranger=self.is_stranger)
        return await self._admit()

    @rx.event
    async def load_sign_up(self) -> list[EventSpec] | EventSpec:
        """Fill the sign-up form, where signing up is open or the link is an invitation."""
        await self._fill()
        await self._offer_to_join()
        name = await ask_database(lambda session, now: team.invited_name(session, self.invite, now))
        if name is None and not settings().allow_registration:
            code = "invitation" if self.invite else "closed"
            return rx.redirect(f"{routes.SIGN_IN}?error={code}")
        self.name = self.name or name or ""
        return await self._admit()

    @rx.event
    async def guess_zone(self, zone: str) -> None:
        """Take the browser's zone, unless one was entered."""
        if not self.zone:
            self.zone = zone if users.is_zone(zone) else settings().zone
            newcomer_state.show_zone(await self.get_state(NewcomerState), self.zone)

    @rx.event
    def toggle_password(self) -> None:
        """Show or hide the password."""
        self.shown = not self.shown

    @rx.var
    def is_stranger(self) -> bool:
        """True if the set-up form has to ask for the word in the log."""
        if not (peer := self.router.session.client_ip):
            return False  # nobody has asked yet: the page as it is built
        headers = self.router.headers.raw_headers
        return self.field == "token" or doors.may_be_stranger(peer, headers)

    @rx.var
    def sign_in_href(self) -> str:
        """Where somebody with an account signs in, to come back with their invitation."""
        back = f"{routes.SIGN_UP}?{urlencode({'invite': self.invite})}"
        return f"{routes.SIGN_IN}?{urlencode({'next': back})}" if self.invite else routes.SIGN_IN

    async def _offer_to_join(self) -> None:
        token = session_token(self)
        user, name = await ask_database(
            lambda s, now: (users.who_is(s, token, now), team.space_to_join(s, self.invite, now))
        )
        self.me, self.joins = (user.name, name) if user and name else ("", "")

    async def _fill(self) -> None:
        given = self.router.url.query_parameters
        self.field, self.error = refusal_text.refusal_sentence(given.get("error", ""))
        typed = self._typed() if given.get("error") else {}
        self.invite = typed.get("invite") or given.get("invite", "")
        self.name, self.email = typed.get("name", ""), typed.get("email", "")
        self.zone, self.next = typed.get("zone", ""), given.get("next", "/")
        self.shown = False
        mode = await self.get_state(ShellState)
        mode.demo_url, asked = settings().demo_url, settings().practice
        mode.practice = await ask_database(lambda s, now: server_settings.practice_mode(s, asked))

    def _typed(self) -> dict[str, str]:
        return read_typed(self.router.headers.cookie, self.router.url.path.rstrip("/"))

    async def _admit(self) -> list[EventSpec]:
        """Give advice while the form is filled in, and lead to what was refused in it."""
        strength_state.begin_strength(await self.get_state(StrengthState))
        advice = await self.get_state(NewcomerState)
        newcomer_state.admit_newcomer(
            advice, self.zone, self.error if self.field == "token" else ""
        )
        guess = call_page("zone", callback=EntranceState.guess_zone)
        asked = [guess, newcomer_state.ask_what_is_typed(), strength_state.ask_what_is_typed()]
        return [*asked, focus_on(self.field)] if self.field else asked
