"""The whole product, linked to Ada's phone; Bob is another person."""

import os
from collections.abc import Iterator

import httpx
import pytest

from tests.books import Books, now
from tests.product import Product, running, until
from tests.whatsapp_server.client import Simulator
from tests.whatsapp_server.fixtures import empty_world
from wasched import tasks
from wasched.adapters.queue import make_queue
from wasched.api.cookies import SESSION
from wasched.domain.content import Content
from wasched.models import MediaState
from wasched.services.files import media
from wasched.services.identity import users
from wasched.services.schedules import create
from wasched.services.schedules.create import ScheduleRequest

ADA, BOB = "4915100000001", "4915100000002"


class Correspondence:
    """Schedules contents through the services, uploads files over HTTP as pages do."""

    def __init__(self, product: Product, phones: Simulator) -> None:
        self.phones, self.books = phones, Books(product)
        for phone, name in ((ADA, "Ada"), (BOB, "Bob")):
            phones.add_person(phone=phone, name=name)
        self.account_id = self.books.link(phones, ADA)
        self._queue = make_queue("", product.settings.queue_path)
        self.http = httpx.Client(
            base_url=product.url, cookies={SESSION: self._session()}, timeout=60
        )

    def upload(self, body: bytes, name: str) -> int:
        """Bring a file to the server in pieces; its id."""
        begun = self.http.post("/uploads", json={"name": name, "size": len(body)}).json()
        for start in range(0, len(body), begun["chunk"]):
            self.http.patch(
                f"/uploads/{begun['id']}",
                headers={"Upload-Offset": str(start)},
                content=body[start : start + begun["chunk"]],
            ).raise_for_status()
        made: int = self.http.post(f"/uploads/{begun['id']}/finish").json()["id"]
        return made

    def convert(self, media_id: int, kind: str) -> int:
        """Have a file made into what phones play, by the worker; the id of what was made."""
        with self.books.scope() as session:
            card = media.send_as(session, self.books.owner, media_id, kind, now())
        self._queue.storage.enqueue(tasks.queue.serialize_task(tasks.convert.s(card.id)))
        until(lambda: self._card(card.id).state != MediaState.PREPARING, "it is converted")
        return card.id

    def send(self, to: str | int, *contents: Content) -> None:
        """Schedule each for now, one after the other."""
        for content in contents:
            request = ScheduleRequest(
                self.account_id, (to,), (content,), None, None, "Europe/Berlin"
            )
            with self.books.scope() as session:
                create.create_schedule(session, self.books.owner, request, now())

    def close(self) -> None:
        """Let go of everything."""
        self.http.close()
        self.books.close()

    def _card(self, media_id: int) -> media.MediaCard:
        with self.books.scope(write=False) as session:
            return media.media_card(session, self.books.owner, media_id)

    def _session(self) -> str:
        with self.books.scope() as session:
            return users.open_session(session, self.books.owner.id, "127.0.0.1", "test", now())


@pytest.fixture(scope="module")
def post(
    tmp_path_factory: pytest.TempPathFactory, whatsapp_server: Simulator
) -> Iterator[Correspondence]:
    """The product, running and linked."""
    folder, environ = tmp_path_factory.mktemp("content"), whatsapp_server.environment(os.environ)
    with empty_world(whatsapp_server) as phones, running(folder, environ) as product:
        made = Correspondence(product, phones)
        yield made
        made.close()
