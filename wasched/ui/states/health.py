"""Health: which part of the server works, and what to do about the one that does not."""

import asyncio
import shutil
from datetime import datetime

import reflex as rx

from wasched import bootstrap
from wasched.config import settings
from wasched.services import accounts, figures, health, log_tail, server_settings
from wasched.services.changes import ACCOUNTS, MESSAGES
from wasched.services.views import SignedIn
from wasched.ui import figure_lines, followers, health_lines
from wasched.ui.figure_lines import FigureLine
from wasched.ui.health_lines import Part
from wasched.ui.log_lines import LogLine, log_line
from wasched.ui.states.session import ask, signed_in


class HealthState(rx.State):
    """The parts of the server, as they stand now."""

    is_loaded: bool = False
    verdict: str = ""
    parts: list[Part] = []
    week: dict[str, int] = {}
    figures: list[FigureLine] = []
    is_owner: bool = False
    log: list[LogLine] = []
    log_error: str = ""

    @rx.event
    async def load(self) -> None:
        """Show the page and keep it current."""
        user = await signed_in(self)
        followers.follow(self, user, (ACCOUNTS, MESSAGES), HealthState.refresh)
        await self._show(user)

    @rx.event
    async def refresh(self) -> None:
        """Look at every part again."""
        await self._show(await signed_in(self))

    async def _show(self, user: SignedIn) -> None:
        now = bootstrap.clock().now()
        queue = health.queue_line(await asyncio.to_thread(bootstrap.queue_fault))
        lines = [health.server_line(bootstrap.started_at()), *await ask(health.report), queue]
        cards = await ask(lambda session, now: accounts.listed(session, user, now))
        self.parts = health_lines.parts(lines, cards, user.zone, now)
        self.verdict = health_lines.verdict(self.parts)
        await self._count(user)
        await self._look_into_log(user, now)
        self.is_loaded = True

    async def _count(self, user: SignedIn) -> None:
        found = await ask(lambda session, now: figures.week(session, user, now))
        self.week = {"sent": found.sent, "delivered": found.delivered, "failed": found.failed}
        self.figures = figure_lines.lines(found)
        if user.is_owner:
            made_at = await ask(lambda session, now: server_settings.backed_up_at(session))
            self.figures += figure_lines.owners(_disk(), made_at, bootstrap.clock().now())

    async def _look_into_log(self, user: SignedIn, now: datetime) -> None:
        """The last warnings, for the owner's eyes alone."""
        self.is_owner, self.log, self.log_error = user.is_owner, [], ""
        if not user.is_owner:
            return
        try:
            found = await asyncio.to_thread(log_tail.newest, user, settings().data_path)
        except OSError as fault:
            self.log_error = f"The log cannot be read: {fault.strerror}."
            return
        self.log = [log_line(said, user.zone, now) for said in found]


def _disk() -> tuple[int, int] | None:
    """Free and all bytes of the disk with the data folder; None if it cannot be told."""
    try:
        disk = shutil.disk_usage(settings().data_path)
    except OSError:
        return None
    return disk.free, disk.total
