"""One person or group: what is known, what is coming, and what may be changed."""

from dataclasses import dataclass, field
from datetime import datetime

import reflex as rx
from reflex.event import EventSpec
from sqlmodel import Session

from wasched import bootstrap
from wasched.domain.errors import InputError, NotFoundError
from wasched.domain.templates import variable_key
from wasched.domain.typed import read_id
from wasched.services.accounts import accounts
from wasched.services.address_book import entries, lists, merging
from wasched.services.address_book.entries import EntryCard
from wasched.services.address_book.renumbering import Holder, correct_number
from wasched.services.caller import Caller
from wasched.services.change_notes import MESSAGES, RECIPIENTS
from wasched.text.refusals import error_sentence
from wasched.ui.core import routes, times, toasts
from wasched.ui.core.page_calls import focus_on
from wasched.ui.core.rows import Choice, count_words
from wasched.ui.core.session import ask_database, do_in_database, signed_in
from wasched.ui.live import subscriptions
from wasched.ui.recipients.state import EntryLine, entry_line, list_choice, list_line


@dataclass(frozen=True)
class PersonPage:
    """What the page shows; `fields` are lines of name: value, `variables` how texts use them."""

    id: int = 0
    kind: str = "person"
    name: str = ""
    phone: str = ""
    detail: str = ""
    notes: str = ""
    fields: str = ""
    variables: str = ""
    opted_out: str = ""
    left: bool = False
    on_whatsapp: str = ""
    messages: str = ""
    messages_href: str = ""
    lists: list[EntryLine] = field(default_factory=list)
    doubles: list[EntryLine] = field(default_factory=list)


class PersonState(rx.State):
    """The person or group that the address names."""

    is_loaded: bool = False
    is_missing: bool = False
    page: PersonPage = PersonPage()
    other_lists: list[Choice] = []
    field: str = ""
    error: str = ""
    saved: bool = False
    holder: str = ""  # who else has the number that was typed: a question
    _holder_id: int = 0
    _form: dict[str, str] = {}

    @rx.event
    async def load(self) -> None:
        """Show whom the address names, and keep it current."""
        user = await signed_in(self)
        subscriptions.follow_topics(self, user, (RECIPIENTS, MESSAGES), PersonState.refresh)
        self.field, self.error, self.saved, self.holder = "", "", False, ""
        await self._show(user)

    @rx.event
    async def refresh(self) -> None:
        """Show what is so now."""
        await self._show(await signed_in(self))

    @rx.event
    async def save(self, form: dict[str, str]) -> EventSpec | None:
        """Keep name, number, notes and fields; ask first if the number is somebody else's."""
        await signed_in(self)
        shown = {"name": self.page.name, "phone": self.page.phone, "notes": "", "fields": ""}
        self._form = {name: form.get(name, before) for name, before in shown.items()}
        return await self._keep(0)

    @rx.event
    async def join_holder(self) -> EventSpec | None:
        """Make this person one with whoever has the number, and keep what was typed."""
        await signed_in(self)
        return await self._keep(self._holder_id)

    @rx.event
    async def decide(self, wants: bool) -> EventSpec:
        """Note that they want no more messages, or want them again."""
        user, shown = await signed_in(self), self.page
        await do_in_database(lambda s, now: entries.decide_opt_out(s, user, shown.id, wants, now))
        await self._show(user)
        return toasts.toast_told(
            f"{shown.name} gets messages again." if wants else "Nothing more goes there."
        )

    @rx.event
    async def put_in(self, form: dict[str, str]) -> None:
        """Put them into a list."""
        user, shown = await signed_in(self), self.page
        if chosen := read_id(form.get("list", "")):
            await do_in_database(lambda s, now: lists.put_in(s, user, chosen, [shown.id], now))
            await self._show(user)

    @rx.event
    async def take_out(self, list_id: str) -> None:
        """Take them out of a list."""
        user, shown = await signed_in(self), self.page
        await do_in_database(
            lambda s, now: lists.take_out(s, user, read_id(list_id), [shown.id], now)
        )
        await self._show(user)

    @rx.event
    async def merge(self, other: str) -> EventSpec:
        """Take over everything of another entry of the same person."""
        user, shown = await signed_in(self), self.page
        try:
            await do_in_database(
                lambda s, now: merging.merge_entries(s, user, shown.id, read_id(other), now)
            )
        except InputError as refusal:
            return toasts.toast_told(error_sentence(refusal))
        await self._show(user)
        return toasts.toast_told("They are one now.")

    @rx.event
    async def remove(self) -> list[EventSpec]:
        """Take them out of everything to come."""
        user, shown = await signed_in(self), self.page
        await do_in_database(lambda s, now: entries.remove_entry(s, user, shown.id, now))
        return [rx.redirect(routes.RECIPIENTS), toasts.toast_told(f"{shown.name} is removed.")]

    async def _keep(self, join_with: int) -> EventSpec | None:
        user, shown, form = await signed_in(self), self.page, self._form
        self.field, self.error, self.saved, self.holder = "", "", False, ""
        try:
            holder = await do_in_database(
                lambda s, now: _change(s, user, shown.id, form, join_with, now)
            )
        except InputError as refusal:
            self.field, self.error = refusal.field, error_sentence(refusal)
            return focus_on(refusal.field)
        if holder is not None:
            self.holder, self._holder_id = holder.sentence, holder.id
            return focus_on("holder")
        self.saved = True
        await self._show(user)
        return focus_on("phone") if join_with else None  # the question is gone

    async def _show(self, user: Caller) -> None:
        wanted = routes.number_in(self.router.url.path)
        try:
            card = await ask_database(lambda s, now: entries.entry_card(s, user, wanted))
        except NotFoundError:
            self.is_missing = self.is_loaded = True
            return
        self.page = _page(card, user.zone, bootstrap.clock().now())
        inside = {line.key for line in self.page.lists}
        every = await ask_database(lambda s, now: lists.all_lists(s, user))
        self.other_lists = [list_choice(one) for one in every if str(one.id) not in inside]
        self.is_missing, self.is_loaded = False, True


