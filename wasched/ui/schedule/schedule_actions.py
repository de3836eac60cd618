"""What was decided about a schedule, on whichever page: carried out, told, and taken back."""

from collections.abc import Callable
from datetime import datetime

import reflex as rx
from reflex.event import EventSpec
from reflex_components_sonner.toast import ToastAction
from sqlmodel import Session

from wasched.domain.errors import InputError
from wasched.services import schedules
from wasched.services.caller import Caller
from wasched.services.schedules import ActionResult, Undo
from wasched.text.refusals import error_sentence
from wasched.ui.core import toasts
from wasched.ui.core.page_calls import call_page
from wasched.ui.core.session import do_in_database, signed_in
from wasched.ui.live import subscriptions
from wasched.ui.live.subscriptions import Handler


class SteeredState(rx.State):
    """The last decision about a schedule in this tab."""

    _undo: Undo | None = None

    @rx.event
    async def take_back(self, at: str) -> list[Handler]:
        """Put it back as it was before the decision of an instant, if that was the last one."""
        user = await signed_in(self)
        back = self._undo
        if back is None or back.at.isoformat() != at:
            return [toasts.toast_told("Something else was decided since. Look again.")]
        told = await carry_out_action(
            self, lambda s, now: schedules.undo_action(s, user, back, now)
        )
        shown = subscriptions.shown_anew(self)
        return [*told, *shown, *([focus_date("skip", back.local)] if back.local else [])]


async def carry_out_action(
    state: rx.State, deed: Callable[[Session, datetime], ActionResult]
) -> list[EventSpec]:
    """Carry out a decision about a schedule; the toast about it may take it back."""
    try:
        steered = await do_in_database(deed)
    except InputError as refusal:
        return [toasts.toast_told(error_sentence(refusal))]
    (await state.get_state(SteeredState))._undo = steered.undo
    if steered.undo is None:
        return [toasts.toast_told(steered.sentence)]
    take_back = SteeredState.take_back(steered.undo.at.isoformat())
    told = toasts.toast_told(steered.sentence, ToastAction(label="Undo", on_click=take_back))
    # Pressed once more, the key is about the same date, not about the next one.
    return [told, focus_date("unskip", steered.undo.local)] if steered.undo.local else [told]


def focus_date(button: str, local: datetime) -> EventSpec:
    """The focus goes to a date's button of that name."""
    return call_page("focusThing", [f"{button} {local.isoformat()}"])


async def back_to_usual(state: rx.State, user: Caller, schedule_id: int) -> list[EventSpec]:
    """Let the series' own message go instead of a date that was changed alone."""
    return await carry_out_action(
        state, lambda s, now: schedules.back_to_usual(s, user, schedule_id, now)
    )
