"""Every pair of colours the pages use can be read: WCAG 2.2, 1.4.3 and 1.4.11, level AA."""

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RADIX = ROOT / ".web" / "node_modules" / "@radix-ui" / "themes" / "tokens" / "colors"

TEXT, PART = 4.5, 3.0  # small text; parts such as field outlines and the focus ring

# What it is: foreground, background, the least ratio.
PAIRS = {
    "text on page": ("gray-12", "page", TEXT),
    "text on card": ("gray-12", "card", TEXT),
    "quiet text on page": ("gray-11", "page", TEXT),
    "quiet text on card": ("gray-11", "card", TEXT),
    "quiet text on a day's label": ("gray-11", "gray-3", TEXT),
    "links on page": ("accent-11", "page", TEXT),
    "links on their tint": ("accent-11", "accent-3", TEXT),
    "sentence on its tint": ("accent-12", "accent-3", TEXT),
    "main button": ("accent-contrast", "accent-9", TEXT),
    "main button, hovered": ("accent-contrast", "accent-10", TEXT),
    "bubble text": ("gray-12", "accent-4", TEXT),
    "bubble time": ("gray-11", "accent-4", TEXT),
    "running, on card": ("blue-11", "card", TEXT),
    "running, on tint": ("blue-11", "blue-3", TEXT),
    "went well, on card": ("accent-11", "card", TEXT),
    "waits for me, on card": ("amber-11", "card", TEXT),
    "waits for me, on tint": ("amber-11", "amber-3", TEXT),
    "text on a banner": ("gray-12", "amber-2", TEXT),
    "failed, on card": ("red-11", "card", TEXT),
    "failed, on tint": ("red-11", "red-3", TEXT),
    "what ends something": ("white", "red-9", TEXT),
    "text on a toast": ("gray-12", "gray-3", TEXT),
    "Undo on a toast": ("accent-11", "gray-3", TEXT),
    "field outline on page": ("gray-9", "page", PART),
    "field outline on card": ("gray-9", "card", PART),
    "focus ring on page": ("accent-9", "page", PART),
    "progress on card": ("blue-9", "card", PART),
    "bar of use on card": ("accent-track", "card", PART),
}

# Radix's own values (Themes 3.3, MIT) where theme.css says nothing, so that no build is needed.
RADIX_VALUES = {
    "light": "gray-2:f8faf8 gray-3:eff1ef gray-9:898e87 gray-11:60655f gray-12:1d211c "
    "blue-3:e6f4fe blue-9:0090ff amber-2:fefbe9 amber-3:fff7c2 red-3:feebec",
    "dark": "gray-1:111210 gray-2:181917 gray-3:212220 gray-9:687066 gray-11:afb5ad "
    "gray-12:eceeec blue-3:0d2847 blue-9:0090ff amber-2:1d180f amber-3:302008 red-3:3b1219",
}


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("what", PAIRS)
def test_it_can_be_read(mode: str, what: str) -> None:
    front, back, least = PAIRS[what]
    colours = palette(mode)

    assert contrast(colours[front], colours[back]) >= least


@pytest.mark.skipif(not RADIX.exists(), reason="the pages have not been built here")
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_radix_still_has_the_colours_that_are_measured(mode: str) -> None:
    for pair in RADIX_VALUES[mode].split():
        name, value = pair.split(":")
        scale, step = name.replace("gray", "olive").split("-")
        css = (RADIX / f"{scale}.css").read_text()

        assert re.search(rf"--{scale}-{step}:\s*#{value}\b", css), name


@pytest.mark.skipif(not RADIX.exists(), reason="the pages have not been built here")
@pytest.mark.parametrize("theme", [":root, .light, .light-theme {", ".dark, .dark-theme {"])
def test_our_green_replaces_every_step_of_the_radix_scale_that_is_not_loaded(theme: str) -> None:
    names = set(re.findall(r"(--grass[\w-]+):", (RADIX / "grass.css").read_text(encoding="utf-8")))
    ours = (ROOT / "assets" / "theme.css").read_text(encoding="utf-8")
    block = ours.partition(f"\n{theme}")[2].partition("}")[0]

    assert names == set(re.findall(r"(--grass[\w-]+):", block))


@cache
def palette(mode: str) -> dict[str, str]:
    """Every named colour of a mode, under the names that PAIRS uses."""
    found = {name: f"#{value}" for name, value in _pairs(RADIX_VALUES[mode])}
    css = (ROOT / "assets" / "theme.css").read_text()
    ours = _values(css, ":root" if mode == "light" else r"\.dark")
    found |= {name.replace("grass", "accent"): value for name, value in ours.items()}
    found.setdefault("accent-track", found["accent-9"])
    page, card = ("gray-2", "#ffffff") if mode == "light" else ("gray-1", found["gray-2"])
    return found | {"page": found[page], "card": card, "white": "#ffffff"}


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _pairs(text: str) -> list[tuple[str, str]]:
    return [(name, value) for name, _, value in (pair.partition(":") for pair in text.split())]


def _values(css: str, selector: str) -> dict[str, str]:
    """Custom properties with a six-digit value in the rules whose selector begins so."""
    rules = re.findall(rf"^{selector}[^{{]*\{{(.*?)\n?\}}", css, re.S | re.M)
    pattern = r"--([\w-]+): (#[0-9a-f]{6});"
    return {name: value for rule in rules for name, value in re.findall(pattern, rule)}
