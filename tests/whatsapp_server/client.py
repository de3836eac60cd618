"""A small synchronous client of the control API."""

from __future__ import annotations

import base64
import http.client
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

_PATIENCE = 120.0  # seconds; commands that wait end sooner by themselves


class CommandError(Exception):
    """A command failed; `kind` is the name of the exception in the server."""

    def __init__(self, kind: str, sentence: str) -> None:
        super().__init__(sentence)
        self.kind = kind


class Simulator:
    """A running server; every command of the control API is a method with keyword arguments.

    The commands and their arguments are those of the classes in `commands`, `phone_commands`
    and `fault_commands`; the most used have a method of their own here.
    """

    def __init__(self, control_url: str, environment: Mapping[str, str], url: str = "") -> None:
        self.control_url, self.url = control_url, url
        self._environment = dict(environment)

    def __getattr__(self, command: str) -> Any:
        """A command, to be called with keyword arguments; CommandError if it fails."""
        if command.startswith("_"):
            raise AttributeError(command)
        return lambda **arguments: self.call(command, **arguments)

    def environment(self, base: Mapping[str, str]) -> dict[str, str]:
        """The environment for a client's process: `base`, with the server's copy of neonize first.

        Go reads it as it is when the process starts.
        """
        paths = [self._environment["PYTHONPATH"], base.get("PYTHONPATH", "")]
        return {**base, **self._environment, "PYTHONPATH": ":".join(filter(None, paths))}

    def call(self, command: str, **arguments: Any) -> Any:
        """Run a command; raises CommandError."""
        address = urlsplit(self.control_url)
        connection = http.client.HTTPConnection(address.netloc, timeout=_PATIENCE)
        try:
            connection.request("POST", f"/{command}", json.dumps(arguments))
            answer = json.loads(connection.getresponse().read())
        finally:
            connection.close()
        if "error" in answer:
            raise CommandError(answer["kind"], answer["error"])
        return answer["result"]

    def texts(self, phone: str) -> list[str]:
        """The words of the messages in somebody's inbox."""
        return [one["text"] for one in self.call("inbox", phone=phone)]

    def file(self, phone: str, id: str) -> bytes:
        """The decrypted file of a message in an inbox."""
        return base64.b64decode(self.call("file", phone=phone, id=id))

    def send_file(
        self, phone: str, to: str, kind: str, body: bytes, mimetype: str, caption: str = ""
    ) -> str:
        """Let somebody send a file; the message's id."""
        encoded = base64.b64encode(body).decode()
        id: str = self.call(
            "send_file",
            phone=phone,
            to=to,
            kind=kind,
            body=encoded,
            mimetype=mimetype,
            caption=caption,
        )
        return id
