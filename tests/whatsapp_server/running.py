"""A server that runs on a thread of its own, with all a client under test needs."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .control import Control
from .demo import invent_people
from .protocol.overlay import build_overlay, client_environment
from .server import WhatsAppServer
from .throwaway import throwaway_folder

_START = 60.0  # seconds


@dataclass(frozen=True)
class Addresses:
    """Where a running server is, and the folder of what its clients need."""

    port: int
    control_port: int
    folder: Path

    @property
    def url(self) -> str:
        """The websocket's address."""
        return f"ws://127.0.0.1:{self.port}/ws/chat"

    @property
    def control_url(self) -> str:
        """The control API's address."""
        return f"http://127.0.0.1:{self.control_port}"

    @property
    def overlay(self) -> Path:
        """The folder to put on PYTHONPATH: neonize that trusts this server alone."""
        return self.folder / "overlay"

    def environment(self, base: Mapping[str, str] | None = None) -> dict[str, str]:
        """The environment for a process that runs a client, from the given one or this one's."""
        certificates = {
            "SSL_CERT_FILE": str(self.folder / "media.pem"),
            "SSL_CERT_DIR": str(self.folder / "no-certificates"),
        }
        return client_environment(self.overlay, os.environ if base is None else base) | certificates

    def changes(self) -> dict[str, str]:
        """The variables of `environment` alone, without anything of this process."""
        return self.environment({})


@contextmanager
def running_server(
    port: int = 0, control_port: int = 0, *, demo: bool = False
) -> Iterator[tuple[WhatsAppServer, Addresses]]:
    """Run a server, its control API and its overlay until the block ends.

    `demo` fills the world with invented people.
    """
    with throwaway_folder("whatsapp-loopback-") as folder:
        (folder / "no-certificates").mkdir()
        (folder / "overlay").mkdir()
        thread = _ServerThread(folder, port, control_port, demo=demo)
        thread.begin()
        try:
            addresses = Addresses(thread.server.port, thread.control.port, folder)
            build_overlay(addresses.overlay, thread.server.root.public, addresses.port)
            yield thread.server, addresses
        finally:
            thread.end()


class _ServerThread(threading.Thread):
    def __init__(self, folder: Path, port: int, control_port: int, *, demo: bool) -> None:
        super().__init__(name="whatsapp-server", daemon=True)
        self.server = WhatsAppServer()
        self.control = Control(self.server)
        self._folder, self._ports, self._demo = folder, (port, control_port), demo
        self._listening = threading.Event()
        self._fault: BaseException | None = None
        self._loop = asyncio.new_event_loop()
        self._ended = asyncio.Event()

    def begin(self) -> None:
        """Start, and wait until it listens; raises what went wrong."""
        self.start()
        if not self._listening.wait(_START):
            raise TimeoutError("the WhatsApp server did not start")
        if self._fault:
            raise self._fault

    def end(self) -> None:
        """Stop and wait for the end."""
        self._loop.call_soon_threadsafe(self._ended.set)
        self.join()

    def run(self) -> None:
        """Serve until told to end."""
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        port, control_port = self._ports
        try:
            await self.server.start(self._folder / "media.pem", port)
            await self.control.start(control_port)
            if self._demo:
                await invent_people(self.server)
        except OSError as fault:
            self._fault = fault
            return
        finally:
            self._listening.set()
        await self._ended.wait()
        self.control.stop()
        await self.server.stop()
