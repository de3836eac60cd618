"""Settings: the second step at signing in, set up and taken off."""

from urllib.parse import urlsplit

import reflex as rx
from reflex.event import EventSpec

from wasched import bootstrap
from wasched.config import settings
from wasched.domain.errors import InputError
from wasched.services.accounts import qr_codes
from wasched.services.caller import Caller
from wasched.services.identity import second_step
from wasched.services.identity.password_confirmation import require_recent_password
from wasched.text.refusals import error_sentence
from wasched.ui.core import times, toasts
from wasched.ui.core.page_calls import focus_on, renew_session
from wasched.ui.core.password_state import asks_password
from wasched.ui.core.rows import count_words
from wasched.ui.core.session import ask_database, do_in_database, session_token, signed_in
from wasched.ui.settings.devices_state import DevicesState

CODE_FIELD = "app-code"


class SecondStepState(rx.State):
    """Whether I have a second step, and what is shown once while it is set up."""

    is_on: bool = False  # by the app, or by a passkey
    has_app: bool = False
    about: str = ""
    key: str = ""  # for who cannot scan; empty unless it is being set up
    qr_path: str = ""
    qr_box: str = "0 0 1 1"
    error: str = ""
    codes: list[str] = []  # shown once

    _secret: str = ""

    @rx.event
    async def refresh(self) -> None:
        """Show what is so now, but leave alone what is shown once."""
        await self._show(await signed_in(self))

    @rx.event
    @asks_password
    async def begin(self) -> EventSpec:
        """Make a secret for the app, and show it as a QR code."""
        user = await signed_in(self)
        require_recent_password(user, bootstrap.clock().now())
        self._forget()
        self._secret = second_step.new_secret()
        self.key = " ".join(self._secret[n : n + 4] for n in range(0, len(self._secret), 4))
        address = second_step.app_address(self._secret, user.email, f"wasched {self._site()}")
        self.qr_path, size = qr_codes.svg_path(address)
        self.qr_box = f"0 0 {size} {size}"
        return focus_on(CODE_FIELD)

    @rx.event
    @asks_password
    async def turn_on(self, form: dict[str, str]) -> EventSpec | list[EventSpec] | None:
        """Take the app's first code, and show the recovery codes."""
        user, secret = await signed_in(self), self._secret
        if not secret:  # another tab, or the server was started anew
            return None
        token, typed = session_token(self), form.get(CODE_FIELD, "")[:40]
        try:
            codes = await do_in_database(
                lambda s, now: second_step.turn_on(s, user, token, secret, typed, now)
            )
        except InputError as refusal:
            self.error = error_sentence(refusal)
            return focus_on(CODE_FIELD)
        self._forget()
        self.codes = codes
        await self._show(user)
        shown = [focus_on("recovery-codes"), DevicesState.refresh]
        return [*shown, renew_session()]  # type: ignore[list-item]

    @rx.event
    @asks_password
    async def renew_codes(self) -> EventSpec:
        """Show ten others in the place of the recovery codes."""
        user = await signed_in(self)
        self.codes = await do_in_database(
            lambda session, now: second_step.new_recovery_codes(session, user, now)
        )
        await self._show(user)
        return focus_on("recovery-codes")

    @rx.event
    @asks_password
    async def turn_off(self) -> list[EventSpec]:
        """Have signing in take no code of the app."""
        user = await signed_in(self)
        token = session_token(self)
        await do_in_database(lambda s, now: second_step.turn_off(s, user, token, now))
        self._forget()
        await self._show(user)
        told = toasts.toast_told("No codes of the app are asked for any more.")
        return [told, renew_session()]

    @rx.event
    async def close(self) -> None:
        """Put away what is shown once, or what was not finished."""
        await signed_in(self)
        self._forget()

    def _forget(self) -> None:
        self._secret = self.key = self.qr_path = self.error = ""
        self.codes = []

    async def _show(self, user: Caller) -> None:
        found = await ask_database(
            lambda session, _now: second_step.second_step_of(session, user.id)
        )
        self.is_on = found is not None
        self.has_app = found is not None and found.app_since is not None
        self.about = _about(found, user) if found else ""

    def _site(self) -> str:
        """What tells this server from others in the app's list."""
        address = settings().public_url or self.router.headers.origin or str(self.router.url)
        return urlsplit(address).netloc


def _about(found: second_step.SecondStepState, user: Caller) -> str:
    left = count_words(found.codes_left, "recovery code is", "recovery codes are")
    if found.app_since is None:
        return f"On, by passkey. {left} left."
    day = times.day_name(found.app_since, user.zone, bootstrap.clock().now()).lower()
    return f"On since {day}. {left} left."
