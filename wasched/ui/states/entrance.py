"""The forms before signing in: what came back from a refused post, and how a password shows."""

import reflex as rx
from reflex.event import EventSpec

from wasched.api import doors
from wasched.api.refused_form import read_typed
from wasched.config import settings
from wasched.services import people, server_settings, team
from wasched.ui import entrance_words, routes, shell_lines
from wasched.ui.page_calls import call_page, focus_on
from wasched.ui.states import newcomer, strength
from wasched.ui.states.network import NetworkState, show_network
from wasched.ui.states.newcomer import NewcomerState
from wasched.ui.states.session import ask, session_token
from wasched.ui.states.shell import ShellState
from wasched.ui.states.strength import StrengthState


class EntranceState(rx.State):
    """What a refused form comes back with; never the password."""

    error: str = ""
    field: str = ""
    name: str = ""
    email: str = ""
    zone: str = ""
    next: str = ""
    invite: str = ""
    reset_line: str = ""
    is_open: bool = False
    shown: bool = False

    @rx.event
    async def load_sign_in(self) -> EventSpec | None:
        """Fill the sign-in form, or lead to set-up on a new server."""
        await self._fill()
        self.is_open = settings().allow_registration
        self.reset_line = shell_lines.reset_line(settings())
        if not await ask(lambda session, now: people.owner_exists(session)):
            return rx.redirect(routes.SET_UP)
        return None

    @rx.event
    async def load_set_up(self) -> list[EventSpec] | EventSpec:
        """Fill the set-up form, or lead on where the server is set up."""
        await self._fill()
        self.is_open = settings().allow_registration
        token = session_token(self.router.headers.cookie)
        is_done, user = await ask(
            lambda s, now: (people.owner_exists(s), people.who_is(s, token, now))
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
        name = await ask(lambda session, now: team.invited_name(session, self.invite, now))
        if name is None and not settings().allow_registration:
            code = "invitation" if self.invite else "closed"
            return rx.redirect(f"{routes.SIGN_IN}?error={code}")
        self.name = self.name or name or ""
        return await self._admit()

    @rx.event
    async def guess_zone(self, zone: str) -> None:
        """Take the browser's zone, unless one was entered."""
        if not self.zone:
            self.zone = zone if people.is_zone(zone) else settings().zone
            newcomer.show_zone(await self.get_state(NewcomerState), self.zone)

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

    async def _fill(self) -> None:
        given = self.router.url.query_parameters
        self.field, self.error = entrance_words.refusal(given.get("error", ""))
        typed = self._typed() if given.get("error") else {}
        self.invite = typed.get("invite") or given.get("invite", "")
        self.name, self.email = typed.get("name", ""), typed.get("email", "")
        self.zone, self.next = typed.get("zone", ""), given.get("next", "/")
        self.shown = False
        mode = await self.get_state(ShellState)
        mode.demo_url, asked = settings().demo_url, settings().practice
        mode.practice = await ask(lambda s, now: server_settings.practice(s, asked))

    def _typed(self) -> dict[str, str]:
        return read_typed(self.router.headers.cookie, self.router.url.path.rstrip("/"))

    async def _admit(self) -> list[EventSpec]:
        """Give advice while the form is filled in, and lead to what was refused in it."""
        strength.begin(await self.get_state(StrengthState))
        advice = await self.get_state(NewcomerState)
        newcomer.admit(advice, self.zone, self.error if self.field == "token" else "")
        guess = call_page("zone", callback=EntranceState.guess_zone)
        asked = [guess, newcomer.ask_what_is_typed(), strength.ask_what_is_typed()]
        return [*asked, focus_on(self.field)] if self.field else asked
