"""One list: who is in it, which lists are part of it, and who could join."""

import reflex as rx
from reflex.event import EventSpec
from sqlmodel import Session

from wasched import bootstrap
from wasched.domain.errors import ChangedError, InputError, NotFoundError
from wasched.domain.typed import read_id
from wasched.services.address_book import entries, lists
from wasched.services.caller import Caller
from wasched.services.change_notes import RECIPIENTS
from wasched.services.recipients import recipients
from wasched.text.refusals import error_sentence
from wasched.ui.core import routes, toasts
from wasched.ui.core.conflict_text import conflict_sentence, other_value
from wasched.ui.core.page_calls import focus_on
from wasched.ui.core.rows import Choice, count_words
from wasched.ui.core.session import ask_database, do_in_database, signed_in
from wasched.ui.live import subscriptions
from wasched.ui.live.accepted_events import SEARCH_MAX
from wasched.ui.recipients.state import EntryLine, entry_line, list_line

_PAGE = 50


class ListState(rx.State):
    """The list that the address names."""

    is_loaded: bool = False
    is_missing: bool = False
    id: int = 0
    name: str = ""
    summary: str = ""
    words: str = ""
    members: list[EntryLine] = []
    more: int = 0
    parts: list[EntryLine] = []
    other_lists: list[Choice] = []
    offered: list[EntryLine] = []
    field: str = ""
    error: str = ""
    named: str = ""  # what stands in the field of the name; what is typed there stays
    conflict: str = ""  # who called it otherwise meanwhile
    _is_naming: bool = False
    _version: int = 0  # of the name in its field
    _newer: int = 0  # that this person was told of
    _wanted: str = ""
    _typed: str = ""

    @rx.event
    async def load(self) -> None:
        """Show the list that the address names, and keep it current."""
        user = await signed_in(self)
        subscriptions.follow_topics(self, user, (RECIPIENTS,), ListState.refresh)
        self.words, self.more, self.field, self.error = "", 0, "", ""
        self.offered, self._typed = [], ""
        await self._show_name_anew(user)

    @rx.event
    async def refresh(self) -> None:
        """Show what is so now."""
        await self._show(await signed_in(self))

    @rx.event
    async def find(self, words: str) -> None:
        """Show the members that match."""
        self.words = words[:SEARCH_MAX]
        await self._show(await signed_in(self))

    @rx.event
    async def show_more(self) -> None:
        """Show the next members too."""
        self.more += _PAGE
        await self._show(await signed_in(self))

    @rx.event
    async def rename(self, form: dict[str, str]) -> EventSpec | None:
        """Call the list otherwise."""
        user, self._wanted = await signed_in(self), form.get("name", "")
        return await self._rename(user)

    @rx.event
    def begin_naming(self) -> None:
        """Let the name stay that somebody types, whatever others call the list meanwhile."""
        self._is_naming = True

    @rx.event
    async def take_theirs(self) -> None:
        """Show the name that somebody else gave it."""
        await self._show_name_anew(await signed_in(self))

    @rx.event
    async def insist(self) -> EventSpec | None:
        """Call it otherwise all the same."""
        user, self._version = await signed_in(self), self._newer
        return await self._rename(user)

    @rx.event
    async def suggest(self, typed: str) -> None:
        """Offer people and groups who are not in the list."""
        user = await signed_in(self)
        self._typed = typed[:SEARCH_MAX]
        await self._offer(user)

    @rx.event
    async def put_in(self, recipient_id: str) -> None:
        """Put somebody in."""
        user = await signed_in(self)
        await do_in_database(
            lambda s, now: lists.put_in(s, user, self.id, [read_id(recipient_id)], now)
        )
        await self._show(user)

    @rx.event
    async def take_out(self, recipient_id: str) -> EventSpec | None:
        """Take somebody out, and say what that came too late for."""
        user, whom = await signed_in(self), [read_id(recipient_id)]
        gone = await do_in_database(lambda s, now: lists.take_out(s, user, self.id, whom, now))
        await self._show(user)
        return toasts.toast_told(gone) if gone else None

    @rx.event
    async def nest(self, form: dict[str, str]) -> EventSpec | None:
        """Make another list part of this one."""
        user, part = await signed_in(self), read_id(form.get("part", ""))
        try:
            if part:
                await do_in_database(lambda s, now: lists.nest_list(s, user, self.id, part, now))
        except InputError as refusal:
            return self._refuse(refusal)
        self.field = self.error = ""
        await self._show(user)
        return None

    @rx.event
    async def unnest(self, part: str) -> None:
        """Let another list be part of this one no longer."""
        user = await signed_in(self)
        await do_in_database(lambda s, now: lists.unnest_list(s, user, self.id, read_id(part), now))
        await self._show(user)

    @rx.event
    async def remove(self) -> list[EventSpec]:
        """Forget the list; its people stay."""
        user, name = await signed_in(self), self.name
        try:
            await do_in_database(lambda s, now: lists.remove_list(s, user, self.id, now))
        except InputError as refusal:
            return [toasts.toast_told(error_sentence(refusal))]
        return [
            rx.redirect(f"{routes.RECIPIENTS}?tab=lists"),
            toasts.toast_told(f"{name} is removed."),
        ]

    async def _rename(self, user: Caller) -> EventSpec | None:
        name, seen = self._wanted, self._version
        self.conflict = ""
        try:
            await do_in_database(
                lambda s, now: lists.rename_list(s, user, self.id, name, now, if_version=seen)
            )
        except ChangedError as refusal:
            return await self._tell_conflict(user, refusal)
        except InputError as refusal:
            return self._refuse(refusal)
        self.field = self.error = ""
        await self._show_name_anew(user)
        return toasts.toast_told("Saved.")

    async def _tell_conflict(self, user: Caller, refusal: ChangedError) -> EventSpec | None:
        card = await ask_database(lambda s, now: lists.list_card(s, user, self.id))
        changes = other_value("the name", self.named, card.name)
        self._newer = refusal.version
        if not changes:  # others came or went: that stays as it is
            self._version = refusal.version
            return await self._rename(user)
        self.conflict = conflict_sentence(refusal, changes, bootstrap.clock().now())
        return None

    async def _show_name_anew(self, user: Caller) -> None:
        self._is_naming, self.conflict = False, ""
        await self._show(user)

    def _refuse(self, refusal: InputError) -> EventSpec:
        self.field, self.error = refusal.field, error_sentence(refusal)
        return focus_on(self.field)

    async def _show(self, user: Caller) -> None:
        self.id = routes.number_in(self.router.url.path)
        try:
            card = await ask_database(lambda s, now: lists.list_card(s, user, self.id))
        except NotFoundError:
            self.is_missing = self.is_loaded = True
            return
        self.name = card.name
        if not self._is_naming:
            self.named, self._version = card.name, card.version
        self.summary = count_words(card.members, "recipient", "recipients")
        limit = self.more + _PAGE
        self.members, self.parts, self.other_lists = await ask_database(
            lambda s, now: _inside(s, user, self.id, self.words, limit)
        )
        await self._offer(user)
        self.is_missing, self.is_loaded = False, True

    async def _offer(self, user: Caller) -> None:
        typed, list_id = self._typed.strip(), self.id
        self.offered = (
            await ask_database(lambda s, now: _outside(s, user, list_id, typed)) if typed else []
        )


def _inside(
    session: Session, user: Caller, list_id: int, words: str, limit: int
) -> tuple[list[EntryLine], list[EntryLine], list[Choice]]:
    rows, _ = lists.member_page(session, user, list_id, words, limit=limit)
    parts = lists.nested_lists(session, user, list_id)
    not_these = {list_id, *(one.id for one in parts)}
    others = [one for one in lists.all_lists(session, user) if one.id not in not_these]
    return (
        [entry_line(entries.entry_row(row)) for row in rows],
        [list_line(one) for one in parts],
        [Choice(str(one.id), one.name) for one in others if not one.parts],
    )


def _outside(session: Session, user: Caller, list_id: int, typed: str) -> list[EntryLine]:
    """Whoever matches and is not in the list by themselves."""
    hits = recipients.suggest_recipients(session, user, typed)
    there = lists.members_among(session, list_id, [hit.id for hit in hits])
    return [
        EntryLine(str(hit.id), "", hit.kind, hit.name, hit.detail)
        for hit in hits
        if hit.id not in there
    ]
