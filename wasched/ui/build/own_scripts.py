"""Makes one script of ours out of those in scripts/, each about one thing."""

from pathlib import Path
from typing import Any

from reflex.plugins import Plugin

_SCRIPTS = Path(__file__).parent.parent / "scripts"


class OwnScriptsPlugin(Plugin):
    """Puts /app.js among what is served as it is.

    It comes as one file because every request costs a phone a tenth of a second or two, and
    without a bundle because the doors need it before React is there, or where React never comes.
    """

    def get_static_assets(self, **context: Any) -> list[tuple[Path, str | bytes]]:
        """All scripts, in the order of their names."""
        return [(Path("public/app.js"), join_scripts(sorted(_SCRIPTS.glob("*.js"))))]


def join_scripts(scripts: list[Path]) -> str:
    """One strict script; what one of them calls its own, no other sees.

    Lines that only explain stay here, and so do indents: each page would fetch a fifth more of it.
    """
    blocks = [f"{{\n{_without_remarks(one.read_text(encoding='utf-8'))}}}\n" for one in scripts]
    return "".join(['"use strict";\n', *blocks])


def _without_remarks(source: str) -> str:
    lines = [line.lstrip(" ") for line in source.splitlines(keepends=True)]
    return "".join(line for line in lines if not line.startswith("//"))
