"""Undo: what was just done to messages can be taken back from the toast that tells of it."""

import reflex as rx
from reflex.event import EventSpec
from reflex_components_sonner.toast import ToastAction

from wasched.services.messages import bulk
from wasched.services.messages.bulk import BulkResult
from wasched.ui.core.page_calls import show_toast
from wasched.ui.core.rows import count_words
from wasched.ui.core.session import do_in_database, signed_in

_SHOWN_MS = 8_000

NOTHING_LEFT = "There is nothing left to take back."
"""Said where a toast outlived the State of its tab, as on a phone that was put away."""


class UndoState(rx.State):
    """The last deed of this tab."""

    _deed: BulkResult = BulkResult()

    @rx.event
    async def take_back(self) -> EventSpec:
        """Put everything back where nothing has happened to it since."""
        user = await signed_in(self)
        deed, self._deed = self._deed, BulkResult()
        if not deed.done:
            return toast_told(NOTHING_LEFT)
        undone = await do_in_database(lambda session, now: bulk.undo_bulk(session, user, deed, now))
        if undone < len(deed.done):
            left = count_words(len(deed.done) - undone, "message has", "messages have")
            return toast_told(f"{left} moved on meanwhile and cannot be put back.")
        return toast_told("Put back as it was.")


async def tell_toast(state: rx.State, deed: BulkResult, sentence: str, gone: str = "") -> EventSpec:
    """A toast about a deed, with the button that takes it back; `gone`: what had gone before."""
    (await state.get_state(UndoState))._deed = deed
    if gone:
        sentence = f"{sentence} {gone}" if deed.done else gone
    elif deed.left:
        sentence += f" {count_words(deed.left, 'message was', 'messages were')} left as they stood."
    if not deed.done:
        return toast_told(sentence if deed.left or gone else "Nothing to do there.")
    return toast_told(sentence, ToastAction(label="Undo", on_click=UndoState.take_back))


def toast_told(sentence: str, action: ToastAction | None = None) -> EventSpec:
    """A short sentence at the foot of the page."""
    return show_toast(sentence, action, _SHOWN_MS)
