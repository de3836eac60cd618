"""Starting, stopping and what is wrong with settings: each in one sentence, nothing left behind."""

import os
import re
import socket
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

import psutil
import pytest

from tests.operator.server import Server
from tests.product import until
from wasched.adapters import own_addresses

pytestmark = [pytest.mark.smoke, pytest.mark.timeout(600)]


@pytest.fixture
def server(tmp_path: Path) -> Server:
    """A folder with nothing in it yet."""
    return Server(tmp_path / "own server", os.environ)


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        ({"PORT": "abc"}, "PORT is 'abc'. Give a whole number from 1 to 65535."),
        ({"APP_TIMEZONE": "Berlin"}, "Give a name like Europe/Berlin."),
        ({"DB_PATH": "/proc/nowhere/app.db"}, "or set DB_PATH to another place."),
        ({"LOCALHOST": "everywhere"}, "0.0.0.0 for every network it is in."),
    ],
    ids=lambda one: next(iter(one)) if isinstance(one, dict) else "",
)
def test_a_wrong_setting_is_one_sentence_that_says_the_mend(
    server: Server, environ: dict[str, str], says: str
) -> None:
    done = server.types("run", **environ)

    sentence = done.stderr.decode()
    assert (done.returncode, done.stdout) == (2, b"")
    assert sentence.rstrip().endswith(says) and sentence.count("\n") == 1


def test_a_taken_port_is_said_and_another_one_serves(server: Server) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", server.port))
        holder.listen()
        with server.runs():
            found = re.search(r"Port (\d+) is taken, so wasched uses (\d+)", server.said())
            assert found is not None and int(found[1]) == server.port
            assert b"wasched" in _page(f"http://localhost:{found[2]}/set-up")


def test_ctrl_c_ends_all_of_it_quietly(server: Server) -> None:
    with server.runs():
        everybody = server.everybody()
        assert server.presses_ctrl_c() == 0

    assert psutil.wait_procs(everybody, timeout=30)[1] == []
    assert "Traceback" not in server.said()


def test_a_phone_in_the_network_is_led_in_and_sets_up_with_the_word_in_the_log(
    server: Server,
) -> None:
    address = own_addresses._own_address(only_4=True)
    if not address:
        pytest.skip("this machine is in no network")
    with server.runs(LOCALHOST="0.0.0.0"):
        url = f"http://{address}:{server.port}"
        assert f"On a phone in the same network: {url}\n" in server.said()
        assert sum(map(server.said().count, "█▀▄")) > 200, "its QR code"
        assert b"wasched" in _page(f"{url}/set-up")
        until(lambda: "To set up from elsewhere" in server.said(), "the word is in the log")
        word = re.search(r"To set up from elsewhere: ([\w-]+)", server.said())
        assert word is not None
        assert "error=token" in _sets_up(url, "0000-0000-0000")
        assert _sets_up(url, word[1]) == f"{url}/set-up/phone"
        link = server.types("user", "reset", "miriam@choir.example", LOCALHOST="0.0.0.0")
        assert link.stdout.startswith(b"http://localhost:")


def test_this_machine_alone_is_told_of_no_network(server: Server) -> None:
    with server.runs():
        assert "network" not in server.said()


def _page(url: str) -> bytes:
    with urllib.request.urlopen(url) as answer:
        return bytes(answer.read())


def _sets_up(url: str, word: str) -> str:
    """Where the form leads to."""
    form = {"name": "Miriam", "email": "miriam@choir.example", "zone": "Europe/Berlin"}
    body = urlencode({**form, "password": "correct horse battery", "token": word}).encode()
    opener = urllib.request.build_opener(_Stays())
    try:
        opener.open(f"{url}/auth/set-up", body)
    except urllib.error.HTTPError as answer:
        return urllib.request.urljoin(url, answer.headers["Location"])  # type: ignore[attr-defined]
    raise AssertionError("it leads nowhere")


class _Stays(urllib.request.HTTPRedirectHandler):
    """Follows nobody, so that a test sees where it would go."""

    def redirect_request(self, *_: object) -> None:
        """Nowhere."""
