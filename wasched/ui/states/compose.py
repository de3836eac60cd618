"""Compose: from a draft that the browser keeps to a schedule."""

import asyncio
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import datetime

import reflex as rx
from reflex.event import EventSpec
from reflex_components_sonner.toast import ToastAction
from sqlmodel import Session

from wasched import bootstrap, tasks
from wasched.domain.content import Text
from wasched.domain.errors import DraftError, NotYoursError
from wasched.services import accounts, plans, scheduling
from wasched.services.changes import ACCOUNTS, MESSAGES
from wasched.services.scheduling import Draft, Scheduled
from wasched.services.views import SignedIn
from wasched.ui import drafts, live, plan_lines, routes, stories, times, when
from wasched.ui.bubble_text import Span, spans
from wasched.ui.drafts import Kept, Options
from wasched.ui.live import Handler
from wasched.ui.plan_lines import PlanLines
from wasched.ui.rows import AccountLine, account_line
from wasched.ui.states import recipients, undo
from wasched.ui.states.recipients import RecipientsState
from wasched.ui.states.session import ask, do, signed_in
from wasched.ui.states.when import WhenState
from wasched.ui.when import Fields

_PAUSE_S = 0.2
"""How long typing has to rest before the plan is told anew."""

_OPTIONS = {one.name for one in fields(Options)}


