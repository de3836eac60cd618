"""Compose: tell what a draft will do, and make it a schedule."""

import asyncio
import time
from dataclasses import replace
from datetime import datetime

import reflex as rx
from reflex_components_sonner.toast import ToastAction
from sqlmodel import Session

from wasched import bootstrap, tasks
from wasched.domain import phrases
from wasched.domain.errors import DraftError
from wasched.services import in_turn, kept_drafts, landing, plans
from wasched.services.changes import ACCOUNTS, MEDIA, MESSAGES, RECIPIENTS
from wasched.services.drafting import start as start_of
from wasched.services.scheduling import Draft, Scheduled
from wasched.services.views import SignedIn
from wasched.ui import composing, followers, plan_lines, routes, times, when, writing
from wasched.ui.bubbles import Bubble, Shown, drawn, faces
from wasched.ui.followers import Handler
from wasched.ui.page_calls import call_page, focus_on
from wasched.ui.plan_lines import PlanLines
from wasched.ui.rows import Choice
from wasched.ui.states import drafting, editing, number_checks, saying, storing, undo
from wasched.ui.states.content import ContentState
from wasched.ui.states.drafting import DraftState, Look
from wasched.ui.states.editing import EditState
from wasched.ui.states.recipients import RecipientsState
from wasched.ui.states.session import ask, do, signed_in
from wasched.ui.states.unfinished import UnfinishedState
from wasched.ui.states.when import WhenState
from wasched.ui.when import Fields

_PAUSE_S = 0.2
"""How long typing has to rest before the plan is told anew."""

_STORED_S = 1.0
"""How long a change may wait until it is stored, with all that are made meanwhile."""

_GONE = "That draft is gone: it was sent or thrown away."


