"""Home: what needs me, what goes out next, and the accounts."""

from datetime import datetime

import reflex as rx
from reflex.event import EventSpec

from wasched import bootstrap
from wasched.domain.message import Status
from wasched.services.caller import Caller
from wasched.services.change_notes import ACCOUNTS, MESSAGES, REPLIES, WEBHOOKS
from wasched.services.identity import spaces
from wasched.services.messages import all_spaces, bulk, dashboard
from wasched.services.messages.batch_ids import read_batch_ids
from wasched.services.messages.filters import Filters
from wasched.services.permissions import allowed_to
from wasched.services.replies import keeping
from wasched.services.schedules import landing
from wasched.ui.core import routes, rows, times, toasts
from wasched.ui.core.rows import AccountLine, DayRows, GoingLine
from wasched.ui.core.session import ask_database, do_in_database, signed_in
from wasched.ui.frame.needs import REPLIES_KEPT, Need
from wasched.ui.home import all_text
from wasched.ui.home.text import HomeLines, home_lines
from wasched.ui.live import subscriptions


class HomeState(rx.State):
    """The first page."""

    is_loaded: bool = False
    is_all: bool = False  # of all spaces that the person belongs to
    title: str = ""
    clock: str = ""
    works: bool = False
    first: str = ""
    summary: str = ""
    replies: str = ""  # how many came today; empty for none
    needs: list[Need] = []
    needing: int = 0
    going: list[GoingLine] = []
    next_days: list[DayRows] = []
    news: str = ""
    accounts: list[AccountLine] = []
    week: dict[str, int] = {}

    @rx.event
    async def load(self) -> None:
        """Show the page and keep it current."""
        user = await signed_in(self)
        there = await self._spaces(user)
        topics = (MESSAGES, ACCOUNTS, WEBHOOKS, REPLIES)
        subscriptions.follow_topics(self, user, topics, HomeState.refresh, there)
        await self._show(user)

    @rx.event
    async def refresh(self) -> None:
        """Show what is so now."""
        await self._show(await signed_in(self))

    @rx.event
    async def dismiss(self, key: str) -> EventSpec:
        """Let what needs me about a send be; a toast offers to take that back."""
        user = await signed_in(self)
        if key == REPLIES_KEPT:
            await do_in_database(lambda s, now: keeping.hear_of_replies(s, user, now))
            await self._show(user)
            return toasts.toast_told("Settings say at any time for how long replies are kept.")
        needs = Filters(tab="needs")
        keys = read_batch_ids([key])
        ids = await ask_database(lambda session, now: bulk.ids_of(session, user, keys, needs))
        deed = await do_in_database(
            lambda session, now: bulk.decide_messages(session, user, ids, "dismiss", now)
        )
        await self._show(user)
        return await toasts.tell_toast(self, deed, "Dismissed.")

    @rx.event
    async def send_now(self, key: str) -> EventSpec:
        """Let what was missed of a send go now."""
        user = await signed_in(self)
        missed = Filters(tab="needs", status=Status.MISSED)
        keys = read_batch_ids([key])
        ids = await ask_database(lambda session, now: bulk.ids_of(session, user, keys, missed))
        deed = await do_in_database(
            lambda session, now: bulk.decide_messages(session, user, ids, "send_again", now)
        )
        await self._show(user)
        count = len(deed.done)
        said = await ask_database(
            lambda s, now: landing.say_on_its_way(s, deed.accounts, count, deed.held)
        )
        return await toasts.tell_toast(self, deed, said)

    async def _spaces(self, user: Caller) -> list[int]:
        """All that the person belongs to, if the address asks for that and they are several."""
        if not routes.shows_all(self.router.url.path, self.router.url.query_parameters):
            return []
        mine = await ask_database(lambda session, _now: spaces.my_spaces(session, user))
        return [one.id for one in mine] if len(mine) > 1 else []

    async def _show(self, user: Caller) -> None:
        self.is_all = bool(await self._spaces(user))
        await (self._show_all(user) if self.is_all else self._show_here(user))
        self.is_loaded = True

    async def _show_all(self, user: Caller) -> None:
        found = await ask_database(lambda s, now: all_spaces.glance_at_all(s, user, now))
        now = bootstrap.clock().now()
        self._fill(all_text.all_lines(found, user.space_id, user.zone, now), user, now)
        self.accounts, self.week = [], {}

    async def _show_here(self, user: Caller) -> None:
        view = await ask_database(lambda session, now: dashboard.home_view(session, user, now))
        now = bootstrap.clock().now()
        lines = home_lines(view, user.zone, now, allowed_to(user))
        self._fill(lines, user, now)
        self.accounts = [rows.account_line(card, user.zone, now) for card in view.accounts]
        self.week = {"sent": view.sent_7d, "delivered": view.delivered_7d, "failed": view.failed_7d}

    def _fill(self, lines: HomeLines, user: Caller, now: datetime) -> None:
        self.title, self.clock = lines.title, times.clock(now, user.zone)
        self.needs, self.needing, self.going = lines.needs, lines.needing, lines.going
        self.next_days = rows.mark_changes(lines.next_days, self.next_days)
        self.news = rows.changed_lines(self.next_days)
        self.replies = lines.replies
        self.works, self.first, self.summary = lines.works, lines.first, lines.summary
