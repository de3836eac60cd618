"""Compose: tell what a draft will do, and make it a schedule."""

import asyncio
import time
from dataclasses import replace
from datetime import datetime

import reflex as rx
from reflex_components_sonner.toast import ToastAction
from sqlmodel import Session

from wasched import bootstrap
from wasched.domain import phrases
from wasched.domain.errors import InputError, RoleError
from wasched.services import schedules
from wasched.services.caller import Caller
from wasched.services.change_notes import ACCOUNTS, DRAFTS, MEDIA, MESSAGES, RECIPIENTS
from wasched.services.content import kept_drafts
from wasched.services.permissions import Action, may
from wasched.services.schedules import albums, landing, preview
from wasched.services.schedules.create import Scheduled
from wasched.services.schedules.requests import ScheduleRequest
from wasched.services.schedules.requests import request_start as start_of
from wasched.text.refusals import error_sentence
from wasched.ui.compose import (
    content_fields,
    draft_state,
    editing_state,
    mapping,
    number_checks_state,
    preview_state,
    preview_text,
    storage_state,
    time_fields,
)
from wasched.ui.compose.bubbles import Bubble, ShownBubbles, bubble_recipients, draw_bubbles
from wasched.ui.compose.content_state import ContentState
from wasched.ui.compose.draft_state import DraftState, Look
from wasched.ui.compose.editing_state import EditState
from wasched.ui.compose.preview_text import PlanLines
from wasched.ui.compose.recipients_state import RecipientsState
from wasched.ui.compose.time_fields import Fields
from wasched.ui.compose.time_state import WhenState
from wasched.ui.compose.unfinished_state import UnfinishedState
from wasched.ui.core import routes, times, toasts
from wasched.ui.core.page_calls import call_page, focus_on
from wasched.ui.core.rows import Choice
from wasched.ui.core.session import ask_database, do_in_database, signed_in
from wasched.ui.live import subscriptions
from wasched.ui.live.subscriptions import Handler

_PAUSE_S = 0.2
"""How long typing has to rest before the plan is told anew."""

_STORED_S = 1.0
"""How long a change may wait until it is stored, with all that are made meanwhile."""

