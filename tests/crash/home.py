"""What a person and a machine are told who ask the server how it is."""

import html
import json
import re
import urllib.error
import urllib.request
from datetime import timedelta

from tests.books import Books, now
from tests.product import Product
from wasched.api.cookies import SESSION
from wasched.services.identity import users

_LONG = timedelta(days=100)  # a session that outlives a clock set ahead
_ASIDE = re.compile(r"<(script|style|template)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


class OwnersBrowser:
    """The browser of the owner, who has signed in."""

    def __init__(self, product: Product, books: Books) -> None:
        self._product = product
        with books.scope() as session:
            self._token = users.open_session(
                session, books.owner.id, "127.0.0.1", "a test", now() + _LONG
            )

    def read_home(self) -> str:
        """The words of the page "/" as it comes, before any script runs; also a refusal's."""
        asked = urllib.request.Request(
            self._product.url + "/", headers={"Cookie": f"{SESSION}={self._token}"}
        )
        return " ".join(html.unescape(_TAG.sub(" ", _ASIDE.sub(" ", _fetched(asked)))).split())


def home_says(product: Product) -> str:
    """What Home says to the owner now, in words. The database has to take a new session."""
    books = Books(product)
    try:
        return OwnersBrowser(product, books).read_home()
    finally:
        books.close()


def readyz_says(product: Product) -> str:
    """What /readyz finds wrong or worth knowing now, a line for each part; nothing if all is well.

    That the clock was set leaves every part as well as it is.
    """
    told = _fetched(urllib.request.Request(product.url + "/readyz"))
    try:
        parts = json.loads(told)
    except ValueError:
        return told or "Nobody answers."
    return "\n".join(
        f"{name}: {one['says']}" for name, one in parts.items() if not one["ok"] or name == "clock"
    )


def _fetched(asked: urllib.request.Request) -> str:
    try:
        with urllib.request.urlopen(asked, timeout=15) as answer:
            body: bytes = answer.read()
    except urllib.error.HTTPError as refusal:
        body = refusal.read()
    except OSError:
        return ""
    return body.decode(errors="replace")
