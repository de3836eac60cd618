"""The command palette: what it finds while somebody types."""

import reflex as rx

from wasched.services.messages import find_anything
from wasched.services.permissions import Action, allowed_to
from wasched.ui.core.session import ask_database, signed_in
from wasched.ui.frame import palette_text
from wasched.ui.frame.palette_text import Hit
from wasched.ui.frame.state import ShellState

WORDS_MAX = 100


class PaletteState(rx.State):
    """What was looked for last, and what was found; empty until it is opened first."""

    typed: str = ""
    hits: list[Hit] = []
    said: str = ""

    @rx.event
    async def look(self, typed: str) -> None:
        """Find pages, deeds and whatever of mine has the words."""
        user = await signed_in(self)
        words = typed[:WORDS_MAX]
        found = await ask_database(
            lambda session, now: find_anything.find_by_name(session, user, words, now)
        )
        shell = await self.get_state(ShellState)
        offered = allowed_to(user)
        if not shell.accounts or shell.is_all_stopped:
            offered -= {Action.STOP}
        self.hits = palette_text.palette_hits(words, found, offered)
        self.said = palette_text.palette_said(words, len(self.hits))
        self.typed = words
