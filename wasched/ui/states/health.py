"""Health: which part of the server works, and what to do about the one that does not."""

import shutil
from dataclasses import dataclass

import reflex as rx

from wasched import bootstrap
from wasched.config import settings
from wasched.services import accounts, figures, health, server_settings
from wasched.services.changes import ACCOUNTS, MESSAGES
from wasched.services.views import SignedIn
from wasched.ui import figure_lines, live
from wasched.ui.figure_lines import FigureLine
from wasched.ui.states.session import ask, signed_in


@dataclass(frozen=True)
class Part:
    """One part of the server and how it stands."""

    name: str
    ok: bool
    sentence: str
    state: str = ""  # of an account's link


class HealthState(rx.State):
    """The parts of the server, as they stand now."""

    is_loaded: bool = False
    verdict: str = ""
    parts: list[Part] = []
    week: dict[str, int] = {}
    figures: list[FigureLine] = []

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
            Part(card.name, line.ok, card.sentence, card.state)
            for line in lines
            if (card := named.get(line.name)) is not None
        ]
        self.verdict = _verdict(self.parts)
        await self._count(user)
        self.is_loaded = True

    async def _count(self, user: SignedIn) -> None:
        found = await ask(lambda session, now: figures.week(session, user, now))
        self.week = {"sent": found.sent, "delivered": found.delivered, "failed": found.failed}
        self.figures = figure_lines.lines(found)
        if user.is_owner:
            made_at = await ask(lambda session, now: server_settings.backed_up_at(session))
            disk = shutil.disk_usage(settings().data_path)
            now = bootstrap.clock().now()
            self.figures += figure_lines.owners(disk.free, disk.total, made_at, now)


def _verdict(parts: list[Part]) -> str:
    broken = [part for part in parts if not part.ok]
    if not broken:
        return "All is well."
    if all(part.state for part in broken):
        return "The server is well. What does not work is below."
    return "Something does not work."
