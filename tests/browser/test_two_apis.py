"""Two apis behind a proxy: whichever answers, and whichever dies, a person notices nothing."""

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.books import Books, now
from tests.browser import full
from tests.browser.conftest import new_context, owner_of
from tests.browser.person import OWNER, Person
from tests.caddy import caddy, place_in
from tests.product import Product
from tests.two_apis import TwoApis, two_apis
from wasched.services.identity import keys
from wasched.services.identity.guess_limits import TRIES_MAX

BOB = "+4915100000002"
LAST_WORDS = ", and what was typed in the last second"


@pytest.fixture
def apis(tmp_path: Path) -> Iterator[TwoApis]:
    """Two apis of a server that is set up and has a phone; no worker changes what is there."""
    with two_apis(
        tmp_path, {**os.environ, "API_BURST": "3", "API_PER_MINUTE": "1"}, has_worker=False
    ) as running:
        owner_of(running.first)
        full.link_phone(running.first.settings, OWNER.email)
        yield running


@pytest.fixture
def page(chromium: Browser, apis: TwoApis) -> Iterator[Page]:
    """A tab of somebody who comes by the proxy."""
    context = new_context(chromium, apis.first, base_url=apis.proxy.url)
    yield context.new_page()
    context.close()


def test_whichever_api_answers_and_whichever_dies(apis: TwoApis, page: Page) -> None:
    owner, beside = _signs_in_by_the_first(apis, page), page.context.new_page()
    apis.proxy.lead(1)
    beside.goto("/messages")
    expect(beside.get_by_text("Nothing is scheduled")).to_be_visible()
    assert apis.proxy.last_api("/_event/") == 1
    apis.proxy.lead(None)

    _counts_the_requests_of_a_key_once(apis)
    expect(beside.get_by_role("main").get_by_text("By a program").first).to_be_visible()
    _counts_guesses_once(apis)

    _types_while_its_api_dies(owner, apis.first, "Typed before")
    _sends_what_was_typed(page, "Typed before")
    expect(beside.get_by_role("main").get_by_text("Typed before").first).to_be_visible()


@pytest.mark.torture
@pytest.mark.timeout(1800)
def test_behind_caddy_no_typed_word_is_lost_however_often_apis_die(
    apis: TwoApis, chromium: Browser, tmp_path: Path
) -> None:
    rounds, random = 12, Random(int(os.environ.get("SEED", "1")))
    with caddy(tmp_path, [one.port for one in apis.apis]) as url:
        context = new_context(chromium, apis.first, base_url=url)
        page = context.new_page()
        owner = _signs_in(page)
        for number in range(rounds):
            place = _place_by_caddy(page, apis)
            page.reload()
            expect(page.get_by_role("link", name="New message").first).to_be_visible()
            assert _place_by_caddy(page, apis) == place
            words = f"Number {number}"
            _types_while_its_api_dies(owner, apis.apis[place], words, random.randrange(3))
            _sends_what_was_typed(page, words)
            assert _place_by_caddy(page, apis) != place
            apis.apis[place].start_api()
        context.close()
    assert len(Books(apis.first).messages()) == rounds


def _signs_in_by_the_first(apis: TwoApis, page: Page) -> Person:
    apis.proxy.lead(0)
    owner = _signs_in(page)
    apis.proxy.lead(None)
    assert apis.proxy.last_api("/_event/") == 0
    return owner


def _place_by_caddy(page: Page, apis: TwoApis) -> int:
    [found] = [one["value"] for one in page.context.cookies() if one["name"] == "lb"]
    return place_in(found, [one.port for one in apis.apis])


def _signs_in(page: Page) -> Person:
    page.goto("/")
    Person(page).signs_in(OWNER.email, OWNER.password)
    expect(page.get_by_role("link", name="New message").first).to_be_visible()
    return Person(page)


def _types_while_its_api_dies(
    owner: Person, dying: Product, words: str, waits_for_draft: int = 1
) -> None:
    field = owner.page.get_by_label("Message", exact=True)
    owner.page.get_by_role("link", name="New message").first.click()
    # A page that was open before is shown as it was until it has been loaded anew.
    expect(owner.page.locator("[data-leaving]")).to_have_count(0)
    expect(owner.page.get_by_label("To", exact=True)).to_be_focused()
    owner.addresses(BOB)
    owner.page.wait_for_url("**/new?draft=*")  # to whom it goes is kept
    field.fill(words)
    if waits_for_draft:
        expect(owner.page.get_by_text(words)).to_have_count(2)  # the field, and its preview
    field.press("End")
    owner.page.keyboard.type(LAST_WORDS)
    dying.kill_whole("api")


def _sends_what_was_typed(page: Page, words: str) -> None:
    expect(page.locator("#preview").get_by_text(words + LAST_WORDS)).to_be_visible()
    expect(page.get_by_label("Message", exact=True)).to_have_value(words + LAST_WORDS)
    expect(page.get_by_role("button", name="Remove")).to_have_count(1)
    page.get_by_role("radio", name="Now", exact=True).click()
    page.get_by_role("button", name="Send", exact=True).first.click()
    page.wait_for_url("**/messages**")


def _counts_the_requests_of_a_key_once(apis: TwoApis) -> None:
    """Three at once are let in, wherever they come."""
    books = Books(apis.first)
    with books.scope() as session:
        token = keys.add_key(session, books.owner, "Bells", ("read", "send"), now())
    message = {"to": [BOB], "text": "By a program", "when": "tomorrow at 18:00"}
    answers = [
        _asks(apis.first, token, "POST", json=message),
        *(_asks(one, token, "GET") for one in (apis.second, apis.first)),
        *(_asks(one, token, "GET") for one in (apis.second, apis.first)),
    ]
    assert answers == [201, 200, 200, 429, 429]


def _asks(api: Product, token: str, method: str, **more: Any) -> int:
    heads = {"Authorization": f"Bearer {token}"}
    answer = httpx.request(method, f"{api.url}/api/v1/messages", headers=heads, timeout=60, **more)
    return answer.status_code


def _counts_guesses_once(apis: TwoApis) -> None:
    """Half of them at each api are as many as all at one."""
    told = [_guesses(apis.apis[number % 2]) for number in range(TRIES_MAX + 2)]
    assert [where.startswith("wait") for where in told] == [*[False] * TRIES_MAX, True, True]


def _guesses(api: Product) -> str:
    """What is said of a wrong password."""
    form = {"email": "nobody@choir.example", "password": "wrong horse battery"}
    answer = httpx.post(f"{api.url}/auth/sign-in", data=form, timeout=60)
    return str(answer.headers["location"].partition("error=")[2])
