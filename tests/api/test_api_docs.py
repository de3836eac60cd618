"""Every example of docs/api.md and README does what it says."""

import re
import shlex
from string import Template

import httpx
import pytest

from tests.api.conftest import Programs
from tests.api.described import Program, check_answer
from tests.product import ROOT

_TEXT = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
_README = (ROOT / "README.md").read_text(encoding="utf-8").replace("\\\n", "")
_URL = "http://testserver"


def _types(program: Program, line: str, known: dict[str, str]) -> httpx.Response:
    """Do what curl does with a line."""
    words = iter(shlex.split(Template(line).safe_substitute(known))[1:])
    method, url, headers, body = "", "", {}, None
    for word in words:
        match word:
            case "-X":
                method = next(words)
            case "-H":
                name, _, value = next(words).partition(": ")
                headers[name] = value
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
    choir = program("Alice", "read", "send")
    known = {"WASCHED_URL": _URL, "WASCHED_KEY": choir.key}
    said = f"{_TEXT}\n{_README.replace('http://localhost:3001', _URL)}"
    lines = re.findall(r"^curl .+/api/v1.+$", said, re.MULTILINE)

    for line in lines:
        answer = _types(choir, line, known)
        assert answer.status_code in (200, 201, 204), (line, answer.text)
        made = answer.json()
        for name, prefix in (("SCHEDULE", "sch"), ("PERSON", "per"), ("LIST", "lst")):
            if answer.status_code == 201 and made["id"].startswith(prefix):
                known[name] = made["id"]
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
    (code,) = re.findall(r"^```python\n(.+?)^```", _TEXT, re.MULTILINE | re.DOTALL)

    exec(compile(code, "docs/api.md", "exec"), {})

    assert "18:00" in capsys.readouterr().out
