"""What a session's files say of attempts and of who holds them."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from wasched.adapters import marks
from wasched.adapters.whatsapp import session_store
from wasched.services.ports import Evidence, SendTrace

LINKED = datetime(2026, 3, 1, tzinfo=UTC)
LATER = LINKED + timedelta(days=1)
DEVICE = "4915100000001:33@s.whatsapp.net"
SECRET = b"s" * 32


@pytest.fixture
def session(tmp_path: Path) -> Path:
    """A linked session, with the two tables of whatsmeow that matter here."""
    path = tmp_path / "a folder" / "account-1.db"
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE whatsmeow_device (jid TEXT, lid TEXT)")
        connection.execute("CREATE TABLE whatsmeow_message_secrets (message_id TEXT, key BLOB)")
        connection.execute("INSERT INTO whatsmeow_device VALUES (?, NULL)", (DEVICE,))
    session_store.note_link(path, DEVICE, LINKED)
    return path


def leave_trace(session: Path) -> None:
    with closing(sqlite3.connect(session)) as connection, connection:
        connection.execute("INSERT INTO whatsmeow_message_secrets VALUES ('3EB0', ?)", (SECRET,))


def test_an_attempt_with_a_row_may_have_left_under_its_id(session: Path) -> None:
    leave_trace(session)

    assert session_store.find_evidence(session, SECRET, LATER) == Evidence(SendTrace.LEFT, "3EB0")


def test_an_attempt_without_a_row_never_left(session: Path) -> None:
    assert session_store.find_evidence(session, SECRET, LATER) == Evidence(SendTrace.NEVER_LEFT)


def test_nothing_is_known_of_attempts_before_the_link(session: Path) -> None:
    assert session_store.find_evidence(session, SECRET, LINKED - timedelta(seconds=1)).trace is (
        SendTrace.GONE
    )


def test_nothing_is_known_after_another_device_was_linked(session: Path) -> None:
    with closing(sqlite3.connect(session)) as connection, connection:
        connection.execute("UPDATE whatsmeow_device SET jid = '4915100000001:34@s.whatsapp.net'")

    assert session_store.find_evidence(session, SECRET, LATER).trace is SendTrace.GONE


def test_nothing_is_known_without_a_session(session: Path) -> None:
    marks.mark_file(session, LINKED)
    session_store.forget_store(session)

    assert session_store.find_evidence(session, SECRET, LATER).trace is SendTrace.GONE
    assert list(session.parent.iterdir()) == []


def test_logging_in_again_does_not_make_the_link_younger(session: Path) -> None:
    session_store.note_link(session, DEVICE, LATER)

    assert session_store.find_evidence(session, SECRET, LATER).trace is SendTrace.NEVER_LEFT
    assert session_store.find_evidence(session, SECRET, LINKED + timedelta(1 / 24)).trace is (
        SendTrace.NEVER_LEFT
    )


def test_a_session_that_was_put_back_knows_nothing_of_before(session: Path) -> None:
    leave_trace(session)

    session_store.begin_anew(session, LATER)

    assert session_store.find_evidence(session, b"o" * 32, LATER - timedelta(hours=1)).trace is (
        SendTrace.GONE
    )
    assert session_store.find_evidence(session, SECRET, LINKED).trace is SendTrace.LEFT
    assert session_store.find_evidence(session, b"n" * 32, LATER).trace is SendTrace.NEVER_LEFT


def test_a_damaged_note_of_the_link_is_no_evidence(session: Path) -> None:
    session.with_suffix(".linked").write_text("{")

    assert session_store.find_evidence(session, SECRET, LATER).trace is SendTrace.GONE


def test_a_session_is_held_once(session: Path) -> None:
    first = session_store.lock_store(session)
    assert first is not None

    assert session_store.lock_store(session) is None

    os.close(first)
    second = session_store.lock_store(session)
    assert second is not None
    os.close(second)
