"""Link previews: read from the public internet only, quickly, and never from inside."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic

import pytest

from tests import files
from wasched.adapters.public_network import Network, RefusedAddressError, dial_public, is_public
from wasched.adapters.web_pages import PAGE_MAX, PICTURE_MAX, WebPages

PUBLIC, INSIDE = "93.184.215.14", "127.0.0.1"

HTML = {"Content-Type": "text/html; charset=utf-8"}
PAGE = (
    b'<head><title>x</title><meta property="og:title" content="The choir">'
    b'<meta property="og:description" content="All of it">'
    b'<meta property="og:image" content="/hall.png"></head>'
)

Answer = tuple[int, dict[str, str], bytes]


class Site:
    """A web server on this machine; `answers` by path, `asked` in the order of asking."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.hosts: list[str] = []
        self.hangs = threading.Event()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                site.hosts.append(self.headers["Host"])
                if self.path == "/drip":
                    self._drip()
                    return
                status, headers, body = site.answers.get(self.path, (404, {}, b""))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def _drip(self) -> None:
                """A header line that never ends, a byte at a time."""
                self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
                while not site.hangs.wait(0.05):
                    self.wfile.write(b"x")

            def log_message(self, *_: object) -> None:
                """Nothing."""

        self._server = ThreadingHTTPServer((INSIDE, 0), Handler)
        self._server.daemon_threads = True
        self.port: int = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def url(self, path: str, host: str = "site.test") -> str:
        """The address of a page under a made-up name."""
        return f"http://{host}:{self.port}{path}"

    def close(self) -> None:
        """End it."""
        self.hangs.set()
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def site() -> Iterator[Site]:
    """A site with one page and its picture."""
    made = Site()
    made.answers["/"] = (200, HTML, PAGE)
    made.answers["/hall.png"] = (200, {"Content-Type": "image/png"}, files.picture("png"))
    yield made
    made.close()


@pytest.fixture
def pages(site: Site) -> WebPages:
    """A reader for whom the site is the one public place there is."""
    return WebPages(Network(lambda host, port: [INSIDE], lambda ip, port: port == site.port))


def test_a_page_has_title_description_and_picture(site: Site, pages: WebPages) -> None:
    seen = pages.read(site.url("/"))

    assert seen is not None
    assert (seen.title, seen.description) == ("The choir", "All of it")
    assert seen.picture == files.picture("png")
    assert site.hosts[0] == f"site.test:{site.port}"


def test_redirects_are_followed_a_few_times(site: Site, pages: WebPages) -> None:
    site.answers["/old"] = (301, {"Location": "/"}, b"")
    site.answers["/round"] = (302, {"Location": "/round"}, b"")

    assert pages.read(site.url("/old")) is not None
    assert pages.read(site.url("/round")) is None
    assert site.asked.count("/round") == 5


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (404, HTML, PAGE),
        (200, {"Content-Type": "application/pdf"}, PAGE),
        (200, HTML | {"Content-Encoding": "gzip"}, PAGE),
        (200, HTML, b"<p>no title</p>"),
        (302, HTML, b""),
        (302, {"Location": "ftp://site.test/"}, b""),
        (302, {"Location": "file:///etc/passwd"}, b""),
        (302, {"Location": "http://user:password@site.test/"}, b""),
    ],
)
def test_what_is_no_page_has_no_preview(
    site: Site, pages: WebPages, status: int, headers: dict[str, str], body: bytes
) -> None:
    site.answers["/odd"] = (status, headers, body)

    assert pages.read(site.url("/odd")) is None


def test_of_a_huge_page_only_the_beginning_is_read(site: Site, pages: WebPages) -> None:
    site.answers["/huge"] = (200, HTML, PAGE + b"x" * (20 * PAGE_MAX))

    seen = pages.read(site.url("/huge"))

    assert seen is not None
    assert seen.title == "The choir"


@pytest.mark.parametrize(
    "answer",
    [
        (200, {"Content-Type": "image/png"}, b"x" * (PICTURE_MAX + 1)),
        (200, HTML, b"<svg>"),
        (500, {}, b""),
    ],
)
def test_a_picture_that_cannot_be_had_leaves_the_words(
    site: Site, pages: WebPages, answer: Answer
) -> None:
    site.answers["/hall.png"] = answer

    seen = pages.read(site.url("/"))

    assert seen is not None
    assert seen.picture == b""


