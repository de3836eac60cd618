"""Messages: what comes, what went, what needs me; tab, search and page live in the address."""

from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec

from wasched import bootstrap
from wasched.services import accounts, messages
from wasched.services.changes import ACCOUNTS, MESSAGES
from wasched.services.views import SignedIn
from wasched.ui import live, routes, rows
from wasched.ui.rows import Day
from wasched.ui.states.session import ask, signed_in


class MessagesState(rx.State):
    """One page of the list."""

    is_loaded: bool = False
    tab: str = "coming"
    search: str = ""
    days: list[Day] = []
    older: str = ""
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
        return rx.redirect(_address(self.tab, form.get("q", "").strip()), replace=True)

    async def _show(self, user: SignedIn) -> None:
        given = self.router.url.query_parameters
        tab = given.get("tab", "coming")
        self.tab = tab if tab in messages.TABS else "coming"
        self.search, cursor = given.get("q", ""), given.get("cursor", "")
        page = await ask(
            lambda s, now: messages.listed(s, user, self.tab, self.search, cursor, now)
        )
        cards = await ask(lambda session, now: accounts.listed(session, user, now))
        now = bootstrap.clock().now()
        self.days = rows.days(page.rows, rows.held_accounts(cards), user.zone, now)
        self.older = _address(self.tab, self.search, page.next_cursor) if page.next_cursor else ""
        self.is_first = not cursor
        self.is_loaded = True


def _address(tab: str, search: str, cursor: str = "") -> str:
    given = {"tab": tab, "q": search, "cursor": cursor}
    return f"{routes.MESSAGES}?{urlencode({key: value for key, value in given.items() if value})}"
