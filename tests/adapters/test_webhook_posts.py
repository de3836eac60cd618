"""Posting to receivers that answer, break, hang, lead elsewhere, or are somewhere else."""

import json
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from wasched.adapters.public_network import Network, dial_public, is_public_anywhere
from wasched.adapters.webhook_posts import ANSWER_MAX, WebhookPosts
from wasched.domain.webhook_retry import PostResult
from wasched.domain.webhook_secret import make_secret

SECRET, OLD = make_secret(), make_secret()
BODY = json.dumps({"type": "message.sent", "data": {"text": "Grüße"}}, ensure_ascii=False)
REBINDS = "http://rebinds.test/taken"


class Receiver:
    """A server on this machine; how it answers is said by the path."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.heads: list[dict[str, str]] = []
        self.callers: list[tuple[str, int]] = []
        self.ends = threading.Event()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                receiver.callers.append(self.client_address)
                receiver.heads.append(dict(self.headers))
                receiver.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
                getattr(self, self.path.strip("/"))()

            def taken(self) -> None:
                self._answer(200, b"thanks")

            def broken(self) -> None:
                self._answer(500, b"x" * 5000)

            def away(self) -> None:
                self._answer(302, b"", Location="http://127.0.0.1:1/inside")

            def busy(self) -> None:
                self._answer(503, b"", **{"Retry-After": "120"})

            def resets(self) -> None:
                linger = b"\1\0\0\0\0\0\0\0"
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                self.close_connection = True
                self.connection.close()

            def hangs(self) -> None:
                receiver.ends.wait(10)

            def drips(self) -> None:
                self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n")
                while not receiver.ends.wait(0.05):
                    self.wfile.write(b"x")

            def once(self) -> None:  # closes a connection that said it stays
                self._answer(200, b"")
                self.close_connection = True

            def _answer(self, status: int, body: bytes, **headers: str) -> None:
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port: int = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def post(self, path: str, times: int = 1, seconds: float = 5.0) -> PostResult:
        """What comes of posting there, the last time."""
        line = WebhookPosts(allows_private=True, seconds=seconds).open(
            f"http://localhost:{self.port}/{path}", [SECRET]
        )
        for number in range(times):
            found = line.post(f"evt_{number}", datetime.now(UTC), BODY)
        line.close()
        return found

    def close(self) -> None:
        """End it."""
        self.ends.set()
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    """One server for all of them."""
    made = Receiver()
    yield made
    made.close()


def test_a_delivery_is_good_by_either_secret_and_by_no_other(receiver: Receiver) -> None:
    url = f"http://localhost:{receiver.port}/taken"
    line = WebhookPosts(allows_private=True).open(url, [SECRET, OLD])
    line.post("evt_1", datetime.now(UTC), BODY)
    line.post("evt_2", datetime.now(UTC) - timedelta(minutes=6), BODY)
    line.close()

    (body, late), (head, late_head) = receiver.bodies[-2:], receiver.heads[-2:]
    for secret in (SECRET, OLD):
        assert Webhook(secret).verify(body, head)["data"] == {"text": "Grüße"}
    for secret, said, headers in (
        (make_secret(), body, head),
        (SECRET, body + b" ", head),
        (SECRET, late, late_head),
    ):
        with pytest.raises(WebhookVerificationError):
            Webhook(secret).verify(said, headers)


def test_answers_are_told_as_they_are_and_nobody_is_followed(receiver: Receiver) -> None:
    assert receiver.post("taken") == PostResult(200, "thanks")
    assert receiver.post("broken") == PostResult(500, "x" * ANSWER_MAX)
    assert receiver.post("away") == PostResult(302, "")
    busy = receiver.post("busy")
    assert (busy.status, busy.retry_after, busy.is_of_endpoint) == (503, "120", True)


def test_a_connection_is_kept_and_one_that_was_closed_meanwhile_is_made_anew(
    receiver: Receiver,
) -> None:
    receiver.callers.clear()
    receiver.bodies.clear()
    assert receiver.post("taken", times=3).status == 200
    assert len(set(receiver.callers)) == 1
    assert receiver.post("once", times=2).status == 200
    assert len(receiver.bodies) == 5


@pytest.mark.parametrize(
    ("path", "says"), [("hangs", "did not answer within"), ("resets", "There was no answer")]
)
def test_what_gives_no_answer_is_said_in_a_sentence(
    receiver: Receiver, path: str, says: str
) -> None:
    begun = monotonic()
    found = receiver.post(path, seconds=0.4)

    assert found.status == 0 and says in found.answer
    assert monotonic() - begun < 5


def test_an_answer_that_never_ends_counts_by_its_status(receiver: Receiver) -> None:
    assert receiver.post("drips", seconds=0.4).status == 200


def test_a_name_that_leads_inside_is_not_connected_to_however_it_answers_later(
    receiver: Receiver,
) -> None:
    dialled: list[str] = []
    answers = iter([["127.0.0.1"], ["93.184.215.14", "10.0.0.1"], ["169.254.169.254"]])

    def dial(address: str, port: int, seconds: float) -> socket.socket:
        dialled.append(address)
        return dial_public("127.0.0.1", receiver.port, seconds)

    network = Network(lambda _host, _port: next(answers), is_public_anywhere, dial)
    for _ in range(3):
        line = WebhookPosts(allows_private=False, network=network).open(REBINDS, [])
        found = line.post("evt_1", datetime.now(UTC), BODY)
        assert found.status == 0 and "WEBHOOKS_TO_PRIVATE" in found.answer
    assert dialled == []

    looked_up = iter([["93.184.215.14"], ["127.0.0.1"]])
    network = Network(lambda _host, _port: next(looked_up), is_public_anywhere, dial)
    line = WebhookPosts(allows_private=False, network=network).open(REBINDS, [])
    assert line.post("evt_1", datetime.now(UTC), BODY).status == 200
    assert dialled == ["93.184.215.14"]  # looked up once
