"""People who use a server: presses in a few open tabs, and many tabs that are opened and closed."""

import asyncio
from random import Random

from tests.books import Books, now
from tests.owner import add_person
from tests.product import Product
from tests.tabs import Tab
from wasched.api.cookies import SESSION
from wasched.services.identity import users
from wasched.ui.templates.state import TemplatesState

_AT_ONCE = 4
_PAGES = (
    *("/", "/messages", "/messages?tab=past", "/calendar", "/templates", "/recipients", "/new"),
    *("/accounts", "/health", "/settings", "/more", "/recipients/import"),
)


class Crowd:
    """The owner of a server and its members, with a browser each; the owner is the busiest."""

    def __init__(self, product: Product, books: Books, members: int, seed: int = 1) -> None:
        self._product, self._books, self._random = product, books, Random(seed)
        self._cookies = [self._sign_in(number) for number in range(1 + members)]

    async def use(self, presses: int, tabs: int) -> None:
        """Press so often in a few open tabs, while so many others are opened and closed."""
        pressed = [await self.open_tab(0, "/") for _ in range(_AT_ONCE)]
        await asyncio.gather(
            *(self._press(tab, presses // _AT_ONCE) for tab in pressed),
            *(self._come_and_go(tabs // _AT_ONCE) for _ in range(_AT_ONCE)),
        )
        for tab in pressed:
            await tab.close()

    async def open_tab(self, person: int, path: str) -> Tab:
        """A tab of one of them, whose page has loaded."""
        tab = Tab(self._product.url, self._cookies[person], path)
        await tab.come()
        return tab

    def api_mb(self) -> float:
        """What the api holds of the machine's memory now, in megabytes."""
        return sum(one.memory_info().rss for one in self._product.processes("api")) / 2**20

    async def _press(self, tab: Tab, times: int) -> None:
        """Follow links, and search where there is something to search."""
        for number in range(times):
            if tab.path == "/templates" and number % 3:
                words = f"words {number}"
                await tab.press(
                    TemplatesState, "find", lambda shown, w=words: shown["search"] == w, words=words
                )
            else:
                await tab.go(self._random.choice(_PAGES))

    async def _come_and_go(self, times: int) -> None:
        for _ in range(times):
            person = self._random.choice((0, self._random.randrange(len(self._cookies))))
            await (await self.open_tab(person, self._random.choice(_PAGES))).close()

    def _sign_in(self, number: int) -> str:
        """The cookie of the owner, or of a member who is new."""
        at = now()
        with self._books.scope() as session:
            user_id = self._books.owner.id
            if number:
                email = f"singer-{number}@choir.example"
                user_id = add_person(session, f"Singer {number}", at, "Europe/Berlin", email).id
            token = users.open_session(session, user_id, "127.0.0.1", "test", at)
        return f"{SESSION}={token}"
