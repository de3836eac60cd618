"""Approving a schedule that an author wrote, or giving it back with a word."""

import reflex as rx
from reflex.event import EventSpec

from wasched.domain.errors import InputError
from wasched.domain.typed import read_id
from wasched.services.schedules import approvals
from wasched.text.refusals import error_sentence
from wasched.ui.core import routes, toasts
from wasched.ui.core.session import do_in_database, signed_in
from wasched.ui.schedule.schedule_actions import carry_out_action
from wasched.ui.schedule.state import ScheduleState

WORD = "approval-word"
"""The field of why not."""


class ApprovalState(rx.State):
    """What was said about the schedule that the address names."""

    error: str = ""

    @rx.event
    async def approve(self, turn: int) -> list[EventSpec]:
        """Let it go out as it was seen: `turn` names what that was."""
        user, schedule_id = await signed_in(self), routes.number_in(self.router.url.path)
        self.error, seen = "", read_id(str(turn))
        told = await carry_out_action(
            self, lambda s, now: approvals.approve_schedule(s, user, schedule_id, seen, now)
        )
        await (await self.get_state(ScheduleState))._show(user)
        return told

    @rx.event
    async def refuse(self, form: dict[str, str]) -> list[EventSpec]:
        """Give it back to its author."""
        user, schedule_id = await signed_in(self), routes.number_in(self.router.url.path)
        self.error, word, turn = "", form.get(WORD, ""), read_id(form.get("turn", ""))
        try:
            done = await do_in_database(
                lambda s, now: approvals.refuse_schedule(s, user, schedule_id, turn, word, now)
            )
        except InputError as refusal:
            said = error_sentence(refusal)
            if refusal.field == "word":
                self.error = said
                return [rx.set_focus(WORD)]
            await (await self.get_state(ScheduleState))._show(user)
            return [toasts.toast_told(said)]
        await (await self.get_state(ScheduleState))._show(user)
        return [toasts.toast_told(done.sentence)]
