"""What a person does on the pages, by visible words and roles only."""

import base64
import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

from tests.browser.look import writable
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
        person = cls(page)
        person.fills_in(who)
        person.goes_on_to_home()
        return person

    def fills_in(self, who: Owner) -> None:
        """Fill the fields about oneself that are shown."""
        self.page.get_by_label("Your name").fill(who.name)
        self.page.get_by_label("E-mail").fill(who.email)
        self.page.get_by_label("Password", exact=True).fill(who.password)

    def goes_on_to_home(self) -> None:
        """From the filled first step of set-up through the other two, without a phone."""
        self.page.get_by_role("button", name="Go on").click()
        self.page.get_by_label("Time zone").fill(ZONE.key)
        self.page.get_by_role("button", name="Go on").click()
        # By key: a banner may still come and move the link away from under the mouse.
        self.page.get_by_role("link", name="Not now").press("Enter")
        expect(self.page.get_by_role("link", name="New message").first).to_be_visible()

    def signs_in(self, email: str, password: str) -> None:
        """Fill the sign-in form that is shown."""
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.page.get_by_role("button", name="Sign in").click()

    def signs_out(self) -> None:
        """Press the button, and wait for the sign-in form."""
        self.page.get_by_role("button", name="Sign out").first.click()
        expect(self.page.get_by_role("heading", name="Sign in")).to_be_visible()

    def goes_to(self, name: str) -> None:
        """Follow a link of the navigation."""
        # A badge may follow the name, as in "Accounts 1 not linked".
        self.page.get_by_role("link", name=re.compile(f"^{name}")).first.click()

    def adds_account(self, name: str) -> None:
        """Ask for an account, and wait for its QR code."""
        self.goes_to("Accounts")
        self.page.get_by_label("What do you call this phone?").fill(name)
        self.page.get_by_role("button", name="Show the code").click()
        expect(self.qr_code()).to_be_visible()

    def qr_code(self) -> Locator:
        """The QR code on the page."""
        return self.page.get_by_role("img", name="QR code")

    def shows_qr_code(self) -> None:
        """Ask for a fresh code if none is there, and wait for it."""
        again = self.page.get_by_role("button", name="Show a new code")
        expect(self.qr_code().or_(again).first).to_be_visible()
        if again.is_visible():
            again.click()
        expect(self.qr_code()).to_be_visible()

    def asks_number_code(self, phone: str) -> str:
        """Choose the number code instead of the QR code; returns it as it is shown."""
        self.page.get_by_role("radio", name="Number code").click()
        self.page.get_by_label("Number of this phone").fill(phone)
        self.page.get_by_role("button", name="Get a code").click()
        code = self.page.get_by_text(re.compile(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$"))
        expect(code).to_be_visible()
        return code.inner_text()

    def sees_connected(self) -> None:
        """Wait until the page says by itself that the phone is linked."""
        expect(self.page.get_by_role("main").get_by_text("Connected").first).to_be_visible()

    def begins(self, to: str, text: str) -> None:
        """Open Compose and fill in to whom and what."""
        self.page.get_by_role("link", name="New message").first.click()
        writable(self.page)
        self.addresses(to)
        self.page.get_by_label("Message", exact=True).fill(text)

    def addresses(self, to: str) -> None:
        """Fill in one more to whom it goes."""
        taken = self.page.get_by_role("button", name=re.compile("^Remove"))
        before = taken.count()
        self.page.get_by_label("To", exact=True).fill(to)
        self.page.keyboard.press("Enter")
        expect(taken).to_have_count(before + 1)

    def sets_time(self, day: str, clock: str) -> None:
        """Fill in the date (YYYY-MM-DD) and the time (HH:MM)."""
        self.page.get_by_role("radio", name="Once", exact=True).click()
        self.page.get_by_label("Date", exact=True).fill(day)
        self.page.get_by_label("Time", exact=True).fill(clock)

    def writes(self, to: str, text: str, at: datetime | None = None) -> None:
        """Compose a message to a number and schedule it; `at` None sends it now."""
        self.begins(to, text)
        if at is None:
            self.page.get_by_role("radio", name="Now", exact=True).click()
            self.page.get_by_role("button", name="Send", exact=True).first.click()
        else:
            local = at.astimezone(ZONE)
            self.sets_time(f"{local:%Y-%m-%d}", f"{local:%H:%M}")
            self.page.get_by_role("button", name="Schedule", exact=True).first.click()
        self.page.wait_for_url("**/messages**")

    def opens_message(self, text: str) -> None:
        """Find a message by its text among all, and open its page."""
        self.page.goto("/messages?tab=all")
        expect(self.page.locator(".place")).to_have_count(0)  # the first words have gone
        words = self.page.get_by_role("main").get_by_text(text).first
        expect(words).to_be_visible()
        # The whole row leads to the message: press where the words are.
        place = words.bounding_box()
        assert place is not None
        self.page.mouse.click(place["x"] + 5, place["y"] + place["height"] / 2)
        expect(self.page.get_by_role("heading", name="What happened")).to_be_visible()

    def sees_status(self, word: str | re.Pattern[str]) -> None:
        """Wait until the page of a message says so by itself."""
        expect(self.page.get_by_role("main").get_by_text(word, exact=True).first).to_be_visible()


def offers(page: Page, label: str) -> Locator:
    """What a field of Compose offers below it; other lists of choices have options, too."""
    field = page.get_by_label(label, exact=True)
    return page.locator(f"#{field.get_attribute('aria-controls')}").get_by_role("option")


def scan(phones: Simulator, qr_code: Locator, phone: str) -> None:
    """Let a phone's camera look at the code as the screen shows it."""
    picture = base64.b64encode(qr_code.screenshot()).decode()
    phones.scan_picture(phone=phone, body=picture)
