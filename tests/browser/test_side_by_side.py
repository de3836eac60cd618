"""Several people of one space at a time: what one does, the others see by themselves."""

import secrets
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Browser, expect
from sqlmodel import select

from tests.books import Books
from tests.browser import full
from tests.browser.conftest import invited, visits
from tests.browser.look import tab
from tests.browser.person import OWNER
from tests.product import Product
from wasched.models import User
from wasched.services.accounts import accounts
from wasched.services.identity import users


def test_two_managers_and_a_viewer_work_side_by_side(
    chromium: Browser, shared_product: Product
) -> None:
    """They cancel, add, change a role, remove somebody, and go to another space."""
    bob, dora, vera = (f"{name} {secrets.token_hex(3)}" for name in ("Bob", "Dora", "Vera"))
    emails = {one: f"{one.replace(' ', '-').lower()}@choir.example" for one in (bob, dora, vera)}
    roles = {bob: "manager", dora: "manager", vera: "viewer"}
    cookies = {one: invited(shared_product, one, emails[one], roles[one]) for one in roles}
    _gets_a_second_space(shared_product, emails[dora], "Bakery")
    _schedules_for_tomorrow(shared_product, "Rehearsal for all three")

    with ExitStack() as stack:
        opens = stack.enter_context(visits(chromium, shared_product, None))
        his, hers, views = (
            stack.enter_context(tab(opens(storage_state=cookies[one]))) for one in roles
        )
        for page in (his, hers, views):
            page.goto("/messages")
            expect(page.get_by_text("Rehearsal for all three")).to_be_visible()
        expect(views.get_by_role("link", name="New message")).to_have_count(0)

        his.get_by_role("checkbox", name="Choose", exact=False).last.click()
        his.get_by_role("button", name="Cancel them").click()
        for page in (hers, views):
            expect(page.get_by_text("Rehearsal for all three")).to_have_count(0)

        views.goto("/recipients")
        expect(views.get_by_role("heading", name="Recipients").first).to_be_visible()
        hers.goto("/recipients")
        hers.locator("summary", has_text="Add a person").click()
        hers.get_by_label("Name").fill(f"Anna, whom {dora} knows")
        hers.get_by_label("Number").fill("+49 151 0000 0012")
        hers.get_by_role("button", name="Add", exact=True).click()
        expect(views.get_by_text(f"Anna, whom {dora} knows")).to_be_visible()

        his.goto("/settings#people")
        his.get_by_label(f"What {vera} may do").select_option("editor")
        expect(views.get_by_role("link", name="New message").first).to_be_visible()
        member = his.locator(".person", has_text=vera)
        member.get_by_role("button", name="Remove").first.click()
        his.get_by_role("button", name="Remove them, let it go on").locator("visible=true").click()
        expect(views.get_by_role("heading", name="Sign in")).to_be_visible()
        assert views.get_by_text("whom").count() == 0

        hers.locator("summary", has_text="Space:").first.click()
        hers.get_by_role("button", name="Bakery").first.click()
        expect(hers.locator("summary", has_text="Bakery").first).to_be_visible()
        hers.goto("/recipients")
        expect(hers.get_by_text("Nobody yet")).to_be_visible()


def _gets_a_second_space(product: Product, email: str, name: str) -> None:
    with Books(product).scope() as session:
        user = session.exec(select(User).where(User.email == email)).one()
        users.give_space(session, user.id or 0, name, datetime.now(UTC))


def _schedules_for_tomorrow(product: Product, text: str) -> None:
    full.link_phone(product.settings, OWNER.email)
    books = Books(product)
    with books.scope(write=False) as session:
        account_id = accounts.account_names(session, books.owner)[-1].id
    books.schedule(account_id, "+4915100000013", text, datetime.now(UTC) + timedelta(days=1))
