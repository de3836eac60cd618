"""Lets a page be painted before its scripts are fetched."""

import json
import re
from pathlib import Path

from reflex.plugins import Plugin
from reflex_base.plugins.base import PostBuildContext
from typing_extensions import Unpack

from wasched.ui.core import routes

_PRELOAD = re.compile(r'<link rel="modulepreload"(?! fetchpriority)([^>]*)>')
_START = re.compile(r'<script type="module" async="">(.*?)</script>', re.DOTALL)

_READY = (
    "index.html",
    *(
        f"{page[1:]}{end}"
        for page in (
            *(routes.SIGN_IN, routes.SIGN_UP, routes.SET_UP),
            *(routes.COMPOSE, routes.MESSAGES, routes.CALENDAR),
        )
        for end in (".html", "/index.html")
    ),
)
"""Pages that say what they have to without any script: those that the server fills
(first_words.py), and the doors, whose forms are posted plainly."""

_LATE = 'type: "module", textContent: '

# A frame is drawn once the style is there; what is asked for after it cannot hold it up.
_AFTER_PAINT = """<script>requestAnimationFrame(() => setTimeout(() => {
  const add = (name, given) =>
    document.head.append(Object.assign(document.createElement(name), given));
  for (const href of %s) add("link", { rel: "modulepreload", href });
  add("script", { %s%s });
}));</script>"""


class FirstPaintPlugin(Plugin):
    """Gives the line to what the first paint needs: the page, its style sheet and its font.

    The pages are built with their shape in the HTML. Scripts that are asked for at the same
    rank take the line away from it, so they rank below; those of pages that are ready without
    them are asked for only after it.
    """

    def post_build(self, **context: Unpack[PostBuildContext]) -> None:
        """Change every page; ValueError if one has no scripts where they used to be."""
        pages = list(context["static_dir"].rglob("*.html"))
        if not sum(_rank(path) for path in pages):
            raise ValueError("The built pages preload no script: Reflex has changed.")
        for path in _READY:
            _put_off(context["static_dir"] / path)


def late_script(script: str) -> str:
    """The module that a script of a page adds after the paint, as it will stand there, or ""."""
    _before, found, rest = script.partition(_LATE)
    module: str = json.JSONDecoder().raw_decode(rest)[0] if found else ""
    return module


def _rank(path: Path) -> int:
    text, count = _PRELOAD.subn(
        r'<link rel="modulepreload" fetchpriority="low"\1>', path.read_text(encoding="utf-8")
    )
    if count:
        path.write_text(text, encoding="utf-8")
    return count


def _put_off(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    scripts = json.dumps(re.findall(r'<link rel="modulepreload"[^>]* href="([^"]+)"', text))
    text = re.sub(r'<link rel="modulepreload"[^>]*>', "", text)
    text, count = _START.subn(
        lambda found: _AFTER_PAINT % (scripts, _LATE, json.dumps(found[1])), text
    )
    if count != 1:
        raise ValueError(f"{path.name} starts its scripts in {count} places: Reflex has changed.")
    path.write_text(text, encoding="utf-8")
