"""The commands that api and worker are started with, wherever they run."""

import sys
from collections.abc import Mapping
from pathlib import Path

from wasched import packaged
from wasched.config import Settings

# Reflex's own names for "serve what was compiled before, and compile nothing"; a test that opens
# a page tells when a newer Reflex renames them.
SERVE_COMPILED = {
    "REFLEX_ENV_MODE": "prod",
    "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
    "__REFLEX_SKIP_COMPILE": "true",
    "REFLEX_TELEMETRY_ENABLED": "false",
}

# Threads that come and go would each leave a heap of their own behind, half empty.
_FEW_ARENAS = {"MALLOC_ARENA_MAX": "2"}

PAGES = packaged.WEB / "build" / "client" / "index.html"
"""What `make build` leaves behind."""

_BEGIN = (sys.executable, "-m", "wasched.process")
_LOG = Path(__file__).with_name("granian.json")
_STOP_S = 5  # well before an engine's ten seconds are over


def api(settings: Settings, environ: Mapping[str, str]) -> tuple[list[str], dict[str, str]]:
    """The command line and the environment of the api.

    An api that waits for its disk or database hears no SIGTERM: it is killed after a while.
    """
    line = [
        *(*_BEGIN, "granian", "--interface", "asgi", "--factory"),
        *("--workers", "1", "--host", settings.host, "--port", str(settings.port)),
        *("--log-level", "warning", "--log-config", str(_LOG)),
        *("--workers-kill-timeout", str(_STOP_S), "wasched.wasched:serve"),
    ]
    served = {**SERVE_COMPILED, **packaged.environment(environ, settings.data_path)}
    return line, {**_FEW_ARENAS, **environ, **served, "PORT": str(settings.port)}


def worker(environ: Mapping[str, str]) -> tuple[list[str], dict[str, str]]:
    """The command line and the environment of the worker.

    Four threads share the accounts' drains; an embedded queue is looked at twice a second.
    """
    line = [
        *(*_BEGIN, "huey.bin.huey_consumer", "wasched.worker.huey"),
        *("--workers", "4", "--worker-type", "thread", "--graceful-signal", "TERM"),
        *("--delay", "0.05", "--max-delay", "0.5", "--quiet"),
    ]
    return line, {**_FEW_ARENAS, **environ}
