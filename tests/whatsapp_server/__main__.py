"""The server as a process of its own: `python -m tests.whatsapp_server`.

It prints one line of JSON: the addresses, and the environment that a process with a client needs.
It ends on SIGINT or SIGTERM, or, with --until-eof, when its stdin does.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from typing import TYPE_CHECKING

from wasched.adapters.whatsapp.protocol.tokens import LibraryLayoutError

if TYPE_CHECKING:
    from .running import Addresses


def main() -> None:
    """Serve until told to stop."""
    arguments = _parser().parse_args()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    if arguments.until_eof:
        threading.Thread(target=_wait_for_eof, args=(stop,), daemon=True).start()
    try:
        _serve(arguments, stop)
    except (LibraryLayoutError, OSError) as fault:
        sys.exit(f"The WhatsApp server cannot run: {fault}")


def _serve(arguments: argparse.Namespace, stop: threading.Event) -> None:
    # Not before: another layout of neonize is found while these modules are loaded.
    from .running import running_server

    ports = arguments.port, arguments.control_port
    with running_server(*ports, demo=arguments.demo) as (_, addresses):
        sys.stdout.write(json.dumps(_described(addresses)) + "\n")
        sys.stdout.flush()
        stop.wait()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.whatsapp_server", description="A WhatsApp server on loopback."
    )
    parser.add_argument("--port", type=int, default=0, help="of the websocket; default: a free one")
    parser.add_argument("--control-port", type=int, default=0, help="default: a free one")
    parser.add_argument("--demo", action="store_true", help="with invented people and groups")
    parser.add_argument("--until-eof", action="store_true", help="end when stdin does")
    return parser


def _described(addresses: Addresses) -> dict[str, object]:
    return {
        "ws": addresses.url,
        "control": addresses.control_url,
        "phones": f"{addresses.control_url}/",
        "overlay": str(addresses.overlay),
        "environment": addresses.changes(),
    }


def _wait_for_eof(stop: threading.Event) -> None:
    sys.stdin.read()
    stop.set()


if __name__ == "__main__":
    main()
