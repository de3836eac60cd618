"""Does what `reflex export` does in two steps: `python tools/pages_in_steps.py write|bundle`.

`write` turns the Python of the pages into scripts; it needs all of wasched. `bundle` packs the
scripts into static files; it takes longest and needs rxconfig.py and .web alone. So an image whose
scripts are the same as last time, because only other code changed, is built without it.
"""

import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

from reflex.utils import build, prerequisites
from reflex_base import constants

_STORAGE = re.compile(r"^(export const clientStorage = )(\{.*\})$", re.MULTILINE)


def main(step: str) -> None:
    """Take one step in the current folder."""
    steps: dict[str, Callable[[], object]] = {"write": write, "bundle": build.build}
    steps[step]()


def write() -> None:
    """Write the scripts into .web, for every page the same ones each time."""
    prerequisites.initialize_frontend_dependencies()  # type: ignore[no-untyped-call]
    prerequisites.get_compiled_app(prerender_routes=True, trigger="export")
    build.setup_frontend(Path.cwd())
    # The pages read the version alone; the rest is the time of day and a random number.
    noted = prerequisites.get_web_dir() / constants.Reflex.JSON
    noted.write_text(json.dumps({"version": json.loads(noted.read_text())["version"]}))
    # What browsers are to keep is listed in the order of a set of classes: any, each time.
    context = prerequisites.get_web_dir() / "utils" / "context.jsx"
    context.write_text(_STORAGE.sub(_in_order, context.read_text()))


def _in_order(kept: re.Match[str]) -> str:
    return kept[1] + json.dumps(json.loads(kept[2]), sort_keys=True)


if __name__ == "__main__":
    os.environ["REFLEX_ENV_MODE"] = "prod"
    main(sys.argv[1])
