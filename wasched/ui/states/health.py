"""Health: which part of the server works, and what to do about the one that does not."""

from dataclasses import dataclass

import reflex as rx

from wasched.services import accounts, health
from wasched.services.changes import ACCOUNTS, MESSAGES
from wasched.services.views import SignedIn
from wasched.ui import live
from wasched.ui.states.session import ask, signed_in


@dataclass(frozen=True)
class Part:
    """One part of the server and how it stands."""

    name: str
    ok: bool
    sentence: str


class HealthState(rx.State):
    """The parts of the server, as they stand now."""

    is_loaded: bool = False
    is_well: bool = True
    parts: list[Part] = []

    @rx.event
    async def load(self) -> None:
        """Show the page and keep it current."""
        user = await signed_in(self)
        live.follow(self, user, (ACCOUNTS, MESSAGES), HealthState.refresh)
        await self._show(user)

    @rx.event
    async def refresh(self) -> None:
        """Look at every part again."""
        await self._show(await signed_in(self))

    async def _show(self, user: SignedIn) -> None:
        lines = await ask(health.report)
        cards = await ask(lambda session, now: accounts.listed(session, user, now))
        named = {f"account {card.id}": card for card in cards}
        self.parts = [
            Part(line.name.capitalize(), line.ok, line.sentence)
            for line in lines
            if not line.name.startswith("account ")
        ] + [
            Part(named[line.name].name, line.ok, named[line.name].sentence)
            for line in lines
            if line.name in named
        ]
        self.is_well = all(part.ok for part in self.parts)
        self.is_loaded = True
