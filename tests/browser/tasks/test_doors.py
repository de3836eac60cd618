"""Who comes for the first time, comes back, or has forgotten the password."""

import pytest
from playwright.sync_api import expect

from tests.books import Books
from tests.browser.conftest import Visit, invited
from tests.browser.look import tab
from tests.browser.person import OWNER
from tests.browser.tasks.conftest import A_PHONE, BOB, CARA, CHOIR, arrives, at_home, day
from tests.browser.tasks.hands import Effort, Hands
from tests.product import Product
from tests.whatsapp_server.client import Simulator


@pytest.fixture
def stranger(come: Visit, effort: Effort) -> Hands:
    """Somebody with a phone who is not signed in."""
    return Hands(come(360, storage_state=None, **A_PHONE).new_page(), effort)


def test_a_colleague_is_invited(choir: Hands) -> None:
    choir.clicks(choir.link("More"))
    choir.clicks(choir.link("Settings"))
    choir.writes("Their name", "Nadia Haddad")
    choir.clicks(choir.button("Make an invitation"))

    expect(choir.words("/sign-up?invite=")).to_be_visible()


def test_a_forgotten_password_is_replaced(
    come: Visit, stranger: Hands, product: Product, effort: Effort
) -> None:
    invited(product, "Tomás Rivera", "tomas@choir.example")
    stranger.opens("/sign-in")
    expect(stranger.words("Who runs this server can give you a link")).to_be_visible()
    with tab(come(360, **A_PHONE)) as page:
        choir = at_home(page, effort)
        choir.clicks(choir.link("More"))
        choir.clicks(choir.link("Settings"))
        choir.clicks(choir.button("Give a new password"))
        link = choir.words("/new-password?link=").inner_text()
    stranger.opens(link)
    stranger.writes("New password", "five words are easier still")
    stranger.clicks(stranger.button("Save and sign in"))

    expect(stranger.words("Link a phone, then write")).to_be_visible()


def test_a_colleague_signs_up(come: Visit, stranger: Hands) -> None:
    link = _invitation(come, "Nadia Haddad")
    stranger.opens(link)
    stranger.begins_task()
    expect(stranger.field("Your name")).to_have_value("Nadia Haddad")
    stranger.writes("E-mail", "nadia@choir.example")
    stranger.writes("Password", "five words are easier still")
    stranger.clicks(stranger.button("Sign up"))

    expect(stranger.page.get_by_role("heading", name="Next")).to_be_visible()


def test_a_colleague_writes_through_the_same_phone(
    come: Visit, product: Product, phones: Simulator, effort: Effort
) -> None:
    state = invited(product, "Lena", "lena@choir.example", "editor")
    with tab(come(360, storage_state=state, **A_PHONE)) as page:
        colleague = at_home(page, effort)
        colleague.begins_message(CHOIR)
        colleague.writes("Message", "From your new colleague")
        colleague.clicks(colleague.radio("Now"))
        colleague.clicks(colleague.button("Send"))

        expect(page.get_by_role("heading", name="What happened")).to_be_visible()
    arrives(phones, CARA, "From your new colleague")


def test_a_link_leads_there_after_signing_in(stranger: Hands, books: Books) -> None:
    made = books.schedule(1, f"+{BOB}", "Behind a link", day(1), "Europe/Berlin")
    stranger.opens(f"/schedules/{made}")
    stranger.page.wait_for_url("**/sign-in**")
    stranger.begins_task()
    _signs_in(stranger, OWNER.password)

    expect(stranger.page.locator(".bubble")).to_contain_text("Behind a link")


def test_a_wrong_password_is_said_and_the_address_kept(stranger: Hands) -> None:
    stranger.opens("/sign-in")
    stranger.begins_task()
    _signs_in(stranger, "correct horse")
    expect(stranger.words("do not match")).to_be_visible()
    expect(stranger.field("E-mail")).to_have_value(OWNER.email)
    stranger.writes("Password", OWNER.password)
    stranger.clicks(stranger.button("Sign in"))

    expect(stranger.page.get_by_role("heading", name="Next")).to_be_visible()


def _signs_in(hands: Hands, password: str) -> None:
    hands.writes("E-mail", OWNER.email)
    hands.writes("Password", password)
    hands.clicks(hands.button("Sign in"))


def _invitation(come: Visit, name: str) -> str:
    """A link that the owner has made."""
    page = come().new_page()
    page.goto("/settings")
    page.get_by_label("Their name").fill(name)
    page.get_by_role("button", name="Make an invitation").click()
    link = page.get_by_text("/sign-up?invite=").inner_text()
    page.close()
    return link
