"""A passkey by keyboard alone: made in Settings, given at the door, and refused with a sentence."""

from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import invited, visits
from tests.browser.look import can_be_read, tab
from tests.product import Product


def test_it_is_made_in_settings_and_signs_in_by_itself(
    chromium: Browser, shared_product: Product
) -> None:
    state = invited(shared_product, "Paula", "paula@choir.example")
    with visits(chromium, shared_product, state) as visit, tab(visit()) as page:
        device = _device(page)
        page.goto("/settings")
        part = page.locator("#passkeys")
        part.get_by_label("Name of a new one").fill("Paula's phone")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Your recovery codes")).to_be_focused()
        expect(part.get_by_text("Paula's phone").first).to_be_visible()
        can_be_read(page)
        page.request.post("/auth/sign-out", headers={"Origin": shared_product.url})
        page.goto("/sign-in?next=/messages")
        button = page.get_by_role("button", name="Sign in with a passkey")
        device(False)
        button.press("Enter")
        expect(page.get_by_text("No passkey came")).to_be_visible()
        can_be_read(page)
        device(True)
        button.press("Enter")

        expect(page).to_have_url(f"{shared_product.url}/messages")


def _device(page: Page) -> Callable[[bool], None]:
    """A device that can hold passkeys; what is returned says whether its person unlocks it."""
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = line.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    def unlocks(is_unlocked: bool) -> None:
        said = {"authenticatorId": made["authenticatorId"], "isUserVerified": is_unlocked}
        line.send("WebAuthn.setUserVerified", said)

    return unlocks
