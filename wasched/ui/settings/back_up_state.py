"""Back-ups: what there is, one made now, and one taken away; for who runs the server."""

import asyncio

import reflex as rx
from reflex.event import EventSpec

from wasched import bootstrap
from wasched.config import settings
from wasched.domain.errors import WaschedError
from wasched.services import permissions
from wasched.services.identity.password_confirmation import require_recent_password
from wasched.services.permissions import Action, may
from wasched.services.server import kept_back_ups
from wasched.text.refusals import error_sentence
from wasched.ui.core import server_commands
from wasched.ui.core.page_calls import call_page
from wasched.ui.core.password_state import asks_password
from wasched.ui.core.session import ask_database, do_in_database, signed_in
from wasched.ui.health import figures_text
from wasched.ui.settings import back_up_text
from wasched.ui.settings.back_up_text import BackUpLine


class BackUpState(rx.State):
    """When the last one was made, how large those are that are kept, and what went wrong."""

    is_admin: bool = False
    is_kept: bool = False
    told: str = ""
    plan: str = ""
    lost: str = ""
    running: str = ""
    fault: str = ""
    kept: list[BackUpLine] = []
    line: str = ""
    folder: str = ""

    @rx.event
    async def refresh(self) -> None:
        """Show what is so now; nothing of it to who does not run the server."""
        user, given = await signed_in(self), settings()
        self.is_admin = may(user, Action.RUN_SERVER)
        if not self.is_admin:
            self.kept, self.plan, self.fault, self.line, self.folder = [], "", "", "", ""
            return
        notes = await ask_database(lambda s, _now: kept_back_ups.read_notes(s))
        made_at = await ask_database(lambda s, _now: kept_back_ups.last_good_backup(s))
        now = bootstrap.clock().now()
        self.told = figures_text.backed_up(made_at, now)
        self.is_kept = bool(given.back_ups.to)
        self.plan = back_up_text.plan_words(given.back_ups, given.zone)
        self.lost = back_up_text.lost_words(given.back_ups)
        self.running = back_up_text.running_words(notes) if self.is_kept else ""
        self.fault = back_up_text.fault_words(notes) if self.is_kept else ""
        kept = notes.kept if notes.where == given.back_ups.to else ()
        self.kept = [back_up_text.back_up_line(one, user.zone, now) for one in kept]
        self.line = server_commands.back_up_line(given)
        self.folder = server_commands.back_up_folder(given)

    @rx.event
    async def make_now(self) -> None:
        """Have the worker make one."""
        user = await signed_in(self)
        await do_in_database(lambda s, now: kept_back_ups.ask_back_up(s, user, now))
        await self.refresh()

    @rx.event
    @asks_password
    async def fetch(self, name: str) -> EventSpec | None:
        """Download one, if this process can read it where it lies."""
        user = await signed_in(self)
        permissions.require(user, Action.RUN_SERVER)
        require_recent_password(user, bootstrap.clock().now())
        if name not in {one.name for one in self.kept}:
            await self.refresh()  # it has made room for newer ones meanwhile
            return None
        try:
            await asyncio.to_thread(bootstrap.look_at_back_up, name)
        except WaschedError as fault:
            self.fault = error_sentence(fault)
            return None
        return call_page("download", name)
