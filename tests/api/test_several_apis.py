"""Attached files where several apis and workers share a bucket, each with a folder of its own."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests import files
from tests.api.conftest import Browser
from tests.api.test_uploads import begin, piece
from tests.media_bucket import Bucket, bucket_server
from tests.scopes import session_scope
from wasched import bootstrap
from wasched.adapters.carried_files import files_at_hand
from wasched.adapters.media_tools import SystemMediaTools
from wasched.adapters.s3_media import S3Media
from wasched.api.cookies import SESSION
from wasched.domain.content import Media
from wasched.services.address_book.imports import open_file
from wasched.services.files import cleanup, conversion, media
from wasched.services.identity import users

Machines = Callable[[str], S3Media]

NOWHERE = "http://127.0.0.1:9"
CHOIR = b"Name;Phone\nAnna;+4915100000001\n"


@pytest.fixture(scope="module")
def bucket() -> Iterator[Bucket]:
    """A bucket on this machine."""
    with bucket_server() as made:
        yield made


@pytest.fixture
def machine(
    bucket: Bucket, browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Machines:
    """Lets what is asked next be answered on the machine of this name; "away" has no network."""
    bucket.begin_anew()

    def on(name: str) -> S3Media:
        folder = tmp_path / name
        store = bucket.store_at(NOWHERE, folder, 0.2) if name == "away" else bucket.store(folder)
        monkeypatch.setattr(bootstrap, "media_store", cache(lambda: store))
        return store

    return on


def upload_over_two(
    alice: TestClient, machine: Machines, body: bytes, name: str, wanted: str = ""
) -> dict[str, object]:
    """Begin at one api, go on and finish at another."""
    half = len(body) // 2
    machine("one")
    token = begin(alice, len(body), name).json()["id"]
    piece(alice, token, 0, body[:half])
    machine("two")
    assert alice.get(f"/uploads/{token}").json()["offset"] == half
    piece(alice, token, half, body[half:])
    answer = alice.post(f"/uploads/{token}/finish", params={"wanted": wanted})
    assert answer.status_code == 201
    return dict(answer.json())


def test_a_file_begun_at_one_api_is_finished_shown_converted_and_sent_elsewhere(
    browser: Browser, machine: Machines
) -> None:
    alice, body = browser("Alice"), files.picture("webp")
    card = upload_over_two(alice, machine, body, "hall.webp")

    shown = []
    for name in ("one", "two", "three"):
        machine(name)
        whole, small = alice.get(str(card["href"])), alice.get(str(card["thumbnail_href"]))
        part = alice.get(str(card["href"]), headers={"Range": "bytes=4-7"})
        assert (whole.content, part.status_code, part.content) == (body, 206, body[4:8])
        assert small.headers["content-type"] == "image/jpeg"
        shown.append(whole.headers["etag"])
    assert len(set(shown)) == 1, "a browser may go on at another api"

    now = bootstrap.clock().now()
    with session_scope() as session:
        me = users.who_is(session, alice.cookies[SESSION], now)
        assert me is not None
        made = media.send_as(session, me, int(str(card["id"])), "image", now)
    tools = SystemMediaTools()
    conversion.convert_file(bootstrap.database(), machine("worker"), tools, made.id, now)
    with session_scope(write=False) as session:
        content = media.media_content(session, me, made.id, "image")
    with files_at_hand(content, machine("another worker")) as carried:
        assert isinstance(carried, Media)
        assert Path(carried.path).read_bytes().startswith(b"\xff\xd8")
        assert Path(carried.thumbnail).read_bytes().startswith(b"\xff\xd8")


def test_a_file_of_people_is_read_by_a_worker_elsewhere(
    browser: Browser, machine: Machines
) -> None:
    token = str(upload_over_two(browser("Alice"), machine, CHOIR, "choir.csv", "people")["id"])

    with machine("worker").uploaded(token) as path:
        sheet = open_file.read_file(path)

    assert sheet.columns == ("Name", "Phone")


def test_an_upload_that_was_given_up_leaves_nothing_in_the_bucket(
    browser: Browser, machine: Machines, bucket: Bucket
) -> None:
    alice = browser("Alice")
    machine("one")
    token = begin(alice, 5).json()["id"]
    piece(alice, token, 0, b"hello")
    machine("two")

    assert alice.delete(f"/uploads/{token}").status_code == 204

    assert bucket.names() == set()


def test_what_is_asked_while_the_bucket_is_away_is_said_and_goes_on_when_it_is_back(
    browser: Browser, machine: Machines
) -> None:
    alice, body = browser("Alice"), files.picture()
    machine("away")
    token = begin(alice, len(body)).json()["id"]
    away = [
        piece(alice, token, 0, body),
        alice.get(f"/uploads/{token}"),
        alice.post(f"/uploads/{token}/finish"),
    ]
    machine("one")
    piece(alice, token, 0, body)
    machine("away")
    away.append(alice.post(f"/uploads/{token}/finish"))
    machine("one")
    card = alice.post(f"/uploads/{token}/finish").json()
    machine("away")
    away.append(alice.get(card["href"]))
    machine("two")

    assert alice.get(card["href"]).content == body
    assert {(one.status_code, one.json()["detail"]) for one in away} == {
        (502, "The store of attached files does not answer. Try again a little later.")
    }


def test_a_file_whose_row_went_is_swept_and_one_that_is_named_stays(
    browser: Browser, machine: Machines, bucket: Bucket
) -> None:
    alice = browser("Alice")
    card = upload_over_two(alice, machine, files.PDF, "notes.pdf")
    store, now = machine("worker"), bootstrap.clock().now()
    orphan = store.add(b"nobody's")
    soon = now + timedelta(minutes=1)

    with session_scope() as session:
        wanted = cleanup.clean_up(session, now)
    store.sweep(wanted, soon)

    assert not any(orphan in name for name in bucket.names())
    assert alice.get(str(card["href"])).content == files.PDF
    with session_scope() as session:
        wanted = cleanup.clean_up(session, now + 2 * cleanup.UNUSED)
    store.sweep(wanted, soon)
    assert bucket.names() == set()
