"""The inner end of a bounded process: it bounds itself, does one thing, and ends with who asked."""

import json
import os
import resource
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from wasched.domain.errors import EndReason, InputError, NotFoundError
from wasched.domain.reasons import dump_reason

Say = Callable[[Any], None]
"""Tells who asked how far the work is."""

_PATIENCE_S = 60  # one that nobody asks anything ends
_NICER = 10
_FIRST_TO_GO = "1000"


def serve_requests(do: Callable[[Mapping[str, Any], Say], Any]) -> NoReturn:
    """Do what is asked on stdin once, within its bounds, and say what came of it."""
    _step_back()
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # who prints does not disturb the answer
    asked = _asked()
    threading.Thread(target=_end_with_asker, daemon=True).start()
    bound_memory(asked["bounds"]["memory"])
    _bound_seconds(asked["bounds"]["cpu_s"])

    def say(what: Mapping[str, Any]) -> None:
        out.write(json.dumps(what) + "\n")
        out.flush()

    say(_result(do, asked["ask"], lambda said: say({"said": said})))
    os._exit(0)


def bound_memory(most: int) -> None:
    """Let this process have so many more bytes of memory than it has now, where that can be.

    Memory that it writes to: a library that is mapped from its file is everybody's.
    """
    with suppress(OSError, ValueError):  # no /proc on macOS, whose kernel keeps no such bound
        now = int(Path("/proc/self/statm").read_text().split()[5]) * resource.getpagesize()
        _bound(resource.RLIMIT_DATA, now + most)


def _result(do: Callable[[Any, Say], Any], asked: Any, say: Say) -> dict[str, Any]:
    try:
        return {"answer": do(asked, say)}
    except InputError as refusal:
        said = dump_reason(refusal.reason)
        return {"refused": [type(refusal).__name__, refusal.field, said, refusal.code]}
    except NotFoundError:
        return {"refused": [NotFoundError.__name__]}
    except MemoryError:
        return {"ended": EndReason.MEMORY}
    except Exception:  # told to who asked, whose log has it
        return {"fault": traceback.format_exc()[-4000:]}


def _step_back() -> None:
    """Let everybody else go first, and be the first to go when memory runs out."""
    os.nice(_NICER)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_GO)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _asked() -> Any:
    patience = threading.Timer(_PATIENCE_S, os._exit, [0])
    patience.daemon = True
    patience.start()
    line = sys.stdin.buffer.readline()
    patience.cancel()
    if not line:
        os._exit(0)
    return json.loads(line)


def _end_with_asker() -> None:
    """Wait until who asked is gone, or closes stdin; then so is this process, and its own."""
    sys.stdin.buffer.read()
    os.killpg(0, signal.SIGKILL)  # it leads a group of its own


def _bound_seconds(most: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _bound(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + most)


def _bound(what: int, most: int) -> None:
    """Only the soft bound: what this process starts has bounds of its own."""
    _soft, hard = resource.getrlimit(what)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(what, (most, hard))
