"""A number that WhatsApp asks for its passkey is linked by a bookmark, on WhatsApp's own origin.

The browser itself makes the assertion, with a virtual authenticator; the page there is made up,
with a policy as strict as such a page can have.
"""

import base64
import re
from contextlib import suppress
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.conftest import new_context, owner_of
from tests.browser.look import can_be_read, tab
from tests.product import Product
from tests.whatsapp_server.client import CommandError, Simulator

pytestmark = pytest.mark.slow

ADA = "4915100000001"
WEB = "https://web.whatsapp.com/"
_POLICY = (
    "default-src 'self'; script-src 'nonce-page'; style-src 'self'; form-action 'self'; "
    "require-trusted-types-for 'script'; trusted-types default"
)


def test_a_number_that_is_asked_for_its_passkey_is_linked(
    chromium: Browser, product: Product, whatsapp: Simulator
) -> None:
    whatsapp.add_person(phone=ADA, name="Ada", passkey=True)
    context = new_context(chromium, product, storage_state=owner_of(product))
    context.route(f"{WEB}**", _answer_as_whatsapp)
    with tab(context) as page:
        _comes_to_the_gate(page, whatsapp)
        can_be_read(page)
        page.get_by_role("button", name="Begin").click()
        expect(page.get_by_role("heading", name="1 of 3")).to_be_visible()
        _scans(page, whatsapp)
        expect(page.get_by_role("heading", name="2 of 3")).to_be_visible()
        can_be_read(page)
        bookmark = page.get_by_role("link", name="Show my passkey")
        expect(bookmark).to_have_attribute("href", re.compile("^javascript:"))
        _shows_passkey(context, whatsapp, unquote(bookmark.get_attribute("href") or ""))
        expect(page.get_by_text("Connected").locator("visible=true").first).to_be_visible()
    context.close()


def _comes_to_the_gate(page: Page, phones: Simulator) -> None:
    page.goto("/accounts")
    page.get_by_label("What do you call this phone?").fill("Choir phone")
    page.get_by_role("button", name="Show the code").click()
    _scans(page, phones)
    expect(page.get_by_role("heading", name="WhatsApp wants to see")).to_be_visible()


def _scans(page: Page, phones: Simulator) -> None:
    """Hold the phone before the screen; it then says that it wants the passkey."""
    shown = page.get_by_role("img", name=re.compile("code"))
    expect(shown).to_be_visible()
    picture = base64.b64encode(shown.screenshot()).decode()
    with suppress(CommandError):  # the phone goes on once it has seen the passkey
        phones.scan_picture(phone=ADA, body=picture)


def _shows_passkey(context: BrowserContext, phones: Simulator, line: str) -> None:
    """Press the bookmark on WhatsApp's page, which leads back with the answer."""
    page = context.new_page()
    page.goto(WEB)
    browser = context.new_cdp_session(page)
    browser.send("WebAuthn.enable", {"enableUI": False})
    options = {
        "protocol": "ctap2",
        "ctap2Version": "ctap2_1",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = browser.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    credential = phones.passkey_for_browser(phone=ADA)
    whose = {"authenticatorId": made["authenticatorId"], "credential": credential}
    browser.send("WebAuthn.addCredential", whose)
    # As the address bar and bookmarks do it, which no page's policy rules.
    browser.send("Page.navigate", {"url": line})
    page.get_by_role("button", name="Show my passkey").click()
    expect(page.get_by_text("Connected").locator("visible=true").first).to_be_visible()
    assert "passkey" not in page.url
    page.close()


def _answer_as_whatsapp(route: Route) -> None:
    heads = {"content-security-policy": _POLICY, "cross-origin-opener-policy": "same-origin"}
    route.fulfill(
        body="<!doctype html><title>WhatsApp Web</title><h1>Log in</h1>",
        headers={"content-type": "text/html", **heads},
    )
