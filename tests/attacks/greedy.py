"""A bounded process that takes whatever it is asked to take: `python -m tests.attacks.greedy`."""

import os
import subprocess
import time
from collections.abc import Mapping
from typing import Any

from wasched.adapters.bounded_child import Say, serve_requests
from wasched.domain.errors import WrongKindError
from wasched.domain.reasons import Code, because


def take(asked: Mapping[str, Any], say: Say) -> Any:
    """Take time, memory or processes without end, or answer."""
    match asked["what"]:
        case "seconds":
            while True:
                pass
        case "patience":
            say(os.getpid())
            time.sleep(600)
        case "memory":
            return len(b"x" * asked["bytes"])
        case "others":
            say(subprocess.Popen(["sleep", "600"]).pid)
            time.sleep(600)
        case "nothing":
            os._exit(3)  # at once: to end in order it would wait for who reads its input
        case "refusal":
            raise WrongKindError("media", "Not this one.")
        case "reason":
            raise WrongKindError("media", because(Code.NAMED_FILE_GONE, name="a.mp4"), "gone")
    return asked["what"]


if __name__ == "__main__":
    serve_requests(take)
