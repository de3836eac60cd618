"""Lets a page be painted before its scripts are fetched."""

import re
from pathlib import Path

from reflex.plugins import Plugin
from reflex_base.plugins.base import PostBuildContext
from typing_extensions import Unpack

_SCRIPT = re.compile(r'<link rel="modulepreload"(?! fetchpriority)')


class FirstPaintPlugin(Plugin):
    """Ranks the scripts of the built pages below their style sheet and their font.

    The pages are built with their shape in the HTML. Scripts that are asked for at the same
    rank take the line away from what the first paint needs.
    """

    def post_build(self, **context: Unpack[PostBuildContext]) -> None:
        """Mark the scripts in every page; ValueError if no page names any."""
        pages = list(context["static_dir"].rglob("*.html"))
        if not sum(_mark(path) for path in pages):
            raise ValueError("The built pages preload no script: Reflex has changed.")


def _mark(path: Path) -> int:
    text, count = _SCRIPT.subn(
        '<link rel="modulepreload" fetchpriority="low"', path.read_text(encoding="utf-8")
    )
    if count:
        path.write_text(text, encoding="utf-8")
    return count
