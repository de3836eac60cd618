"""Whether a page is still whole in a narrow window, with large text, and in forced colours."""

from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Page

PHONE, LARGE_TEXT, TABLETS = (360, 780), (640, 430), ((768, 1024), (834, 1112))
"""Text of 200 % makes a window of 1280 by 860 half as wide and half as high."""

_ASKED = Path(__file__).with_suffix(".js").read_text(encoding="utf-8").strip()


def is_whole(page: Page, sizes: Iterable[tuple[int, int]] = (PHONE, LARGE_TEXT, *TABLETS)) -> None:
    """AssertionError if something has no room on a phone, a tablet, or with text of 200 %."""
    page.emulate_media(color_scheme="light")
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        found = crowded(page, 100 if width < 600 else 130)
        assert found == [], f"{page.url} at {width} px"
        fits = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert fits, f"{page.url} at {width} px"


def crowded(page: Page, least: int) -> list[str]:
    """What has no room; `least` are the pixels that a cut name keeps."""
    return list(page.evaluate(f"least => {_ASKED}.crowded(least)", least))


def has_edges(page: Page) -> None:
    """AssertionError if forced colours hide a control, or which of several is chosen."""
    page.emulate_media(forced_colors="active")
    found = page.evaluate(f"() => {_ASKED}.edgeless()")
    page.emulate_media(forced_colors="none")
    assert found == [], f"{page.url} in forced colours"
