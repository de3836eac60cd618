"""The browsers I am signed in with, and signing them out."""

from dataclasses import dataclass

import reflex as rx
from reflex.event import EventSpec

from wasched import bootstrap
from wasched.domain.typed import read_id
from wasched.services.identity import profile
from wasched.ui.core import times, toasts, user_agents
from wasched.ui.core.password_state import asks_password
from wasched.ui.core.rows import count_words
from wasched.ui.core.session import ask_database, do_in_database, session_token, signed_in


@dataclass(frozen=True)
class DeviceLine:
    """One browser."""

    id: str
    name: str
    about: str
    is_this: bool


class DevicesState(rx.State):
    """Where I am signed in."""

    devices: list[DeviceLine] = []

    @rx.event
    async def refresh(self) -> None:
        """Show what is so now."""
        user = await signed_in(self)
        token = session_token(self)
        found = await ask_database(
            lambda session, now: profile.list_browsers(session, user, token, now)
        )
        now = bootstrap.clock().now()
        self.devices = [
            DeviceLine(
                id=str(one.id),
                name=user_agents.browser_name(one.agent),
                about=f"{one.address} · seen {times.when_words(one.seen_at, user.zone, now)}",
                is_this=one.is_this,
            )
            for one in found
        ]

    @rx.event
    @asks_password
    async def end(self, device_id: str) -> EventSpec:
        """Sign one of them out."""
        user = await signed_in(self)
        await do_in_database(
            lambda session, now: profile.end_sign_in(session, user, read_id(device_id), now)
        )
        await self.refresh()
        return toasts.toast_told("Signed out there.")

    @rx.event
    @asks_password
    async def end_others(self) -> EventSpec:
        """Sign all out but this one."""
        user = await signed_in(self)
        token = session_token(self)
        ended = await do_in_database(
            lambda session, now: profile.end_others(session, user, token, now)
        )
        await self.refresh()
        return toasts.toast_told(
            f"Signed out {count_words(ended, 'other browser', 'other browsers')}."
        )
