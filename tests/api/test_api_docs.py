"""Every example of docs/api.md and README does what it says."""

import re
import shlex
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from string import Template

import httpx
import pytest

from tests import files
from tests.api.conftest import Programs
from tests.api.described import Program, check_answer
from tests.product import ROOT
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
            line = WebhookPosts(allows_private=True).open(
                f"http://127.0.0.1:{server.server_port}/", [one]
            )
            said = line.post("evt_1", datetime.now(UTC), '{"type": "message.sent", "data": {}}')
            answers.append(said.status)
            answering.join()

    assert answers == [204, 400] and "message.sent" in capsys.readouterr().out


def _python(number: int) -> str:
    """A piece of Python of the page."""
    return str(re.findall(r"^```python\n(.+?)^```", _TEXT, re.MULTILINE | re.DOTALL)[number])
