"""Drives the distribution's Firefox, by its own protocol, with nothing between.

Playwright drives a Firefox that it has patched; what people have is the other one. Marionette is
part of it: firefox-source-docs.mozilla.org/testing/marionette/Protocol.html.
"""

import json
import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.ports import free_port
from tests.product import until

_PATIENCE_S = 60.0

# Firefox asks many hosts for many things when it starts; none of them is needed here.
_PREFERENCES: dict[str, bool | int | str] = {
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.shell.checkDefaultBrowser": False,
    "browser.safebrowsing.downloads.remote.enabled": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.systemAddon.update.enabled": False,
    "intl.accept_languages": "en-GB",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "toolkit.telemetry.enabled": False,
    "ui.prefersReducedMotion": 1,
}

_COMPLAINTS = """
const [ours] = arguments;
const found = Services.console.getMessageArray()
  .filter((one) => one instanceof Ci.nsIScriptError && !(one.flags & Ci.nsIScriptError.warningFlag))
  .filter((one) => one.sourceName.startsWith(ours) || one.category.includes("CSP"))
  .map((one) => `${one.category}: ${one.errorMessage} (${one.sourceName}:${one.lineNumber})`);
Services.console.reset();
return found;
"""


class MarionetteError(Exception):
    """Firefox could not do what it was told to."""


class Firefox:
    """One window; commands are those of WebDriver."""

    def __init__(self, port: int) -> None:
        self._line = socket.create_connection(("127.0.0.1", port), _PATIENCE_S)
        self._count = 0
        self._hear()  # it says which protocol it speaks
        self._command("WebDriver:NewSession", capabilities={"alwaysMatch": {}})

    def goes_to(self, address: str) -> None:
        """Open an address."""
        self._command("WebDriver:Navigate", url=address)

    def has_size(self, width: int, height: int) -> None:
        """Make the window so large; it is never narrower than Firefox lets it be."""
        self._command("WebDriver:SetWindowRect", width=width, height=height)

    def asks(self, script: str, *given: Any) -> Any:
        """What a script of the test's returns on the page."""
        return self._value("WebDriver:ExecuteScript", script=script, args=list(given))

    def types(self, selector: str, text: str) -> None:
        """Type into what a selector finds, as a keyboard does."""
        self._command("WebDriver:ElementSendKeys", id=self._element(selector), text=text)

    def clicks(self, selector: str) -> None:
        """Click on what a selector finds."""
        self._command("WebDriver:ElementClick", id=self._element(selector))

    def takes_cookies(self, cookies: list[dict[str, Any]]) -> None:
        """Have these cookies of the site that is open, and no others."""
        self._command("WebDriver:DeleteAllCookies")
        for one in cookies:
            kept = {"name": one["name"], "value": one["value"], "path": "/"}
            self._command("WebDriver:AddCookie", cookie=kept)

    def complaints(self, address: str) -> list[str]:
        """What the console said of scripts of a site, and what its policy refused, since before."""
        self._command("Marionette:SetContext", value="chrome")
        try:
            found: list[str] = self.asks(_COMPLAINTS, address)
        finally:
            self._command("Marionette:SetContext", value="content")
        return found

    def _element(self, selector: str) -> str:
        found = self._value("WebDriver:FindElement", using="css selector", value=selector)
        return str(next(iter(found.values())))

    def _value(self, name: str, **given: Any) -> Any:
        return self._command(name, **given)["value"]

    def _command(self, name: str, **given: Any) -> Any:
        self._count += 1
        packet = json.dumps([0, self._count, name, given]).encode()
        self._line.sendall(b"%d:%b" % (len(packet), packet))
        _kind, _number, fault, result = self._hear()
        if fault:
            raise MarionetteError(f"{name}: {fault['message']}")
        return result

    def _hear(self) -> Any:
        """One packet: how many bytes it has, a colon, and JSON."""
        length = b""
        while not length.endswith(b":"):
            length += self._read(1)
        return json.loads(self._read(int(length[:-1])))

    def _read(self, size: int) -> bytes:
        read = b""
        while len(read) < size:
            if not (part := self._line.recv(size - len(read))):
                raise MarionetteError("Firefox has ended.")
            read += part
        return read


@contextmanager
def firefox(program: str, folder: Path) -> Iterator[Firefox]:
    """A Firefox with a profile and a home of its own, until the end of the block."""
    port = free_port()
    folder.mkdir(parents=True)
    preferences = {**_PREFERENCES, "marionette.port": port}
    lines = (f"user_pref({json.dumps(one)}, {json.dumps(to)});" for one, to in preferences.items())
    (folder / "user.js").write_text("\n".join(lines))
    line = [program, "--headless", "--no-remote", "--marionette", "--remote-allow-system-access"]
    with (folder / "firefox.log").open("wb") as log:
        process = subprocess.Popen(
            [*line, "--profile", str(folder)],
            env={**os.environ, "HOME": str(folder), "TZ": "Europe/Berlin"},
            stdout=log,
            stderr=log,
        )
    try:
        until(lambda: _listens(port), "Firefox listens")
        yield Firefox(port)
    finally:
        process.terminate()
        process.wait(30)


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False
