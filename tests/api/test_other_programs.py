"""Every example of docs/api.md for another program makes a request that is answered."""

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from itertools import pairwise
from string import Template
from typing import Any

import pytest

from tests.api.conftest import Programs
from tests.product import ROOT

_TEXT = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
_SAID = {"to": "+491701234567", "phone": "+491701234567", "text": 'It is "done"', "message": "Done"}

_AS_GOOGLE = """
const said = [];
const SpreadsheetApp = { getActiveSheet: () => ({ getRange: () => ({
  getValues: () => [["+491701234567", "Choir"]] }) }) };
const PropertiesService = { getScriptProperties: () => ({ getProperty: () => process.argv[1] }) };
const UrlFetchApp = { fetch: (url, options) => console.log(JSON.stringify({ url, ...options })) };
"""
"""What Google Apps Script gives to a script."""

Asked = tuple[str, dict[str, str], str]
"""The address, the headers and the body of a request."""


def _n8n(key: str) -> Asked:
    node = json.loads(_example("json", "n8n-nodes-base"))["nodes"][0]["parameters"]
    assert node["method"] == "POST" and node["genericAuthType"] == "httpBearerAuth"
    (header,) = node["headerParameters"]["parameters"]
    heads = {"Authorization": f"Bearer {key}", header["name"]: _filled(header["value"])}
    return node["url"], heads, _filled(node["jsonBody"])


def _home_assistant(key: str) -> Asked:
    lines = dict(re.findall(r"^ +(\w+): (.+)$", _example("yaml", "rest_command"), re.MULTILINE))
    assert (lines["method"], lines["content_type"]) == ("post", "application/json")
    assert (
        "`wasched_key: Bearer wsk_…`" in _TEXT and lines["authorization"] == "!secret wasched_key"
    )
    return lines["url"], {"Authorization": f"Bearer {key}"}, _filled(lines["payload"].strip("'"))


def _apps_script(key: str) -> Asked:
    node = shutil.which("node")
    if node is None:
        pytest.skip("needs node")
    code = f"{_AS_GOOGLE}{_example('javascript', 'UrlFetchApp')}sendReminder();"
    done = subprocess.run([node, "-e", code, key], capture_output=True, check=True, text=True)
    asked = json.loads(done.stdout)
    assert (asked["method"], asked["contentType"]) == ("post", "application/json")
    return asked["url"], asked["headers"], asked["payload"]


def _github(key: str) -> Asked:
    _, _, line = _example("yaml", "failure()").partition("run: >-")
    known = {
        "WASCHED_URL": "http://testserver",
        "WASCHED_KEY": key,
        "GITHUB_RUN_ID": "17",
        "GITHUB_RUN_ATTEMPT": "1",
        "GITHUB_WORKFLOW": "Build",
        "GITHUB_REPOSITORY": "choir/songs",
    }
    words = shlex.split(Template(line).substitute(known))
    given = list(pairwise(words))
    heads = dict(after.split(": ", 1) for word, after in given if word == "-H")
    (body,) = (after for word, after in given if word == "--json")
    assert words[:2] == ["curl", "--fail-with-body"]
    return words[2], heads, body


@pytest.mark.parametrize("asks", [_n8n, _home_assistant, _apps_script, _github])
def test_what_another_program_asks_is_answered(
    program: Programs, asks: Callable[[str], Asked]
) -> None:
    bells = program("Alice", "send")

    url, heads, body = asks(bells.key)
    path = url[url.index("/api/v1") :]
    kept = {"Content-Type": "application/json", **heads}
    answer = bells.client.post(path, headers=kept, content=body)

    assert answer.status_code == 201, answer.text
    assert answer.json()["messages"][0]["to"] == "+491701234567"


def _example(language: str, words: str) -> str:
    found = re.findall(rf"^```{language}\n(.+?)^```", _TEXT, re.MULTILINE | re.DOTALL)
    (one,) = (text for text in found if words in text)
    return str(one)


def _filled(template: str) -> str:
    """A template as n8n or Home Assistant fills it."""

    def value(found: re.Match[str]) -> str:
        name = re.sub(r".*[.$]|\)| \| to_json", "", found[1].strip())
        is_json = "JSON" in found[1] or "to_json" in found[1]
        said: Any = _SAID.get(name, "17")
        return json.dumps(said) if is_json else str(said)

    return re.sub(r"\{\{(.+?)\}\}", value, template.removeprefix("="))
