"""What stands on answers that a running server gives seldom, or only behind a proxy."""

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.types import ASGIApp

from tests.attacks.test_headers import EVERYWHERE
from wasched import config
from wasched.api import doors
from wasched.api.preparing import Preparing
from wasched.api.secure_headers import FALLBACK, SecureHeaders
from wasched.ui.build.script_hashes import script_hashes

SCRIPTS = {"/": ["sha256-home"], "/messages": ["sha256-list"], FALLBACK: ["sha256-rest"]}
HSTS = "strict-transport-security"

Browser = Callable[..., TestClient]


@pytest.fixture
def before(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Browser:
    """A browser in front of an application that stands behind the headers."""

    def opened(app: ASGIApp, **environ: str) -> TestClient:
        read = config.read_settings({"DB_PATH": f"{tmp_path}/app.db", **environ})
        monkeypatch.setattr(doors, "settings", lambda: read)
        client = ("172.18.0.1", 4711)
        return TestClient(SecureHeaders(app, SCRIPTS), raise_server_exceptions=False, client=client)

    return opened


def page(_request: Request) -> Response:
    """A page of ours."""
    return HTMLResponse("<h1>Messages</h1>")


def fails(_request: Request) -> Response:
    """A fault in the code."""
    raise RuntimeError("an example")


def strict(_request: Request) -> Response:
    """A route that knows better."""
    return JSONResponse({}, headers={"Content-Security-Policy": "sandbox"})


APP = Starlette(
    routes=[
        *(Route(path, page) for path in ("/", "/messages", "/messages/{id}", "/index.html")),
        *(Route("/fails", fails), Route("/strict", strict)),
        Route("/kept", lambda _: Response(status_code=304)),
    ]
)


def test_a_fault_in_the_code_has_all_headers(before: Browser) -> None:
    answer = before(APP).get("/fails")

    assert answer.status_code == 500
    assert EVERYWHERE.items() <= answer.headers.items()
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_so_has_what_everybody_is_told_while_the_database_is_prepared(before: Browser) -> None:
    browser = before(Preparing(lambda: "Step 2 of 3.").before(APP))

    for accept in ("text/html", "application/json"):
        answer = browser.get("/messages", headers={"Accept": accept})
        assert answer.status_code == 503
        assert EVERYWHERE.items() <= answer.headers.items()
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_a_websocket_that_is_refused_is_answered_with_all_headers(before: Browser) -> None:
    browser = before(APP)
    with pytest.raises(WebSocketDenialResponse) as refused, browser.websocket_connect("/_event"):
        pass

    assert refused.value.status_code == 403
    assert EVERYWHERE.items() <= refused.value.headers.items()


@pytest.mark.parametrize(
    ("path", "own"),
    [
        *(("/", "home"), ("/index.html", "home"), ("/messages", "list"), ("/messages/", "list")),
        *(("/messages/7", "rest"), ("/kept", "rest")),
    ],
)
def test_a_page_may_run_its_own_scripts_and_those_of_no_other(
    before: Browser, path: str, own: str
) -> None:
    policy = before(APP).get(path).headers["content-security-policy"]

    assert f"script-src 'self' 'sha256-{own}';" in policy
    assert "unsafe-eval" not in policy


def test_a_stricter_policy_of_a_route_stays(before: Browser) -> None:
    answer = before(APP).get("/strict")

    assert answer.headers.get_list("content-security-policy") == ["sandbox"]


@pytest.mark.parametrize(
    ("environ", "proto", "is_told"),
    [
        ({}, "", False),
        ({}, "https", False),  # anybody may say so
        ({"TRUSTED_PROXIES": "172.18.0.0/16"}, "https", True),
        ({"TRUSTED_PROXIES": "172.18.0.0/16"}, "http", False),
        ({"PUBLIC_URL": "https://wasched.example.org"}, "", True),
        ({"PUBLIC_URL": "http://wasched.example.org"}, "", False),
    ],
)
def test_only_who_comes_by_https_is_told_to_keep_to_it(
    before: Browser, environ: dict[str, str], proto: str, is_told: bool
) -> None:
    named = {"X-Forwarded-Proto": proto} if proto else {}
    answer = before(APP, **environ).get("/messages", headers=named)

    assert (HSTS in answer.headers) is is_told


@pytest.mark.parametrize("host", ["[", "evil.example@localhost", "a b", "x" * 5000])
def test_a_host_that_is_none_is_answered(before: Browser, host: str) -> None:
    assert before(APP).get("/messages", headers={"Host": host}).status_code == 200


def test_inline_scripts_are_known_by_their_hashes() -> None:
    def hashed(script: str) -> str:
        return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()

    late = 'add("script", { type: "module", textContent: "import \\"/a.js\\";" });'
    built = f"<script>1 < 2 && 'ä'</script><script src='/app.js'></script><script>{late}</script>"

    assert script_hashes(built) == [
        *(hashed("1 < 2 && 'ä'"), hashed(late), hashed('import "/a.js";'))
    ]


@pytest.mark.parametrize(
    "built", ['<button onclick="go()">Go</button>', '<a href="javascript:go()">Go</a>']
)
def test_a_script_in_an_attribute_is_not_built(built: str) -> None:
    with pytest.raises(ValueError, match="script in an attribute"):
        script_hashes(built)
