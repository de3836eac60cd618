"""Names that are not what they seem: no stranger passes for the server's own machine."""

import socket

import pytest
from fastapi import Request

from tests.attacks.conftest import Target
from wasched import config
from wasched.api import doors
from wasched.domain.origins import origin_of, read_origin

NO_HOSTS = (
    *("", " ", "evil.example@127.0.0.1", "127.0.0.1@evil.example", "user:word@localhost"),
    *("localhost:", "localhost:x", "localhost:-1", "localhost:0", "localhost:65536"),
    *("localhost:3001:1", "localhost:٣", "local host", "localhost\t", "localhost\n", "localhost,"),
    *("localhost/", "localhost?", "localhost#", "localhost\\", "localhost;", "localhost%2e"),
    *("[::1", "::1", "[::1]x", "[:::1]", "[1]", "[v1.x]", "[::1%25lo]", "[]", "[::ffff:1.2.3]"),
    *("löcalhost", "localhost\x00", "http://localhost", "127.0.0.1, evil.example"),
)


@pytest.mark.parametrize("host", NO_HOSTS)
def test_what_is_no_plain_name_and_port_is_no_host(host: str) -> None:
    assert origin_of("http", host) is None
    assert read_origin(f"http://{host}") is None or host[-1:] in "/?#"


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("http://LocalHost:3001", ("http", "localhost", 3001)),
        ("https://wasched.example.org", ("https", "wasched.example.org", 443)),
        ("HTTPS://wasched.example.org:443/a?b#c", ("https", "wasched.example.org", 443)),
        ("http://[0:0::1]:80", ("http", "::1", 80)),
        ("http://wa_api.local:08080", ("http", "wa_api.local", 8080)),
        ("null", None),
        ("file://localhost", None),
        ("//localhost", None),
        ("localhost", None),
    ],
)
def test_an_origin_is_read_as_browsers_write_it(
    text: str, origin: tuple[str, str, int] | None
) -> None:
    assert read_origin(text) == origin


def asks(peer: str, *headers: tuple[str, str], version: str = "1.1") -> Request:
    """A request for the set-up form."""
    listed = [(name.lower().encode(), value.encode()) for name, value in headers]
    scope = {"type": "http", "method": "POST", "path": "/auth/set-up", "scheme": "http"}
    return Request({**scope, "http_version": version, "client": (peer, 4711), "headers": listed})


@pytest.fixture
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    """A server with no setting but where its data is."""
    monkeypatch.setattr(
        doors, "settings", lambda: config.read_settings({"DB_PATH": f"{tmp_path}/app.db"})
    )


@pytest.mark.usefixtures("nothing_set")
@pytest.mark.parametrize("host", ["localhost:3001", "127.0.0.1:3001", "[::1]:3001", "LOCALHOST"])
@pytest.mark.parametrize("peer", ["127.0.0.1", "::1", "127.0.0.9"])
def test_who_sits_at_the_machine_is_asked_for_no_word(host: str, peer: str) -> None:
    assert not doors.needs_word(asks(peer, ("Host", host)))
    assert not doors.needs_word(asks(peer, ("Host", host), ("Origin", f"http://{host}")))


LOCAL = ("Host", "localhost:3001")


@pytest.mark.usefixtures("nothing_set")
@pytest.mark.parametrize(
    "request_",
    [
        asks("203.0.113.9", LOCAL),
        asks("172.18.0.1", LOCAL),
        asks("", LOCAL),
        asks("127.0.0.1"),
        asks("127.0.0.1", LOCAL, version="1.0"),
        asks("127.0.0.1", LOCAL, version="1"),
        *(asks("127.0.0.1", ("Host", host)) for host in NO_HOSTS if host.isascii()),
        *(
            asks("127.0.0.1", ("Host", host))
            for host in ("localhost.", "localhost.evil.example", "127.1", "0x7f.1", "0.0.0.0")
        ),
        *(
            asks("127.0.0.1", LOCAL, ("X-Forwarded-For", hops))
            for hops in ("127.0.0.1", "203.0.113.9", "203.0.113.9, 127.0.0.1", "", "x")
        ),
        asks("127.0.0.1", LOCAL, ("X-Forwarded-For", "::1"), ("X-Forwarded-For", "203.0.113.9")),
        *(asks("127.0.0.1", LOCAL, (name, "x")) for name in sorted(doors.PROXY_HEADERS)),
        asks("127.0.0.1", LOCAL, ("Origin", "https://wasched.example.org")),
        asks("127.0.0.1", LOCAL, ("Origin", "null")),
        asks("127.0.0.1", LOCAL, ("Referer", "https://wasched.example.org/set-up")),
    ],
    ids=lambda one: repr([one.client.host, *one.headers.items()])[:80],
)
def test_whoever_may_be_a_stranger_is_asked_for_the_word(request_: Request) -> None:
    assert doors.needs_word(request_)


def test_a_stranger_does_not_choose_the_address_that_is_noted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setattr(
        doors, "settings", lambda: config.read_settings({"DB_PATH": f"{tmp_path}/app.db"})
    )
    lines = [("X-Forwarded-For", "192.0.2.1"), ("X-Forwarded-For", "203.0.113.9")]

    assert doors.caller_address(asks("127.0.0.1", LOCAL, *lines)) == "203.0.113.9"


def says(target: Target, *lines: str) -> str:
    """The first line that the server answers to a head."""
    with socket.create_connection(("127.0.0.1", target.product.port), timeout=10) as line:
        line.sendall("\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1"))
        return line.makefile(encoding="latin-1").readline().strip()


@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/auth/set-up", "/export/people.csv", "/media/1"]
)
def test_only_one_host_rightly_written_is_answered(target: Target, path: str) -> None:
    for how in ("GET", "POST"):
        for host in ("evil@127.0.0.1", "[::1", "a b", "localhost:x", "", "a,b", "löcal"):
            head = f"{how} {path} HTTP/1.1", f"Host: {host}", "Content-Length: 0"
            assert says(target, *head).split()[1] == "400", host
        none = says(target, f"{how} {path} HTTP/1.1", "Content-Length: 0")
        two = says(target, f"{how} {path} HTTP/1.1", "Host: localhost", "Host: localhost")
        assert (none.split()[1], two.split()[1]) == ("400", "400")


def test_the_probe_of_an_old_load_balancer_is_answered(target: Target) -> None:
    assert says(target, "GET /healthz HTTP/1.0").split()[1] == "200"


def test_setting_up_asks_the_right_ones_for_the_word(target: Target) -> None:
    """The server is set up: who needs no word is told so, the others are asked for theirs first."""
    form = {"name": "Eve", "email": "eve@x.example", "password": "correct horse battery"}

    def refused(**headers: str) -> str:
        answer = target.browser(**headers).post("/auth/set-up", data=form)
        return answer.headers["location"]

    assert refused() == "/set-up?error=set-up-done"
    for named in ({"Host": "wasched.example.org"}, {"X_Forwarded_For": "127.0.0.1"}):
        assert refused(**named) == "/set-up?error=token"
