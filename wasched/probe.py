"""The health check of a container: `python -I wasched/probe.py api|worker`.

It runs every few seconds beside the product, so it needs the standard library alone, and little
of that. It prints one sentence and ends with 0 for healthy, 1 for not.
"""

import os
import socket
import sys
import time
from pathlib import Path

_TIMEOUT_S = 4.0
_SILENT_S = 150.0


def main(part: str) -> int:
    """Say how the part is; 0 if it works."""
    sentence = _api() if part == "api" else _worker()
    print(sentence or "Works.")  # noqa: T201
    return 1 if sentence else 0


def _api() -> str:
    """What is wrong with the api: nothing if it answers."""
    try:
        with socket.create_connection(("127.0.0.1", int(os.environ["PORT"])), _TIMEOUT_S) as line:
            line.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
            answer = line.recv(64)
    except OSError as fault:
        return _noted() or f"The api does not answer: {fault}."
    return "" if b" 200 " in answer else _noted() or f"The api answers {answer[:20]!r}."


def _worker() -> str:
    """What is wrong with the worker, in its own words; it beats once a minute."""
    note = Path(os.environ["HEALTH_FILE"])
    if not note.exists():
        return "The worker has not started yet."
    age = time.time() - note.stat().st_mtime
    return f"The worker has been silent for {age:.0f} s." if age > _SILENT_S else _noted()


def _noted() -> str:
    """What the part itself has left as a note."""
    note = Path(os.environ["HEALTH_FILE"])
    return note.read_text(encoding="utf-8").strip() if note.exists() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
