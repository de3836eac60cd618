"""Attached files where two apis and a worker share nothing but a database and a bucket."""

import hashlib
import json
import os
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests import files
from tests.books import Books, now
from tests.media_bucket import Bucket, bucket_server
from tests.product import START_S, Product, Redis, until
from tests.whatsapp_server.client import Simulator
from wasched.api.cookies import SESSION
from wasched.domain.media import MB
from wasched.domain.message import GONE_OUT
from wasched.models import MediaFile
from wasched.services.identity import keys, users

ADA, BOB = "4915100000001", "4915100000002"
PIECE = 4 * MB
GROWTH_MB = 100  # a film of as much, held in memory once, would be more


@pytest.fixture
def bucket() -> Iterator[Bucket]:
    """A bucket on this machine."""
    with bucket_server() as made:
        yield made


class Machines:
    """Two apis and a worker, each with a folder of its own for what is at hand."""

    def __init__(self, folder: Path, environ: dict[str, str]) -> None:
        self.worker, self.one, self.two = (
            Product(folder / "product", {**environ, "MEDIA_PATH": str(folder / name)})
            for name in ("worker", "one", "two")
        )
        self.worker.start_worker()
        until(lambda: "Worker started" in self.worker.log("worker"), "it has begun", START_S)
        self.books = Books(self.worker)
        self.one.start_doors()
        self.two.start_doors()
        with self.books.scope() as session:
            self.key = keys.add_key(session, self.books.owner, "bells", ["read", "send"], now())

    def ask(
        self, api: Product, method: str, path: str, said: object = None, **headers: str
    ) -> dict[str, Any]:
        """What an api answers to a program."""
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        given = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        asked = urllib.request.Request(
            f"{api.url}/api/v1{path}",
            None if said is None else body,
            given | headers,
            method=method,
        )
        with urllib.request.urlopen(asked, timeout=300) as answer:
            return dict(json.load(answer))

    def begin(self, body: bytes, name: str) -> str:
        """Announce a file at one api, and send the first half of it."""
        begun = self.ask(self.one, "POST", "/uploads", {"name": name, "size": len(body)})
        self.send(self.one, str(begun["id"]), body[: len(body) // 2])
        return str(begun["id"])

    def send(self, api: Product, upload: str, body: bytes) -> None:
        """Send what is missing of a body."""
        start = self.ask(api, "GET", f"/uploads/{upload}")["offset"]
        octets = {"Content-Type": "application/octet-stream"}
        for at in range(start, len(body), PIECE):
            offset = {"Upload-Offset": str(at)}
            piece = body[at : at + PIECE]
            self.ask(api, "PATCH", f"/uploads/{upload}", piece, **octets, **offset)

    def finish(self, upload: str, kind: str) -> str:
        """Make a file of an upload at the other api, and wait until it can be sent; its id."""
        made = self.ask(self.two, "POST", f"/uploads/{upload}/finish", {"send_as": kind})
        path = f"/media/{made['id']}"
        until(lambda: self.ask(self.two, "GET", path)["state"] == "ready", "it is ready")
        return str(made["id"])

    def download(self, digest: str) -> list[bytes]:
        """What a browser gets of a file: the SHA-256 of all of it, then a thousand bytes."""
        with self.books.scope() as session:
            row = session.scalars(select(MediaFile).where(MediaFile.digest == digest)).one()
            token = users.open_session(session, self.books.owner.id, "127.0.0.1", "a test", now())
            url = f"{self.two.url}/media/{row.id}"
        cookie = {"Cookie": f"{SESSION}={token}"}
        with urllib.request.urlopen(urllib.request.Request(url, headers=cookie)) as answer:
            whole = hashlib.file_digest(answer, "sha256").digest()
        part = urllib.request.Request(url, headers={**cookie, "Range": "bytes=1000-1999"})
        with urllib.request.urlopen(part) as answer:
            return [whole, answer.read()]

    def end(self) -> None:
        """Stop all of them."""
        for one in (self.one, self.two, self.worker):
            one.end()
        self.books.close()


@pytest.mark.torture
@pytest.mark.timeout(900)
def test_an_upload_outlives_its_api_and_is_converted_and_sent_by_a_worker_elsewhere(
    tmp_path: Path, whatsapp: Simulator, bucket: Bucket, redis: Redis
) -> None:
    """The film is as large as any; the bucket stands still while its message is due."""
    for phone, name in ((ADA, "Ada"), (BOB, "Bob")):
        whatsapp.add_person(phone=phone, name=name)
    film, picture = os.urandom(100 * MB), files.picture("webp")
    often = {"API_BURST": "1000000", "API_PER_MINUTE": "1000000"}
    environ = whatsapp.environment(os.environ) | bucket.environ | redis.environ | often
    machines = Machines(tmp_path, environ)
    try:
        machines.books.link(whatsapp, ADA)
        begun = [machines.begin(film, "film.bin"), machines.begin(picture, "hall.webp")]
        before = _peaks_mb(machines.two)
        machines.one.kill("api")
        for upload, body in zip(begun, (film, picture), strict=True):
            machines.send(machines.two, upload, body)
        sent = [machines.finish(begun[0], "document"), machines.finish(begun[1], "image")]
        after = _peaks_mb(machines.two)
        print(f"\nthe other api, in MB: at most {before}, and with the film {after}")
        assert all(after[pid] - most < GROWTH_MB for pid, most in before.items())

        shown = machines.download(hashlib.sha256(film).hexdigest())
        assert shown == [hashlib.sha256(film).digest(), film[1000:2000]]

        with bucket.stopped():
            for media, kind in zip(sent, ("document", "image"), strict=True):
                said = {"to": [f"+{BOB}"], "media": media, "send_as": kind}
                machines.ask(machines.two, "POST", "/messages", said)
            machines.books.schedule(machines.books.messages()[0].account_id, f"+{BOB}", "a text")
            until(lambda: whatsapp.inbox(phone=BOB), "the text goes out")
        until(lambda: len(whatsapp.inbox(phone=BOB)) == 3, "all have arrived", 300)
        until(lambda: _all_sent(machines.books), "all are sent")
        got = {
            hashlib.sha256(whatsapp.file(BOB, one["id"])).hexdigest()
            for one in whatsapp.inbox(phone=BOB)
            if one.get("text") != "a text"
        }
        assert hashlib.sha256(film).hexdigest() in got
        assert len(got) == 2
    finally:
        machines.end()


def _all_sent(books: Books) -> bool:
    return all(one.status in GONE_OUT for one in books.messages())


def _peaks_mb(product: Product) -> dict[int, float]:
    """The most that each process of an api has taken up to now: VmHWM of proc(5)."""
    status = {one.pid: Path(f"/proc/{one.pid}/status") for one in product.processes("api")}
    lines = {pid: path.read_text().splitlines() for pid, path in status.items()}
    return {
        pid: float(line.split()[1]) / 1024
        for pid, told in lines.items()
        for line in told
        if line.startswith("VmHWM:")
    }
