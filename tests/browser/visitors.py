"""Who walks over which pages to press all that is there, each on a server of the fitting kind."""

import sqlite3
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, StorageState

from tests.books import Books
from tests.browser import full, neighbours
from tests.browser.catalogue import CALM, DOORS, EMPTY, FULL, GONE, View
from tests.browser.conftest import api_alone, gave_password, invited, owner_of, visits
from tests.browser.walk import PAGE, Seen, Walk
from tests.product import Product
from wasched.services.identity import password_links, team
from wasched.services.messages import stopping

_HOME = View("/", "Going out now")
_BARS = (_HOME, View("/messages/6", "Did it arrive?"), View("/more", "Recipients"))
_LINKS = (View("/sign-up?invite={invite}", "Sign up"), View("/new-password?link={link}", "Choose"))
_FIRST_STEPS = (
    View("/set-up/phone", "3 of 3"),
    View("/", "Link a phone"),
    View("/settings", "Make an invitation"),
)
_STOPPED = (View("/", "you stopped it"), View("/accounts/1", "you stopped it"))
_WAITING = View("/schedules/{waiting}", "asks for approval")
_WRITTEN = (
    _HOME,
    View("/new", "To"),
    View("/schedules/{waiting}", "asks for approval"),
    View("/messages", "Coming up"),
    View("/settings", "This browser"),
)
_LOOKED_AT = (
    _HOME,
    View("/messages", "Coming up"),
    View("/messages/6", "Did it arrive?"),
    View("/calendar", "Dilnoza Karimova"),
    View("/schedules/147", "Every Tuesday and Thursday"),
    View("/recipients/1", "Dilnoza Karimova"),
    View("/lists/1", "In it"),
    View("/templates", "Market day"),
    View("/accounts/1", "Pace and quiet hours"),
    View("/settings", "This browser"),
)
_NAMED = (
    View("/recipients/1", "They want no more"),
    View("/lists/1", "In it"),
    View("/templates/1", "Edit template"),
)


@dataclass(frozen=True)
class Visitor:
    """Somebody with a server, the pages that they walk over, and the part of them that is meant."""

    views: tuple[View, ...]
    scope: str = PAGE
    whose: str = "owner"  # whose cookies they have; empty for nobody's
    is_new: bool = False  # the server
    width: int = 1280
    only: str = ""  # what is pressed, by a pattern; empty for everything
    is_slower: bool = False  # than others, who change what is on the page while it is open


VISITORS = {
    "nobody yet": Visitor((View("/set-up", "1 of 3"),), whose="", is_new=True),
    "first owner": Visitor(_FIRST_STEPS, is_new=True),
    "owner": Visitor((*FULL, *GONE, _WAITING)),
    "owner, beside the page": Visitor((_HOME,), scope=".nav"),
    "phone": Visitor((*FULL, *GONE), width=360),
    "phone, above the page": Visitor(_BARS, scope=".topbar", width=360),
    "phone, below the page": Visitor(_BARS[:1], scope=".tabbar", width=360),
    "owner, asked again": Visitor((View("/settings", "Make an invitation"),)),
    "owner, stopped": Visitor(_STOPPED),
    "owner, slower": Visitor(_NAMED, only="Save|Rename|Take theirs", is_slower=True),
    "author": Visitor(_WRITTEN, whose="author"),
    "viewer": Visitor(_LOOKED_AT, whose="viewer"),
    "newcomer": Visitor(EMPTY, whose="newcomer"),
    "calm": Visitor(CALM, whose="calm"),
    "nobody": Visitor((*DOORS, *_LINKS), whose=""),
}
_ANEW = ("owner, asked again", "owner, stopped", "owner, slower")
"""Who presses again what the same person pressed in another state."""


