"""People at a server whose phone is linked, and what each of their tasks took."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from tests.books import Books
from tests.browser.conftest import Visit, owner_of, product_on, visits
from tests.browser.look import tab
from tests.browser.person import ZONE
from tests.browser.tasks import table
from tests.browser.tasks.hands import Effort, Hands
from tests.product import Product, until
from tests.whatsapp_server.client import Simulator

ADA, BOB, CARA, DORA = (f"491510000000{number}" for number in range(1, 5))
JOERG, CHOIR = "Jörg Müller", "Chor"
A_PHONE = {"has_touch": True, "is_mobile": True}

_took: dict[str, Effort] = {}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All but a few of them run in `make smoke` alone."""
    for item in items:
        if item.name in table.TASKS and item.name not in table.QUICK:
            item.add_marker(pytest.mark.smoke)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The table of docs/benchmarks.md, as far as it was measured."""
    if _took:
        terminalreporter.section("people's tasks")
        terminalreporter.write_line(table.written(_took))


@pytest.fixture
def effort(request: pytest.FixtureRequest) -> Iterator[Effort]:
    """What the test's task takes, which is no more than the table says."""
    spent = Effort()
    yield spent
    known = table.TASKS[request.node.name]
    _took[request.node.name] = spent
    assert spent.is_within(known.takes), f"{known.what}: {spent}; the table has {known.takes}"


@pytest.fixture(scope="package")
def phones(whatsapp_server: Simulator) -> Iterator[Simulator]:
    """Ada's phone, to be linked, two that it knows by their names, a group, and one more."""
    whatsapp_server.reset()
    for phone, name in ((ADA, "Ada"), (BOB, JOERG), (CARA, "Cara Lind"), (DORA, "Dora")):
        whatsapp_server.add_person(phone=phone, name=name, read=0.2)
    whatsapp_server.name_contacts(phone=ADA, names={BOB: JOERG, CARA: "Cara Lind"})
    whatsapp_server.add_group(subject=CHOIR, members=[ADA, BOB, CARA])
    yield whatsapp_server
    problems = whatsapp_server.problems()
    whatsapp_server.reset()
    assert not problems, f"what should not have happened: {problems}"


@pytest.fixture(scope="package")
def product(tmp_path_factory: pytest.TempPathFactory, phones: Simulator) -> Iterator[Product]:
    """The whole product, of these tests alone."""
    with product_on(tmp_path_factory.mktemp("tasks"), phones) as started:
        yield started


@pytest.fixture(scope="package")
def owner(product: Product) -> StorageState:
    """The cookies of who has set it up."""
    return owner_of(product)


@pytest.fixture(scope="package")
def books(product: Product, owner: StorageState, phones: Simulator) -> Iterator[Books]:
    """Its database, once Ada's phone is linked and has told of its people."""
    kept = Books(product)
    kept.link(phones, ADA)
    kept.wait_until_known(JOERG, CHOIR)
    yield kept
    kept.close()


@pytest.fixture
def come(chromium: Browser, product: Product, owner: StorageState, books: Books) -> Iterator[Visit]:
    """Opens browsers of the owner's."""
    with visits(chromium, product, owner) as opens:
        yield opens


@pytest.fixture
def choir(come: Visit, effort: Effort) -> Iterator[Hands]:
    """A secretary with a phone in hand, on Home."""
    with tab(come(360, **A_PHONE)) as page:
        yield at_home(page, effort)


@pytest.fixture
def bakery(come: Visit, effort: Effort) -> Iterator[Hands]:
    """A shop's owner at a desk, on Home."""
    with tab(come()) as page:
        yield at_home(page, effort)


def arrives(phones: Simulator, phone: str, text: str) -> None:
    """Wait until a text is on a phone, and see that it is there once."""
    until(lambda: text in phones.texts(phone), f"{text} arrives")
    assert phones.texts(phone).count(text) == 1


def at_home(page: Page, effort: Effort) -> Hands:
    """The person on Home, where the task begins."""
    hands = Hands(page, effort)
    hands.opens("/")
    expect(page.get_by_role("heading", name="Next")).to_be_visible()
    expect(page.locator(".place")).to_have_count(0)  # the first words have gone
    hands.begins_task()
    return hands


def day(ahead: int, clock: str = "12:00") -> datetime:
    """A time of the day so many days from today, where the people live."""
    hour, minute = map(int, clock.split(":"))
    return (datetime.now(ZONE) + timedelta(days=ahead)).replace(
        hour=hour, minute=minute, second=0, microsecond=0, tzinfo=None
    )
