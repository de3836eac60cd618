"""Approving a schedule that an author wrote, or giving it back with a word."""

import reflex as rx

from wasched.domain.errors import InputError
from wasched.services.schedules import approvals
from wasched.text.refusals import error_sentence
from wasched.ui.core import toasts
from wasched.ui.core.approval_text import read_asked
from wasched.ui.core.session import do_in_database, signed_in
from wasched.ui.live import subscriptions
from wasched.ui.live.subscriptions import Handler
from wasched.ui.schedule.schedule_actions import carry_out_action

WORD = "approval-word"
"""The field of why not."""


class ApprovalState(rx.State):
    """What was said about a schedule, on whichever page it is shown."""

    error: str = ""

    @rx.event
    async def approve(self, asked: str) -> list[Handler]:
        """Let it go out as it was seen: `asked` names what that was."""
        user, (schedule_id, turn) = await signed_in(self), read_asked(asked)
        self.error = ""
        told = await carry_out_action(
            self, lambda s, now: approvals.approve_schedule(s, user, schedule_id, turn, now)
        )
        return [*told, *subscriptions.shown_anew(self)]

    @rx.event
    async def refuse(self, form: dict[str, str]) -> list[Handler]:
        """Give it back to its author."""
        user, (schedule_id, turn) = await signed_in(self), read_asked(form.get("asked", ""))
        self.error, word = "", form.get(WORD, "")
        try:
            done = await do_in_database(
                lambda s, now: approvals.refuse_schedule(s, user, schedule_id, turn, word, now)
            )
        except InputError as refusal:
            said = error_sentence(refusal)
            if refusal.field == "word":
                self.error = said
                return [rx.set_focus(WORD)]
            return [toasts.toast_told(said), *subscriptions.shown_anew(self)]
        return [toasts.toast_told(done.sentence), *subscriptions.shown_anew(self)]
