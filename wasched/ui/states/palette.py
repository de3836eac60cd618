"""The command palette: what it finds while somebody types."""

import reflex as rx

from wasched.services import finding
from wasched.ui import palette_lines
from wasched.ui.palette_lines import Hit
from wasched.ui.states.session import ask, signed_in
from wasched.ui.states.shell import ShellState

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
        found = await ask(lambda session, now: finding.find(session, user, words, now))
        shell = await self.get_state(ShellState)
        may_stop = shell.accounts > 0 and not shell.is_all_stopped
        self.hits = palette_lines.hits(words, found, may_stop)
        self.said = palette_lines.said(words, len(self.hits))
        self.typed = words
