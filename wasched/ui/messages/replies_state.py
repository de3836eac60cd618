"""Replies: what people wrote back, the newest first; every filter lives in the address."""

from collections.abc import Mapping

import reflex as rx

from wasched import bootstrap
from wasched.domain.errors import RoleError
from wasched.domain.typed import read_id, read_instant
from wasched.services.caller import Caller
from wasched.services.change_notes import REPLIES
from wasched.services.permissions import Action, allowed_to, may
from wasched.services.replies import reading
from wasched.services.replies.reading import ReplyFilters
from wasched.ui.core import routes, toasts
from wasched.ui.core.rows import Choice
from wasched.ui.core.session import ask_database, do_in_database, signed_in
from wasched.ui.live import subscriptions
from wasched.ui.live.subscriptions import Handler
from wasched.ui.messages import replies_text
from wasched.ui.messages.replies_text import NAMES, ReplyLine

_SILENT_SHOWN = 100


class RepliesState(rx.State):
    """One page of the list."""

    is_loaded: bool = False
    given: dict[str, str] = {}
    lines: list[ReplyLine] = []
    tally: str = ""  # of the send that the address names
    silent_label: str = ""
    silent: list[Choice] = []
    older: str = ""
    query: str = ""
    is_first: bool = True

    @rx.event
    async def load(self) -> list[Handler]:
        """Show the page that the address names, and keep it current."""
        user = await signed_in(self)
        if not may(user, Action.READ_REPLIES):
            return [toasts.toast_told(str(RoleError())), rx.redirect(routes.MESSAGES)]
        subscriptions.follow_topics(self, user, (REPLIES,), RepliesState.refresh)
        await self._show(user)
        return []

    @rx.event
    async def refresh(self) -> None:
        """Show what is so now."""
        await self._show(await signed_in(self))

    @rx.event
    async def mark(self, reply_id: int, is_answered: bool) -> None:
        """Note that a reply was answered, or that it was not; other pages hear of it."""
        user = await signed_in(self)
        await do_in_database(
            lambda s, now: reading.mark_answered(s, user, [reply_id], is_answered, now)
        )
        if self.router.url.path == routes.REPLIES:
            await self._show(user)

    @rx.var
    def is_filtered(self) -> bool:
        """True if the address leaves something out."""
        return any(self.given.values())

    async def _show(self, user: Caller) -> None:
        given = self.router.url.query_parameters
        cursor = given.get("cursor", "")
        self.given = {name: given.get(name, "") for name in NAMES}
        wanted = read_filters(self.given)
        found, following = await ask_database(
            lambda s, _now: reading.list_replies(s, user, wanted, cursor)
        )
        now, allowed = bootstrap.clock().now(), allowed_to(user)
        self.lines = [replies_text.reply_line(one, user.zone, now, allowed) for one in found]
        await self._show_send(user, wanted)
        self.query = replies_text.query_of(self.given)
        more = replies_text.query_of({**self.given, "cursor": following})
        self.older = f"{routes.REPLIES}?{more}" if following else ""
        self.is_first = not cursor
        self.is_loaded = True

    async def _show_send(self, user: Caller, wanted: ReplyFilters) -> None:
        """Of one send: how many have replied, and the first of those who have not."""
        self.tally, self.silent_label, self.silent = "", "", []
        made, due_at = wanted.schedule_id, wanted.due_at
        if not made or due_at is None:
            return
        tally, silent = await ask_database(
            lambda s, _now: (
                reading.tally_send(s, user, made, due_at),
                reading.list_silent(s, user, made, due_at, _SILENT_SHOWN),
            )
        )
        self.tally = replies_text.tally_words(tally)
        self.silent_label = replies_text.silent_words(tally)
        self.silent = [Choice(routes.recipient(id), title) for id, title in silent]


def read_filters(given: Mapping[str, str]) -> ReplyFilters:
    """The filter of an address; what cannot be read there chooses all."""
    return ReplyFilters(
        search=given.get("q", "")[:200],
        is_open=given.get("open", "") == "yes",
        message_id=read_id(given.get("message", "")),
        schedule_id=read_id(given.get("schedule", "")),
        due_at=read_instant(given.get("at", "")),
        account_id=read_id(given.get("account", "")),
        recipient_id=read_id(given.get("recipient", "")),
    )
