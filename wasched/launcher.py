"""Runs api and worker beside each other, starts again what dies, and stops both together."""

import ctypes
import errno
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field

import typer

from wasched import commands
from wasched.adapters.own_addresses import network_url, own_url
from wasched.config import Settings
from wasched.domain.errors import WaschedError
from wasched.services.accounts.qr_codes import ascii_block

_PORTS = 50
_TOO_SOON_S = 3.0  # who ends this soon after the very first start is wrong, not unlucky
_LONGEST_WAIT_S = 30.0
_STOP_S = 20.0
_PR_SET_PDEATHSIG = 1


def free_port(host: str, wanted: int) -> int:
    """The wanted port, or the next one that nobody listens on; WaschedError if there is none."""
    for port in range(wanted, min(wanted + _PORTS, 65536)):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as fault:
                _give_up(fault, host, port)
                continue
            return port
    raise WaschedError(f"No port from {wanted} on is free on {host}. Set PORT to a free one.")


def _give_up(fault: OSError, host: str, port: int) -> None:
    """WaschedError if another port would not help either."""
    if fault.errno == errno.EADDRNOTAVAIL:
        raise WaschedError(f"This machine has no address {host}. Set LOCALHOST to one it has.")
    if fault.errno == errno.EACCES:
        raise WaschedError(f"Port {port} is for root alone. Set PORT to one from 1024 on.")


def _ends_with_the_launcher() -> None:
    """Have the kernel stop this process when the launcher is killed and can stop nobody.

    Linux alone can (prctl(2), PR_SET_PDEATHSIG); elsewhere the parts would run on.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class _Part:
    """One of the two processes."""

    name: str
    line: list[str]
    environ: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    starts: int = 0
    wait_until: float = field(default=0.0)

    def start(self) -> None:
        # A session of its own: Ctrl-C reaches the launcher alone, which stops the parts in order.
        self.process = subprocess.Popen(
            self.line, env=self.environ, start_new_session=True, preexec_fn=_ends_with_the_launcher
        )
        self.started = time.monotonic()
        self.starts += 1

    def clear(self) -> None:
        """Kill what the part left behind when it died: the api's own worker holds the port."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def stop(self, sent: signal.Signals) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(sent)


class Launcher:
    """Starts the two parts and watches over them until it is told to stop."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stopping = False
        self._parts = [
            _Part("api", *commands.api(settings, os.environ)),
            _Part("worker", *commands.worker(os.environ)),
        ]

    def run(self) -> int:
        """Run until SIGINT, SIGTERM or the end of the terminal; returns the exit code."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup
                signal.signal(number, self._ask_to_stop)
        for part in self._parts:
            part.start()
        try:
            return self._watch()
        finally:
            self._stop()

    def _watch(self) -> int:
        said = False
        while not self._stopping:
            time.sleep(0.2)
            for part in self._parts:
                code = self._mend(part)
                if code is not None:
                    return code
            if not said and self._answers():
                said = True
                self._say_where()
        return 0

    def _ask_to_stop(self, *_: object) -> None:
        self._stopping = True  # a lock must not be taken here: the signal may have come inside it

    def _mend(self, part: _Part) -> int | None:
        """Start a part that died again, later each time; an exit code if that is no use."""
        now = time.monotonic()
        if part.process is None:
            if now >= part.wait_until:
                part.start()
            return None
        code = part.process.poll()
        if code is None:
            return None
        part.clear()
        if part.starts == 1 and code > 0 and now - part.started < _TOO_SOON_S:
            return code
        waited = min(_LONGEST_WAIT_S, 2.0 ** min(part.starts - 1, 10))
        lasted = now - part.started
        delay = 0.0 if lasted > _LONGEST_WAIT_S else waited
        part.starts = 1 if lasted > _LONGEST_WAIT_S else part.starts
        typer.echo(f"The {part.name} ended with {code}; it starts again in {delay:.0f} s.")
        part.process, part.wait_until = None, now + delay
        return None

    def _answers(self) -> bool:
        host = self._settings.host if self._settings.host not in ("0.0.0.0", "::") else "127.0.0.1"
        where = f"[{host}]" if ":" in host else host
        try:
            with urllib.request.urlopen(
                f"http://{where}:{self._settings.port}/healthz", timeout=1
            ) as answer:
                return bool(answer.status == 200)
        except (OSError, urllib.error.URLError):
            return False

    def _say_where(self) -> None:
        rest = "The rest of the data" if self._settings.is_on_a_server else "The data"
        if self._settings.is_on_a_server:
            typer.echo("Messages and people lie in PostgreSQL, as DATABASE_URL says")
        typer.echo(f"{rest} lie in {self._settings.data_path}")
        if address := network_url(self._settings):
            typer.echo(f"{ascii_block(address)}On a phone in the same network: {address}")
        typer.echo(f"wasched is running at {own_url(self._settings)} (Ctrl-C stops it)")

    def _stop(self) -> None:
        # The worker first: what it is sending may still show in an open page.
        for part in reversed(self._parts):
            part.stop(signal.SIGTERM)
        deadline = time.monotonic() + _STOP_S
        for part in self._parts:
            if part.process is None:
                continue
            try:
                part.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                part.clear()
                part.process.wait()
