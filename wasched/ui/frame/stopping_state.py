"""Stop, and go on after a question: on every page, for one account or for all of one's own."""

from datetime import datetime

import reflex as rx
from reflex.event import EventSpec

from wasched import bootstrap
from wasched.domain.errors import InputError, NotFoundError
from wasched.domain.typed import read_id
from wasched.services.caller import Caller
from wasched.services.messages import gone_at_stop, server_stopping, stopping
from wasched.services.messages.stopping import Meanwhile
from wasched.text.refusals import error_sentence
from wasched.ui.core import toasts
from wasched.ui.core.page_calls import call_page
from wasched.ui.core.rows import count_words
from wasched.ui.core.session import ask_database, do_in_database, signed_in
from wasched.ui.frame.state import ShellState
from wasched.ui.frame.stop_text import WHOLE, fell_due_lines, stopped_names

QUESTION = "going-on"
"""The dialog that asks, on every page."""

_MOST = 100
"""More accounts are named by no page."""

_SAID = {
    Meanwhile.SEND: "Goes on.",
    Meanwhile.ASK: "Goes on. {} under Needs you.",
    Meanwhile.LEAVE_OUT: "Goes on. {} left out.",
}


_WHOLE_FIRST = "The whole server is stopped. Who runs it lets it go on."


class StoppingState(rx.State):
    """The question before it goes on: what fell due meanwhile, and what becomes of it."""

    question: str = ""
    lines: list[str] = []
    these: str = ""  # what fell due and may still go, if anything did

    _account_ids: list[int] | None = None
    _is_whole: bool = False
    _asked_at: datetime | None = None

    @rx.event
    async def stop(self, accounts: str) -> list[EventSpec]:
        """Let nothing more go out through these accounts, all for the empty text, or the server."""
        user = await signed_in(self)
        if accounts == WHOLE:
            await do_in_database(lambda s, now: server_stopping.stop_server(s, user, now))
            gone = await ask_database(lambda s, now: gone_at_stop.say_server_stopped(s, user, now))
        else:
            whom = _whom(accounts)
            await do_in_database(lambda s, now: stopping.stop_sending(s, user, whom, now))
            gone = await ask_database(lambda s, now: gone_at_stop.say_stopped(s, user, whom, now))
        await self._count_anew(user)
        told = [toasts.toast_told(gone)] if gone else []
        return [call_page("showStopped"), *told]

    @rx.event
    async def ask(self, accounts: str) -> EventSpec:
        """Show what fell due meanwhile, and ask what shall become of it."""
        user = await signed_in(self)
        now, is_whole = bootstrap.clock().now(), accounts == WHOLE
        whom = None if is_whole else _whom(accounts)
        try:
            found = await do_in_database(
                lambda session, _: (
                    server_stopping.fell_due_everywhere(session, user, now)
                    if is_whole
                    else stopping.fell_due(session, user, whom, now)
                )
            )
        except InputError as refusal:
            return toasts.toast_told(error_sentence(refusal))
        if found is None or not found.accounts:  # somebody else was quicker
            await self._count_anew(user)
            is_stopped = (await self.get_state(ShellState)).is_server_stopped
            return toasts.toast_told(_WHOLE_FIRST if is_stopped else "It goes on already.")
        self._account_ids, self._is_whole, self._asked_at = whom, is_whole, now
        self.question = f"Go on with {stopped_names(found.accounts)}?"
        self.lines = fell_due_lines(found, user.zone, now) or ["Nothing fell due meanwhile."]
        self.these = _these(found.count)
        return call_page("openQuestion", QUESTION)

    @rx.event
    async def answer(self, choice: str) -> EventSpec | None:
        """Go on, and let that become of what fell due."""
        user = await signed_in(self)
        asked_at, whom, is_whole = self._asked_at, self._account_ids, self._is_whole
        if asked_at is None or choice not in tuple(Meanwhile):
            return None
        meanwhile = Meanwhile(choice)
        self._asked_at = None
        try:
            count = await do_in_database(
                lambda session, now: (
                    server_stopping.resume_server(session, user, meanwhile, asked_at, now)
                    if is_whole
                    else stopping.go_on(session, user, whom, meanwhile, asked_at, now)
                )
            )
        except InputError as refusal:
            return toasts.toast_told(error_sentence(refusal))
        await self._count_anew(user)
        said = _SAID[meanwhile] if count else "Goes on."
        about = count_words(count, "message is", "messages are")
        return toasts.toast_told(said.format(about))

    async def _count_anew(self, user: Caller) -> None:
        await (await self.get_state(ShellState))._count(user)


def _these(count: int) -> str:
    if not count:
        return ""
    return "it" if count == 1 else f"these {count:,}"


def _whom(accounts: str) -> list[int] | None:
    """The accounts that an event names (1,2,3), None for all; NotFoundError for what names none."""
    if not accounts:
        return None
    found = [read_id(one) for one in accounts.split(",", _MOST)]
    known = [one for one in found if one is not None]
    if len(known) != len(found):
        raise NotFoundError()
    return known
