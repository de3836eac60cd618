"""What somebody has begun to write, offered where a new message begins."""

import reflex as rx
from reflex.event import EventSpec
from reflex_components_sonner.toast import ToastAction

from wasched import bootstrap
from wasched.domain.typed import read_id
from wasched.services.caller import Caller
from wasched.services.content import kept_drafts
from wasched.services.content.kept_drafts import DraftBody
from wasched.ui.compose.draft_text import UnfinishedLine, unfinished_line
from wasched.ui.core import toasts
from wasched.ui.core.page_calls import focus_on
from wasched.ui.core.session import ask_database, do_in_database, signed_in
from wasched.ui.live.subscriptions import Handler


class UnfinishedState(rx.State):
    """The drafts that the server keeps for the user; the newest first."""

    lines: list[UnfinishedLine] = []
    is_put_by: bool = False  # the user has begun anew on this page
    _thrown: DraftBody | None = None

    @rx.event
    async def begin_anew(self) -> EventSpec:
        """Leave them as they are for now."""
        await signed_in(self)
        self.is_put_by = True
        return focus_on("to")

    @rx.event
    async def throw_away(self, key: str) -> EventSpec:
        """Throw one away; the toast brings it back."""
        user = await signed_in(self)
        row = await do_in_database(
            lambda s, now: kept_drafts.throw_away(s, user, read_id(key), now)
        )
        self._thrown = DraftBody(row.body, row.to_whom, row.words, tuple(row.media))
        await self._show(user)
        back = ToastAction(label="Undo", on_click=UnfinishedState.bring_back)
        return toasts.toast_told("The draft is thrown away.", back)

    @rx.event
    async def bring_back(self) -> Handler | None:
        """Keep again what was thrown away."""
        user = await signed_in(self)
        body, self._thrown = self._thrown, None
        if body is None:
            return toasts.toast_told(toasts.NOTHING_LEFT)
        await do_in_database(lambda s, now: kept_drafts.keep_draft(s, user, body, now))
        await self._show(user)
        return None

    async def _begin(self, user: Caller) -> None:
        """Offer them to somebody who has just come."""
        self.is_put_by = False
        await self._show(user)

    async def _show(self, user: Caller) -> None:
        found, now = (
            await ask_database(lambda s, now: kept_drafts.list_drafts(s, user)),
            bootstrap.clock().now(),
        )
        self.lines = [unfinished_line(one, user.zone, now) for one in found]