class ComposeState(rx.State):
    """A new message; what is typed stays in this browser until it is scheduled."""

    is_loaded: bool = False
    accounts: list[AccountLine] = []
    options: Options = Options()
    plan: PlanLines = PlanLines()
    text: str = rx.LocalStorage("", name="wasched-text")
    kept: str = rx.LocalStorage("", name="wasched-draft")
    spans: list[Span] = []
    field: str = ""
    error: str = ""
    _thought: int = 0
    _is_saved: bool = False
    _discarded: tuple[str, str] = ("", "")

    @rx.event
    async def load(self) -> list[EventSpec]:
        """Take up the draft, or begin an empty message; offer the newest recipients."""
        user = await signed_in(self)
        live.follow(self, user, (MESSAGES, ACCOUNTS), ComposeState.think)
        cards = await ask(lambda session, now: accounts.listed(session, user, now))
        self.accounts = [account_line(card) for card in cards]
        self.field = self.error = ""
        self._is_saved = False
        await self._take_up(user)
        self.is_loaded = True
        return [RecipientsState.suggest(""), ComposeState.think]

    @rx.event
    def write(self, text: str) -> None:
        """Keep the text, and show what it will look like."""
        self.text, self.spans = text, spans(text)
        self._forgive("text")

    @rx.event
    async def choose(self, name: str, value: str) -> Handler:
        """Take an option."""
        if name in _OPTIONS:
            self.options = replace(self.options, **{name: value[:20]})
        self._forgive(name)
        return ComposeState.keep

    @rx.event
    async def keep(self) -> Handler:
        """Keep whom it goes to and when, and tell what that comes to."""
        user = await signed_in(self)
        to, at = await self.get_state(RecipientsState), await self.get_state(WhenState)
        self.kept = drafts.dump(Kept(user.id, tuple(to.chips), at.at, self.options))
        self._forgive("to", *when.NAMES)
        return ComposeState.think

    @rx.event(background=True)
    async def think(self) -> None:
        """Tell what the draft will do, once typing rests."""
        async with self:
            self._thought += 1
            mine = self._thought
        await asyncio.sleep(_PAUSE_S)
        async with self:
            if mine != self._thought:
                return
            user = await signed_in(self)
            find = await self._planned(user)
        found = await ask(find)
        async with self:
            if mine == self._thought:
                self.plan = found

    @rx.event
    async def submit(self) -> EventSpec | list[EventSpec]:
        """Schedule the draft, or say what is wrong with it."""
        user = await signed_in(self)
        if self._is_saved:
            return []
        at = (await self.get_state(WhenState)).at
        try:
            draft = await self._draft()
            made = await do(lambda s, now: scheduling.schedule(s, user, draft, now))
        except DraftError as refusal:
            return self._refuse(when.placed(refusal, at))
        tasks.wake_if_soon(made.account_id, made.first_at)
        self._is_saved = True
        await self._empty(user)
        return [rx.redirect(routes.MESSAGES), rx.toast(_done(made, draft))]

    @rx.event
    async def start_afresh(self) -> list[EventSpec]:
        """Put the draft away; the toast brings it back."""
        user = await signed_in(self)
        self._discarded = self.text, self.kept
        await self._empty(user)
        back = ToastAction(label="Undo", on_click=ComposeState.bring_back)
        return [undo.told("The draft is gone.", back), rx.set_focus("to"), ComposeState.think]

    @rx.event
    async def bring_back(self) -> EventSpec:
        """Take up again what was put away."""
        user = await signed_in(self)
        self.text, self.kept = self._discarded
        await self._take_up(user)
        return ComposeState.think

    @rx.var
    def other_late(self) -> str:
        """Words for a lateness that is none of the usual ones."""
        usual = {str(seconds) for seconds, _ in when.LATE_CHOICES}
        return "" if self.options.late in usual else stories.late(_number(self.options.late))

    async def _take_up(self, user: SignedIn) -> None:
        kept = drafts.load(self.kept, user.id)
        to, at = await self.get_state(RecipientsState), await self.get_state(WhenState)
        to.reset()
        if kept is None:
            self.text = self.kept = ""
            kept = Kept(user.id, (), Fields(zone=user.zone), Options())
        to.chips = list(kept.chips)
        at._begin(kept.at, user.zone)
        self.options = self._with_account(kept.options)
        self.spans = spans(self.text)

    def _with_account(self, options: Options) -> Options:
        """The options with an account that is there, the first one if need be."""
        there = [one.id for one in self.accounts]
        if options.account in there or not there:
            return options
        return replace(options, account=there[0])

    async def _empty(self, user: SignedIn) -> None:
        self.text = self.kept = self.field = self.error = ""
        await self._take_up(user)

    async def _draft(self) -> Draft:
        """What the page asks for; DraftError names the field to mend."""
        to, at = await self.get_state(RecipientsState), await self.get_state(WhenState)
        chosen = recipients.chosen(to)
        if not chosen:
            raise DraftError("to", "Say whom it goes to.")
        fixed = when.read(at.at, bootstrap.clock().now())
        return _made(self.options, chosen, self.text).at(fixed)

    async def _planned(self, user: SignedIn) -> Callable[[Session, datetime], PlanLines]:
        """The question to ask about the draft as it stands."""
        to, at = await self.get_state(RecipientsState), await self.get_state(WhenState)
        chosen = tuple(int(one.key) if one.key.isdigit() else one.key for one in to.chips)
        draft = replace(_made(self.options, chosen, self.text), zone=user.zone)
        who = to.chips[0].name if len(to.chips) == 1 else ""
        trouble = ""
        try:
            draft = draft.at(when.read(at.at, bootstrap.clock().now()))
        except DraftError as refusal:
            trouble = str(refusal)

        def told(session: Session, now: datetime) -> PlanLines:
            found = plans.preview(session, user, draft, now)
            shown = plan_lines.lines(found, who, user.zone, now)
            return plan_lines.without_times(shown, trouble) if trouble else shown

        return told

    def _refuse(self, refusal: DraftError) -> EventSpec:
        self.field, self.error = refusal.field, str(refusal)
        focus: EventSpec = rx.set_focus(self.field)
        return focus

    def _forgive(self, *names: str) -> None:
        """Take back what was wrong with a field once it is changed."""
        if self.field in names:
            self.field = self.error = ""


def _made(options: Options, to: tuple[int | str, ...], text: str) -> Draft:
    """A draft for now, of what was typed and chosen."""
    return Draft(
        account_id=_number(options.account),
        to=to,
        contents=(Text(text.strip()),),
        day=None,
        clock=None,
        zone="UTC",
        late_s=_number(options.late),
        respects_quiet_hours=bool(options.quiet),
        stops_on_reply=bool(options.stops),
    )


def _done(made: Scheduled, draft: Draft) -> str:
    if draft.day is None:
        return "On its way."
    first = times.when(made.first_at, draft.zone, bootstrap.clock().now())
    return f"Scheduled. First {first}." if draft.rrule else f"Scheduled for {first}."


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise NotYoursError()
    return int(text)
