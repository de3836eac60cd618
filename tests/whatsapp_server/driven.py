"""A test's side of a process with the real neonize."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from itertools import count
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Self

from .client import Simulator

PATIENCE = 60.0  # seconds, for a machine under load
_DRIVER = Path(__file__).with_name("neonize_driver.py")


class DrivenError(Exception):
    """The library raised; the text is what it said."""


class DrivenClient:
    """One client in a process of its own; its events are kept until somebody waits for them."""

    def __init__(self, whatsapp: Simulator, session: Path, **variables: str) -> None:
        self.session = session
        self.seen: list[dict[str, Any]] = []  # all events so far
        self.whatsapp = whatsapp
        self._numbers = count(1)
        self._answers: dict[int, Future[Any]] = {}
        self._unread: list[dict[str, Any]] = []
        self._changed = threading.Condition()
        self._has_ended = False
        self._stderr = session.with_suffix(".log").open("ab")
        environment = whatsapp.environment({**os.environ, **variables})
        reading, writing = os.pipe()
        self._said = os.fdopen(reading, "rb")
        self._process = subprocess.Popen(
            [sys.executable, "-P", str(_DRIVER), str(session), str(writing)],
            stdin=subprocess.PIPE,
            stdout=self._stderr,
            stderr=self._stderr,
            env=environment,
            pass_fds=(writing,),
        )
        os.close(writing)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for pipe in (self._process.stdin, self._said, self._stderr):
            if pipe is not None:
                pipe.close()

    def do(self, command: str, **arguments: Any) -> Any:
        """Run a command of the driver; raises DrivenError."""
        return self.start(command, **arguments).result(PATIENCE * 2)

    def do_until(self, fits: Callable[[Any], bool], command: str, **arguments: Any) -> Any:
        """Run a command again until its answer fits: for what neonize has no event for."""
        end = monotonic() + PATIENCE
        while not fits(answer := self.do(command, **arguments)):
            if monotonic() > end:
                raise TimeoutError(f"{command} still answers {answer}")
            sleep(0.02)
        return answer

    def start(self, command: str, **arguments: Any) -> Future[Any]:
        """Begin a command of the driver."""
        number, answer = next(self._numbers), Future[Any]()
        self._answers[number] = answer
        assert self._process.stdin
        line = json.dumps({"n": number, "do": command, **arguments})
        self._process.stdin.write(line.encode() + b"\n")
        self._process.stdin.flush()
        return answer

    def wait(self, event: str, timeout: float = PATIENCE, **fields: Any) -> dict[str, Any]:
        """The first event of this name with these fields that nobody has waited for yet."""
        with self._changed:
            self._changed.wait_for(lambda: self._find(event, fields) or self._has_ended, timeout)
            found = self._find(event, fields)
            if found is not None:
                self._unread.remove(found)
                return found
        if self._has_ended:
            raise DrivenError(f"the client's process ended: {self.log()[-2000:]}")
        names = [one["event"] for one in self.seen[-10:]]
        raise TimeoutError(f"no {event} {fields or ''}; the last were {names}")

    def connect(self) -> Self:
        """Log in with the session there is."""
        self.do("connect")
        self.wait("Connected")
        return self

    def link(self, phone: str) -> Self:
        """Connect, let somebody scan the QR code, and wait for the login."""
        self.do("connect")
        self.whatsapp.scan(qr=self.wait("QrCode")["code"], phone=phone)
        self.wait("Connected")
        return self

    def send(self, to: str, message: dict[str, Any] | str) -> str:
        """Send a message (protobuf JSON) or a text; its id."""
        return str(self.do("send", to=to, message=message)["id"])

    def send_file(self, to: str, kind: str, body: bytes, **content: Any) -> str:
        """Upload a file and send it as image, video, audio or document; the message's id."""
        place = self.do("upload", kind=kind, body=base64.b64encode(body).decode())
        return self.send(to, {f"{kind}Message": place | content})

    def events(self, name: str) -> list[dict[str, Any]]:
        """All events of a name so far."""
        return [one for one in self.seen if one["event"] == name]

    def log(self) -> str:
        """What the library wrote to stderr."""
        return self.session.with_suffix(".log").read_text(errors="replace")

    def _read(self) -> None:
        for line in self._said:
            said = json.loads(line)
            if "answer" not in said:
                self._happened(said)
            elif "error" in said:
                self._answers.pop(said["answer"]).set_exception(DrivenError(said["error"]))
            else:
                self._answers.pop(said["answer"]).set_result(said["result"])
        for answer in self._answers.values():
            answer.set_exception(DrivenError("the client's process ended"))
        self._happened({"event": "ProcessEnded"})

    def _happened(self, event: dict[str, Any]) -> None:
        with self._changed:
            self.seen.append(event)
            self._unread.append(event)
            self._has_ended = event["event"] == "ProcessEnded"
            self._changed.notify_all()

    def _find(self, event: str, fields: dict[str, Any]) -> dict[str, Any] | None:
        for one in self._unread:
            if one["event"] == event and all(one.get(k) == v for k, v in fields.items()):
                return one
        return None
