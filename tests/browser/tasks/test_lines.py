"""Somebody writes where the line breaks or is slow, in two tabs, and on two devices."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.lines import Line, line_to
from tests.browser.tasks.conftest import A_PHONE, CARA, arrives, at_home
from tests.browser.tasks.hands import Effort, Hands
from tests.product import Product
from tests.whatsapp_server.client import Simulator

A_NUMBER, IS_LOST = "0151 00000003", "No connection to your server"


def test_nothing_is_lost_when_the_line_breaks_in_the_middle_of_writing(
    come: Visit, product: Product, phones: Simulator, effort: Effort
) -> None:
    with line_to(product.port) as line, _on(line, come, effort) as choir:
        choir.begins_message(A_NUMBER)
        choir.writes("Message", "We meet at the ")
        line.cut()
        expect(choir.words(IS_LOST)).to_be_visible()
        choir.types("church, not at the school")
        choir.clicks(choir.radio("Now"))
        line.mend()
        expect(choir.words(IS_LOST)).to_have_count(0)
        choir.clicks(choir.button("Send"))

        expect(choir.page.get_by_role("heading", name="What happened")).to_be_visible()
    arrives(phones, CARA, "We meet at the church, not at the school")


def test_pressed_three_times_without_a_line_it_goes_once(
    come: Visit, product: Product, phones: Simulator, effort: Effort
) -> None:
    with line_to(product.port) as line, _on(line, come, effort) as choir:
        choir.begins_message(A_NUMBER)
        choir.writes("Message", "Pressed in a tunnel")
        choir.clicks(choir.radio("Now"))
        line.cut()
        expect(choir.words(IS_LOST)).to_be_visible()
        for _ in range(3):
            choir.clicks(choir.button("Send"))
        expect(choir.words("goes as soon as the line is back")).to_be_visible()
        line.mend()

        expect(choir.page.get_by_role("heading", name="What happened")).to_be_visible()
    arrives(phones, CARA, "Pressed in a tunnel")


def test_a_message_is_sent_on_a_slow_line(
    come: Visit, product: Product, phones: Simulator, effort: Effort
) -> None:
    with line_to(product.port, delay_s=0.8) as line, _on(line, come, effort) as choir:
        choir.begins_message(A_NUMBER)
        choir.writes("Message", "From the mountains")
        choir.clicks(choir.radio("Now"))
        choir.clicks(choir.button("Send"))
        expect(choir.words("is on its way to your server")).to_be_visible()

        expect(choir.page.get_by_role("heading", name="What happened")).to_be_visible()
    arrives(phones, CARA, "From the mountains")


def test_two_tabs_hold_two_texts(choir: Hands, effort: Effort, phones: Simulator) -> None:
    other = Hands(choir.page.context.new_page(), effort)
    other.opens("/")
    both = ((choir, "To the sopranos"), (other, "To the basses"))
    for hands, text in both:
        hands.begins_message(A_NUMBER)
        hands.writes("Message", text)
    for hands, text in both:
        expect(hands.field("Message")).to_have_value(text)
        hands.clicks(hands.radio("Now"))
        hands.clicks(hands.button("Send"))
        expect(hands.page.get_by_role("heading", name="What happened")).to_be_visible()

    for _, text in both:
        arrives(phones, CARA, text)


def test_what_was_begun_on_a_phone_is_finished_at_a_desk(choir: Hands, bakery: Hands) -> None:
    choir.begins_message(A_NUMBER)
    choir.writes("Message", "Begun on the way")
    expect(choir.page.get_by_text("Begun on the way")).to_have_count(2)  # and its preview
    bakery.clicks(bakery.link("New message"))
    bakery.clicks(bakery.link("Go on"))

    expect(bakery.field("Message")).to_have_value("Begun on the way")
    expect(bakery.page.get_by_role("button", name="Remove")).to_have_count(1)


@contextmanager
def _on(line: Line, come: Visit, effort: Effort) -> Iterator[Hands]:
    """The secretary's phone at the end of a line."""
    yield at_home(come(360, base_url=line.url, **A_PHONE).new_page(), effort)
