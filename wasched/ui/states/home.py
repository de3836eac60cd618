"""Home: what needs me, what goes out next, and the accounts."""

from datetime import datetime

import reflex as rx
from reflex.event import EventSpec

from wasched import bootstrap
from wasched.domain.link import LinkState
from wasched.domain.message import Status
from wasched.services import accounts, bulk, overview
from wasched.services.changes import ACCOUNTS, MESSAGES
from wasched.services.filters import Filters
from wasched.services.views import MessageRow, Overview, SignedIn
from wasched.ui import live, rows, times
from wasched.ui.needs import Need, needs
from wasched.ui.rows import AccountLine, Day, GoingLine
from wasched.ui.states import undo
from wasched.ui.states.session import ask, do, signed_in


class HomeState(rx.State):
    """The first page."""

    is_loaded: bool = False
    title: str = ""
    clock: str = ""
    works: bool = False
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
        live.follow(self, user, (MESSAGES, ACCOUNTS), HomeState.refresh)
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
    async def pause(self, account_id: str) -> EventSpec:
        """Let nothing more go out through an account for now."""
        user = await signed_in(self)
        await do(lambda session, now: accounts.pause(session, user, int(account_id), now))
        await self._show(user)
        return undo.told("Paused. Resume it on its page under Accounts.")

    async def _show(self, user: SignedIn) -> None:
        view = await ask(lambda session, now: overview.home(session, user, now))
        now = bootstrap.clock().now()
        held = rows.held_accounts(view.accounts)
        self.title, self.clock = times.today(user.zone, now), times.clock(now, user.zone)
        self.needs = needs(view, user.zone, now)
        shown = sum(send.count for send in view.needs_me)
        self.needing = len(self.needs) + view.needs_me_count - shown
        self.going = [rows.going_line(one, user.zone, now) for one in view.going]
        coming = rows.days(view.next_sends, held, user.zone, now)
        self.next_days = rows.mark_changes(coming, self.next_days)
        self.news = rows.news(self.next_days)
        self.accounts = [rows.account_line(card) for card in view.accounts]
        self.week = {"sent": view.sent_7d, "delivered": view.delivered_7d, "failed": view.failed_7d}
        self.works = any(card.state == LinkState.CONNECTED for card in view.accounts)
        self.summary = _summary(view, user.zone, now)
        self.is_loaded = True


def _summary(view: Overview, zone: str, now: datetime) -> str:
    """One sentence about what goes out."""
    coming = (send.row for send in view.next_sends)
    first = next((row for row in coming if row.status == Status.SCHEDULED), None)
    if first is None:
        return "Nothing else is scheduled." if view.going else "Nothing is scheduled."
    if view.due_today:
        more = rows.counted(view.due_today, "goes out today", "go out today")
        return f"{more}, the next at {times.clock(first.due_at, zone)}{_to(first)}."
    return f"Next: {times.when(first.due_at, zone, now)}{_to(first)}."


def _to(row: MessageRow) -> str:
    """To whom it goes; the marks keep a name of another direction from turning the sentence."""
    return f" to \u2068{row.recipient}\u2069"
