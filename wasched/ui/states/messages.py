"""Messages: what comes, what went, what needs me; every filter lives in the address."""

from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec

from wasched import bootstrap
from wasched.services import accounts, filters, sends
from wasched.services.changes import ACCOUNTS, MESSAGES
from wasched.services.views import SignedIn
from wasched.ui import live, routes, rows
from wasched.ui.rows import Choice, Day
from wasched.ui.states.session import ask, signed_in

NAMES = ("tab", "q", "status", "account", "recipient", "schedule", "from", "to", "order", "at")
"""What an address may say about the list, besides the page."""


class MessagesState(rx.State):
    """One page of the list."""

    is_loaded: bool = False
    given: dict[str, str] = {}
    days: list[Day] = []
    accounts: list[Choice] = []
    news: str = ""
    older: str = ""
    query: str = ""
    is_first: bool = True

    @rx.event
    async def load(self) -> None:
        """Show the page that the address names, and keep it current."""
        user = await signed_in(self)
        live.follow(self, user, (MESSAGES, ACCOUNTS), MessagesState.refresh)
        await self._show(user)

    @rx.event
    async def refresh(self) -> None:
        """Show what is so now."""
        await self._show(await signed_in(self))

    @rx.event
    def find(self, form: dict[str, str]) -> EventSpec:
        """Search for a name, a number or words."""
        return self._go("q", form.get("q", "").strip())

    @rx.event
    def narrow(self, name: str, value: str) -> EventSpec:
        """Set one filter; the address changes, and the list with it."""
        return self._go(name if name in NAMES else "q", value)

    @rx.var
    def is_filtered(self) -> bool:
        """True if more than the tab is chosen."""
        return any(self.given.get(name) for name in NAMES if name not in ("tab", "order"))

    def _go(self, name: str, value: str) -> EventSpec:
        query = _query({**self.given, name: value})
        return rx.redirect(f"{routes.MESSAGES}?{query}", replace=True)

    async def _show(self, user: SignedIn) -> None:
        given = self.router.url.query_parameters
        cursor = given.get("cursor", "")
        self.given = {name: given.get(name, "") for name in NAMES}
        self.given["tab"] = self.given["tab"] or "coming"
        self.query = _query(self.given)
        wanted = filters.read(self.given, user.zone)
        page = await ask(lambda s, now: sends.page(s, user, wanted, cursor, now))
        cards = await ask(lambda session, now: accounts.listed(session, user, now))
        now = bootstrap.clock().now()
        found = rows.days(page.sends, rows.held_accounts(cards), user.zone, now)
        self.days = rows.mark_changes(found, self.days)
        self.news = rows.news(self.days)
        self.accounts = [Choice(str(card.id), card.name) for card in cards]
        more = _query({**self.given, "cursor": page.next_cursor})
        self.older = f"{routes.MESSAGES}?{more}" if page.next_cursor else ""
        self.is_first = not cursor
        self.is_loaded = True


def _query(given: dict[str, str]) -> str:
    return urlencode({key: value for key, value in given.items() if value})
