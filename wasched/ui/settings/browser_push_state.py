"""Alerts: whether this very browser is told by push."""

import asyncio
from datetime import datetime

import reflex as rx
from reflex.event import EventSpec
from sqlmodel import Session

from wasched import alerting
from wasched.config import settings
from wasched.domain.errors import InputError, WorkEndedError
from wasched.services.alerts import browsers, ways
from wasched.services.caller import Caller
from wasched.text.refusals import error_sentence
from wasched.ui.core import toasts, user_agents
from wasched.ui.core.page_calls import call_page
from wasched.ui.core.session import ask_database, do_in_database, session_token, signed_in
from wasched.ui.settings.alerts_text import browser_error, push_sentence

_NO_KEYS = "The keys for it could not be made. Try again in a minute."


class BrowserPushState(rx.State):
    """The switch; `error` says why this browser cannot be told."""

    is_on: bool = False
    error: str = ""

    @rx.event
    async def switch_on(self) -> EventSpec | None:
        """Have the browser say where it is told."""
        await signed_in(self)
        self.error = ""
        try:
            keys = await asyncio.to_thread(alerting.application_keys)
        except WorkEndedError:
            self.error = _NO_KEYS
            return None
        return call_page("subscribePush", keys.application, callback=BrowserPushState.take)

    @rx.event
    async def take(self, said: str) -> list[EventSpec] | None:
        """Keep what it said, or say why there is nothing to keep."""
        user, token = await signed_in(self), session_token(self)
        if error := browser_error(said):
            self.error = push_sentence(error)
            return None
        allows = settings().webhooks_to_private
        label = user_agents.browser_name(self.router.headers.user_agent)
        try:
            await do_in_database(
                lambda session, now: browsers.add_browser(
                    session, user, token, said, label, now, allows_private=allows
                )
            )
        except InputError as refusal:
            self.error = error_sentence(refusal)
            return None
        return await self._tell(user, "Switched on. Send a test to see whether it comes.")

    @rx.event
    async def switch_off(self) -> list[EventSpec]:
        """Tell this browser nothing more."""
        user, token = await signed_in(self), session_token(self)

        def remove(session: Session, now: datetime) -> None:
            if way_id := browsers.browser_way(session, user, token):
                ways.remove_way(session, user, way_id, now)

        await do_in_database(remove)
        return await self._tell(user, "Switched off. Nothing more is told here.")

    async def _tell(self, user: Caller, sentence: str) -> list[EventSpec]:
        self.error = ""
        await self._show(user)
        from wasched.ui.settings.alerts_state import AlertsState  # which shows this state, too

        return [toasts.toast_told(sentence), AlertsState.refresh]  # type: ignore[list-item]

    async def _show(self, user: Caller) -> None:
        token = session_token(self)
        self.is_on = bool(
            await ask_database(lambda session, _now: browsers.browser_way(session, user, token))
        )
