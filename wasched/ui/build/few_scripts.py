"""Packs the scripts that most pages share into a few files."""

from reflex.constants import ReactRouter
from reflex.plugins import Plugin
from reflex_base.plugins.base import PreCompileContext
from typing_extensions import Unpack

_GROUPS = "groups: ["

_ICONS = r"/[\\/]node_modules[\\/]lucide-react[\\/]/"
_LIBRARIES = r"/[\\/]node_modules[\\/]/"
_OWN = r"/[\\/]\.web[\\/](app_components|components|styles|utils)[\\/]/"

_SHARED = f"""
            {{ name: "icons", test: {_ICONS}, minShareCount: 3 }},
            {{ name: "libraries", test: {_LIBRARIES}, minShareCount: 20 }},
            {{ name: "frame", test: {_OWN}, minShareCount: 6 }},"""
"""What so many pages share goes into one file each; the rest stays with the pages that use it."""


class FewScriptsPlugin(Plugin):
    """Tells Vite which scripts to pack together.

    Left alone it makes a file of everything that the same pages share: Home asked for 21, many
    of them one icon long. Without HTTP/2, which needs TLS, a browser asks for six at a time, and
    each round costs a phone a tenth of a second or two.
    """

    def pre_compile(self, **context: Unpack[PreCompileContext]) -> None:
        """Add the groups to the ones Reflex has in Vite's configuration."""
        context["add_modify_task"](ReactRouter.VITE_CONFIG_FILE, _with_groups)


def _with_groups(text: str) -> str:
    """The configuration with our groups first; ValueError if it has no place for them."""
    if _SHARED in text:
        return text
    if text.count(_GROUPS) != 1:
        raise ValueError("Vite's configuration has no one list of groups: Reflex has changed.")
    return text.replace(_GROUPS, _GROUPS + _SHARED)
