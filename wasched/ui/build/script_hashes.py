"""Writes down which scripts stand in the built pages, so that no other can run there."""

import base64
import hashlib
import json
from html.parser import HTMLParser
from pathlib import Path

from reflex.plugins import Plugin
from reflex_base.plugins.base import PostBuildContext
from typing_extensions import Unpack

from wasched.ui.build.first_paint import late_script

FILE = "inline_scripts.json"
"""The hashes of each page by its address, beside the pages."""


class ScriptHashesPlugin(Plugin):
    """Looks at the pages as the other plugins left them, so it comes after them."""

    def post_build(self, **context: Unpack[PostBuildContext]) -> None:
        """Write each page's hashes by its address; ValueError if one has what has no hash."""
        folder = context["static_dir"]
        pages = {_address(path.relative_to(folder)): path for path in folder.rglob("*.html")}
        hashes = {address: script_hashes(path.read_text()) for address, path in pages.items()}
        (folder.parent / FILE).write_text(json.dumps(hashes, indent=0, sort_keys=True))


def script_hashes(page: str) -> list[str]:
    """The inline scripts of a page as hash sources (CSP Level 3, 2.3.1).

    ValueError if an attribute of the page is a script: a browser that knows the policy runs none.
    """
    parser = _InlineScripts()
    parser.feed(page)
    parser.close()
    late = [found for text in parser.scripts if (found := late_script(text))]
    return list(dict.fromkeys(_hash(text) for text in [*parser.scripts, *late]))


def _hash(script: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _address(file: Path) -> str:
    """Where a page is found: `messages/index.html` and `messages.html` at /messages."""
    path = file.parent if file.name == "index.html" else file.with_suffix("")
    return "/" + path.as_posix().removeprefix(".")


class _InlineScripts(HTMLParser):
    """Gathers the texts of the scripts that have no address."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self._is_inline = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name.startswith("on") or (value or "").lstrip().startswith("javascript:"):
                raise ValueError(f"A built page has a script in an attribute: {name}={value!r}")
        self._is_inline = tag == "script" and "src" not in dict(attrs)
        if self._is_inline:
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self._is_inline:
            self.scripts[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._is_inline = False
