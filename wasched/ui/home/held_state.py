"""A send that stopped itself goes on, or the rest of it is taken back."""

import reflex as rx

from wasched.domain.errors import InputError
from wasched.domain.wording import count_words
from wasched.services.messages.batch_ids import BatchKey, read_batch_ids
from wasched.services.schedules import held_sends
from wasched.text.refusals import error_sentence
from wasched.ui.core import toasts
from wasched.ui.core.session import do_in_database, signed_in
from wasched.ui.live import subscriptions
from wasched.ui.live.subscriptions import Handler

_GONE = "That send does not wait any more."


class HeldState(rx.State):
    """Nothing is kept: what waits is Home's."""

    @rx.event
    async def go_on(self, key: str) -> list[Handler]:
        """Let the rest of a send go."""
        user, which = await signed_in(self), _read(key)
        if which is None:
            return [toasts.toast_told(_GONE)]
        try:
            going = await do_in_database(
                lambda session, now: held_sends.let_go_on(session, user, which, now)
            )
        except InputError as refusal:
            return [toasts.toast_told(error_sentence(refusal)), *subscriptions.shown_anew(self)]
        said = f"It goes on with {count_words(going, 'message', 'messages')}."
        return [toasts.toast_told(said), *subscriptions.shown_anew(self)]

    @rx.event
    async def take_back_rest(self, key: str) -> list[Handler]:
        """Cancel what has not gone of a send."""
        user, which = await signed_in(self), _read(key)
        if which is None:
            return [toasts.toast_told(_GONE)]
        try:
            back = await do_in_database(
                lambda session, now: held_sends.take_back_rest(session, user, which, now)
            )
        except InputError as refusal:
            return [toasts.toast_told(error_sentence(refusal)), *subscriptions.shown_anew(self)]
        said = f"{count_words(back, 'message is', 'messages are')} taken back."
        return [toasts.toast_told(said), *subscriptions.shown_anew(self)]


def _read(key: str) -> BatchKey | None:
    return next(iter(read_batch_ids([key])), None)
