"""Somebody's hands at a page: what they press, type and get to see is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from re import Pattern

from playwright.sync_api import FilePayload, Frame, Locator, Page, expect

from tests.browser.look import writable


@dataclass
class Effort:
    """What a task takes.

    `clicks` are presses of a mouse or a finger: into a field too, two for a choice from the
    system's own menu, one for a file in the system's dialog. `keys` are all strokes but those
    that write into a field, which are `typed`, as are the digits of a date; keys held together
    are one. `pages` are those that came up, with the one it began on. Scrolling is not counted.
    """

    clicks: int = 0
    keys: int = 0
    typed: int = 0
    pages: int = 0

    def is_within(self, other: Effort) -> bool:
        """True if nothing of it is more than that."""
        return all(spent <= getattr(other, name) for name, spent in vars(self).items())


class Hands:
    """One person at one tab, who does only what its words and controls offer."""

    def __init__(self, page: Page, effort: Effort) -> None:
        self.page, self.effort, self._shown = page, effort, ""
        page.on("framenavigated", self._sees)

    def button(self, name: str | Pattern[str]) -> Locator:
        """The first button that is seen under this name."""
        return self._seen("button", name)

    def link(self, name: str | Pattern[str]) -> Locator:
        """The first link that is seen under this name."""
        return self._seen("link", name)

    def radio(self, name: str) -> Locator:
        """The choice that is seen under this name."""
        return self._seen("radio", name)

    def field(self, label: str) -> Locator:
        """The field that is seen under this label."""
        return self.page.get_by_label(label, exact=True).locator("visible=true").first

    def words(self, words: str | Pattern[str]) -> Locator:
        """Words that are seen."""
        return self.page.get_by_text(words).locator("visible=true").first

    def row(self, words: str) -> Locator:
        """What is pressed to open the message with these words in a list."""
        row = self.page.locator(".m-row:visible, .send-row:visible").filter(has_text=words).first
        return row.get_by_role("link").first

    def opens(self, address: str) -> None:
        """Follow a link that came from elsewhere."""
        self.page.goto(address)

    def clicks(self, target: Locator) -> None:
        """Press it with the mouse, or with a finger."""
        self.effort.clicks += 1
        target.click()

    def drags(self, target: Locator, to: Locator) -> None:
        """Drag it onto something else: one press, however long it is held."""
        self.effort.clicks += 1
        target.drag_to(to)

    def goes_back(self) -> None:
        """Press the browser's own button."""
        self.effort.clicks += 1
        self.page.go_back()

    def presses(self, *keys: str) -> None:
        """Press keys, one after another."""
        for key in keys:
            self.effort.keys += 1
            self.page.keyboard.press(key)

    def types(self, words: str) -> None:
        """Type into what has the focus."""
        self.effort.typed += len(words)
        self.page.keyboard.type(words)

    def writes(self, label: str, words: str) -> None:
        """Go into a field, unless one is there already, and type in place of what it says."""
        field = self.field(label)
        if not _has_focus(field):
            self.clicks(field)
        if field.input_value():
            self.presses("ControlOrMeta+a")
        self.types(words)
        expect(field).to_have_value(words)

    def dates(self, label: str, value: str) -> None:
        """Give a date (YYYY-MM-DD) or a time (HH:MM) by its digits."""
        self.effort.clicks += 1
        self.effort.typed += sum(map(str.isdigit, value))
        self.field(label).fill(value)

    def chooses(self, label: str, choice: str) -> None:
        """Choose from a menu of the system's own."""
        self.effort.clicks += 2
        self.field(label).select_option(label=choice)

    @contextmanager
    def chooses_file(self, file: Path | FilePayload) -> Iterator[None]:
        """What is pressed in the block opens the system's dialog, where this is chosen."""
        with self.page.expect_file_chooser() as asked:
            yield
        self.effort.clicks += 1
        asked.value.set_files(file)

    def pastes(self, words: str) -> None:
        """Paste what was copied elsewhere."""
        self.effort.keys += 1
        self.page.evaluate(_PASTE, words)

    def begins_message(self, *to: str) -> None:
        """Open a new message from the menu, and say whom it goes to."""
        self.clicks(self.link(re.compile("^New( message)?$")))
        writable(self.page)
        for one in to:
            self.writes("To", one)
            self.presses("Enter")
            expect(self.field("To")).to_have_value("")

    def begins_task(self) -> None:
        """Count from here, and the page that is there."""
        vars(self.effort).update(vars(Effort(pages=1)))

    def has_done_it(self) -> None:
        """Count no more: the rest puts back what others find in their way."""
        self.effort = Effort()

    def _seen(self, role: str, name: str | Pattern[str]) -> Locator:
        found = self.page.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
        return found.locator("visible=true").first

    def _sees(self, frame: Frame) -> None:
        page = frame.url.partition("?")[0]
        if frame == self.page.main_frame and page != self._shown:
            self._shown = page
            self.effort.pages += 1


def _has_focus(target: Locator) -> bool:
    return bool(target.evaluate("one => one === document.activeElement"))


_PASTE = """(text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const pasted = { clipboardData, bubbles: true, cancelable: true };
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", pasted));
}"""
