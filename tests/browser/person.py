"""What a person does on the pages, by visible words and roles only."""

import base64
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

from tests.whatsapp_server.client import Simulator

ZONE = ZoneInfo("Europe/Berlin")


@dataclass(frozen=True)
class Owner:
    """Who sets the server up."""

    name: str
    email: str
    password: str


OWNER = Owner("Miriam Okafor", "miriam@choir.example", "correct horse battery")


class Person:
    """Somebody signed in, in one tab."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @classmethod
    def sets_up(cls, page: Page, who: Owner) -> "Person":
        """The first visit: becomes the owner and stands on Home."""
        page.goto("/")
        page.get_by_label("Your name").fill(who.name)
        page.get_by_label("E-mail").fill(who.email)
        page.get_by_label("Password", exact=True).fill(who.password)
        page.get_by_label("Time zone").fill(ZONE.key)
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_role("link", name="New message").first).to_be_visible()
        return cls(page)

    def signs_in(self, who: Owner) -> None:
        """Fill the sign-in form that is shown."""
        self.page.get_by_label("E-mail").fill(who.email)
        self.page.get_by_label("Password", exact=True).fill(who.password)
        self.page.get_by_role("button", name="Sign in").click()

    def goes_to(self, name: str) -> None:
        """Follow a link of the navigation."""
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def adds_account(self, name: str) -> None:
        """Ask for an account, and wait for its QR code."""
        self.goes_to("Accounts")
        self.page.get_by_label("What do you call this phone?").fill(name)
        self.page.get_by_role("button", name="Show the code").click()
        expect(self.qr_code()).to_be_visible()

    def qr_code(self) -> Locator:
        """The QR code on the page."""
        return self.page.get_by_role("img", name="QR code")

    def sees_connected(self) -> None:
        """Wait until the page says by itself that the phone is linked."""
        expect(self.page.get_by_role("main").get_by_text("Connected").first).to_be_visible()

    def writes(self, to: str, text: str, at: datetime | None = None) -> None:
        """Compose a message to a number and schedule it; `at` None sends it now."""
        self.page.get_by_role("link", name="New message").first.click()
        self.page.get_by_label("To", exact=True).fill(to)
        self.page.keyboard.press("Enter")
        self.page.get_by_label("Message", exact=True).fill(text)
        if at is None:
            self.page.get_by_role("button", name="Now", exact=True).click()
            self.page.get_by_role("button", name="Send", exact=True).first.click()
        else:
            self.page.get_by_role("button", name="Once", exact=True).click()
            local = at.astimezone(ZONE)
            self.page.get_by_label("Date", exact=True).fill(f"{local:%Y-%m-%d}")
            self.page.get_by_label("Time", exact=True).fill(f"{local:%H:%M}")
            self.page.get_by_role("button", name="Schedule", exact=True).first.click()
        self.page.wait_for_url("**/messages**")


def scan(phones: Simulator, qr_code: Locator, phone: str) -> None:
    """Let a phone's camera look at the code as the screen shows it."""
    picture = base64.b64encode(qr_code.screenshot()).decode()
    phones.scan_picture(phone=phone, body=picture)
