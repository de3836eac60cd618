"""The second step by keyboard alone: set up in Settings, then asked for at the door."""

import pyotp
from playwright.sync_api import Browser, expect

from tests.browser.conftest import invited, visits
from tests.browser.look import can_be_read, tab
from tests.browser.person import OWNER
from tests.product import Product

_EMAIL = "ines@choir.example"


def test_it_is_set_up_and_a_recovery_code_lets_one_in_without_the_app(
    chromium: Browser, full_product: Product
) -> None:
    state = invited(full_product, "Ines", _EMAIL)
    with visits(chromium, full_product, state) as visit, tab(visit()) as page:
        page.goto("/settings")
        page.locator("#second-step").get_by_role("button", name="Set it up").press("Enter")
        field = page.get_by_label("Code in the app")
        expect(field).to_be_focused()
        key = page.locator("#second-step p.num").inner_text().replace(" ", "")
        page.keyboard.type("000000")
        page.keyboard.press("Enter")
        expect(page.get_by_text("That is not the app's present code.")).to_be_visible()
        expect(field).to_be_focused()
        field.fill(pyotp.TOTP(key).now())
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Your recovery codes")).to_be_focused()
        can_be_read(page)
        codes = page.locator("#second-step .codes li").all_inner_texts()

        page.request.post("/auth/sign-out", headers={"Origin": full_product.url})
        page.goto("/sign-in?next=/messages")
        page.get_by_label("E-mail").fill(_EMAIL)
        page.get_by_label("Password", exact=True).fill(OWNER.password)
        page.keyboard.press("Enter")
        code = page.get_by_label("Code", exact=True)
        expect(code).to_be_focused()
        page.keyboard.type("123456")
        page.keyboard.press("Enter")
        expect(page.get_by_text("That code is wrong, or was used before.")).to_be_visible()
        expect(code).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        can_be_read(page)
        page.get_by_label("Recovery code").fill(codes[0])
        page.keyboard.press("Enter")

        expect(page).to_have_url(f"{full_product.url}/messages")
