"""Files over HTTP: in pieces, taken up again, refused in sentences, shown to their owner only."""

import threading
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from tests import files
from tests.api.conftest import Browser
from wasched import bootstrap
from wasched.adapters import media_files
from wasched.domain.errors import NoRoomError
from wasched.domain.media import MB
from wasched.services.files.uploads import CHUNK


def begin(client: TestClient, size: int, name: str = "hall.jpg") -> Response:
    """Announce a file."""
    return client.post("/uploads", json={"name": name, "size": size})


def piece(client: TestClient, token: str, offset: int, body: bytes) -> Response:
    """Send a piece of it."""
    headers = {"Upload-Offset": str(offset)}
    return client.patch(f"/uploads/{token}", headers=headers, content=body)


def upload(client: TestClient, body: bytes, name: str = "hall.jpg", wanted: str = "") -> Response:
    """Send a whole file as the page does."""
    standing = begin(client, len(body), name).json()
    for start in range(0, len(body), standing["chunk"]):
        sent = piece(client, standing["id"], start, body[start : start + standing["chunk"]])
        assert sent.json() == {"offset": min(start + standing["chunk"], len(body))}
    return client.post(f"/uploads/{standing['id']}/finish", params={"wanted": wanted})


def test_a_file_goes_up_and_comes_back_byte_for_byte(browser: Browser) -> None:
    alice = browser("Alice")
    body = files.picture("png", (1600, 1200)) + b"\x00" * (2 * CHUNK)

    card = upload(alice, body, "hall.png").json()
    whole, small = alice.get(card["href"]), alice.get(card["thumbnail_href"])

    assert (card["kind"], card["name"], card["state"]) == ("image", "hall.png", "ready")
    assert whole.content == body
    assert whole.headers["content-type"] == "image/png"
    assert small.headers["content-type"] == "image/jpeg"


def test_a_broken_upload_goes_on_where_it_stopped(browser: Browser) -> None:
    alice = browser("Alice")
    token = begin(alice, 10, "a.txt").json()["id"]
    piece(alice, token, 0, b"hello")

    again = piece(alice, token, 0, b"hello")  # the answer to the first one was lost
    ahead = piece(alice, token, 7, b"rld")
    standing = alice.get(f"/uploads/{token}").json()
    done = piece(alice, token, standing["offset"], b"world")

    assert (again.status_code, again.json()) == (200, {"offset": 5})
    assert (ahead.status_code, ahead.json()) == (409, {"offset": 5})
    assert (standing["offset"], standing["size"]) == (5, 10)
    assert (done.status_code, done.json()) == (200, {"offset": 10})


def test_two_tabs_that_send_the_same_piece_do_not_mix(browser: Browser) -> None:
    alice = browser("Alice")
    body = bytes(range(256)) * 4096
    token = begin(alice, 2 * len(body)).json()["id"]
    tabs = [threading.Thread(target=piece, args=(alice, token, 0, body)) for _ in range(4)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()

    assert bootstrap.media_store().incoming(token).read_bytes() == body


def test_a_file_above_the_limit_is_refused_before_it_is_sent(browser: Browser) -> None:
    refused = begin(browser("Alice"), 3 * MB + 1)

    assert refused.status_code == 413
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["detail"] == "This file has 3 MB; this server takes up to 3 MB."


def test_more_than_was_announced_is_refused(browser: Browser) -> None:
    alice = browser("Alice")
    token = begin(alice, 5).json()["id"]

    assert piece(alice, token, 0, b"sixsix").status_code == 413
    assert piece(alice, token, 0, b"x" * (9 * MB)).status_code == 413


def test_a_wrong_kind_is_refused_with_what_it_is(browser: Browser) -> None:
    refused = upload(browser("Alice"), files.PDF, "photo.jpg", wanted="image")

    assert refused.status_code == 415
    assert refused.json()["detail"] == "This is no photo: what is in it is application/pdf."


def test_a_full_disk_is_said(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*given: object) -> None:
        raise NoRoomError("media", "The server's disk is full. Make room there, then try again.")

    alice = browser("Alice")
    token = begin(alice, 5).json()["id"]
    monkeypatch.setattr(media_files, "_write_all", full)
    refused = piece(alice, token, 0, b"hello")

    assert (refused.status_code, refused.json()["title"]) == (507, "No room")


def test_an_upload_can_be_given_up(browser: Browser, tmp_path: Path) -> None:
    alice = browser("Alice")
    token = begin(alice, 5).json()["id"]

    assert alice.delete(f"/uploads/{token}").status_code == 204
    assert alice.get(f"/uploads/{token}").status_code == 404
    assert not list((tmp_path / "media").rglob(token))


def test_a_stranger_and_charlie_get_nothing(browser: Browser) -> None:
    alice, charlie, stranger = browser("Alice"), browser("Charlie"), browser("")
    card = upload(alice, files.picture()).json()
    token = begin(alice, 5).json()["id"]

    for client, status in ((charlie, 404), (stranger, 401)):
        asked = [
            client.get(f"/uploads/{token}"),
            piece(client, token, 0, b"hello"),
            client.post(f"/uploads/{token}/finish"),
            client.delete(f"/uploads/{token}"),
            client.get(card["href"]),
            client.get(card["thumbnail_href"]),
        ]
        assert [answer.status_code for answer in asked] == [status] * len(asked)
    assert begin(stranger, 5).status_code == 401


def test_another_site_cannot_upload(browser: Browser) -> None:
    alice = browser("Alice")
    alice.headers["origin"] = "https://evil.example"

    assert begin(alice, 5).status_code == 403


@pytest.mark.parametrize("body", [files.SVG, files.HTML, files.PDF])
def test_what_could_run_in_a_browser_is_only_ever_saved(browser: Browser, body: bytes) -> None:
    alice = browser("Alice")
    card = upload(alice, body, 'a"b\r\n.html').json()

    answer = alice.get(card["href"])

    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    policy = answer.headers["content-security-policy"]
    assert policy == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert card["thumbnail_href"] == "" or alice.get(card["thumbnail_href"]).status_code == 404


@pytest.mark.parametrize("token", ["0" * 32, "..%2f..%2fetc%2fpasswd", "x"])
def test_a_token_that_is_none_is_not_found(browser: Browser, token: str) -> None:
    assert browser("Alice").get(f"/uploads/{token}").status_code == 404
