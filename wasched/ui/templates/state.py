"""Templates: the list, and one of them in the editor with its preview."""

from dataclasses import dataclass

import reflex as rx
from reflex.event import EventSpec

from wasched import bootstrap
from wasched.domain.content import Content, Text
from wasched.domain.content_rules import TEXT_MAX
from wasched.domain.errors import InputError, NotFoundError
from wasched.services.caller import Caller
from wasched.services.change_notes import RECIPIENTS, TEMPLATES
from wasched.services.content import rendering, templates
from wasched.services.content.templates import TemplateRow
from wasched.text.refusals import error_sentence
from wasched.ui.core import routes, times
from wasched.ui.core.bubble_text import Block, bubble_blocks
from wasched.ui.core.page_calls import focus_on, show_toast
from wasched.ui.core.rows import count_words
from wasched.ui.core.session import ask_database, do_in_database, signed_in
from wasched.ui.live import subscriptions
from wasched.ui.live.accepted_events import SEARCH_MAX

_OFFERED = 12


@dataclass(frozen=True)
class TemplateLine:
    """One template in the list."""

    href: str
    name: str
    line: str
    uses: str


class TemplatesState(rx.State):
    """All templates of a person, and the one that the address names; 0 is a new one."""

    is_loaded: bool = False
    search: str = ""
    lines: list[TemplateLine] = []
    chosen: int = 0
    name: str = ""
    text: str = ""
    saved_name: str = ""
    blocks: list[Block] = []
    clock: str = ""
    variables: list[str] = []
    field: str = ""
    error: str = ""
    is_missing: bool = False

    @rx.event
    async def load(self) -> None:
        """Show the list, and the template that the address names."""
        user = await signed_in(self)
        subscriptions.follow_topics(self, user, (TEMPLATES, RECIPIENTS), TemplatesState.refresh)
        self.field = self.error = ""
        await self._list(user)
        await self._open(user)
        await self._draw(user)
        self.is_loaded = True

    @rx.event
    async def refresh(self) -> None:
        """Show the list as it is now; what is being written stays."""
        await self._list(await signed_in(self))

    @rx.event
    async def find(self, words: str) -> None:
        """Show the templates that contain the words."""
        self.search = words[:SEARCH_MAX]
        await self._list(await signed_in(self))

    @rx.event
    async def write(self, text: str) -> None:
        """Take the text, and show what it will look like."""
        self.text = text[: TEXT_MAX + 1]
        self._forgive("text")
        await self._draw(await signed_in(self))

    @rx.event
    def call(self, name: str) -> None:
        """Take the name."""
        self.name = name[: templates.NAME_MAX + 1]
        self._forgive("name")

    @rx.event
    async def save(self, form: dict[str, str]) -> EventSpec | list[EventSpec]:
        """Keep the template as the form has it, or say what is wrong with it."""
        user, chosen = await signed_in(self), self.chosen
        # The last letters may not have been told yet when the button is pressed.
        name, text = form.get("name", ""), form.get("text", "")
        self.name, self.text = name[: templates.NAME_MAX + 1], text[: TEXT_MAX + 1]
        try:
            if chosen:
                await do_in_database(
                    lambda s, now: templates.edit_template(s, user, chosen, name, text, now)
                )
                self.saved_name = " ".join(name.split())
                return show_toast("Saved.")
            made = await do_in_database(
                lambda s, now: templates.add_template(s, user, name, text, now)
            )
        except InputError as refusal:
            self.field, self.error = refusal.field, error_sentence(refusal)
            return focus_on(refusal.field)
        return [rx.redirect(routes.template(made)), show_toast("Saved.")]

    @rx.event
    async def remove(self) -> list[EventSpec]:
        """Forget the template of this page."""
        user, chosen = await signed_in(self), self.chosen
        await do_in_database(lambda s, now: templates.remove_template(s, user, chosen, now))
        return [rx.redirect(routes.TEMPLATES), show_toast(f"{self.saved_name} is removed.")]

    async def _list(self, user: Caller) -> None:
        found = await ask_database(lambda s, now: templates.list_templates(s, user, self.search))
        self.lines = [_line(row) for row in found]
        names = await ask_database(lambda s, now: rendering.variable_names(s, user))
        self.variables = [f"{{{name}}}" for name in names[:_OFFERED]]

    async def _open(self, user: Caller) -> None:
        self.chosen = routes.number_in(self.router.url.path)
        self.name = self.text = self.saved_name = ""
        self.is_missing = False
        if not self.chosen:
            return
        try:
            row = await ask_database(lambda s, now: templates.fetch_template(s, user, self.chosen))
        except NotFoundError:
            self.is_missing = True
            return
        self.name = self.saved_name = row.name
        self.text = row.text

    async def _draw(self, user: Caller) -> None:
        """Draw the bubble as Anna, a made-up person, would see it."""
        text, now = Text(self.text), bootstrap.clock().now()
        shown: Content = await ask_database(
            lambda s, at: rendering.preview_content(s, user, text, None, at, user.zone)
        )
        assert isinstance(shown, Text)
        self.blocks = bubble_blocks(shown.body) if shown.body.strip() else []
        self.clock = times.clock(now, user.zone)

    def _forgive(self, field: str) -> None:
        if self.field == field:
            self.field = self.error = ""


def _line(row: TemplateRow) -> TemplateLine:
    uses = count_words(row.uses, "use", "uses") if row.uses else "Not used yet"
    return TemplateLine(routes.template(row.id), row.name, row.line, uses)
