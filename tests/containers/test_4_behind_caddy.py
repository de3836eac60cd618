"""Behind Caddy, under another host name and TLS, as on the owner's server."""

import base64
import http.client
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)
from playwright.sync_api import Page, Playwright, expect
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.browser.person import OWNER, Person
from tests.containers.stack import Stack, run
from tests.ports import free_port
from tests.product import until
from tests.simulator.detour import certificate_for
from tools.set_up_tests import find_browser

pytestmark = pytest.mark.smoke

HOST = "wasched.test"
SIGN_IN = "/auth/sign-in"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Site:
    """The address that Caddy serves, and whose certificate to trust."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.origin = f"https://{HOST}:{self.port}"
        self.certificate = certificate_for(HOST, folder)
        self.certificate.chmod(0o644)

    def caddyfile(self) -> str:
        """The entry that docs/operate.md shows, with a port and a certificate of the test's own."""
        return (
            "{\n\tadmin off\n\tauto_https disable_redirects\n}\n"
            f"{self.origin} {{\n\tbind 127.0.0.1\n"
            "\ttls /site/certificate.pem /site/certificate.pem\n"
            "\treverse_proxy 127.0.0.1:3001\n}\n"
        )

    def trust(self) -> ssl.SSLContext:
        """Trust this certificate and no other."""
        return ssl.create_default_context(cafile=str(self.certificate))

    def fingerprint(self) -> str:
        """What Chromium calls the certificate's key."""
        key = load_pem_private_key(self.certificate.read_bytes(), None).public_key()
        digest = hashes.Hash(hashes.SHA256())
        digest.update(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
        return base64.b64encode(digest.finalize()).decode()

    def post(
        self, path: str, form: str, come_from: str, origin: str = ""
    ) -> http.client.HTTPResponse:
        """Post a form from an address of loopback, as a browser on that origin would."""
        connection = _Line(HOST, self.port, self.trust(), come_from)
        connection.request("POST", path, form, {**FORM, "Origin": origin or self.origin})
        return connection.getresponse()


class _Line(http.client.HTTPSConnection):
    """HTTPS to loopback under the site's name, from a chosen address of loopback."""

    def __init__(self, host: str, port: int, trust: ssl.SSLContext, come_from: str) -> None:
        super().__init__(host, port, timeout=30)
        self._trust, self._from = trust, come_from

    def connect(self) -> None:
        """Find the name without asking a name server."""
        plain = socket.create_connection(("127.0.0.1", self.port), 30, (self._from, 0))
        self.sock = self._trust.wrap_socket(plain, server_hostname=self.host)


@pytest.fixture(scope="module")
def site(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Caddy in front of the stack, on this machine as its own programs are."""
    folder = tmp_path_factory.mktemp("site")
    folder.chmod(0o755)
    made = Site(folder)
    (folder / "Caddyfile").write_text(made.caddyfile())
    line = ("docker", "run", "--detach", "--rm", "--network", "host", "-v", f"{folder}:/site:ro")
    container = run(*line, "caddy:2", "caddy", "run", "--config", "/site/Caddyfile").strip()
    try:
        until(lambda: "serving initial configuration" in run("docker", "logs", container), "Caddy")
        yield made
    finally:
        run("docker", "rm", "--force", container)


@pytest.fixture(scope="module")
def tab(site: Site, playwright: Playwright) -> Iterator[Page]:
    """A browser that trusts the site's certificate and knows where its name leads."""
    lines = (
        *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
        f"--host-resolver-rules=MAP {HOST} 127.0.0.1",
        f"--ignore-certificate-errors-spki-list={site.fingerprint()}",
    )
    browser = playwright.chromium.launch(executable_path=find_browser(), args=lines)
    context = browser.new_context(base_url=site.origin, reduced_motion="reduce")
    context.set_default_timeout(60_000)
    yield context.new_page()
    browser.close()


def test_pages_live_updates_and_cookies_work_under_another_name(
    owner: Person, tab: Page, site: Site
) -> None:
    sockets: list[str] = []
    tab.on("websocket", lambda opened: sockets.append(opened.url))
    tab.goto("/sign-in")
    Person(tab).signs_in(OWNER.email, OWNER.password)

    expect(tab.get_by_role("link", name="New message").first).to_be_visible(timeout=60_000)
    assert tab.url == f"{site.origin}/"
    assert sockets and all(url.startswith(f"wss://{HOST}:{site.port}/") for url in sockets)
    [cookie] = [one for one in tab.context.cookies() if one["name"] == "__Host-wasched_session"]
    assert cookie["secure"] and cookie["httpOnly"] and cookie["sameSite"] == "Lax"


def test_a_redirect_stays_on_the_encrypted_line(site: Site) -> None:
    connection = _Line(HOST, site.port, site.trust(), "127.0.0.1")
    connection.request("GET", "/sign-up")
    answer = connection.getresponse()

    assert answer.getheader("Location", "").startswith(("/", site.origin)) or answer.status == 200


def test_the_audit_knows_where_a_person_came_from(owner: Person, stack: Stack, site: Site) -> None:
    form = f"email={OWNER.email.replace('@', '%40')}&password={OWNER.password.replace(' ', '+')}"
    answer = site.post(SIGN_IN, form, "127.0.0.33")

    assert answer.status == 303 and "error" not in (answer.getheader("Location") or "")
    assert "Secure" in (answer.getheader("Set-Cookie") or "")
    seen = stack.inside("addresses")
    assert "127.0.0.33" in seen["browsers"] and "127.0.0.33" in seen["audit"]


def test_who_guesses_passwords_locks_out_nobody_else(owner: Person, site: Site) -> None:
    for number in range(30):
        site.post(SIGN_IN, f"email=guess{number}%40choir.example&password=wrong", "127.0.0.44")

    guesser = site.post(SIGN_IN, "email=mallory%40choir.example&password=wrong", "127.0.0.44")
    other = site.post(SIGN_IN, "email=bob%40choir.example&password=wrong", "127.0.0.55")

    assert "error=wait" in (guesser.getheader("Location") or "")
    assert "error=no-match" in (other.getheader("Location") or "")


def test_a_foreign_origin_is_refused(owner: Person, stack: Stack, site: Site) -> None:
    answer = site.post(SIGN_IN, "email=a&password=b", "127.0.0.1", origin="https://evil.example")
    assert answer.status == 403

    url = "ws://127.0.0.1:3001/_event/?EIO=4&transport=websocket"
    with (
        pytest.raises((WebSocketException, OSError)),
        connect(url, origin=Origin("https://evil.example")) as opened,
    ):
        opened.recv(timeout=30)
