"""The real client library trusts a loopback listener only when altered to, and else refuses.

Each client runs in a process of its own with a throw-away copy of the library whose address is
this listener's.
"""

from __future__ import annotations

import os
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

from tests.whatsapp_server.protocol.certificates import CertificateFlaw, certificate_chain
from tests.whatsapp_server.protocol.framing import FrameReader
from tests.whatsapp_server.protocol.noise import Responder
from tests.whatsapp_server.protocol.overlay import REAL_HOST, client_environment, overlay
from wasched.adapters.whatsapp.protocol.curve import KeyPair
from wasched.adapters.whatsapp.protocol.framing import frame
from wasched.adapters.whatsapp.protocol.protobufs import wa6
from wasched.adapters.whatsapp.protocol.tokens import ROOT_KEY

from .detour import certificate_for, proxy_to, tls_of

CLIENT = """
import sys
from neonize.client import NewClient
try:
    NewClient(sys.argv[1]).connect()
except Exception as refusal:
    print("REFUSED:", refusal)
"""
PATIENCE = 60  # seconds


class Listener:
    """Shakes hands with each client and notes which of them finished."""

    def __init__(self, flaw: CertificateFlaw | None = None) -> None:
        self.root, self._static = KeyPair.generate(), KeyPair.generate()
        self._flaw = flaw
        self.greeted = threading.Event()
        self.payloads: list[wa6.ClientPayload] = []
        self.finished = threading.Event()

    @contextmanager
    def listening(self, tls: ssl.SSLContext | None = None) -> Iterator[int]:
        """Listen on a free loopback port while the block runs."""
        with serve(self._shake_hands, "127.0.0.1", 0, compression=None, ssl=tls) as server:
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            try:
                yield _port_of(server)
            finally:
                server.shutdown()
                thread.join()

    def _shake_hands(self, connection: ServerConnection) -> None:
        frames = _frames(connection)
        now = datetime.now(UTC)
        chain = certificate_chain(self.root, self._static.public, now=now, flaw=self._flaw)
        responder = Responder(self._static, chain)
        with suppress(ConnectionClosed):  # a client that refuses hangs up
            connection.send(frame(responder.answer(next(frames))))
            self.greeted.set()
            established = responder.finish(next(frames))
            self.payloads.append(wa6.ClientPayload.FromString(established.payload))
            self.finished.set()


def _frames(connection: ServerConnection) -> Iterator[bytes]:
    reader = FrameReader()
    while True:
        message = connection.recv()
        assert isinstance(message, bytes)
        yield from reader.feed(message)


def _port_of(server: Server) -> int:
    host, port = server.socket.getsockname()
    assert host == "127.0.0.1"
    return int(port)


@contextmanager
def client(environment: dict[str, str], session: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that tries to link; ended with the block."""
    process = subprocess.Popen(
        [sys.executable, "-c", CLIENT, str(session)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def refusal(listener: Listener, trusted: bytes, session: Path) -> str:
    """What a client that trusts this root key says about the listener before it gives up."""
    with (
        listener.listening() as port,
        overlay(trusted, port) as folder,
        client(client_environment(folder), session) as process,
    ):
        output, _ = process.communicate(timeout=PATIENCE)
    return output


def through(proxy: int, certificate: Path) -> dict[str, str]:
    """The environment that leads the library as shipped through a proxy on loopback."""
    return {
        **os.environ,
        "HTTPS_PROXY": f"http://127.0.0.1:{proxy}",
        "NO_PROXY": "",
        "no_proxy": "",
        "SSL_CERT_FILE": str(certificate),
    }


def test_an_altered_client_shakes_hands_with_the_loopback_server(tmp_path):
    listener = Listener()

    with (
        listener.listening() as port,
        overlay(listener.root.public, port) as folder,
        client(client_environment(folder), tmp_path / "session.db"),
    ):
        assert listener.finished.wait(PATIENCE)

    assert listener.payloads[0].HasField("devicePairingData")


def test_the_library_as_shipped_refuses_the_loopback_server(tmp_path):
    """Even when a proxy and a TLS certificate lead it there under the real host's name."""
    listener = Listener()
    host = REAL_HOST.decode()
    certificate = certificate_for(host, tmp_path)

    with listener.listening(tls_of(certificate)) as port, proxy_to(port) as (proxy, asked):
        environment = through(proxy, certificate)
        with client(environment, tmp_path / "session.db") as process:
            output, _ = process.communicate(timeout=PATIENCE)

    assert asked == [f"{host}:443"]
    assert listener.greeted.is_set(), "the client never reached the listener"
    assert "failed to verify intermediate cert signature" in output
    assert not listener.finished.is_set()


def test_the_library_as_shipped_refuses_the_running_server(whatsapp, tmp_path):
    host, port = REAL_HOST.decode(), urlsplit(whatsapp.url).port
    certificate = certificate_for(host, tmp_path)

    with proxy_to(port, tls_of(certificate)) as (proxy, asked):
        environment = through(proxy, certificate)
        with client(environment, tmp_path / "session.db") as process:
            output, _ = process.communicate(timeout=PATIENCE)

    assert asked == [f"{host}:443"]
    assert "failed to verify intermediate cert signature" in output
    assert whatsapp.seen() == []


def test_a_client_with_the_real_root_key_refuses_the_loopback_server(tmp_path):
    listener = Listener()

    output = refusal(listener, ROOT_KEY, tmp_path / "session.db")

    assert listener.greeted.is_set(), "the client never reached the listener"
    assert "REFUSED" in output
    assert "failed to verify" in output
    assert not listener.finished.is_set()


@pytest.mark.parametrize("flaw", list(CertificateFlaw))
def test_the_client_refuses_a_certificate_that_is(flaw, tmp_path):
    listener = Listener(flaw)

    output = refusal(listener, listener.root.public, tmp_path / "session.db")

    assert listener.greeted.is_set(), "the client never reached the listener"
    assert "REFUSED" in output
    assert not listener.finished.is_set()
