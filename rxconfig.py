"""How Reflex compiles and serves the pages; every setting of the product is in `wasched.config`."""

import reflex as rx
from reflex.constants import StateManagerMode
from reflex.plugins import SitemapPlugin

from wasched.ui.build.few_scripts import FewScriptsPlugin
from wasched.ui.build.first_paint import FirstPaintPlugin
from wasched.ui.build.lean_radix import LeanRadixPlugin
from wasched.ui.build.no_eval import NoEvalPlugin
from wasched.ui.build.own_scripts import OwnScriptsPlugin
from wasched.ui.build.presses import PressesPlugin
from wasched.ui.build.same_origin import BUILT_FOR, SameOriginPlugin
from wasched.ui.build.script_hashes import ScriptHashesPlugin
from wasched.ui.build.theme import THEME
from wasched.ui.build.token_apart import TokenApartPlugin

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
    # Only our own pages, which need no leave; wasched/ui/build/plain_app.py takes out the rest.
    cors_allowed_origins=[],
    # One process serves every tab, and what must outlive it is in the database.
    state_manager_mode=StateManagerMode.MEMORY,
    show_built_with_reflex=False,
    telemetry_enabled=False,
)
