"""What people write is looked for, byte by byte, in all files of a server with a real client."""

import gzip
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from tests.adapters.whatsapp.watched import ADA, BOB, Watched
from tests.scopes import Scope
from tests.services.conftest import NOW, add_account, add_user
from tests.services.conftest import engine as engine
from tests.services.conftest import scope as scope
from tests.services.replies_of import report, sent_to
from tests.whatsapp_server.client import Simulator
from wasched import db
from wasched.adapters.archive_writer import archive_chunks
from wasched.domain.link import IncomingSeen
from wasched.models import Recipient, Reply, Space
from wasched.services.keywords import setting_up
from wasched.services.keywords.setting_up import KeywordRequest
from wasched.services.replies import keeping

SECRET, ODD_YES = "Weißdornhecke 4711", "ＹＥＳ …"  # noqa: RUF001 - as nobody sets it up
BUFFERS = ("whatsmeow_event_buffer", "whatsmeow_retry_buffer")


def files_with(folder: Path, words: str) -> list[str]:
    """The names of all files below a folder that have these words."""
    said = words.encode()
    files = [one for one in folder.rglob("*") if one.is_file()]
    return [one.name for one in files if said in one.read_bytes()]


def back_up(engine: Engine, session: Path, words: str) -> bool:
    """True if a back-up made now has these words."""
    copy = session.with_name("copy.db")
    with closing(sqlite3.connect(copy)) as made, closing(engine.raw_connection()) as source:
        assert source.driver_connection is not None
        source.driver_connection.backup(made)
    packed = b"".join(archive_chunks([("app.db", copy)], NOW))
    copy.unlink()
    return words.encode() in gzip.decompress(packed)


def buffered(session: Path) -> int:
    """How many texts the library keeps by itself."""
    with closing(sqlite3.connect(f"file:{session}?mode=ro", uri=True)) as store:
        return sum(store.execute(f"SELECT count(*) FROM {one}").fetchone()[0] for one in BUFFERS)


@pytest.mark.parametrize("days", [0, 30])
def test_words_are_in_no_file_where_replies_are_off_nor_once_they_are_old(
    whatsapp: Simulator,
    linked: Watched,
    session: Path,
    scope: Scope,
    engine: Engine,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    days: int,
) -> None:
    alice, now = add_user(scope, "Alice", is_admin=True), datetime.now(UTC)
    account_id = add_account(scope, alice)
    sent_to(scope, alice, account_id, now - timedelta(minutes=1), f"+{BOB}")
    with scope() as opened:
        opened.get_one(Space, alice.space_id).keeps_replies_days = days
        setting_up.add_keyword(opened, alice, KeywordRequest("yes", "Coming", "yes"), now)
        forms = setting_up.forms_by_account(opened)[account_id]
    linked.line.keep_texts(days > 0, forms)
    for text in (SECRET, ODD_YES):
        whatsapp.write(phone=BOB, to=ADA, text=text)
    seen = [linked.next(IncomingSeen) for _ in range(2)]
    if not days:  # nobody has written it down yet, and it stands in memory alone
        assert files_with(tmp_path, SECRET) == files_with(tmp_path, ODD_YES) == []
        assert files_with(tmp_path, '"text":"yes"') == ["account-1.heard"]

    report(scope, account_id, now, *seen)
    linked.line.note_written(seen[-1].number)

    with scope(write=False) as opened:
        person = opened.scalars(select(Recipient).where(Recipient.phone == f"+{BOB}")).one()
        assert person.fields == {"Coming": "yes"}
        assert len(opened.scalars(select(Reply)).all()) == (2 if days else 0)
    assert back_up(engine, session, SECRET) is (days > 0)
    assert buffered(session) == 0
    with scope() as opened:
        keeping.prune_replies(opened, now + timedelta(days=31))
    assert db.shorten_log(engine)
    linked.line.stop()
    assert files_with(tmp_path, SECRET) == files_with(tmp_path, ODD_YES) == []
    assert not back_up(engine, session, SECRET)
    assert SECRET not in caplog.text and ODD_YES not in caplog.text
