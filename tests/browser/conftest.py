"""A real Chromium, the real product, and a phone to link."""

import os
import secrets
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    StorageState,
    expect,
    sync_playwright,
)
from sqlalchemy import update

from tests.books import Books
from tests.browser import full
from tests.browser.look import tab
from tests.browser.person import OWNER, ZONE, Person
from tests.product import Product, running
from tests.whatsapp_server.client import Simulator
from tools.set_up_tests import find_browser
from wasched.models import SignIn
from wasched.services.identity import team

Visit = Callable[..., BrowserContext]
"""Opens a browser of its own: by width, theme and whatever else Playwright takes."""

# Chromium asks many hosts for many things when it starts; none of them is needed here.
_QUIET = (
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)

_TELL_REFUSED = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`Refused: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`))"""
_refused: list[str] = []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder drives Chromium."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """Keep what the browser showed and the product wrote when a test failed."""
    report = yield
    if report.failed:
        _keep(item)
    return report


@pytest.fixture(autouse=True)
def policy() -> Iterator[None]:
    """The content security policy stands in nobody's way, whatever a test does."""
    _refused.clear()
    yield
    assert not _refused


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """A browser with patience for a busy machine.

    Playwright keeps an event loop running meanwhile, which tests of other folders cannot bear.
    """
    expect.set_options(timeout=60_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=_QUIET)
        yield browser
        browser.close()


@pytest.fixture
def product(tmp_path: Path, whatsapp: Simulator) -> Iterator[Product]:
    """The product on embedded defaults, linked to nothing yet; its WhatsApp is the loopback one."""
    with product_on(tmp_path / "the product", whatsapp) as started:
        yield started


@pytest.fixture(scope="module")
def context(chromium: Browser, product: Product) -> Iterator[BrowserContext]:
    """The browser of the owner of a full server, in modules whose product is the module's own."""
    opened = new_context(chromium, product, storage_state=owner_of(product))
    full.fill(product.settings)
    yield opened
    opened.close()


@pytest.fixture(scope="package")
def full_product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A full server without a worker, for all who look, or put back what they change."""
    with api_alone(tmp_path_factory.mktemp("full")) as served:
        yield served


@pytest.fixture(scope="package")
def full_owner(full_product: Product) -> StorageState:
    """The cookies of that server's owner, once it is full."""
    state = owner_of(full_product)
    full.fill(full_product.settings)
    return state


@pytest.fixture(scope="package")
def shared_product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A server without a worker, for people who each see what is theirs alone."""
    with api_alone(tmp_path_factory.mktemp("shared")) as served:
        owner_of(served)
        yield served


@pytest.fixture
def member(chromium: Browser, shared_product: Product) -> Iterator[Person]:
    """Somebody who has just signed up on that server and stands on Home."""
    with _somebody(chromium, shared_product) as person:
        yield person


@pytest.fixture
def linked_member(chromium: Browser, shared_product: Product) -> Iterator[Person]:
    """The same, with a linked phone."""
    with _somebody(chromium, shared_product, has_phone=True) as person:
        yield person


@pytest.fixture
def visit(chromium: Browser, full_product: Product, full_owner: StorageState) -> Iterator[Visit]:
    """Opens the full server, for its owner unless told otherwise."""
    gave_password(full_product, timedelta(0))
    with visits(chromium, full_product, full_owner) as opens:
        yield opens


@pytest.fixture
def desk(visit: Visit) -> Iterator[Page]:
    """The full server's owner at a desktop; the test fails if the console complains."""
    with tab(visit()) as page:
        yield page


@pytest.fixture
def page(chromium: Browser, product: Product) -> Iterator[Page]:
    """A tab of somebody who has never been here; the test fails if its console complains."""
    with only_tab(chromium, product) as opened:
        yield opened


@pytest.fixture
def owner(page: Page, product: Product) -> Person:
    """The owner, who stands on Home in that tab."""
    page.context.add_cookies(owner_of(product)["cookies"])  # type: ignore[arg-type, typeddict-item]
    page.goto("/")
    expect(page.get_by_role("link", name="New message").first).to_be_visible()
    return Person(page)


@contextmanager
def product_on(
    folder: Path, phones: Simulator, environ: Mapping[str, str] | None = None
) -> Iterator[Product]:
    """The product on a folder, with some variables of its own."""
    with running(folder, surroundings(phones) | dict(environ or {})) as started:
        yield started


def surroundings(phones: Simulator) -> dict[str, str]:
    """The variables of a product in Berlin whose WhatsApp is the loopback one."""
    return {**phones.environment(os.environ), "APP_TIMEZONE": "Europe/Berlin"}


