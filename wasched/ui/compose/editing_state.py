"""Editing a schedule: which one, as it was, and for which of its occurrences."""

from dataclasses import replace
from datetime import datetime

import reflex as rx

from wasched import bootstrap
from wasched.domain.errors import ChangedError, InputError
from wasched.domain.typed import read_instant
from wasched.services import schedules
from wasched.services.caller import Caller
from wasched.services.schedules import ActionResult
from wasched.services.schedules.preview import NextTime
from wasched.services.schedules.requests import ScheduleRequest
from wasched.services.schedules.timing import When
from wasched.ui.compose import time_fields, time_fields_from_schedule
from wasched.ui.compose.changes_text import schedule_changes
from wasched.ui.compose.mapping import SCOPES, Edited
from wasched.ui.compose.time_fields import Fields
from wasched.ui.compose.time_state import WhenState
from wasched.ui.core import routes, times
from wasched.ui.core.conflict_text import conflict_sentence
from wasched.ui.core.session import ask_database, do_in_database, signed_in


class EditState(rx.State):
    """The schedule on the compose page, if it is no new one."""

    shown: Edited = Edited()
    _before: ScheduleRequest | None = None
    # The fields as they are for each scope while nobody touches them.
    _at: Fields = Fields()
    _of_all: Fields = Fields()
    _of_one: Fields = Fields()
    _alone: Fields = Fields()
    _is_moved: bool = False  # by hand, to another time than that of its rule
    _occurrence_at: datetime | None = None
    _version: int | None = None  # that is shown here
    _newer: int | None = None  # that this person was told of

    @rx.event
    async def choose(self, scope: str) -> None:
        """Say which occurrences it is for; a single one does not repeat."""
        await signed_in(self)
        if scope not in SCOPES:
            return
        self.shown = replace(self.shown, scope=scope)
        at = await self.get_state(WhenState)
        before, self._at = self._at, self._untouched(scope)
        at._show(time_fields_from_schedule.with_changes(self._at, before, at.at))

    @rx.event
    async def insist(self) -> None:
        """Save over what somebody else changed, or make a new one of what they cancelled."""
        await signed_in(self)
        if self.shown.is_gone:
            self.reset()
            return
        self._version = self._newer
        self.shown = replace(self.shown, conflict="")

    def _untouched(self, scope: str) -> Fields:
        """The fields of all occurrences, of one and those that follow, or of one alone."""
        if scope == "all":
            return self._of_all
        return self._alone if scope == "this" else self._of_one

    def _is_as_it_was(self, at: Fields) -> bool:
        """Say whether a schedule is edited and its time was left alone."""
        is_moved = self._is_moved and self.shown.scope == "this"
        return self._before is not None and at == self._at and not is_moved


async def begin_edit(
    state: EditState, user: Caller, schedule_id: int, at: str
) -> tuple[ScheduleRequest, Fields]:
    """Take up a schedule; `at` is the usual instant of the one in question, if one was chosen.

    Any that is still to come can be; without it, or where it is no more, it is the next one.
    """
    view = await ask_database(lambda s, now: schedules.schedule_view(s, user, schedule_id, now))
    request = await ask_database(lambda s, now: schedules.request_of(s, user, schedule_id))
    asked = read_instant(at) if view.line.repeats else None
    found = await _occurrence(user, schedule_id, asked) if asked else None
    one = found or next((one for one in view.next_times if not one.has_begun), None)
    if not view.line.repeats:
        one = next(iter(view.next_times), None)
    state._before, state._version = request, view.line.version
    state._is_moved = one is not None and one.moved_from is not None
    state._occurrence_at = (one.moved_from or one.at) if one else None
    state._of_one = time_fields_from_schedule.fields_of(
        request.when, one.own if one else view.line.next_local
    )
    state._alone = _where_it_stands(
        time_fields_from_schedule.single_time_fields(state._of_one), one
    )
    if not view.line.repeats:
        state._of_one = _where_it_stands(state._of_one, one)
    state._of_all = time_fields_from_schedule.fields_of(request.when, view.line.next_local)
    state._at = state._of_one
    now = bootstrap.clock().now()
    state.shown = Edited(
        id=schedule_id,
        href=routes.schedule(schedule_id),
        sentence=view.line.sentence,
        repeats=view.line.repeats,
        next_time=times.when_words(one.at, view.line.zone, now) if one else "",
        gone=times.when_words(asked, view.line.zone, now) if asked and found is None else "",
    )
    return request, state._at


def read_edit(state: EditState, fields: Fields, now: datetime, *, tells: bool = False) -> When:
    """The time that the fields mean; as it was where nobody touched them.

    What the page `tells` of an edit that begins with one of the times begins there too.
    """
    before, edited = state._before, state.shown
    if before is None:
        return time_fields.read_time(fields, now)
    is_of_one = edited.repeats and edited.scope in ("this", "following")
    if state._is_as_it_was(fields) and not (tells and is_of_one):
        return before.when
    return schedules.kept_out(time_fields.read_time(fields, now), before.when)


async def save_edit(
    state: EditState, user: Caller, request: ScheduleRequest
) -> ActionResult | None:
    """Change the schedule; None, with the reason shown, if somebody else changed it meanwhile."""
    edited = state.shown
    if edited.repeats and edited.scope not in SCOPES:
        raise InputError("scope", "Say which ones you mean.")
    try:
        return await do_in_database(
            lambda s, now: schedules.edit_schedule(
                s,
                user,
                edited.id,
                request,
                now,
                scope=edited.scope or "all",
                occurrence_at=state._occurrence_at,
                if_version=state._version,
            )
        )
    except ChangedError as refusal:
        if not await _tell_conflict(state, user, refusal):
            state._version = refusal.version
            return await save_edit(state, user, request)
        return None


async def _tell_conflict(state: EditState, user: Caller, refusal: ChangedError) -> bool:
    """Say what somebody else changed; False if nothing that is edited here is another now."""
    edited, before = state.shown, state._before
    after = await ask_database(lambda s, now: schedules.request_of(s, user, edited.id))
    changes = schedule_changes(before, after) if before and not refusal.is_gone else []
    if not changes and not refusal.is_gone:
        return False
    now = bootstrap.clock().now()
    said = conflict_sentence(refusal, changes, now, gone="cancelled")
    state.shown = replace(edited, conflict=said, is_gone=refusal.is_gone)
    state._newer = refusal.version
    return True


async def _occurrence(user: Caller, schedule_id: int, at: datetime) -> NextTime | None:
    return await ask_database(
        lambda s, now: schedules.usual_occurrence(s, user, schedule_id, at, now)
    )


def _where_it_stands(fields: Fields, one: NextTime | None) -> Fields:
    """The fields of a single time, where somebody moved its messages to."""
    if one is None or one.moved_from is None:
        return fields
    return replace(fields, day=one.local.date().isoformat(), clock=f"{one.local:%H:%M}")
