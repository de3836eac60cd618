"""Every example of docs/api.md and README does what it says."""

import os
import re
import shlex
import subprocess
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from string import Template

import httpx
import pytest

from tests import files, npm
from tests.api.conftest import Programs
from tests.api.described import Program, check_answer
from tests.ports import free_port
from tests.product import ROOT, until
from wasched.adapters.webhook_posts import WebhookPosts
from wasched.domain.webhook_secret import make_secret

_TEXT = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
_README = (ROOT / "README.md").read_text(encoding="utf-8").replace("\\\n", "")
_URL = "http://testserver"
_PICTURE = files.picture()
_MADE = {
    "SCHEDULE": "sch",
    "PERSON": "per",
    "LIST": "lst",
    "UPLOAD": "upl",
    "MEDIA": "med",
    "WEBHOOK": "whk",
}
"""What lines name that others have made, and how its id begins."""


def _types(program: Program, line: str, known: dict[str, str]) -> httpx.Response:
    """Do what curl does with a line."""
    words = (Template(one).safe_substitute(known) for one in shlex.split(line)[1:])
    method, url, headers, body = "", "", {}, None
    for word in words:
        match word:
            case "-X":
                method = next(words)
            case "-H":
                name, _, value = next(words).partition(": ")
                headers[name] = value
            case "-i":
                pass
            case "--data-binary":
                body, _ = _PICTURE, next(words)
            case "--json":
                body, headers["Content-Type"] = next(words), "application/json"
            case _:
                url = word
    method = method or ("POST" if body else "GET")
    answer: httpx.Response = program.client.request(method, url, content=body, headers=headers)
    path = url.removeprefix(f"{_URL}/api/v1")
    check_answer(program.description, method, path, answer)
    return answer


def test_every_line_of_curl_is_answered(program: Programs) -> None:
    choir = program("Alice", "read", "send", "manage")
    known = {"WASCHED_URL": _URL, "WASCHED_KEY": choir.key, "EVENT": "start"}
    known["SIZE"] = str(len(_PICTURE))
    said = f"{_TEXT}\n{_README.replace('http://localhost:3001', _URL)}"
    lines = re.findall(r"^curl .+/api/v1.+$", said, re.MULTILINE)

    for line in lines:
        answer = _types(choir, line, known)
        assert answer.status_code in (200, 201, 202, 204), (line, answer.text)
        made = answer.json()
        for name, prefix in _MADE.items():
            if answer.status_code == 201 and made["id"].startswith(prefix):
                known[name] = made["id"]
        known["ETAG"] = answer.headers.get("etag", "")
        if made.get("messages"):
            known["MESSAGE"] = made["messages"][0]["id"]
    assert len(lines) > 15


def test_the_python_is_answered(
    program: Programs, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    choir = program("Alice", "send")
    monkeypatch.setenv("WASCHED_URL", _URL)
    monkeypatch.setenv("WASCHED_KEY", choir.key)
    monkeypatch.setattr(httpx, "post", choir.client.post)
    exec(compile(_python(0), "docs/api.md", "exec"), {})

    assert "18:00" in capsys.readouterr().out


def test_the_python_that_takes_webhooks_takes_ours_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    secret, others = make_secret(), make_secret()
    monkeypatch.setenv("WEBHOOK_SECRET", secret)
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:

        def serve(_where: object, hook: type[BaseHTTPRequestHandler]) -> HTTPServer:
            server.RequestHandlerClass = hook
            monkeypatch.setattr(server, "serve_forever", lambda: None)
            return server

        monkeypatch.setattr("http.server.HTTPServer", serve)
        exec(compile(_python(1), "docs/api.md", "exec"), {})
        answers = []
        for one in (secret, others):
            answering = threading.Thread(target=server.handle_request)
            answering.start()
            answers.append(_delivered(server.server_port, one))
            answering.join()

    assert answers == [204, 400] and "message.sent" in capsys.readouterr().out


def test_the_javascript_that_takes_webhooks_takes_ours_alone() -> None:
    folder = npm.installed(Path(__file__).parent / "javascript")
    port = free_port()
    script = folder / f"on-{port}.mjs"
    script.write_text(_piece("js", 0).replace("8000", str(port)), encoding="utf-8")
    secret = make_secret()
    line = [npm.program("node"), str(script)]
    with subprocess.Popen(
        line, env={**os.environ, "WEBHOOK_SECRET": secret}, stdout=subprocess.PIPE, text=True
    ) as node:
        try:
            until(lambda: _delivered(port, make_secret()) == 400, "node listens")
            assert _delivered(port, secret) == 204
            assert node.stdout is not None and "message.sent" in node.stdout.readline()
        finally:
            node.kill()
            script.unlink()


def _delivered(port: int, secret: str) -> int | None:
    """The status that a receiver on this machine answers to an event."""
    line = WebhookPosts(allows_private=True).open(f"http://127.0.0.1:{port}/", [secret])
    return line.post("evt_1", datetime.now(UTC), '{"type": "message.sent", "data": {}}').status


def _python(number: int) -> str:
    return _piece("python", number)


def _piece(language: str, number: int) -> str:
    """A piece of the page in a language."""
    found = re.findall(rf"^```{language}\n(.+?)^```", _TEXT, re.MULTILINE | re.DOTALL)
    return str(found[number])
