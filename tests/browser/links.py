"""Following what pages lead to: every link to a page, a place on it, or a file to take away."""

import re
import sqlite3
from contextlib import closing
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.product import Product
from wasched.ui.core import routes

_TABLES = {
    "messages": "message",
    "schedules": "schedule",
    "recipients": "recipient",
    "lists": "recipient_list",
    "templates": "template",
    "accounts": "account",
}
"""Where the things are whose number stands behind the name of a page."""

_PAGES = {
    re.compile(re.sub(r"\\\[\w+\\\]", r"(\\d+)", re.escape(route)) + "/?")
    for name, route in vars(routes).items()
    if name.isupper() and isinstance(route, str)
}

_LINKS = """
() => [...document.querySelectorAll("a[href]")].map((one) => [
  one.getAttribute("href"), "page" in one.dataset, one.hasAttribute("data-discover")])
"""

_PLACE = "(id) => !!document.getElementById(id)"


class Links:
    """Follows the links of pages, each address once."""

    def __init__(self, product: Product) -> None:
        self._product = product
        self._seen: set[tuple[str, bool]] = set()
        self.followed = 0

    def lead_somewhere(self, page: Page) -> None:
        """AssertionError if a link of the page leads to what is not there."""
        for href, is_page, is_routers in page.evaluate(_LINKS):
            if (href, is_page) in self._seen:
                continue
            wrong = self._wrong(page, href, is_page, is_routers)
            assert not wrong, f"{page.url}: the link to {href!r} {wrong}"
            if not href.startswith("#"):  # a place is one of this page
                self._seen.add((href, is_page))
            self.followed += 1

    def _wrong(self, page: Page, href: str, is_page: bool, is_routers: bool) -> str:
        if href.startswith("#"):
            return "" if page.evaluate(_PLACE, href[1:]) else "names no place of the page"
        if is_routers:
            return "would be taken for one of the pages by the router, whatever it is"
        address = urlsplit(href)
        if address.netloc:
            return ""  # elsewhere, which no test asks
        if is_page:
            return self._wrong_page(address.path)
        answer = page.request.get(href)
        return "" if answer.ok else f"answers {answer.status}"

    def _wrong_page(self, path: str) -> str:
        found = next((match for one in _PAGES if (match := one.fullmatch(path))), None)
        if found is None:
            return "is no page"
        kind = path.split("/")[1]
        if found.groups() and not self._is_there(_TABLES[kind], int(found[1])):
            return "is about what is not there"
        return ""

    def _is_there(self, table: str, number: int) -> bool:
        with closing(sqlite3.connect(self._product.settings.db_path)) as connection:
            asked = f"SELECT 1 FROM {table} WHERE id = ?"
            return connection.execute(asked, (number,)).fetchone() is not None