@contextmanager
def api_alone(folder: Path, **environ: str) -> Iterator[Product]:
    """The api without a worker: nothing changes what a test puts there."""
    served = Product(folder, {**os.environ, **environ})
    try:
        served.start_api()
        yield served
    finally:
        served.end()


def new_context(chromium: Browser, product: Product, **options: object) -> BrowserContext:
    """A browser profile of its own, with patience for a busy machine."""
    usual = {
        "base_url": product.url,
        "timezone_id": "Europe/Berlin",
        "locale": "en-GB",
        "reduced_motion": "reduce",
    }
    context = chromium.new_context(**{**usual, **options})  # type: ignore[arg-type]
    context.set_default_timeout(60_000)
    context.add_init_script(_TELL_REFUSED)
    context.on("console", lambda one: one.text.startswith("Refused:") and _refused.append(one.text))
    return context


@contextmanager
def only_tab(chromium: Browser, product: Product, **options: object) -> Iterator[Page]:
    """A browser with one tab; AssertionError at the end if its console complained."""
    context = new_context(chromium, product, **options)
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.extend(_complaint(message)))
    opened.on("pageerror", lambda fault: complaints.append(str(fault)))
    yield opened
    context.close()
    assert not complaints, f"the browser's console: {complaints}"


@contextmanager
def _somebody(chromium: Browser, product: Product, *, has_phone: bool = False) -> Iterator[Person]:
    email = f"{secrets.token_hex(8)}@choir.example"
    state = invited(product, "Tomás", email)
    if has_phone:
        full.link_phone(product.settings, email)
    with only_tab(chromium, product, storage_state=state) as opened:
        opened.goto("/")
        yield Person(opened)


@contextmanager
def visits(chromium: Browser, product: Product, owner: StorageState | None) -> Iterator[Visit]:
    """What opens a server in browsers that are closed at the end of the block."""
    opened: list[BrowserContext] = []

    def opens(width: int = 1280, theme: str = "light", **more: Any) -> BrowserContext:
        size = {"width": width, "height": 780 if width < 700 else 860}
        options = {"storage_state": owner, "viewport": size, "color_scheme": theme, **more}
        opened.append(new_context(chromium, product, **options))
        return opened[-1]

    yield opens
    for context in opened:
        context.close()


def gave_password(product: Product, ago: timedelta) -> None:
    """Have everybody who is signed in given their password so long ago."""
    with Books(product).scope() as session:
        session.execute(update(SignIn).values(confirmed_at=datetime.now(UTC) - ago))


def owner_of(product: Product) -> StorageState:
    """Set the server up by its form, without a browser; the owner's cookies."""
    return _enters(product, "set-up", OWNER.name, OWNER.email)


def invited(product: Product, name: str, email: str, role: str = team.OWN) -> StorageState:
    """Sign up by the form, with an invitation of the owner's; the cookies of who did.

    Whoever has no role in the owner's space has one of their own.
    """
    books = Books(product)
    with books.scope() as session:
        now = datetime.now(UTC)
        owner = replace(books.owner, confirmed_at=now)  # the one who signed in a moment ago
        token = team.invite_member(session, owner, name, role, now)
    return _enters(product, "register", name, email, invite=token)


def _enters(product: Product, door: str, name: str, email: str, **more: str) -> StorageState:
    form = {"name": name, "email": email, "password": OWNER.password, "zone": ZONE.key, **more}
    answer = httpx.post(f"{product.url}/auth/{door}", data=form, timeout=60)
    given: Any = [
        {"name": cookie, "value": value, "url": product.url}
        for cookie, value in answer.cookies.items()
    ]
    return {"cookies": given, "origins": []}


def _keep(item: pytest.Item) -> None:
    folder = Path("test-results") / item.name
    folder.mkdir(parents=True, exist_ok=True)
    for name, given in getattr(item, "funcargs", {}).items():
        page = given.page if isinstance(given, Person) else given
        if isinstance(page, Page) and not page.is_closed():
            page.screenshot(path=folder / f"{name}.png")
        if isinstance(given, Product):
            for part in ("api", "worker"):
                (folder / f"{name}-{part}.log").write_text(given.log(part))


def _complaint(message: ConsoleMessage) -> list[str]:
    """What a message in the console is about, if it is worth a failure."""
    # A connection that the test itself cuts is reported by the browser, not by our code.
    harmless = ("WebSocket connection", "ERR_CONNECTION", "Failed to load resource")
    if message.type not in ("error", "warning") or any(one in message.text for one in harmless):
        return []
    return [f"{message.type}: {message.text}"]
