"""A send that stopped itself goes on, or the rest of it is taken back."""

from collections.abc import Callable
from datetime import datetime

import reflex as rx
from sqlmodel import Session

from wasched.domain.errors import InputError
from wasched.domain.wording import count_words
from wasched.services.caller import Caller
from wasched.services.messages.batch_ids import BatchKey, read_batch_ids
from wasched.services.schedules import held_sends
from wasched.text.refusals import error_sentence
from wasched.ui.core import toasts
from wasched.ui.core.session import do_in_database, signed_in
from wasched.ui.live import subscriptions
from wasched.ui.live.subscriptions import Handler

_GONE = "That send does not wait any more."
_Deed = Callable[[Session, Caller, BatchKey, datetime], int]


class HeldState(rx.State):
    """Nothing is kept: what waits is Home's."""

    @rx.event
    async def go_on(self, key: str) -> list[Handler]:
        """Let the rest of a send go."""
        return await self._decide(
            key,
            held_sends.let_go_on,
            lambda n: f"It goes on with {count_words(n, 'message', 'messages')}.",
        )

    @rx.event
    async def take_back_rest(self, key: str) -> list[Handler]:
        """Cancel what has not gone of a send."""
        return await self._decide(
            key,
            held_sends.take_back_rest,
            lambda n: f"{count_words(n, 'message is', 'messages are')} taken back.",
        )

    async def _decide(self, key: str, deed: _Deed, says: Callable[[int], str]) -> list[Handler]:
        """Do it, and say to how many messages, or why not."""
        user, which = await signed_in(self), _read(key)
        if which is None:
            return [toasts.toast_told(_GONE)]
        try:
            done = await do_in_database(lambda session, now: deed(session, user, which, now))
        except InputError as refusal:
            said = error_sentence(refusal)
        else:
            said = says(done)
        return [toasts.toast_told(said), *subscriptions.shown_anew(self)]


def _read(key: str) -> BatchKey | None:
    return next(iter(read_batch_ids([key])), None)
