"""Pages keep to the Radix components whose styles are loaded: others would show unstyled."""

import re
from pathlib import Path

import reflex as rx
from reflex_components_radix.themes.base import RadixThemesComponent

import wasched.ui
from wasched.ui.build.lean_radix import COMPONENTS

UI = Path(wasched.ui.__file__).parent


def test_every_radix_component_in_use_has_its_styles() -> None:
    named = set()
    for path in UI.rglob("*.py"):
        named |= set(re.findall(r"\brx\.([a-z_]+)\b(?!\.event)", path.read_text(encoding="utf-8")))

    used = {name for name in named if is_radix(getattr(rx, name, None))}

    assert used == {"theme", "alert_dialog"}
    assert {"Theme", "AlertDialog"} == COMPONENTS


def is_radix(thing: object) -> bool:
    """True for a component of Radix Themes, or a family of them."""
    root = getattr(thing, "root", thing)
    owner = getattr(root, "__self__", None)
    return isinstance(owner, type) and issubclass(owner, RadixThemesComponent)
