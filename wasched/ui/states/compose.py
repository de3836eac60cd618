"""Compose: tell what a draft will do, and make it a schedule."""

import asyncio
from datetime import datetime

import reflex as rx
from reflex_components_sonner.toast import ToastAction
from sqlmodel import Session

from wasched import bootstrap, tasks
from wasched.domain.errors import DraftError
from wasched.services import plans, scheduling
from wasched.services.changes import ACCOUNTS, MESSAGES, RECIPIENTS
from wasched.services.scheduling import Draft
from wasched.services.views import SignedIn
from wasched.ui import composing, live, plan_lines, routes, when
from wasched.ui.bubble_text import Span, spans
from wasched.ui.live import Handler
from wasched.ui.plan_lines import PlanLines
from wasched.ui.states import drafting, editing, number_checks, undo
from wasched.ui.states.drafting import DraftState
from wasched.ui.states.editing import EditState
from wasched.ui.states.recipients import RecipientsState
from wasched.ui.states.session import ask, do, signed_in
from wasched.ui.states.when import WhenState

_PAUSE_S = 0.2
"""How long typing has to rest before the plan is told anew."""


class ComposeState(rx.State):
    """The page of a new message, or of a schedule that is edited."""

    is_loaded: bool = False
    plan: PlanLines = PlanLines()
    spans: list[Span] = []
    field: str = ""
    error: str = ""
    _thought: int = 0
    _is_saved: bool = False

    @rx.event
    async def load(self) -> list[Handler]:
        """Take up the draft, a schedule or a template; offer the newest recipients."""
        user = await signed_in(self)
        live.follow(self, user, (MESSAGES, ACCOUNTS, RECIPIENTS), ComposeState.think)
        self.field = self.error = ""
        self._is_saved = False
        given = self.router.url.query_parameters
        await drafting.begin(await self.get_state(DraftState), user, given)
        self.is_loaded = True
        return [RecipientsState.suggest(""), ComposeState.think]

    @rx.event
    async def keep(self) -> Handler:
        """Keep the draft now that something was changed, and tell what it comes to."""
        user = await signed_in(self)
        await drafting.keep(await self.get_state(DraftState), user)
        self.field = self.error = ""
        return ComposeState.think

    @rx.event(background=True)
    async def think(self) -> None:
        """Tell what the draft will do, once typing rests."""
        async with self:
            self._thought += 1
            mine = self._thought
        await asyncio.sleep(_PAUSE_S)
        async with self:
            state = await self.get_state(DraftState)
            if mine != self._thought or not state.accounts:
                return
            user = await signed_in(self)
            draft, who, trouble = await drafting.look(state, user.zone)

        def told(session: Session, now: datetime) -> tuple[PlanLines, list[Span]]:
            found = plans.preview(session, user, draft, now)
            shown = plan_lines.lines(found, who, user.zone, now)
            words = composing.rendered(session, user, draft, found.first_at or now)
            return plan_lines.without_times(shown, trouble) if trouble else shown, spans(words)

        plan, looks = await ask(told)
        absent = await number_checks.look(user, draft)
        async with self:
            if mine == self._thought:
                self.plan, self.spans = plan, looks
                (await self.get_state(RecipientsState))._mark(absent)

    @rx.event
    async def submit(self) -> list[Handler]:
        """Save the draft, or say what is wrong with it."""
        user = await signed_in(self)
        if self._is_saved:
            return []
        edit, at = await self.get_state(EditState), await self.get_state(WhenState)
        try:
            draft = await drafting.read(await self.get_state(DraftState))
            done = await (self._change(user, draft) if edit.shown.id else self._add(user, draft))
        except DraftError as refusal:
            return self._refuse(when.placed(refusal, at.at))
        self._is_saved = bool(done)
        return done

    @rx.event
    async def start_afresh(self) -> list[Handler]:
        """Put the draft away; the toast brings it back."""
        user = await signed_in(self)
        await drafting.discard(await self.get_state(DraftState), user)
        self.field = self.error = ""
        back = ToastAction(label="Undo", on_click=ComposeState.bring_back)
        return [undo.told("The draft is gone.", back), rx.set_focus("to"), ComposeState.think]

    @rx.event
    async def bring_back(self) -> Handler:
        """Take up again what was put away."""
        user = await signed_in(self)
        await drafting.bring_back(await self.get_state(DraftState), user)
        return ComposeState.think

    async def _add(self, user: SignedIn, draft: Draft) -> list[Handler]:
        made = await do(lambda s, now: scheduling.schedule(s, user, draft, now))
        tasks.wake_if_soon(made.account_id, made.first_at)
        state = await self.get_state(DraftState)
        await drafting.used(state, user)
        await drafting.empty(state, user)
        said = composing.saved(draft, made.first_at, bootstrap.clock().now())
        return [rx.redirect(routes.MESSAGES), undo.told(said)]

    async def _change(self, user: SignedIn, draft: Draft) -> list[Handler]:
        steered = await editing.save(await self.get_state(EditState), user, draft)
        if steered is None:
            return []
        if steered.wake:
            tasks.wake(steered.account_id)
        return [rx.redirect(routes.schedule(steered.schedule_id)), undo.told(steered.sentence)]

    def _refuse(self, refusal: DraftError) -> list[Handler]:
        """Say what is wrong at its field, or where no field is wrong, at the foot of the page."""
        self.field, self.error = refusal.field, str(refusal)
        return [rx.set_focus(self.field)] if self.field else [undo.told(self.error)]
