"""The api's memory stays where it is, however much is pressed and however many tabs come and go."""

import asyncio
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.bench import many
from tests.books import Books
from tests.endurance.crowd import Crowd
from tests.product import Product, until
from tests.whatsapp_server.client import Simulator
from wasched.ui.live.left_tabs import IN_ALL, PER_PERSON
from wasched.ui.templates.state import TemplatesState

ADA, BOB = "4915100000001", "4915100000002"
PRESSES, TABS, ROUNDS = 20_000, 2_000, 20
FREE_MB = 4.0  # where 160 tabs that keep what they had cost 12
SETTLES_S = 8.0


@pytest.fixture
def product(tmp_path: Path, whatsapp: Simulator) -> Iterator[Product]:
    """The product on a new folder, of which nothing runs yet."""
    made = Product(tmp_path / "product", whatsapp.environment(os.environ))
    yield made
    made.end()


def test_tabs_that_are_closed_give_their_memory_back_and_find_their_page_anew(
    product: Product,
) -> None:
    product.start_api()
    asyncio.run(_two_hundred_tabs(Crowd(product, Books(product), members=0)))


async def _two_hundred_tabs(crowd: Crowd) -> None:
    first = await crowd.open_tab(0, "/templates")
    await first.close()
    await crowd.use(presses=40, tabs=PER_PERSON + 4)

    grown = [await _growth_mb(crowd)]
    while grown[-1] > FREE_MB and len(grown) < 4:
        grown.append(await _growth_mb(crowd))

    assert grown[-1] <= FREE_MB, f"each round grew, in MB: {grown}"
    await first.come()
    assert first.of(TemplatesState)["is_loaded"]
    assert first.events == []  # nobody is led away, and nothing is told


async def _growth_mb(crowd: Crowd) -> float:
    """By how much the api is larger once 160 tabs have come and gone, and it had time to settle.

    Tabs that are kept cost as much in each round. What else it grows by, it does only once.
    """
    before = crowd.api_mb()
    await crowd.use(presses=40, tabs=160)
    with suppress(AssertionError):
        until(lambda: crowd.api_mb() - before <= FREE_MB, "it has settled", SETTLES_S)
    return round(crowd.api_mb() - before, 1)


@pytest.mark.torture
@pytest.mark.timeout(3600)
def test_twenty_thousand_presses_and_two_thousand_tabs_while_messages_go_out(
    product: Product, whatsapp: Simulator
) -> None:
    product.start_api()
    books = Books(product)
    many.fill(product.settings)
    product.start_worker()
    with _messages_going_out(books, whatsapp):
        asyncio.run(_long_day(Crowd(product, books, members=2 * IN_ALL // PER_PERSON)))
    print(f"{len(whatsapp.message_counts())} messages went out meanwhile")
    assert whatsapp.message_counts()


async def _long_day(crowd: Crowd) -> None:
    """Every page is seen and the bounds are reached before memory is first looked at."""
    await crowd.use(presses=PRESSES // ROUNDS, tabs=TABS // ROUNDS)
    await crowd.use(presses=PRESSES // ROUNDS, tabs=2 * IN_ALL)
    sizes = [crowd.api_mb()]
    for number in range(1, ROUNDS + 1):
        await crowd.use(presses=PRESSES // ROUNDS, tabs=TABS // ROUNDS)
        sizes.append(crowd.api_mb())
        share = number / ROUNDS
        print(f"{share * PRESSES:6,.0f} presses and {share * TABS:5,.0f} tabs:", end=" ")
        print(f"{sizes[-1]:.1f} MB, {sizes[-1] - sizes[0]:+.1f}")
    assert max(sizes) - sizes[0] < 15


@contextmanager
def _messages_going_out(books: Books, whatsapp: Simulator) -> Iterator[None]:
    """A message in every second, to somebody who reads it at once."""
    whatsapp.add_person(phone=ADA, name="Ada")
    whatsapp.add_person(phone=BOB, name="Bob", read=0.2)
    account_id, is_over = books.link(whatsapp, ADA), threading.Event()

    def schedule() -> None:
        number = 0
        while not is_over.wait(1):
            number += 1
            books.schedule(account_id, f"+{BOB}", f"Number {number}")

    thread = threading.Thread(target=schedule)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()
