"""Votes from phones, by the real library, on the page as they come; a killed worker loses none."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from tests.books import Books, now
from tests.browser.conftest import new_context, owner_of, product_on
from tests.browser.look import tab, violations
from tests.product import until
from tests.whatsapp_server.client import Simulator
from wasched.domain.content import Poll
from wasched.models import Recipient
from wasched.services.schedules import create

ADA, BOB, CARA = "4915100000001", "4915100000002", "4915100000003"
COMES = Poll("Who comes on Thursday?", ("I come", "I cannot", "Perhaps later"))


def _send_poll(books: Books, account_id: int) -> dict[str, tuple[int, str]]:
    """A poll to a group and to Bob; the message's page and WhatsApp's id, by whom it went to."""
    books.wait_until_known("Whole choir")
    with books.scope() as session:
        group = session.scalar(select(Recipient.id).where(Recipient.name == "Whole choir"))
        to = (group, f"+{BOB}")
        request = create.ScheduleRequest(account_id, to, (COMES,), None, None, "UTC")
        create.create_schedule(session, books.owner, request, now())
    until(lambda: all(one.sent_at for one in books.messages()), "both are sent")
    return {
        "group" if one.recipient_id == group else "bob": (
            one.id or 0,
            books.last_attempt(one).whatsapp_id or "",
        )
        for one in books.messages()
    }


def _counts(page: Page, title: str) -> list[str]:
    part = page.locator("section", has=page.get_by_role("heading", name=title, exact=True))
    return part.locator(".of-option .num").all_text_contents()


@pytest.mark.smoke
def test_votes_are_seen_as_they_come_and_survive_a_killed_worker(
    chromium: Browser, whatsapp: Simulator, tmp_path: Path
) -> None:
    for phone, name in ((ADA, "Ada"), (BOB, "Bob"), (CARA, "Cara")):
        whatsapp.add_person(phone=phone, name=name)
    whatsapp.add_group(subject="Whole choir", members=[ADA, BOB, CARA])
    with product_on(tmp_path / "votes", whatsapp) as product:
        context = new_context(chromium, product, storage_state=owner_of(product))
        books = Books(product)
        sent = _send_poll(books, books.link(whatsapp, ADA))
        message_id, in_group = sent["group"]
        for phone in (BOB, CARA):
            whatsapp.wait_inbox(phone=phone, id=in_group)
        with tab(context) as page:
            page.goto(f"/messages/{message_id}")
            turnout = page.locator(".turnout").first
            expect(turnout).to_have_text("0 of 2 voted")

            whatsapp.vote(phone=BOB, poll=in_group, choices=["I come"])
            whatsapp.vote(phone=CARA, poll=in_group, choices=["I come"], by="pn")
            whatsapp.react(phone=CARA, to=in_group, emoji="👍")
            expect(turnout).to_have_text("2 of 2 voted")
            whatsapp.vote(phone=BOB, poll=in_group, choices=["Perhaps later"], by="pn")
            expect(page.locator(".of-option .num").first).to_have_text("1 · 50 %")
            expect(page.get_by_text("👍 1")).to_be_visible()

            product.kill_whole("worker")
            whatsapp.vote(phone=CARA, poll=in_group, choices=["I cannot"])
            whatsapp.vote(phone=BOB, poll=sent["bob"][1], choices=["I come"])
            product.start_worker()

            expect(page.get_by_text("3 of 3 voted")).to_be_visible()
            assert _counts(page, "Votes") == ["0 · 0 %", "1 · 50 %", "1 · 50 %"]
            assert _counts(page, "Votes of the whole send") == [
                "1 · 33 %",
                "1 · 33 %",
                "1 · 33 %",
            ]
            page.get_by_text(re.compile("^By person")).first.click()
            expect(page.locator(".answers li").first).to_contain_text("Cara")
            assert violations(page) == []
            page.goto("/messages?tab=all")
            expect(page.get_by_text("3 of 3 voted")).to_be_visible()
        books.close()
