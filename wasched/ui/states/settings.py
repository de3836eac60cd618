"""Settings: who I am, and my password."""

import asyncio

import reflex as rx
from reflex.event import EventSpec

from wasched import bootstrap
from wasched.domain.errors import DraftError
from wasched.services import people, profile
from wasched.services.changes import ACCOUNTS, MESSAGES
from wasched.services.people import NewUser
from wasched.services.views import SignedIn
from wasched.ui import followers
from wasched.ui.states import strength, undo
from wasched.ui.states.devices import DevicesState
from wasched.ui.states.server import ServerState
from wasched.ui.states.session import ask, do, session_token, signed_in
from wasched.ui.states.shell import ShellState
from wasched.ui.states.strength import StrengthState
from wasched.ui.states.team import TeamState


class SettingsState(rx.State):
    """What I may change about myself; `saved` names the part that was just saved."""

    is_loaded: bool = False
    name: str = ""
    email: str = ""
    zone: str = ""
    field: str = ""
    error: str = ""
    saved: str = ""
    round: int = 0

    @rx.event
    async def load(self) -> list[EventSpec]:
        """Show every part and keep it current."""
        user = await signed_in(self)
        followers.follow(self, user, (MESSAGES, ACCOUNTS), SettingsState.refresh)
        self._show(user)
        self.field, self.error, self.saved = "", "", ""
        strength.begin(await self.get_state(StrengthState))
        return await self.refresh()

    @rx.event
    async def refresh(self) -> list[EventSpec]:
        """Show what is so now, but leave alone what is being typed."""
        await signed_in(self)
        return [DevicesState.refresh, TeamState.refresh, ServerState.refresh]  # type: ignore[list-item]

    @rx.event
    async def save(self, form: dict[str, str]) -> EventSpec | None:
        """Save name, e-mail and zone."""
        user = await signed_in(self)
        given = [form.get(name, "") for name in ("name", "email", "zone")]
        try:
            changed = await do(lambda session, now: profile.save(session, user, *given, now))
        except DraftError as refusal:
            return self._refuse(refusal)
        self._show(changed)
        self.field, self.error, self.saved = "", "", "you"
        return ShellState.refresh  # type: ignore[return-value]

    @rx.event
    async def change_password(self, form: dict[str, str]) -> list[EventSpec] | EventSpec | None:
        """Set a new password; every other browser has to sign in again."""
        user = await signed_in(self)
        token = session_token(self.router.headers.cookie)
        new = form.get("password", "")
        hasher = bootstrap.passwords()
        try:
            await ask(
                lambda s, now: profile.check_password(s, hasher, user, form.get("current", ""))
            )
            people.check(NewUser(user.name, user.email, new, user.zone))
            hashed = await asyncio.to_thread(hasher.hash, new)
            ended = await do(lambda s, now: profile.change_password(s, user, hashed, token, now))
        except DraftError as refusal:
            return self._refuse(refusal)
        self.field, self.error, self.saved = "", "", "password"
        self.round += 1  # empties the form
        strength.begin(await self.get_state(StrengthState))
        others = f" {ended} other sign-ins were ended." if ended else ""
        return [undo.told(f"The password is changed.{others}"), DevicesState.refresh]  # type: ignore[list-item]

    def _refuse(self, refusal: DraftError) -> EventSpec:
        self.field, self.error, self.saved = refusal.field, str(refusal), ""
        focus: EventSpec = rx.set_focus(refusal.field)
        return focus

    def _show(self, user: SignedIn) -> None:
        self.name, self.email, self.zone = user.name, user.email, user.zone
        self.is_loaded = True
