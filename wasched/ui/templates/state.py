"""Templates: the list, and one of them in the editor with its preview."""

from dataclasses import dataclass, replace

import reflex as rx
from reflex.event import EventSpec

from wasched import bootstrap
from wasched.domain.content import Content, Text
from wasched.domain.content_rules import TEXT_MAX
from wasched.domain.errors import ChangedError, InputError, NotFoundError
from wasched.services.caller import Caller
from wasched.services.change_notes import RECIPIENTS, TEMPLATES
from wasched.services.content import rendering, templates
from wasched.services.content.templates import TemplateRow
from wasched.text.refusals import error_sentence
from wasched.ui.core import routes, times
from wasched.ui.core.bubble_text import Block, bubble_blocks
from wasched.ui.core.conflict_text import REMOVED, conflict_sentence, other_text, other_value
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
    conflict: str = ""  # who changed it meanwhile, and what
    is_gone: bool = False  # it was removed meanwhile
    _opened: TemplateRow | None = None
    _newer: int | None = None  # the version that this person was told of

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
        user = await signed_in(self)
        # The last letters may not have been told yet when the button is pressed.
        name, text = form.get("name", ""), form.get("text", "")
        self.name, self.text = name[: templates.NAME_MAX + 1], text[: TEXT_MAX + 1]
        return await self._save(user, name, text)

    @rx.event
    async def take_theirs(self) -> None:
        """Show it as somebody else saved it."""
        user = await signed_in(self)
        await self._open(user)
        await self._draw(user)

    @rx.event
    async def insist(self) -> EventSpec | list[EventSpec]:
        """Save over what somebody else changed, or keep what they removed as a new one."""
        user = await signed_in(self)
        if self.is_gone:
            self.chosen = 0
        elif self._opened and self._newer:
            self._opened = replace(self._opened, version=self._newer)
        return await self._save(user, self.name, self.text)

    @rx.event
    async def remove(self) -> list[EventSpec]:
        """Forget the template of this page."""
        user, chosen = await signed_in(self), self.chosen
        await do_in_database(lambda s, now: templates.remove_template(s, user, chosen, now))
        return [rx.redirect(routes.TEMPLATES), show_toast(f"{self.saved_name} is removed.")]

    async def _save(self, user: Caller, name: str, text: str) -> EventSpec | list[EventSpec]:
        self.conflict = ""
        try:
            if self.chosen:
                return await self._change(user, name, text)
            made = await do_in_database(
                lambda s, now: templates.add_template(s, user, name, text, now)
            )
        except InputError as refusal:
            self.field, self.error = refusal.field, error_sentence(refusal)
            return focus_on(refusal.field)
        return [rx.redirect(routes.template(made)), show_toast("Saved.")]

    async def _change(self, user: Caller, name: str, text: str) -> EventSpec | list[EventSpec]:
        """Save over the version that is shown here, unless there is a newer one to be told of."""
        chosen, seen = self.chosen, self._opened.version if self._opened else None
        try:
            await do_in_database(
                lambda s, now: templates.edit_template(
                    s, user, chosen, name, text, now, if_version=seen
                )
            )
        except ChangedError as refusal:
            return await self._tell_conflict(user, refusal)
        except NotFoundError:
            if self._opened is None:
                raise
            self.conflict, self.is_gone = REMOVED, True
            return []
        await self._open(user)
        return show_toast("Saved.")

    async def _tell_conflict(self, user: Caller, refusal: ChangedError) -> list[EventSpec]:
        chosen, before = self.chosen, self._opened
        after = await ask_database(lambda s, now: templates.fetch_template(s, user, chosen))
        assert before is not None
        changes = [
            *other_value("the name", before.name, after.name),
            *other_text("the text", before.text, after.text),
        ]
        self.conflict = conflict_sentence(refusal, changes, bootstrap.clock().now())
        self._newer = refusal.version
        return []

    async def _list(self, user: Caller) -> None:
        found = await ask_database(lambda s, now: templates.list_templates(s, user, self.search))
        self.lines = [_line(row) for row in found]
        names = await ask_database(lambda s, now: rendering.variable_names(s, user))
        self.variables = [f"{{{name}}}" for name in names[:_OFFERED]]

    async def _open(self, user: Caller) -> None:
        self.chosen = routes.number_in(self.router.url.path)
        self.name = self.text = self.saved_name = ""
        self.is_missing = self.is_gone = False
        self.conflict, self._opened = "", None
        if not self.chosen:
            return
        try:
            row = await ask_database(lambda s, now: templates.fetch_template(s, user, self.chosen))
        except NotFoundError:
            self.is_missing = True
            return
        self._opened = row
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
