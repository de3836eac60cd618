"""Compose: from a draft that the browser keeps to a schedule."""

import reflex as rx
from reflex.event import EventSpec

from wasched import bootstrap, tasks
from wasched.domain.content import Text
from wasched.domain.errors import DraftError, NotYoursError
from wasched.services import accounts, scheduling
from wasched.services.changes import ACCOUNTS, MESSAGES
from wasched.services.scheduling import Draft, Scheduled
from wasched.services.views import SignedIn
from wasched.ui import drafts, live, routes, times
from wasched.ui.bubble_text import Span, spans
from wasched.ui.drafts import Kept
from wasched.ui.rows import AccountLine, account_line
from wasched.ui.states import recipients, when
from wasched.ui.states.recipients import RecipientsState
from wasched.ui.states.session import ask, do, signed_in
from wasched.ui.states.when import WhenState


class ComposeState(rx.State):
    """A new message; what is typed stays in this browser until it is scheduled."""

    is_loaded: bool = False
    accounts: list[AccountLine] = []
    text: str = rx.LocalStorage("", name="wasched-text")
    kept: str = rx.LocalStorage("", name="wasched-draft")
    spans: list[Span] = []
    field: str = ""
    error: str = ""

    @rx.event
    async def load(self) -> EventSpec:
        """Take up the draft, or begin an empty message; offer the newest recipients."""
        user = await signed_in(self)
        live.follow(self, user, (MESSAGES, ACCOUNTS))
        cards = await ask(lambda session, now: accounts.listed(session, user, now))
        self.accounts = [account_line(card) for card in cards]
        self.field = self.error = ""
        await self._take_up(user)
        self.is_loaded = True
        return RecipientsState.suggest("")

    @rx.event
    def write(self, text: str) -> None:
        """Keep the text, and show what it will look like."""
        self.text, self.spans = text, spans(text)
        self._forgive("text")

    @rx.event
    async def keep(self) -> None:
        """Keep whom it goes to and when."""
        user = await signed_in(self)
        to, at = await self.get_state(RecipientsState), await self.get_state(WhenState)
        draft = Kept(user.id, tuple(to.chips), at.is_now, at.day, at.clock, at.zone)
        self.kept = drafts.dump(draft)
        self._forgive("to", "day", "clock", "zone")

    @rx.event
    async def submit(self, form: dict[str, str]) -> EventSpec | list[EventSpec]:
        """Schedule what the form says, or say what is wrong with it."""
        user = await signed_in(self)
        to, at = await self.get_state(RecipientsState), await self.get_state(WhenState)
        try:
            draft = _draft(form, self.text, to, at)
            made = await do(lambda s, now: scheduling.schedule(s, user, draft, now))
        except DraftError as refusal:
            self.field = "day" if refusal.field == "when" else refusal.field
            self.error = str(refusal)
            return rx.set_focus(self.field)
        tasks.wake_if_soon(made.account_id, made.first_at)
        self.text = self.kept = ""
        return [rx.redirect(routes.MESSAGES), rx.toast(_done(made, at))]

    async def _take_up(self, user: SignedIn) -> None:
        kept = drafts.load(self.kept, user.id)
        to, at = await self.get_state(RecipientsState), await self.get_state(WhenState)
        to.reset()
        at._begin(user.zone)
        if kept is None:
            self.text = self.kept = ""
        else:
            to.chips = list(kept.chips)
            at.is_now, at.day, at.clock, at.zone = kept.is_now, kept.day, kept.clock, kept.zone
        at._say()
        self.spans = spans(self.text)

    def _forgive(self, *names: str) -> None:
        """Take back what was wrong with a field once it is changed."""
        if self.field in names:
            self.field = self.error = ""


def _draft(form: dict[str, str], text: str, to: RecipientsState, at: WhenState) -> Draft:
    chosen = recipients.chosen(to)
    if not chosen:
        raise DraftError("to", "Say whom it goes to.")
    day, clock = when.chosen(at)
    return Draft(
        account_id=_number(form.get("account", "")),
        to=chosen,
        contents=(Text(text.strip()),),
        day=day,
        clock=clock,
        zone=at.zone,
        late_s=_number(form.get("late", "")),
    )


def _done(made: Scheduled, at: WhenState) -> str:
    if at.is_now:
        return "On its way."
    first = times.when(made.first_at, at.zone, bootstrap.clock().now())
    return f"Scheduled for {first}."


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise NotYoursError()
    return int(text)
