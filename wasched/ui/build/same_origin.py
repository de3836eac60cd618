"""Makes the built pages talk to the origin they came from, whatever its name and port."""

import re
from pathlib import Path

from reflex.plugins import Plugin
from reflex_base.plugins.base import PostBuildContext
from typing_extensions import Unpack

BUILT_FOR = "http://same-origin.invalid"
"""The address the pages are compiled with; RFC 6761 keeps `.invalid` from ever being a host."""

_HOST = BUILT_FOR.partition("://")[2]
_ADDRESS = re.compile(rf"""(["'`])(http|ws)://{re.escape(_HOST)}([^"'`]*)\1""")
_ORIGIN = {"http": "location.origin", "ws": 'location.origin.replace(/^http/,"ws")'}


class SameOriginPlugin(Plugin):
    """Replaces the compiled-in address by the page's own origin once the frontend is built.

    Reflex bakes an absolute address into the pages and, over plain HTTP, keeps its port. One
    build has to serve every host name, every port and TLS in front of it.
    """

    def post_build(self, **context: Unpack[PostBuildContext]) -> None:
        """Rewrite the scripts; ValueError if no address was found or one is left over."""
        scripts = list(context["static_dir"].rglob("*.js"))
        if not sum(_rewrite(path) for path in scripts):
            raise ValueError("The built frontend names no server address: Reflex has changed.")
        for path in scripts:
            if _HOST in path.read_text(encoding="utf-8"):
                raise ValueError(f"{path.name} still names the address it was built for.")


def _rewrite(path: Path) -> int:
    text, count = _ADDRESS.subn(_from_origin, path.read_text(encoding="utf-8"))
    if count:
        path.write_text(text, encoding="utf-8")
    return count


def _from_origin(address: re.Match[str]) -> str:
    _quote, scheme, path = address.groups()
    return f'({_ORIGIN[scheme]}+"{path}")'
