"""The password is asked for before somebody is let in, and what was begun goes on after it."""

from datetime import timedelta

from playwright.sync_api import Page, expect
from sqlmodel import select

from tests.books import Books
from tests.browser.conftest import gave_password
from tests.browser.person import OWNER
from tests.product import Product
from wasched.models import Invitation


def test_by_keyboard_alone_a_wrong_one_is_told_and_the_right_one_goes_on(
    desk: Page, full_product: Product
) -> None:
    books = Books(full_product)
    gave_password(full_product, timedelta(hours=1))
    desk.goto("/settings")
    whom, question = desk.get_by_label("Their name"), desk.get_by_role("alertdialog")
    password = question.get_by_label("Password")
    whom.fill("Nadia, alto")
    desk.keyboard.press("Enter")
    expect(password).to_be_focused()
    desk.keyboard.press("Escape")
    expect(whom).to_be_focused()
    whom.fill("Nadia, alto")
    desk.keyboard.press("Enter")
    expect(password).to_be_focused()
    desk.keyboard.type("something else")
    desk.keyboard.press("Enter")
    expect(question.get_by_text("That is not your present password.")).to_be_visible()
    expect(password).to_be_focused()
    password.fill(OWNER.password)
    desk.keyboard.press("Tab")
    expect(question.get_by_role("button", name="Back")).to_be_focused()
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")

    expect(desk.get_by_text("/sign-up?invite=")).to_be_visible()
    expect(question).to_have_count(0)
    desk.get_by_role("listitem").filter(has_text="Nadia").get_by_role("button").click()
    expect(desk.get_by_text("The invitation is taken back.")).to_be_visible()
    with books.scope(write=False) as session:
        assert session.exec(select(Invitation.id)).all() == []
