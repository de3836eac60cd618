"""Recipients: people, groups and lists; tab, words and page live in the address."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec
from sqlmodel import Session

from wasched.domain.errors import InputError
from wasched.domain.typed import read_id
from wasched.services.accounts import accounts
from wasched.services.address_book import entries, lists
from wasched.services.address_book.entries import AddressEntry
from wasched.services.address_book.lists import ListCard
from wasched.services.caller import Caller
from wasched.services.change_notes import RECIPIENTS
from wasched.text.refusals import error_sentence
from wasched.ui.core import routes, toasts
from wasched.ui.core.page_calls import focus_on
from wasched.ui.core.rows import Choice, count_words
from wasched.ui.core.session import ask_database, do_in_database, signed_in
from wasched.ui.live import subscriptions
from wasched.ui.live.accepted_events import SEARCH_MAX

PEOPLE, GROUPS, LISTS = "people", "groups", "lists"
_KINDS = {PEOPLE: "person", GROUPS: "group"}


@dataclass(frozen=True)
class EntryLine:
    """A person, a group or a list in the list; `note` says what is special about it."""

    key: str
    href: str
    kind: str
    name: str
    detail: str
    note: str = ""


@dataclass(frozen=True)
class ShownEntries:
    """What the page shows at one moment."""

    lines: list[EntryLine]
    summary: str
    following: str
    lists: list[Choice]


class AddressBookState(rx.State):
    """One page of people, groups or lists."""

    is_loaded: bool = False
    tab: str = PEOPLE
    words: str = ""
    lines: list[EntryLine] = []
    summary: str = ""
    following: str = ""
    is_first: bool = True
    lists: list[Choice] = []
    chosen: list[str] = []
    field: str = ""
    error: str = ""

    @rx.event
    async def load(self) -> None:
        """Show the page that the address names, and keep it current."""
        user = await signed_in(self)
        subscriptions.follow_topics(self, user, (RECIPIENTS,), AddressBookState.refresh)
        self.chosen, self.field, self.error = [], "", ""
        await self._show(user)

    @rx.event
    async def refresh(self) -> None:
        """Show what is so now."""
        await self._show(await signed_in(self))

    @rx.event
    async def add(self, form: dict[str, str]) -> EventSpec:
        """Add a person by name and number, and open them."""
        user = await signed_in(self)
        name, number = form.get("name", ""), form.get("phone", "")

        def added(session: Session, now: datetime) -> int:
            country = accounts.account_country(session, user)
            return entries.add_person(session, user, name, number, country, now)

        try:
            made = await do_in_database(added)
        except InputError as refusal:
            self.field, self.error = refusal.field, error_sentence(refusal)
            return focus_on(refusal.field)
        return rx.redirect(routes.recipient(made))

    @rx.event
    async def add_list(self, form: dict[str, str]) -> EventSpec:
        """Make a list, and open it."""
        user = await signed_in(self)
        try:
            made = await do_in_database(
                lambda s, now: lists.add_list(s, user, form.get("name", ""), now)
            )
        except InputError as refusal:
            self.field, self.error = refusal.field, error_sentence(refusal)
            return focus_on(refusal.field)
        return rx.redirect(routes.list_page(made))

    @rx.event
    async def toggle(self, key: str) -> None:
        """Choose one of the page, or choose it no longer."""
        await signed_in(self)
        rest = [one for one in self.chosen if one != key]
        is_new = key not in self.chosen and any(one.key == key for one in self.lines)
        self.chosen = [*rest, key] if is_new else rest

    @rx.event
    async def put_in(self, form: dict[str, str]) -> EventSpec | None:
        """Put whoever is chosen into a list."""
        user = await signed_in(self)
        list_id = read_id(form.get("list", ""))
        ids = [read_id(one) for one in self.chosen]
        if not list_id or not ids:
            return None
        new = await do_in_database(lambda s, now: lists.put_in(s, user, list_id, ids, now))
        card = await ask_database(lambda s, now: lists.list_card(s, user, list_id))
        self.chosen = []
        return toasts.toast_told(f"{count_words(new, 'new member', 'new members')} in {card.name}.")

    async def _show(self, user: Caller) -> None:
        given = self.router.url.query_parameters
        tab = given.get("tab", PEOPLE)
        self.tab = tab if tab in (PEOPLE, GROUPS, LISTS) else PEOPLE
        self.words = given.get("q", "")[:SEARCH_MAX]
        cursor = given.get("cursor", "")
        found = await ask_database(lambda s, now: _shown(s, user, self.tab, self.words, cursor))
        self.lines, self.summary, self.lists = found.lines, found.summary, found.lists
        more = {"tab": self.tab, "q": self.words, "cursor": found.following}
        self.following = _address(more) if found.following else ""
        self.is_first = not cursor
        self.is_loaded = True


def entry_line(one: AddressEntry) -> EntryLine:
    """A person or a group in a list."""
    note = "asked for no more messages" if one.opted_out else ""
    note = "you are no longer in it" if one.left else note
    note = "not on WhatsApp" if one.on_whatsapp is False and not note else note
    return EntryLine(str(one.id), routes.recipient(one.id), one.kind, one.name, one.detail, note)


def list_choice(card: ListCard) -> Choice:
    """A list to choose."""
    return Choice(str(card.id), card.name)


def list_line(card: ListCard) -> EntryLine:
    """A list in a list."""
    detail = count_words(card.members, "recipient", "recipients")
    note = f"with {', '.join(card.parts)}" if card.parts else ""
    return EntryLine(str(card.id), routes.list_page(card.id), "list", card.name, detail, note)


def _shown(session: Session, user: Caller, tab: str, words: str, cursor: str) -> ShownEntries:
    if tab == LISTS:
        lines = [list_line(card) for card in lists.all_lists(session, user, words)]
        return ShownEntries(lines, count_words(len(lines), "list", "lists"), "", [])
    page = entries.list_entries(session, user, _KINDS[tab], words, cursor)
    what = ("person", "people") if tab == PEOPLE else ("group", "groups")
    into = [list_choice(one) for one in lists.all_lists(session, user)]
    return ShownEntries(
        [entry_line(one) for one in page.entries],
        count_words(page.total, *what),
        page.next_cursor,
        into,
    )


def _address(query: dict[str, str]) -> str:
    return f"{routes.RECIPIENTS}?{urlencode({key: one for key, one in query.items() if one})}"
