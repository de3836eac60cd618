"""Leads the worker's container to the WhatsApp server of the tests instead of to WhatsApp.

The image knows nothing of it: a copy of the library that trusts the test server alone is laid
over the real one by a second Compose file, and the worker finds this machine under a short name.
"""

import contextlib
import json
import socket
import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path

from tests.containers.stack import Stack, run
from tests.simulator.detour import pour
from tests.whatsapp_server.protocol.overlay import loopback_url, patch

_HOST = "w"  # as short as can be: the address must fit where WhatsApp's stands in the library


def worker_override(folder: Path, stack: Stack, root_public: bytes, port: int) -> Iterator[Path]:
    """A Compose file that leads the worker to the server on that port of this machine."""
    network = json.loads(run("docker", "network", "inspect", "wa-scheduler-net"))[0]
    gateway = network["IPAM"]["Config"][0]["Gateway"]
    with _door(gateway, port) as (address, opened):
        inside, library = _library(folder)
        patched = patch(library.read_bytes(), root_public, port, library.name)
        url = f"ws://{_HOST}:{opened}/ws/chat?".encode().ljust(len(loopback_url(port)), b"x")
        library.write_bytes(patched.replace(loopback_url(port), url))
        library.chmod(0o644)
        worker = {"volumes": [f"{library}:{inside}:ro"], "extra_hosts": [f"{_HOST}:{address}"]}
        override = folder / "loopback.yaml"
        override.write_text(json.dumps({"services": {"worker": worker}}))
        yield override


def _library(folder: Path) -> tuple[str, Path]:
    """Where the library lies in the image, and a copy of it in the folder."""
    find = ("find", "/opt/venv", "-name", "neonize-linux-*.so")
    [inside] = run("docker", "run", "--rm", "wa-scheduler", *find).split()
    made = run("docker", "create", "wa-scheduler").strip()
    try:
        run("docker", "cp", f"{made}:{inside}", str(folder))
    finally:
        run("docker", "rm", made)
    return inside, folder / Path(inside).name


@contextlib.contextmanager
def _door(gateway: str, port: int) -> Iterator[tuple[str, int]]:
    """A port that containers reach and that leads to a port of loopback.

    The engine's bridge is on this machine, or (Docker Desktop) in a machine of its own that
    sees our loopback as `host-gateway`.
    """

    class Passage(socketserver.BaseRequestHandler):
        """One connection."""

        def handle(self) -> None:
            with socket.create_connection(("127.0.0.1", port)) as inner:
                back = threading.Thread(target=pour, args=(inner, self.request))
                back.start()
                pour(self.request, inner)
                back.join()

    try:
        server, address = socketserver.ThreadingTCPServer((gateway, 0), Passage), gateway
    except OSError:
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Passage)
        address = "host-gateway"
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield address, server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
