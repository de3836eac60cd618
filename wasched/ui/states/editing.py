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
    _at: Fields = Fields()
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
        at._show(replace(at.at, mode=when.ONCE if scope == "this" else self._at.mode))

    @rx.event
    async def insist(self) -> None:
        """Save over what somebody else changed."""
        await signed_in(self)
        self._seen = None
        self.shown = replace(self.shown, conflict="")


async def begin(
    state: EditState, user: SignedIn, schedule_id: int, at: str
) -> tuple[Draft, Fields]:
    """Take up a schedule; `at` is the instant of the occurrence in question, if one was chosen."""
    view = await ask(lambda s, now: schedules.shown(s, user, schedule_id, now))
    draft = await ask(lambda s, now: schedules.draft_of(s, user, schedule_id))
    one = _in_question(view, at)
    state._before, state._seen = draft, view.line.changed_at
    state._occurrence_at = one.at if one else None
    state._at = when_again.fields_of(draft.when, _wall_time(view, one))
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
    if fields == state._at:
        return before.when
    found = when.read(fields, now)
    if not found.rrule or found.clock is None:
        return found
    # Days that were left out stay left out, whatever the time of day is now.
    left_out = tuple(datetime.combine(one.date(), found.clock) for one in before.exdates)
    return replace(found, exdates=left_out)


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
    return one.local
