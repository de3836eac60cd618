"""Home: what needs me, what goes out next, and the accounts."""

import reflex as rx
from reflex.event import EventSpec

from wasched import bootstrap, tasks
from wasched.domain.message import Status
from wasched.services import accounts, bulk, overview
from wasched.services.changes import ACCOUNTS, MESSAGES
from wasched.services.filters import Filters
from wasched.services.views import SignedIn
from wasched.ui import followers, rows, times
from wasched.ui.home_lines import home_lines
from wasched.ui.needs import Need
from wasched.ui.rows import AccountLine, Day, GoingLine
from wasched.ui.states import undo
from wasched.ui.states.session import ask, do, signed_in
from wasched.ui.what_goes_out import sent_now_sentence


class HomeState(rx.State):
    """The first page."""

    is_loaded: bool = False
    title: str = ""
    clock: str = ""
    works: bool = False
    first: str = ""
    summary: str = ""
    needs: list[Need] = []
    needing: int = 0
    going: list[GoingLine] = []
    next_days: list[Day] = []
    news: str = ""
    accounts: list[AccountLine] = []
    week: dict[str, int] = {}

    @rx.event
    async def load(self) -> None:
        """Show the page and keep it current."""
        user = await signed_in(self)
        followers.follow(self, user, (MESSAGES, ACCOUNTS), HomeState.refresh)
        await self._show(user)

    @rx.event
    async def refresh(self) -> None:
        """Show what is so now."""
        await self._show(await signed_in(self))

    @rx.event
    async def dismiss(self, key: str) -> EventSpec:
        """Let what needs me about a send be; a toast offers to take that back."""
        user = await signed_in(self)
        needs = Filters(tab="needs")
        keys = rows.sends_of([key])
        ids = await ask(lambda session, now: bulk.ids_of(session, user, keys, needs))
        deed = await do(lambda session, now: bulk.decide(session, user, ids, "dismiss", now))
        await self._show(user)
        return await undo.tell(self, deed, "Dismissed.")

    @rx.event
    async def send_now(self, key: str) -> EventSpec:
        """Let what was missed of a send go now."""
        user = await signed_in(self)
        missed = Filters(tab="needs", status=Status.MISSED)
        keys = rows.sends_of([key])
        ids = await ask(lambda session, now: bulk.ids_of(session, user, keys, missed))
        deed = await do(lambda session, now: bulk.decide(session, user, ids, "send_again", now))
        for account_id in deed.accounts:
            tasks.wake(account_id)
        await self._show(user)
        cards = await ask(lambda session, now: accounts.named(session, user))
        return await undo.tell(self, deed, sent_now_sentence(deed.accounts, cards))

    async def _show(self, user: SignedIn) -> None:
        view = await ask(lambda session, now: overview.home(session, user, now))
        now = bootstrap.clock().now()
        lines = home_lines(view, user.zone, now)
        self.title, self.clock = lines.title, times.clock(now, user.zone)
        self.needs, self.needing, self.going = lines.needs, lines.needing, lines.going
        self.next_days = rows.mark_changes(lines.next_days, self.next_days)
        self.news = rows.news(self.next_days)
        self.accounts = [rows.account_line(card) for card in view.accounts]
        self.week = {"sent": view.sent_7d, "delivered": view.delivered_7d, "failed": view.failed_7d}
        self.works, self.first, self.summary = lines.works, lines.first, lines.summary
        self.is_loaded = True
