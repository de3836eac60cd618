"""Settings: who I am, and my password."""

import asyncio

import reflex as rx
from reflex.event import EventSpec

from wasched import bootstrap
from wasched.domain.errors import InputError, SignInError
from wasched.services.caller import Caller
from wasched.services.change_notes import ACCOUNTS, MESSAGES
from wasched.services.identity import profile
from wasched.text.refusals import error_sentence
from wasched.ui.core import strength_state, toasts
from wasched.ui.core.page_calls import call_page, focus_on
from wasched.ui.core.password_state import asks_password
from wasched.ui.core.session import do_in_database, session_token, signed_in
from wasched.ui.core.strength_state import StrengthState
from wasched.ui.frame.state import ShellState
from wasched.ui.live import subscriptions
from wasched.ui.settings.back_up_state import BackUpState
from wasched.ui.settings.calendar_address_state import CalendarAddressState
from wasched.ui.settings.devices_state import DevicesState
from wasched.ui.settings.keeping_state import KeepingState
from wasched.ui.settings.keys_state import KeysState
from wasched.ui.settings.moving_state import MovingState
from wasched.ui.settings.node_state import NodeState
from wasched.ui.settings.passkeys_state import PasskeysState
from wasched.ui.settings.second_step_state import SecondStepState
from wasched.ui.settings.server_people_state import ServerPeopleState
from wasched.ui.settings.server_state import ServerState
from wasched.ui.settings.team_state import TeamState


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
        subscriptions.follow_topics(self, user, (MESSAGES, ACCOUNTS), SettingsState.refresh)
        self._show(user)
        self.field, self.error, self.saved = "", "", ""
        (await self.get_state(SecondStepState))._forget()
        (await self.get_state(CalendarAddressState))._forget()
        (await self._passkeys())._forget()
        strength_state.begin_strength(await self.get_state(StrengthState))
        leads = self.router.url.query_parameters.get("part", "") == "replies"
        focus = [focus_on("replies_days")] if leads else []
        return [strength_state.ask_what_is_typed(), *await self.refresh(), *focus]

    @rx.event
    async def refresh(self) -> list[EventSpec]:
        """Show what is so now, but leave alone what is being typed."""
        await signed_in(self)
        mine = (DevicesState, SecondStepState, PasskeysState, CalendarAddressState)
        here = (TeamState, KeepingState, MovingState, KeysState)
        shown = (*mine, *here, ServerPeopleState, NodeState, ServerState, BackUpState)
        return [one.refresh for one in shown]

    @rx.event
    @asks_password
    async def save(self, form: dict[str, str]) -> EventSpec | None:
        """Save name, e-mail and zone."""
        user = await signed_in(self)
        name, email, zone = (form.get(field, "") for field in ("name", "email", "zone"))
        try:
            changed = await do_in_database(
                lambda session, now: profile.save_profile(session, user, name, email, zone, now)
            )
        except InputError as refusal:
            return self._refuse(refusal)
        self._show(changed)
        self.field, self.error, self.saved = "", "", "you"
        return ShellState.refresh  # type: ignore[return-value]

    @rx.event
    async def change_password(self, form: dict[str, str]) -> list[EventSpec] | EventSpec | None:
        """Set a new password; every other browser has to sign in again."""
        user = await signed_in(self)
        try:
            ended = await asyncio.to_thread(self._change_password, user, form)
        except InputError as refusal:
            return self._refuse(refusal)
        except SignInError as refusal:
            return self._refuse(InputError("current", error_sentence(refusal)))
        self.field, self.error, self.saved = "", "", "password"
        self.round += 1  # empties the form
        strength_state.begin_strength(await self.get_state(StrengthState))
        others = f" {ended} other sign-ins were ended." if ended else ""
        remember = call_page("rememberBrowser")
        keys = " Your passkeys still sign you in." if (await self._passkeys()).keys else ""
        told = toasts.toast_told(f"The password is changed.{others}{keys}")
        return [told, remember, DevicesState.refresh]  # type: ignore[list-item]

    async def _passkeys(self) -> PasskeysState:
        return await self.get_state(PasskeysState)

    def _change_password(self, user: Caller, form: dict[str, str]) -> int:
        return profile.change_password(
            bootstrap.database(),
            bootstrap.passwords(),
            bootstrap.strength(),
            user,
            session_token(self),
            form.get("current", ""),
            form.get("password", ""),
            bootstrap.clock().now(),
        )

    def _refuse(self, refusal: InputError) -> EventSpec:
        self.field, self.error, self.saved = refusal.field, error_sentence(refusal), ""
        return focus_on(refusal.field)

    def _show(self, user: Caller) -> None:
        self.name, self.email, self.zone = user.name, user.email, user.zone
        self.is_loaded = True
