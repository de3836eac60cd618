"""What holds for the whole server: practice mode, photos, and how long messages are kept."""

import reflex as rx
from reflex.event import EventSpec

from wasched.config import settings
from wasched.domain.errors import InputError
from wasched.domain.version import VERSION
from wasched.services.files import origins
from wasched.services.server import server_settings
from wasched.text.refusals import error_sentence
from wasched.ui.core.session import ask_database, do_in_database, signed_in
from wasched.ui.frame.state import ShellState


class ServerState(rx.State):
    """The choices of who runs the server; `…_fixed` where the environment has chosen."""

    version: str = VERSION
    practice: bool = False
    practice_fixed: bool = False
    keep_days: str = "0"
    keep_fixed: bool = False
    origin_kept: bool = False
    error: str = ""
    saved: bool = False

    @rx.event
    async def refresh(self) -> None:
        """Show what is so now."""
        await signed_in(self)
        given = settings()
        self.practice = await ask_database(
            lambda s, now: server_settings.practice_mode(s, given.practice)
        )
        days = await ask_database(lambda s, now: server_settings.keep_days(s, given.keep_days))
        self.keep_days = str(days)
        self.origin_kept = not await ask_database(lambda s, now: origins.is_taken_out(s))
        self.practice_fixed = given.practice is not None
        self.keep_fixed = given.keep_days is not None

    @rx.event
    async def switch_practice(self, wanted: bool) -> EventSpec:
        """Turn practice mode on or off."""
        user = await signed_in(self)
        await do_in_database(lambda s, now: server_settings.choose_practice(s, user, wanted, now))
        await self.refresh()
        return ShellState.refresh  # type: ignore[return-value]

    @rx.event
    async def keep_origin(self, wanted: bool) -> None:
        """Leave place and camera in photos and films, or take them out."""
        user = await signed_in(self)
        await do_in_database(lambda s, now: origins.choose_origin(s, user, wanted, now))
        await self.refresh()

    @rx.event
    async def keep(self, form: dict[str, str]) -> None:
        """Set for how many days finished messages are kept."""
        user = await signed_in(self)
        typed = form.get("keep_days", "")
        self.error, self.saved = "", False
        try:
            await do_in_database(
                lambda s, now: server_settings.choose_keep_days(s, user, typed, now)
            )
        except InputError as refusal:
            self.error = error_sentence(refusal)
            return
        await self.refresh()
        self.saved = True
