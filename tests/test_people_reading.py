"""A worker reads files of people that lie elsewhere, and waits while they cannot be had."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from tests.new_database import begin_database
from tests.owner import add_owner
from tests.scopes import session_scope
from wasched import bootstrap, config, db, people_reading
from wasched.adapters.media_files import MediaFiles
from wasched.domain.errors import MediaAwayError
from wasched.domain.reasons import Code, Reason
from wasched.models import PeopleImport
from wasched.services.address_book.imports import import_queue
from wasched.services.address_book.imports.import_request import ImportRequest
from wasched.services.files import uploads

CHOIR = b"Name\nAnna\n"


class Flaky(MediaFiles):
    """A store that is away for a while."""

    is_away = True

    @contextmanager
    def uploaded(self, token: str) -> Iterator[Path]:
        """The upload, unless it is away."""
        if self.is_away:
            raise MediaAwayError(Reason(Code.MEDIA_STORE_SILENT), "does not answer.")
        with super().uploaded(token) as path:
            yield path


class Reader:
    """Stands for the process that reads: keeps what it was given."""

    def __init__(self) -> None:
        self.read: list[bytes] = []

    def ask(self, asked: dict[str, Any], hear: object) -> None:
        """Read the file."""
        self.read.append(Path(asked["path"]).read_bytes())
        with session_scope() as session:
            session.delete(session.get_one(PeopleImport, asked["import"]))

    def stop(self) -> None:
        """Nothing to end."""


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flaky]:
    """A store with a file of people that waits to be read."""
    monkeypatch.setenv("DB_PATH", str(tmp_path / "app.db"))
    for one in (config.settings, db.engine):
        one.cache_clear()
    begin_database()
    made = Flaky(tmp_path / "media")
    monkeypatch.setattr(bootstrap, "media_store", lambda: made)
    bootstrap.transaction(lambda session, _now: _ask_for_import(session, made))
    yield made
    db.engine().dispose()
    for one in (config.settings, db.engine):
        one.cache_clear()


def _ask_for_import(session: Session, store: Flaky) -> None:
    now = bootstrap.clock().now()
    owner = add_owner(session, now)
    token = uploads.begin_upload(session, owner, store, "choir.csv", len(CHOIR), 1000, now)
    store.append(token, 0, CHOIR)
    import_queue.request_import(session, owner, ImportRequest(token, country="DE"), now)


def test_a_file_whose_store_is_away_waits_and_loses_none_of_its_tries(
    store: Flaky, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, reader = people_reading.PeopleReading(), Reader()
    monkeypatch.setattr(bootstrap, "people_reading", lambda: reader)
    reading.begin("worker")

    for _ in range(2 * import_queue.TRIES_MAX):
        reading.read_waiting()
        reading.read_waiting()  # it rests
        reading._rest_until = 0.0
    assert reader.read == []
    store.is_away = False
    reading.read_waiting()

    assert reader.read == [CHOIR]
