"""What an installed package has inside: the pages, and what Reflex serves them by.

`make dist` puts it there. A clone and the image have theirs in the folder that they run in.
"""

import os
from collections.abc import Mapping
from pathlib import Path

_INSIDE = Path(__file__).with_name("built")

IS_PACKAGED = _INSIDE.exists()

WEB = _INSIDE / "web" if IS_PACKAGED else Path(".web")
"""What Reflex's compiler leaves behind."""


def environment(environ: Mapping[str, str], data: Path) -> dict[str, str]:
    """What tells Reflex where the pages and its own settings are, if not where it looks itself.

    It makes a folder for states, which is to be among the data and not where somebody stands.
    """
    if not IS_PACKAGED:
        return {}
    searched = (str(_INSIDE), environ.get("PYTHONPATH", ""))
    path = os.pathsep.join(filter(None, searched))
    folders = {"REFLEX_WEB_WORKDIR": str(WEB), "REFLEX_STATES_WORKDIR": str(data / "states")}
    return {**folders, "PYTHONPATH": path}


def data_folder() -> str:
    """Where data lie unless a setting says otherwise: the user's, for a clone its own."""
    if not IS_PACKAGED:
        return "data"
    from platformdirs import user_data_dir  # of no use elsewhere

    return user_data_dir("wasched", appauthor=False)