class ComposeState(rx.State):
    """The page of a new message, or of a schedule that is edited."""

    is_loaded: bool = False
    plan: PlanLines = PlanLines()
    bubbles: list[Bubble] = []
    faces: list[Choice] = []  # as whom the bubbles can be looked at
    face: str = ""
    field: str = ""
    error: str = ""
    _thought: int = 0
    # The fields of time that the plan was last told for, and when that begins (UTC).
    _told: tuple[Fields, datetime | None] | None = None
    _is_saved: bool = False
    _stores_until: float = 0.0  # of the monotonic clock; above it nobody is about to store

    @rx.event
    async def load(self) -> list[Handler]:
        """Take up the draft, a schedule or a template; offer the newest recipients."""
        user = await signed_in(self)
        followers.follow(self, user, (MESSAGES, ACCOUNTS, RECIPIENTS, MEDIA), ComposeState.think)
        self.field = self.error = ""
        self._is_saved = False
        self._told = None
        asyncio.get_running_loop().run_in_executor(None, phrases.prepare)
        given = self.router.url.query_parameters
        draft, content = await self.get_state(DraftState), await self.get_state(ContentState)
        # Under a server that has just started anew somebody may have typed on.
        typed = () if self.is_loaded else content.written.wordings
        if self.is_loaded:
            await storing.store(draft, user)
        await storing.take_over(draft, user)
        is_there = await drafting.begin(draft, user, given)
        if any(typed):
            content.written = replace(content.written, wordings=typed)
            storing.touch(draft)
        await (await self.get_state(UnfinishedState))._show(user)
        self.is_loaded = True
        to = await self.get_state(RecipientsState)
        # Without an account there is no field yet, but a phone to be linked.
        focus = [focus_on("to")] if draft.accounts and draft.is_blank else []
        gone = [] if is_there else [undo.told(_GONE)]
        return [
            *(RecipientsState.suggest("", to.taken), ComposeState.think, ComposeState.store),
            *(*focus, *gone),
        ]

    @rx.event
    async def keep(self) -> list[Handler]:
        """Keep the draft now that something was changed, and tell what it comes to."""
        await signed_in(self)
        if not self.is_loaded:
            return [ComposeState.think]  # the draft has yet to be read: see load
        storing.touch(await self.get_state(DraftState))
        self.field = self.error = ""
        return [ComposeState.think, ComposeState.store]

    @rx.event(background=True)
    async def store(self) -> list[Handler]:
        """Keep on the server what was changed, once in a while however much is typed."""
        async with self:
            if time.monotonic() < self._stores_until:
                return []
            self._stores_until = time.monotonic() + _STORED_S
            is_new = not (await self.get_state(DraftState)).draft_id
        await asyncio.sleep(0 if is_new else _STORED_S)
        async with self:
            self._stores_until = 0.0
            draft = await self.get_state(DraftState)
            was, told = draft.draft_id, await storing.store(draft, await signed_in(self))
            # So that the page loaded anew, or left and come back to, shows the same draft.
            named = [] if draft.draft_id == was else [call_page("nameDraft", draft.draft_id)]
            return [*named, undo.told(told)] if told else named

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
            content = await self.get_state(ContentState)
            await saying.refresh(content, user)
            filled = (await self.get_state(WhenState)).at
            edited = (await self.get_state(EditState)).shown.id
            look, shown, face = (
                await drafting.look(state, user.zone),
                saying.shown(content),
                self.face,
            )
        found = await ask(lambda s, now: _thoughts(s, user, look, shown, face, now, edited))
        absent = await number_checks.look(user, look.drafts[0])
        async with self:
            if mine == self._thought:
                self.plan, self.faces, self.bubbles, begins = found
                self._told = (filled, None if look.wrong_time else begins)
                (await self.get_state(RecipientsState))._mark(absent)

    @rx.event
    async def look_as(self, face: str) -> Handler:
        """Show the bubbles as one of the recipients sees them."""
        await signed_in(self)
        self.face = face[:20]
        return ComposeState.think

    @rx.event
    async def submit(self) -> list[Handler]:
        """Save the draft, or say what is wrong with it."""
        user = await signed_in(self)
        if self._is_saved:
            return []
        edit, at = await self.get_state(EditState), await self.get_state(WhenState)
        try:
            drafts = await drafting.read(await self.get_state(DraftState), user)
            self._check_begin(drafts[0], at, edit)
            edited = edit.shown.id
            await ask(lambda s, now: plans.check_spread(s, user, drafts[0], now, edited))
            done = await (self._change(user, drafts) if edit.shown.id else self._add(user, drafts))
        except DraftError as refusal:
            if refusal.code == kept_drafts.GONE:
                storing.let_go(await self.get_state(DraftState))
            return self._refuse(when.placed(refusal, at.at))
        self._is_saved = bool(done)
        return done

    @rx.event
    async def throw_away(self) -> list[Handler]:
        """Throw the draft away; the toast brings it back."""
        user = await signed_in(self)
        await storing.discard(await self.get_state(DraftState), user)
        self.field = self.error = ""
        back = ToastAction(label="Undo", on_click=ComposeState.bring_back)
        gone = undo.told("The draft is thrown away.", back)
        return [gone, call_page("nameDraft", 0), focus_on("to"), ComposeState.think]

    @rx.event
    async def bring_back(self) -> list[Handler]:
        """Take up again what was thrown away."""
        user = await signed_in(self)
        draft = await self.get_state(DraftState)
        if not draft._discarded:
            return [undo.told(undo.NOTHING_LEFT)]
        await storing.bring_back(draft, user)
        return [call_page("nameDraft", draft.draft_id), ComposeState.think]

    async def _add(self, user: SignedIn, drafts: list[Draft]) -> list[Handler]:
        draft = await self.get_state(DraftState)
        known = (draft.draft_id, draft.version)
        made, *more = await do(lambda s, now: _save(s, user, drafts, known, now))
        tasks.wake_if_soon(made.account_id, made.first_at)
        await saying.used(await self.get_state(ContentState), user)
        await storing.leave(draft, user)
        if drafts[0].day is None:
            return await self._land(made, is_one=not more)
        said = composing.saved(drafts[0], made.first_at, bootstrap.clock().now())
        look = ToastAction(label="Look", on_click=rx.redirect(routes.schedule(made.schedule_id)))
        return [rx.redirect(routes.MESSAGES), undo.told(said, look)]

    async def _land(self, made: Scheduled, *, is_one: bool) -> list[Handler]:
        """Go where what was sent is seen: its story, all of its messages, or among all."""
        found = await ask(lambda s, now: landing.landing(s, made))
        path = routes.messages_of(made.schedule_id, made.first_at.isoformat())
        if found.message_id:
            path = routes.message(found.message_id)
        path = path if is_one else f"{routes.MESSAGES}?tab=all"
        return [rx.redirect(path), undo.told(composing.sent(found.waits))]

    async def _change(self, user: SignedIn, drafts: list[Draft]) -> list[Handler]:
        if len(drafts) > 1:
            raise DraftError("media", writing.ONE_EDIT)
        steered = await editing.save(await self.get_state(EditState), user, drafts[0])
        if steered is None:
            return []
        if steered.wake:
            tasks.wake(steered.account_id)
        return [rx.redirect(routes.schedule(steered.schedule_id)), undo.told(steered.sentence)]

    def _check_begin(self, draft: Draft, at: WhenState, edit: EditState) -> None:
        """Ask again if a repetition would begin at another time than the page told."""
        told, self._told = self._told, None
        if not draft.rrule or told is None or told[0] != at.at or edit._is_as_it_was(at.at):
            return
        now = bootstrap.clock().now()
        begins = start_of(draft, now).first[0]
        if told[1] in (None, begins):
            return
        at._read_at = now  # from now on the rest of it counts
        was, will = (times.when(one, draft.zone, now) for one in (told[1], begins))
        raise DraftError(
            "when", f"The first time, {was}, is over. It would begin {will}. Press again for that."
        )

    def _refuse(self, refusal: DraftError) -> list[Handler]:
        """Say what is wrong at its field, or where no field is wrong, at the foot of the page."""
        self.field, self.error = refusal.field, str(refusal)
        said = focus_on(self.field) if self.field else undo.told(self.error)
        return [said, ComposeState.think]


def _save(
    session: Session, user: SignedIn, drafts: list[Draft], known: tuple[int, int], now: datetime
) -> list[Scheduled]:
    """Make schedules of what was a draft, which is none any more."""
    kept_drafts.finish(session, user, *known)
    return in_turn.schedule_in_turn(session, user, drafts, now)


def _thoughts(
    session: Session,
    user: SignedIn,
    look: Look,
    shown: Shown,
    face: str,
    now: datetime,
    edited: int,
) -> tuple[PlanLines, list[Choice], list[Bubble], datetime | None]:
    """What the draft will do, as whom it can be looked at, what it looks like, when it begins."""
    draft = look.drafts[0]
    found = plans.preview(session, user, draft, now, edited)
    plan = plan_lines.lines(found, look.who, user.zone, now)
    if look.wrong_time:
        plan = plan_lines.without_times(plan, look.wrong_time)
    if look.wrong_words:
        plan = plan_lines.without_words(plan, look.wrong_words)
    seen = faces(session, user, draft)
    known = [one.value for one in seen]
    number = int(face if face in known else known[0]) if known else 0
    at = found.first_at or now
    return plan, seen, drawn(session, user, look.drafts, number, at, shown), found.first_at
