"""How Reflex compiles and serves the pages; every setting of the product is in `wasched.config`."""

import reflex as rx
from reflex.constants import StateManagerMode
from reflex.plugins import SitemapPlugin

from wasched.ui.few_scripts import FewScriptsPlugin
from wasched.ui.first_paint import FirstPaintPlugin
from wasched.ui.lean_radix import LeanRadixPlugin
from wasched.ui.no_eval import NoEvalPlugin
from wasched.ui.own_scripts import OwnScriptsPlugin
from wasched.ui.presses import PressesPlugin
from wasched.ui.same_origin import BUILT_FOR, SameOriginPlugin
from wasched.ui.script_hashes import ScriptHashesPlugin
from wasched.ui.theme import THEME
from wasched.ui.token_apart import TokenApartPlugin

config = rx.Config(
    app_name="wasched",
    api_url=BUILT_FOR,
    frontend_port=3001,
    backend_port=3001,
    plugins=[
        LeanRadixPlugin(theme=THEME),
        OwnScriptsPlugin(),
        FewScriptsPlugin(),
        NoEvalPlugin(),  # begins with the script as it came; what changes it too comes after
        TokenApartPlugin(),
        PressesPlugin(),
        SameOriginPlugin(),
        FirstPaintPlugin(),
        ScriptHashesPlugin(),
    ],
    disable_plugins=[SitemapPlugin],
    frontend_compression_formats=["brotli", "gzip"],
    frontend_lazy_bundled_libraries=True,
    # Nobody but our own pages, which need no leave; wasched/ui/plain_app.py takes out the rest.
    cors_allowed_origins=[],
    # One process serves every tab, and what must outlive it is in the database.
    state_manager_mode=StateManagerMode.MEMORY,
    show_built_with_reflex=False,
    telemetry_enabled=False,
)
