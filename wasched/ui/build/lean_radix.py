"""Radix Themes without what no page shows: four of its thirty colours, two of its components."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reflex.plugins import RadixThemesPlugin
from reflex_base.components.component import BaseComponent
from reflex_base.plugins.compiler import PageContext

# "grass" is missing because assets/theme.css gives every step of it another value.
COLOURS = ("olive", "blue", "amber", "red")

_COLOUR_MODE = Path("components/reflex/radix_themes_color_mode_provider.js")

COMPONENTS = frozenset({"Theme", "AlertDialog"})
"""Radix's components that assets/radix.css has styles for; a test keeps pages to them."""


class LeanRadixPlugin(RadixThemesPlugin):
    """Loads Radix's tokens sheet by sheet, and its components only where a page uses them.

    The whole sheet weighs 58 KiB compressed. Reflex also keeps all of Radix's components at
    hand for ones that are made while the app runs, which none is here; that costs 50 KiB more.
    """

    def get_stylesheet_paths(self, **context: Any) -> tuple[str, ...]:
        """The sheets that Radix itself offers for this: one for the scales, one a colour."""
        tokens = "@radix-ui/themes/tokens"
        return (f"{tokens}/base.css", *[f"{tokens}/colors/{one}.css" for one in COLOURS])

    def get_frontend_dependencies(self, **context: Any) -> tuple[str, ...]:
        """Nothing to keep at hand: the components that pages use name their package themselves."""
        return ()

    def get_static_assets(self, **context: Any) -> Sequence[tuple[Path, str | bytes]]:
        """In the place of the part that gives Radix's root the theme again.

        The document has it before the first paint. That part says "light" until it has looked,
        so by night every word of the page was dark on dark for a moment.
        """
        return [(_COLOUR_MODE, "export default ({ children }) => children;\n")]

    def enter_component(
        self,
        comp: BaseComponent,
        /,
        *,
        page_context: PageContext,
        compile_context: Any,
        in_prop_tree: bool = False,
    ) -> None:
        """Leave Radix out of the libraries that are kept at hand."""
