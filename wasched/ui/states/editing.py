"""Editing a schedule: which one, as it was, and for which of its occurrences."""

from dataclasses import replace
from datetime import datetime

import reflex as rx

from wasched import bootstrap
from wasched.domain.errors import DraftError
from wasched.services import schedules
from wasched.services.drafting import Draft
from wasched.services.plans import NextTime
from wasched.services.schedules import ScheduleView, Steered
from wasched.services.timing import When
from wasched.services.views import SignedIn
from wasched.ui import routes, times, when, when_again
from wasched.ui.composing import SCOPES, Edited
from wasched.ui.states.session import ask, do, signed_in
from wasched.ui.states.when import WhenState
from wasched.ui.when import Fields


class EditState(rx.State):
    """The schedule on the compose page, if it is no new one."""

    shown: Edited = Edited()
    _before: Draft | None = None
    # The fields as they are for each scope while nobody touches them.
    _at: Fields = Fields()
    _of_all: Fields = Fields()
    _of_one: Fields = Fields()
    _occurrence_at: datetime | None = None
    _seen: datetime | None = None

    @rx.event
    async def choose(self, scope: str) -> None:
        """Say which occurrences it is for; a single one does not repeat."""
        await signed_in(self)
        if scope not in SCOPES:
            return
        self.shown = replace(self.shown, scope=scope)
        at = await self.get_state(WhenState)
        before, self._at = self._at, self._untouched(scope)
        at._show(when_again.with_changes(self._at, before, at.at))

    @rx.event
    async def insist(self) -> None:
        """Save over what somebody else changed."""
        await signed_in(self)
        self._seen = None
        self.shown = replace(self.shown, conflict="")

    def _untouched(self, scope: str) -> Fields:
        """The fields of all occurrences, of one and those that follow, or of one alone."""
        if scope == "all":
            return self._of_all
        return when_again.alone(self._of_one) if scope == "this" else self._of_one

    def _is_as_it_was(self, at: Fields) -> bool:
        """Say whether a schedule is edited and its time was left alone."""
        return self._before is not None and at == self._at


async def begin(
    state: EditState, user: SignedIn, schedule_id: int, at: str
) -> tuple[Draft, Fields]:
    """Take up a schedule; `at` is the instant of the occurrence in question, if one was chosen."""
    view = await ask(lambda s, now: schedules.shown(s, user, schedule_id, now))
    draft = await ask(lambda s, now: schedules.draft_of(s, user, schedule_id))
    one = _in_question(view, at)
    state._before, state._seen = draft, view.line.changed_at
    state._occurrence_at = one.at if one else None
    state._of_one = when_again.fields_of(draft.when, _wall_time(view, one))
    state._of_all = when_again.fields_of(draft.when, view.line.next_local)
    state._at = state._of_one
    now = bootstrap.clock().now()
    state.shown = Edited(
        id=schedule_id,
        href=routes.schedule(schedule_id),
        sentence=view.line.sentence,
        repeats=view.line.repeats,
        next_time=times.when(one.at, view.line.zone, now) if one else "",
    )
    return draft, state._at


def read(state: EditState, fields: Fields, now: datetime) -> When:
    """The time that the fields mean; as it was where nobody touched them."""
    before = state._before
    if before is None:
        return when.read(fields, now)
    if state._is_as_it_was(fields):
        return before.when
    return schedules.kept_out(when.read(fields, now), before.when)


async def save(state: EditState, user: SignedIn, draft: Draft) -> Steered | None:
    """Change the schedule; None, with the reason shown, if somebody else changed it meanwhile."""
    edited = state.shown
    if edited.repeats and edited.scope not in SCOPES:
        raise DraftError("scope", "Say which ones you mean.")
    try:
        return await do(
            lambda s, now: schedules.edit(
                s,
                user,
                edited.id,
                draft,
                now,
                scope=edited.scope or "all",
                occurrence_at=state._occurrence_at,
                seen=state._seen,
            )
        )
    except DraftError as refusal:
        if refusal.field != "changed":
            raise
        state.shown = replace(edited, conflict=str(refusal))
        return None


def _in_question(view: ScheduleView, at: str) -> NextTime | None:
    chosen = (one for one in view.next_times if one.at.isoformat() == at)
    return next(chosen, view.next_times[0] if view.next_times else None)


def _wall_time(view: ScheduleView, one: NextTime | None) -> datetime | None:
    """The rule's own time of an occurrence, also where the clocks jump over it."""
    if one is None or one.at == view.line.next_at:
        return view.line.next_local
    return one.own
