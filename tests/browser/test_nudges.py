"""A poll with a nudge, written in a browser: whoever votes before it leaves is not nudged."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from tests.books import Books, now
from tests.browser.conftest import new_context, owner_of, product_on
from tests.browser.look import fits, tab, violations, writable
from tests.product import until
from tests.whatsapp_server.client import Simulator
from wasched.domain.message import Status
from wasched.models import Schedule
from wasched.services import schedules

ADA, BOB, CARA = "4915100000001", "4915100000002", "4915100000003"
SAYS = "Please vote"


@pytest.mark.smoke
def test_only_who_has_not_voted_is_nudged_though_the_worker_was_killed(
    chromium: Browser, whatsapp: Simulator, tmp_path: Path
) -> None:
    for phone, name in ((ADA, "Ada"), (BOB, "Bob"), (CARA, "Cara")):
        whatsapp.add_person(phone=phone, name=name)
    with product_on(tmp_path / "nudges", whatsapp) as product:
        context = new_context(chromium, product, storage_state=owner_of(product))
        books = Books(product)
        books.link(whatsapp, ADA)
        with tab(context) as page:
            _sends_poll(page)
            until(lambda: sum(one.sent_at is not None for one in books.messages()) == 2, "sent")
            to_bob = whatsapp.wait_inbox(phone=BOB)[0]["id"]
            page.goto(f"/schedules/{books.messages()[0].schedule_id}")
            page.get_by_role("link", name="nudge to those who have not voted").click()
            expect(page.get_by_text("only those get it who have not voted by then")).to_be_visible()

            product.kill_whole("worker")
            whatsapp.vote(phone=BOB, poll=to_bob, choices=["Yes"], by="pn")
            with books.scope() as session:
                nudge = session.scalar(select(Schedule.id).where(Schedule.has_not != ""))
                schedules.send_now(session, books.owner, nudge or 0, now())
            product.start_worker()

            got = whatsapp.wait_inbox(phone=CARA, count=2)
            assert got[-1]["text"] == SAYS
            expect(page.get_by_text("Skipped")).to_be_visible()
        assert [one["text"] for one in whatsapp.inbox(phone=BOB) if one.get("text") == SAYS] == []
        skipped = [one for one in books.messages() if one.status == Status.SKIPPED]
        assert [one.reason.code for one in skipped] == ["had_voted"]


def _sends_poll(page: Page) -> None:
    """A poll to Bob and Cara, now, with a nudge the day after."""
    page.goto("/new")
    writable(page)
    for phone in (BOB, CARA):
        page.get_by_label("To", exact=True).fill(f"+{phone}")
        page.keyboard.press("Enter")
    page.get_by_role("radio", name="Now", exact=True).click()
    page.get_by_role("toolbar").get_by_label("Attach", exact=True).click()
    page.get_by_role("menuitem", name="Poll", exact=True).click()
    page.get_by_label("Question").fill("Who comes?")
    for number, answer in enumerate(("Yes", "No"), 1):
        page.get_by_label(f"Answer {number}", exact=True).fill(answer)
    page.get_by_text("Remind those who do not answer").click()
    page.get_by_label("Remind", exact=True).select_option("Those who have not voted")
    page.get_by_label("It says").fill(SAYS)
    expect(page.locator("#preview .votes li")).to_have_count(2)
    assert fits(page) and violations(page) == []
    page.get_by_role("button", name="Send", exact=True).locator("visible=true").first.click()
    page.wait_for_url("**/messages**")