def test_a_page_that_drips_is_cut_off(site: Site) -> None:
    network = Network(lambda host, port: [INSIDE], lambda ip, port: True)
    before = monotonic()

    assert WebPages(network, seconds=0.5).read(site.url("/drip")) is None
    assert monotonic() - before < 60  # it would never end by itself


def test_a_name_server_that_never_answers_is_not_waited_for(site: Site) -> None:
    network = Network(lambda host, port: [INSIDE] if site.hangs.wait(60) else [])

    assert WebPages(network, seconds=0.2).read(site.url("/")) is None
    assert site.asked == []


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"],
)
def test_this_machine_is_never_asked(site: Site, host: str) -> None:
    """With the true rules and the true resolver."""
    assert WebPages(seconds=2).read(site.url("/", host)) is None
    assert WebPages(Network(allows=_on_any_port)).read(site.url("/", host)) is None
    assert site.asked == []


def test_a_redirect_to_the_inside_is_not_followed(site: Site) -> None:
    site.answers["/"] = (302, {"Location": site.url("/secret", "inside.test")}, b"")
    told = {"site.test": [PUBLIC], "inside.test": [INSIDE]}
    network = Network(lambda host, port: told[host], _on_any_port, Dialled())

    assert WebPages(network).read(site.url("/")) is None
    assert site.asked == ["/"]


def test_a_picture_on_the_inside_is_not_fetched(site: Site) -> None:
    page = PAGE.replace(b"/hall.png", site.url("/hall.png", "inside.test").encode())
    site.answers["/"] = (200, HTML, page)
    told = {"site.test": [PUBLIC], "inside.test": ["10.0.0.1"]}
    network = Network(lambda host, port: told[host], _on_any_port, Dialled())

    seen = WebPages(network).read(site.url("/"))

    assert seen is not None
    assert seen.picture == b""
    assert site.asked == ["/"]


def test_a_resolver_that_changes_its_mind_gains_nothing(site: Site) -> None:
    """The first answer is checked and used; there is no second look-up before connecting."""
    answers = iter([[PUBLIC], [INSIDE], [INSIDE]])
    dialled = Dialled()
    network = Network(lambda host, port: next(answers), _on_any_port, dialled)

    seen = WebPages(network).read(site.url("/"))

    assert dialled.addresses == [PUBLIC]
    assert seen is not None
    assert seen.picture == b""  # asked for anew, and refused: by then the name leads inside


def test_one_address_inside_among_public_ones_is_enough_to_refuse(site: Site) -> None:
    network = Network(lambda host, port: [PUBLIC, INSIDE], _on_any_port)

    with pytest.raises(RefusedAddressError):
        network.connect("site.test", site.port, 2)


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1", "172.16.0.1", "192.168.1.1", "127.0.0.1", "127.255.255.254", "0.0.0.0",
        "100.64.0.1", "169.254.169.254", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1",
        "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254",
        "fec0::1", "ff02::1", "::ffff:10.0.0.1", "::7f00:1", "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::", "2001:0:53aa:64c:0:0:80ff:fffe", "2001:db8::1", "nonsense", "",
    ],
)  # fmt: skip
def test_these_addresses_are_not_public(address: str) -> None:
    assert not is_public(address, 443)


@pytest.mark.parametrize(
    "address", [PUBLIC, "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_these_addresses_are_public_for_the_web_only(address: str) -> None:
    assert is_public(address, 80)
    assert is_public(address, 443)
    assert not is_public(address, 22)
    assert not is_public(address, 6379)


def _on_any_port(address: str, port: int) -> bool:
    return is_public(address, 443)


class Dialled:
    """Notes which addresses connections go to, and leads each to the site on this machine."""

    def __init__(self) -> None:
        self.addresses: list[str] = []

    def __call__(self, address: str, port: int, seconds: float) -> socket.socket:
        """Connect."""
        self.addresses.append(address)
        return dial_public(INSIDE, port, seconds)
