"""Deleting for everyone and correcting what has gone out, on whichever page it is shown."""

from datetime import datetime

import reflex as rx
from sqlmodel import Session

from wasched import bootstrap
from wasched.domain.amendment import AmendmentKind
from wasched.domain.errors import InputError, NotFoundError
from wasched.services.caller import Caller
from wasched.services.messages import amending
from wasched.services.messages.amending import AmendResult
from wasched.text.refusals import error_sentence
from wasched.ui.core import toasts
from wasched.ui.core.session import do_in_database, signed_in
from wasched.ui.live import subscriptions
from wasched.ui.live.subscriptions import Handler
from wasched.ui.messages import amend_text

WORDS = "new-words"
"""The field of what it is to say."""


class AmendState(rx.State):
    """What was asked of one message, or of a send."""

    error: str = ""

    @rx.event
    async def take_back(self, asked: str) -> list[Handler]:
        """Delete for everyone what `asked` names."""
        user = await signed_in(self)
        return await self._amend(user, asked, AmendmentKind.DELETE, "")

    @rx.event
    async def correct(self, form: dict[str, str]) -> list[Handler]:
        """Let it say what was typed instead."""
        user = await signed_in(self)
        words = form.get(WORDS, "")
        return await self._amend(user, form.get("asked", ""), AmendmentKind.CORRECT, words)

    async def _amend(
        self, user: Caller, asked: str, kind: AmendmentKind, words: str
    ) -> list[Handler]:
        self.error, which = "", amend_text.read_asked(asked)

        def amend(session: Session, now: datetime) -> AmendResult:
            if isinstance(which, int):
                amending.amend_message(session, user, which, kind, words, now)
                return AmendResult(kind, asked=1)
            return amending.amend_send(session, user, which, kind, words, now)

        try:
            done = await do_in_database(amend)
        except InputError as refusal:
            said = error_sentence(refusal)
            if refusal.field == "text":
                self.error = said
                return [rx.set_focus(WORDS)]
            return [toasts.toast_told(said), *subscriptions.shown_anew(self)]
        except NotFoundError as refusal:
            return [toasts.toast_told(error_sentence(refusal)), *subscriptions.shown_anew(self)]
        said = amend_text.result_sentence(done, user.zone, bootstrap.clock().now())
        return [toasts.toast_told(said), *subscriptions.shown_anew(self)]