_FOLLOWED = (MESSAGES, ACCOUNTS, RECIPIENTS, MEDIA, DRAFTS)

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
        if not may(user, Action.WRITE):
            return [toasts.toast_told(str(RoleError())), rx.redirect(routes.MESSAGES)]
        subscriptions.follow_topics(self, user, _FOLLOWED, ComposeState.refresh)
        self.field = self.error = ""
        self._is_saved = False
        self._told = None
        asyncio.get_running_loop().run_in_executor(None, phrases.prepare_parser)
        given = self.router.url.query_parameters
        draft, content = await self.get_state(DraftState), await self.get_state(ContentState)
        # Under a server that has just started anew somebody may have typed on.
        typed = () if self.is_loaded else content.written.wordings
        if self.is_loaded:
            await storage_state.store_draft(draft, user)
        await storage_state.take_over(draft, user)
        is_there = await draft_state.begin_draft(draft, user, given)
        if any(typed):
            content.written = replace(content.written, wordings=typed)
            storage_state.touch_draft(draft)
        await (await self.get_state(UnfinishedState))._begin(user)
        self.is_loaded = True
        to = await self.get_state(RecipientsState)
        # Without an account there is no field yet, but a phone to be linked.
        focus = [focus_on("to")] if draft.accounts and draft.is_blank else []
        gone = [] if is_there else [toasts.toast_told(_GONE)]
        return [
            *(RecipientsState.suggest("", to.taken), ComposeState.think, ComposeState.store),
            *(*focus, *gone),
        ]

    @rx.event
    async def refresh(self) -> Handler:
        """Show what is so now: what the draft comes to, and what else is unfinished."""
        user = await signed_in(self)
        if (await self.get_state(DraftState)).is_blank:  # else they are not offered
            await (await self.get_state(UnfinishedState))._show(user)
        return ComposeState.think

    @rx.event
    async def keep(self) -> list[Handler]:
        """Keep the draft now that something was changed, and tell what it comes to."""
        await signed_in(self)
        if not self.is_loaded:
            return [ComposeState.think]  # the draft has yet to be read: see load
        storage_state.touch_draft(await self.get_state(DraftState))
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
            was, told = (
                draft.draft_id,
                await storage_state.store_draft(draft, await signed_in(self)),
            )
            # So that the page loaded anew, or left and come back to, shows the same draft.
            named = [] if draft.draft_id == was else [call_page("nameDraft", draft.draft_id)]
            return [*named, toasts.toast_told(told)] if told else named

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
            await preview_state.refresh_preview(content, user)
            filled = (await self.get_state(WhenState)).at
            edited = (await self.get_state(EditState)).shown.id
            look, shown, face = (
                await draft_state.look_at_draft(state, user.zone),
                preview_state.shown_preview(content),
                self.face,
            )
        found = await ask_database(
            lambda s, now: _thoughts(s, user, look, shown, face, now, edited)
        )
        absent = await number_checks_state.look_up_numbers(user, look.requests[0])
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
            requests = await draft_state.read_draft(await self.get_state(DraftState), user)
            self._check_begin(requests[0], at, edit)
            edited = edit.shown.id
            await ask_database(
                lambda s, now: preview.check_spread(s, user, requests[0], now, edited)
            )
            done = await (
                self._change(user, requests) if edit.shown.id else self._add(user, requests)
            )
        except InputError as refusal:
            if refusal.code == kept_drafts.GONE:
                storage_state.let_go(await self.get_state(DraftState))
            return self._refuse(time_fields.place_time(refusal, at.at))
        self._is_saved = bool(done)
        return done

    @rx.event
    async def throw_away(self) -> list[Handler]:
        """Throw the draft away; the toast brings it back."""
        user = await signed_in(self)
        await storage_state.discard_draft(await self.get_state(DraftState), user)
        self.field = self.error = ""
        back = ToastAction(label="Undo", on_click=ComposeState.bring_back)
        gone = toasts.toast_told("The draft is thrown away.", back)
        return [gone, call_page("nameDraft", 0), focus_on("to"), ComposeState.think]

    @rx.event
    async def bring_back(self) -> list[Handler]:
        """Take up again what was thrown away."""
        user = await signed_in(self)
        draft = await self.get_state(DraftState)
        if not draft._discarded:
            return [toasts.toast_told(toasts.NOTHING_LEFT)]
        await storage_state.bring_back(draft, user)
        return [call_page("nameDraft", draft.draft_id), ComposeState.think]

    async def _add(self, user: Caller, requests: list[ScheduleRequest]) -> list[Handler]:
        draft = await self.get_state(DraftState)
        known = (draft.draft_id, draft.version)
        made, *more = await do_in_database(lambda s, now: _save(s, user, requests, known, now))
        await preview_state.count_use(await self.get_state(ContentState), user)
        await storage_state.leave_draft(draft, user)
        if requests[0].day is None:
            return await self._land(made, is_one=not more)
        goes = mapping.saved_options(requests[0], made.first_at, bootstrap.clock().now())
        said = await ask_database(lambda s, now: landing.say_of_scheduled(s, made, goes))
        look = ToastAction(label="Look", on_click=rx.redirect(routes.schedule(made.schedule_id)))
        return [rx.redirect(routes.MESSAGES), toasts.toast_told(said, look)]

    async def _land(self, made: Scheduled, *, is_one: bool) -> list[Handler]:
        """Go where what was sent is seen: its story, all of its messages, or among all."""
        found = await ask_database(lambda s, now: landing.landing_page(s, made))
        path = routes.messages_of(made.schedule_id, made.first_at.isoformat())
        if found.message_id:
            path = routes.message(found.message_id)
        path = path if is_one else f"{routes.MESSAGES}?tab=all"
        return [rx.redirect(path), toasts.toast_told(found.sentence)]

    async def _change(self, user: Caller, requests: list[ScheduleRequest]) -> list[Handler]:
        if len(requests) > 1:
            raise InputError("media", content_fields.ONE_EDIT)
        steered = await editing_state.save_edit(await self.get_state(EditState), user, requests[0])
        if steered is None:
            return []
        return [
            rx.redirect(routes.schedule(steered.schedule_id)),
            toasts.toast_told(steered.sentence),
        ]

    def _check_begin(self, request: ScheduleRequest, at: WhenState, edit: EditState) -> None:
        """Ask again if a repetition would begin at another time than the page told."""
        told, self._told = self._told, None
        if not request.rrule or told is None or told[0] != at.at or edit._is_as_it_was(at.at):
            return
        now = bootstrap.clock().now()
        begins = start_of(request, now).first[0]
        if told[1] in (None, begins):
            return
        at._read_at = now  # from now on the rest of it counts
        was, will = (times.when_words(one, request.zone, now) for one in (told[1], begins))
        raise InputError(
            "when", f"The first time, {was}, is over. It would begin {will}. Press again for that."
        )

    def _refuse(self, refusal: InputError) -> list[Handler]:
        """Say what is wrong at its field, or where no field is wrong, at the foot of the page."""
        self.field, self.error = refusal.field, error_sentence(refusal)
        said = focus_on(self.field) if self.field else toasts.toast_told(self.error)
        return [said, ComposeState.think]


def _save(
    session: Session,
    user: Caller,
    requests: list[ScheduleRequest],
    known: tuple[int, int],
    now: datetime,
) -> list[Scheduled]:
    """Make schedules of what was a draft, which is none any more."""
    kept_drafts.finish_draft(session, user, *known, now)
    return albums.schedule_in_turn(session, user, requests, now)


def _thoughts(
    session: Session,
    user: Caller,
    look: Look,
    shown: ShownBubbles,
    face: str,
    now: datetime,
    edited: int,
) -> tuple[PlanLines, list[Choice], list[Bubble], datetime | None]:
    """What the draft will do, as whom it can be looked at, what it looks like, when it begins."""
    request = look.requests[0]
    own_days = schedules.days_on_their_own(session, [edited])[edited] if edited else set()
    found = preview.preview(session, user, request, now, edited, own_days)
    plan = preview_text.preview_lines(found, look.who, user.zone, now)
    if look.wrong_time:
        plan = preview_text.without_times(plan, look.wrong_time)
    if look.wrong_words:
        plan = preview_text.without_words(plan, look.wrong_words)
    seen = bubble_recipients(session, user, request)
    known = [one.value for one in seen]
    number = int(face if face in known else known[0]) if known else 0
    at = found.first_at or now
    return plan, seen, draw_bubbles(session, user, look.requests, number, at, shown), found.first_at
