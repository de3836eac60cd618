"""The process that looks into one file: `python -m wasched.adapters.media_child`."""

import base64
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from wasched.adapters import bounded_child
from wasched.adapters.bounded_child import Say
from wasched.adapters.media_tools import SystemMediaTools
from wasched.domain.media import Shape

_TOOLS = SystemMediaTools()


def do_media_work(asked: Mapping[str, Any], say: Say) -> Any:
    """Do what one method of MediaTools does; files are named by their paths."""
    match asked["what"]:
        case "look":
            return asdict(_TOOLS.look(Path(asked["path"])))
        case "thumbnail":
            shape = Shape(**asked["shape"])
            return _TOOLS.thumbnail(Path(asked["path"]), shape, Path(asked["target"]))
        case "shrink":
            return base64.b64encode(_TOOLS.shrink(base64.b64decode(asked["picture"]))).decode()
        case "convert":
            paths = Path(asked["path"]), Path(asked["target"])
            _TOOLS.convert(paths[0], Shape(**asked["shape"]), asked["kind"], paths[1])
            return None
    raise ValueError(asked["what"])


if __name__ == "__main__":
    bounded_child.serve_requests(do_media_work)