def _change(
    session: Session,
    user: Caller,
    recipient_id: int,
    form: dict[str, str],
    join_with: int,
    now: datetime,
) -> Holder | None:
    """Keep what was typed, all of it or nothing; who has the number instead, if somebody does."""
    country = accounts.account_country(session, user)
    holder = correct_number(
        session, user, recipient_id, form["phone"], country, now, join_with=join_with
    )
    if holder is None:
        fields = read_fields(form["fields"])
        entries.change_entry(session, user, recipient_id, form["name"], form["notes"], fields, now)
    return holder


def read_fields(text: str) -> dict[str, str]:
    """Lines of "name: value"; InputError names the line that is none."""
    found = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        name, colon, value = line.partition(":")
        if not colon or not name.strip():
            raise InputError("fields", f'Write "{line[:40]}" as name: value, as in Voice: tenor.')
        found[name.strip()] = value.strip()
    return found


def _page(card: EntryCard, zone: str, now: datetime) -> PersonPage:
    entry = card.entry
    stopped = times.when_words(card.opted_out_at, zone, now) if card.opted_out_at else ""
    known = {True: "On WhatsApp", False: "Not on WhatsApp: messages would fail", None: ""}
    coming = count_words(card.coming, "message waits", "messages wait")
    return PersonPage(
        id=entry.id,
        kind=entry.kind,
        name=entry.name,
        phone=card.phone,
        detail=entry.detail,
        notes=card.notes,
        fields="\n".join(f"{name}: {value}" for name, value in card.fields.items()),
        variables=" ".join(f"{{{variable_key(name)}}}" for name in card.fields),
        opted_out=f"Asked for no more messages: {stopped}." if stopped else "",
        left=entry.left,
        on_whatsapp=known[entry.on_whatsapp],
        messages=f"{coming}, {card.gone:,} in the past",
        messages_href=f"{routes.MESSAGES}?tab=all&recipient={entry.id}",
        lists=[list_line(one) for one in card.lists],
        doubles=[entry_line(one) for one in card.doubles],
    )
