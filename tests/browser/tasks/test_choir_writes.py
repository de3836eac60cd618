"""A choir's secretary writes from a phone."""

import re

from playwright.sync_api import expect

from tests.books import Books
from tests.browser.conftest import Visit
from tests.browser.look import tab
from tests.browser.tasks.conftest import A_PHONE, BOB, CARA, CHOIR, arrives, at_home
from tests.browser.tasks.hands import Effort, Hands
from tests.whatsapp_server.client import Simulator

HOLIDAYS = "every Thursday at 18:00 except 22 December to 6 January"


def test_a_first_message_is_on_a_phone(choir: Hands, phones: Simulator) -> None:
    choir.begins_message("0151 00000003")
    choir.writes("Message", "Hello Cara, this is a test")
    choir.clicks(choir.radio("Now"))
    choir.clicks(choir.button("Send"))

    expect(choir.page.get_by_role("heading", name="What happened")).to_be_visible()
    arrives(phones, CARA, "Hello Cara, this is a test")


def test_what_became_of_it(choir: Hands, books: Books) -> None:
    books.schedule(1, f"+{BOB}", "Is it there?")
    choir.clicks(choir.link(re.compile("^Messages")))
    choir.clicks(choir.link(re.compile("^Past")))
    choir.clicks(choir.row("Is it there?"))

    expect(choir.page.get_by_role("main").get_by_text("They have read it.")).to_be_visible()


def test_every_other_tuesday(choir: Hands) -> None:
    choir.begins_message(CHOIR)
    choir.writes("Message", "Rehearsal tonight at 19:30")
    choir.writes("When, in your words", "every other Tuesday at 18:00")
    choir.clicks(choir.button("Schedule"))

    choir.page.wait_for_url("**/messages")
    expect(choir.page.get_by_text("Scheduled. First ")).to_be_visible()


def test_every_other_tuesday_is_chosen(choir: Hands) -> None:
    """By fields and not by words."""
    choir.begins_message(CHOIR)
    choir.writes("Message", "Rehearsal tonight at 19:30")
    choir.clicks(choir.radio("Repeats"))
    choir.writes("How many", "2")
    days = choir.page.get_by_role("group", name="Weekdays").get_by_role("checkbox")
    for one in days.all():
        if one.is_checked() != (one.get_attribute("aria-label") == "Tuesday"):
            choir.clicks(one.locator(".."))
    choir.dates("Time", "18:00")
    expect(choir.page.locator(".sentence")).to_contain_text("Every 2 weeks on Tuesday at 18:00")
    choir.clicks(choir.button("Schedule"))

    choir.page.wait_for_url("**/messages")


def test_every_thursday_but_in_the_holidays(choir: Hands) -> None:
    choir.begins_message(CHOIR)
    choir.writes("Message", "Rehearsal tonight at 19:30")
    choir.writes("When, in your words", HOLIDAYS)
    expect(choir.page.locator("#preview")).to_contain_text(re.compile("It leaves out .*December"))
    choir.clicks(choir.button("Schedule"))

    choir.page.wait_for_url("**/messages")


def test_a_reminder_goes_each_day(choir: Hands) -> None:
    choir.begins_message("0151 00000003")
    choir.writes("Message", "Take your pills")
    choir.writes("When, in your words", "every day at 20:00")
    choir.clicks(choir.button("Schedule"))

    choir.page.wait_for_url("**/messages")
    expect(choir.page.get_by_text("Scheduled. First ")).to_be_visible()


def test_a_poll_goes_to_the_group_each_thursday(choir: Hands) -> None:
    choir.begins_message(CHOIR)
    choir.clicks(choir.page.get_by_role("toolbar").get_by_label("Attach", exact=True))
    choir.clicks(choir.page.get_by_role("menuitem", name="Poll"))
    choir.writes("Question", "Who comes tonight?")
    choir.clicks(choir.button("Yes, No or Maybe"))
    choir.writes("When, in your words", "every Thursday at noon")
    choir.clicks(choir.button("Schedule"))

    choir.page.wait_for_url("**/messages")
    expect(choir.page.get_by_role("main").get_by_text("Who comes tonight?").first).to_be_visible()


def test_at_night_it_is_dark(come: Visit, effort: Effort) -> None:
    with tab(come(360, "dark", **A_PHONE)) as page:
        at_home(page, effort)
        seen = page.evaluate("getComputedStyle(document.body).backgroundColor")

    assert max(map(int, re.findall(r"\d+", seen)[:3])) < 60


def test_it_can_be_installed_as_an_app(choir: Hands) -> None:
    asked = choir.page.context.new_cdp_session(choir.page)
    refusals = asked.send("Page.getInstallabilityErrors")["installabilityErrors"]

    # What the test itself is the reason of.
    assert [one["errorId"] for one in refusals] == ["in-incognito"]