class Walks:
    """The walk of each visitor, begun when it is asked for."""

    def __init__(self, chromium: Browser, folder: Path, ends: ExitStack) -> None:
        self._chromium, self._folder, self._ends = chromium, folder, ends
        self._products: dict[bool, Product] = {}
        self._states: dict[tuple[bool, str], StorageState | None] = {}
        self._seen: dict[str, Seen] = {}
        self.begun: dict[str, Walk] = {}

    def of(self, name: str) -> Walk:
        """The walk of a visitor by name."""
        if name not in self.begun:
            self.begun[name] = self._begin(name, VISITORS[name])
        return self.begun[name]

    def _begin(self, name: str, who: Visitor) -> Walk:
        product = self._product(who.is_new)
        _copy(self._untouched(who.is_new), _database(product))
        state = self._state(who)
        links = self._links(who, product)
        if name == "owner, stopped":
            _stop(product)
        context = self._ends.enter_context(visits(self._chromium, product, state))(who.width)
        seen = self._seen.setdefault(name if name in _ANEW else f"{who.whose} {who.is_new}", {})
        walk = Walk(context, self._keeper(name, who, product), who.scope, links, seen, who.only)
        if who.is_slower:
            walk.meanwhile = lambda: neighbours.change_everything(product)
        return walk

    def _product(self, is_new: bool) -> Product:
        if is_new not in self._products:
            served = api_alone(self._folder / ("new" if is_new else "full"))
            self._products[is_new] = product = self._ends.enter_context(served)
            if not is_new:
                self._fill(product)
            _copy(_database(product), self._untouched(is_new))
        return self._products[is_new]

    def _fill(self, product: Product) -> None:
        self._states[False, "owner"] = owner_of(product)
        full.fill(product.settings)
        for one in ("newcomer", "calm"):
            self._states[False, one] = invited(product, one, f"{one}@choir.example")
        full.link_phone(product.settings, "calm@choir.example")
        for one, state in neighbours.come(product).items():
            self._states[False, one] = state

    def _state(self, who: Visitor) -> StorageState | None:
        if who.whose and (who.is_new, who.whose) not in self._states:
            self._states[who.is_new, who.whose] = owner_of(self._products[who.is_new])
        return self._states[who.is_new, who.whose] if who.whose else None

    def _links(self, who: Visitor, product: Product) -> dict[str, str]:
        """What some addresses are filled with."""
        if who.is_new:
            return {}
        waiting = {"waiting": str(neighbours.waiting_schedule(product))}
        return waiting if who.whose else waiting | _links(product)

    def _untouched(self, is_new: bool) -> Path:
        """A server's database before anybody pressed anything."""
        return self._folder / ("new.db" if is_new else "full.db")

    def _keeper(self, name: str, who: Visitor, product: Product) -> Callable[[], None]:
        """Keeps what the server knows now; what it returns puts that back."""
        kept, there = self._folder / f"{name}.db", _database(product)
        _copy(there, kept)

        def put_back() -> None:
            _copy(kept, there)
            if who.whose:  # a new server has nobody who could have given one
                gave_password(product, timedelta(days=name == "owner, asked again"))

        return put_back


def _database(product: Product) -> Path:
    return Path(product.settings.data_path) / "app.db"


def _copy(from_file: Path, to_file: Path) -> None:
    with closing(sqlite3.connect(from_file)) as then, closing(sqlite3.connect(to_file)) as now:
        then.backup(now)


def _links(product: Product) -> dict[str, str]:
    """An invitation and a link to a new password, as they stand in an address."""
    books, now = Books(product), datetime.now(UTC)
    with books.scope() as session:
        owner = replace(books.owner, confirmed_at=now)  # the one who signed in a moment ago
        invite = team.invite_member(session, owner, "Ines", "own", now)
        _, link = password_links.link_for_email(session, "calm@choir.example", now)
    return {"invite": invite, "link": link}


def _stop(product: Product) -> None:
    books = Books(product)
    with books.scope() as session:
        stopping.stop_sending(session, books.owner, None, datetime.now(UTC))
