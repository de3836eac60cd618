"""One person or group: what is known, what is coming, and what may be changed."""

from datetime import datetime

import reflex as rx
from reflex.event import EventSpec
from sqlmodel import Session

from wasched import bootstrap
from wasched.domain.errors import ChangedError, InputError, NotFoundError
from wasched.domain.typed import read_id
from wasched.services.accounts import accounts
from wasched.services.address_book import entries, lists, merging
from wasched.services.address_book.renumbering import Holder, correct_number
from wasched.services.caller import Caller
from wasched.services.change_notes import MESSAGES, RECIPIENTS
from wasched.services.recipients import invites
from wasched.services.schedules.already_gone import done_words
from wasched.text.refusals import error_sentence
from wasched.ui.core import routes, toasts
from wasched.ui.core.conflict_text import conflict_sentence
from wasched.ui.core.page_calls import focus_on
from wasched.ui.core.rows import Choice
from wasched.ui.core.session import ask_database, do_in_database, signed_in
from wasched.ui.live import subscriptions
from wasched.ui.recipients.person_text import (
    InvitePart,
    PersonForm,
    PersonPage,
    invite_part,
    person_changes,
    person_form,
    person_page,
    read_fields,
)
from wasched.ui.recipients.state import list_choice


class PersonState(rx.State):
    """The person or group that the address names."""

    is_loaded: bool = False
    is_missing: bool = False
    page: PersonPage = PersonPage()
    shown: PersonForm = PersonForm()  # in the fields; what is typed there stays
    invite: InvitePart = InvitePart()
    conflict: str = ""  # who changed them meanwhile, and what
    is_gone: bool = False  # they were removed meanwhile
    other_lists: list[Choice] = []
    field: str = ""
    error: str = ""
    saved: bool = False
    holder: str = ""  # who else has the number that was typed: a question
    _holder_id: int = 0
    _form: dict[str, str] = {}
    _is_typing: bool = False
    _version: int = 0  # of what is in the fields
    _newer: int = 0  # that this person was told of

    @rx.event
    async def load(self) -> None:
        """Show whom the address names, and keep it current."""
        user = await signed_in(self)
        subscriptions.follow_topics(self, user, (RECIPIENTS, MESSAGES), PersonState.refresh)
        await self._show_anew(user)

    @rx.event
    def begin_typing(self) -> None:
        """Let what somebody types stay, whatever others save meanwhile."""
        self._is_typing = True

    @rx.event
    async def take_theirs(self) -> None:
        """Show what somebody else saved."""
        await self._show_anew(await signed_in(self))

    @rx.event
    async def insist(self) -> EventSpec | None:
        """Save over what somebody else changed."""
        await signed_in(self)
        self._version = self._newer
        return await self._keep(0)

    @rx.event
    async def refresh(self) -> None:
        """Show what is so now."""
        await self._show(await signed_in(self))

    @rx.event
    async def save(self, form: dict[str, str]) -> EventSpec | None:
        """Keep name, number, notes and fields; ask first if the number is somebody else's."""
        await signed_in(self)
        shown = {"name": self.shown.name, "phone": self.shown.phone, "notes": "", "fields": ""}
        self._form = {name: form.get(name, before) for name, before in shown.items()}
        return await self._keep(0)

    @rx.event
    async def join_holder(self) -> EventSpec | None:
        """Make this person one with whoever has the number, and keep what was typed."""
        await signed_in(self)
        if not self._holder_id:  # nobody was asked
            return None
        return await self._keep(self._holder_id)

    @rx.event
    async def ask_invite(self) -> EventSpec | None:
        """Have WhatsApp asked for the group's invite link; it shows here once it is told."""
        user, shown = await signed_in(self), self.page
        try:
            await do_in_database(lambda s, now: invites.ask_invite(s, user, shown.id, now))
        except InputError as refusal:
            return toasts.toast_told(error_sentence(refusal))
        await self._show(user)
        return None

    @rx.event
    async def decide(self, wants: bool) -> EventSpec:
        """Note that they want no more messages, or want them again."""
        user, shown = await signed_in(self), self.page
        done = f"{shown.name} gets messages again" if wants else "Nothing more goes there"
        said = await do_in_database(
            lambda s, now: done_words(
                done, entries.decide_opt_out(s, user, shown.id, wants, now), user, now
            )
        )
        await self._show(user)
        return toasts.toast_told(said)

    @rx.event
    async def put_in(self, form: dict[str, str]) -> None:
        """Put them into a list."""
        user, shown = await signed_in(self), self.page
        if chosen := read_id(form.get("list", "")):
            await do_in_database(lambda s, now: lists.put_in(s, user, chosen, [shown.id], now))
            await self._show(user)

    @rx.event
    async def take_out(self, list_id: str) -> EventSpec | None:
        """Take them out of a list, and say what that came too late for."""
        user, whom = await signed_in(self), [self.page.id]
        gone = await do_in_database(
            lambda s, now: lists.take_out(s, user, read_id(list_id), whom, now)
        )
        await self._show(user)
        return toasts.toast_told(gone) if gone else None

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
        done = f"{shown.name} is removed"
        said = await do_in_database(
            lambda s, now: done_words(done, entries.remove_entry(s, user, shown.id, now), user, now)
        )
        return [rx.redirect(routes.RECIPIENTS), toasts.toast_told(said)]

    async def _keep(self, join_with: int) -> EventSpec | None:
        user, shown, form, seen = await signed_in(self), self.page, self._form, self._version
        self._clear()
        try:
            holder = await do_in_database(
                lambda s, now: _change(s, user, shown.id, form, join_with, seen, now)
            )
        except ChangedError as refusal:
            return await self._tell_conflict(user, refusal, join_with)
        except InputError as refusal:
            self.field, self.error = refusal.field, error_sentence(refusal)
            return focus_on(refusal.field)
        if holder is not None:
            self.holder, self._holder_id = holder.sentence, holder.id
            return focus_on("holder")
        await self._show_anew(user)
        self.saved = True
        return focus_on("phone") if join_with else None  # the question is gone

    async def _tell_conflict(
        self, user: Caller, refusal: ChangedError, join_with: int
    ) -> EventSpec | None:
        card = await ask_database(lambda s, now: entries.entry_card(s, user, self.page.id))
        changes = person_changes(self.shown, person_form(card))
        self._newer, self.is_gone = refusal.version, refusal.is_gone
        if not changes and not self.is_gone:  # what was changed is not in these fields
            self._version = refusal.version
            return await self._keep(join_with)
        told = [] if self.is_gone else changes
        self.conflict = conflict_sentence(refusal, told, bootstrap.clock().now())
        return None

    def _clear(self) -> None:
        self.field, self.error, self.saved, self.holder, self.conflict = "", "", False, "", ""

    async def _show_anew(self, user: Caller) -> None:
        self._is_typing = self.is_gone = False
        self._clear()
        await self._show(user)

    async def _show(self, user: Caller) -> None:
        wanted = routes.number_in(self.router.url.path)
        try:
            card = await ask_database(lambda s, now: entries.entry_card(s, user, wanted))
        except NotFoundError:
            self.is_missing = self.is_loaded = True
            return
        self.page = person_page(card, user.zone, bootstrap.clock().now())
        invite = await ask_database(lambda s, now: invites.invite_card(s, user, wanted, now))
        self.invite = invite_part(invite, user.zone, bootstrap.clock().now())
        if not self._is_typing:
            self.shown = person_form(card)
            self._version = self.shown.version
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
    seen: int,
    now: datetime,
) -> Holder | None:
    """Keep what was typed, all of it or nothing; who has the number instead, if somebody does."""
    country = accounts.account_country(session, user)
    holder = correct_number(
        session,
        user,
        recipient_id,
        form["phone"],
        country,
        now,
        join_with=join_with,
        if_version=seen,
    )
    if holder is None:
        fields = read_fields(form["fields"])
        entries.change_entry(session, user, recipient_id, form["name"], form["notes"], fields, now)
    return holder
