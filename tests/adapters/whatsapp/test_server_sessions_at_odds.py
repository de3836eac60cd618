"""Sessions in PostgreSQL while something goes wrong: kills, sleepers, a database that is away."""

import json
import os
import secrets
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from threading import Timer

import psycopg
import pytest

from tests.adapters.whatsapp.conftest import OpenLine
from tests.adapters.whatsapp.machines import OpenHere, database, link, open_on, rows
from tests.adapters.whatsapp.test_restored import copied
from tests.adapters.whatsapp.watched import ADA, BOB, Watched, to
from tests.own_postgresql import OwnPostgreSql
from tests.product import until
from tests.whatsapp_server.client import CommandError, Simulator
from wasched.adapters.whatsapp import row_moves, session_copies
from wasched.adapters.whatsapp.linking.library_side import list_devices_at
from wasched.adapters.whatsapp.processes import LinkProcesses
from wasched.adapters.whatsapp.server_session import ServerSession
from wasched.adapters.whatsapp.session_place import StoreFaultError
from wasched.adapters.whatsapp.store_faults import UNKNOWN
from wasched.domain.errors import NotNow, SendError
from wasched.domain.link import LinkState, PasskeyAsked, QrShown, StateChanged
from wasched.services.ports import SendTrace

__all__ = ["database", "open_on"]

pytestmark = pytest.mark.torture


@pytest.fixture
def linked_file(whatsapp: Simulator, open_line: OpenLine, session: Path) -> Path:
    """A SQLite file that Ada's phone has linked, which nobody holds."""
    watched = open_line()
    link(whatsapp, watched, ADA)
    watched.line.send(to(BOB, "Before"))
    watched.line.stop()
    return session


@pytest.mark.parametrize("seed", range(12))
def test_a_kill_amid_linking_loses_no_link_that_the_phone_shows(
    whatsapp: Simulator, open_on: OpenHere, database: str, tmp_path: Path, seed: int
) -> None:
    """Whenever it comes once the phone has taken the device, the line sends in the end."""
    watched, chance = open_on("one"), Random(seed)
    whatsapp.scan(qr=watched.next(QrShown).code, phone=ADA)
    watched.next(StateChanged, lambda one: one.code == "paired")
    time.sleep(chance.uniform(0, 0.6))
    watched.process().kill()

    send_surely(watched, "Hello")
    until(lambda: whatsapp.texts(BOB) == ["Hello"], "it arrived")
    assert len(rows(database, "SELECT jid FROM whatsmeow_device")) == 1
    assert not list(tmp_path.rglob("*.db"))


def test_a_file_that_outlived_its_move_changes_nothing(
    linked_file: Path, database: str, tmp_path: Path
) -> None:
    file = tmp_path / "linking-1.db"
    for _ in range(2):
        copied(linked_file, file)
        session = ServerSession(database, 1, file)
        session.take_over()
        opening = session.open(list_devices_at)
        assert opening.jid
        assert not file.exists()
        with psycopg.connect(database) as connection:
            connection.execute("UPDATE whatsmeow_device SET push_name = 'Newer'")

    assert rows(database, "SELECT push_name FROM whatsmeow_device") == [("Newer",)]


def test_rows_of_a_version_that_nobody_knows_stay_where_they_are(
    linked_file: Path, database: str
) -> None:
    with closing(sqlite3.connect(linked_file)) as connection, connection:
        connection.execute("UPDATE whatsmeow_version SET version = 16")
    session = ServerSession(database, 1, linked_file)
    session.take_over()

    with pytest.raises(StoreFaultError) as refused:
        session.open(list_devices_at)

    assert refused.value.fault is UNKNOWN
    assert linked_file.exists()
    assert not session.is_linked()


def test_kills_at_any_moment_leave_evidence_that_the_next_machine_reads(
    whatsapp: Simulator, open_on: OpenHere
) -> None:
    watched, chance, attempts = link(whatsapp, open_on("0"), ADA), Random(7), []
    for number in range(1, 9):
        secret, started = secrets.token_bytes(32), datetime.now(UTC)
        killer = Timer(chance.uniform(0, 0.03), watched.process().kill)
        killer.start()
        with suppress(SendError, NotNow):
            watched.line.send(to(BOB, f"Number {number}", secret))
        killer.join()
        watched.line.stop()
        watched = open_on(str(number))
        watched.state(LinkState.CONNECTED)
        attempts.append((secret, started))

    arrived = {received["secret"] for received in whatsapp.inbox(phone=BOB)}
    for secret, started in attempts:
        trace = watched.line.evidence(secret, started).trace
        assert trace is SendTrace.LEFT or secret.hex() not in arrived
    assert max(Counter(whatsapp.texts(BOB)).values(), default=0) <= 1


def test_of_two_clients_of_one_device_the_older_ends_and_says_nothing(
    whatsapp: Simulator, open_on: OpenHere
) -> None:
    older = link(whatsapp, open_on("one"), ADA)
    newer = open_on("two")
    newer.state(LinkState.CONNECTED)

    until(lambda: not older.line.is_ready, "the older has ended")
    with pytest.raises(NotNow):
        older.line.send(to(BOB, "From the older"))
    send_surely(newer, "From the newer")
    time.sleep(3)
    assert newer.line.is_ready
    assert older.count_states(LinkState.REPLACED) == 0
    assert whatsapp.texts(BOB) == ["From the newer"]


@pytest.mark.parametrize("seed", range(10))
def test_a_sleeper_that_wakes_sends_nothing_that_another_sent(
    whatsapp: Simulator, open_on: OpenHere, seed: int
) -> None:
    """Its process is stopped in the middle of sending, and the other looks at its evidence."""
    sleeper = link(whatsapp, open_on("one"), ADA)
    sleeper.line.send(to(BOB, "Before"))
    secret, started, process = secrets.token_bytes(32), datetime.now(UTC), sleeper.process()
    with ThreadPoolExecutor(1) as pool:
        sending = pool.submit(sleeper.line.send, to(BOB, "Once", secret))
        time.sleep(Random(seed).uniform(0, 0.012))
        process.suspend()
        other = open_on("two")
        other.state(LinkState.CONNECTED)
        trace = other.line.evidence(secret, started).trace
        if trace is SendTrace.NEVER_LEFT:
            other.line.send(to(BOB, "Once", secret))
        process.resume()
        with suppress(SendError, NotNow):
            sending.result()

    while not send_surely(other, "After"):
        pass  # it may have left, or not: the sleeper's last dialling cut it off
    until(lambda: "After" in whatsapp.texts(BOB), "the last arrived")
    assert whatsapp.texts(BOB).count("Once") <= 1
    assert trace is SendTrace.LEFT or whatsapp.texts(BOB).count("Once") == 1
    until(lambda: not sleeper.line.is_ready, "it has ended")


def test_a_process_asleep_while_it_writes_keeps_nobody_out(
    whatsapp: Simulator, open_on: OpenHere, database: str
) -> None:
    first = link(whatsapp, open_on("one"), ADA)
    ((account, holder),) = rows(database, "SELECT account, holder FROM wasched_session")
    with psycopg.connect(database, options=f"-c wasched.holder={account}.{holder}") as asleep:
        asleep.execute("DELETE FROM whatsmeow_pre_keys WHERE jid = 'nobody'")

        second = open_on("two")
        second.state(LinkState.CONNECTED)

        with pytest.raises(psycopg.OperationalError):
            asleep.execute("SELECT 1")
    until(lambda: not first.line.is_ready, "the first has ended")


def test_an_account_that_is_asked_for_its_passkey_is_linked_into_the_database(
    whatsapp: Simulator, open_on: OpenHere, database: str, tmp_path: Path
) -> None:
    whatsapp.set_person(phone=ADA, passkey=True)
    watched = open_on("one")
    with pytest.raises(CommandError):
        whatsapp.scan(qr=watched.next(QrShown).code, phone=ADA)
    watched.state(LinkState.NEEDS_PASSKEY)
    watched.line.link_by_passkey()
    with pytest.raises(CommandError):
        whatsapp.scan(qr=watched.next(QrShown).code, phone=ADA)
    request = json.loads(watched.next(PasskeyAsked).request)
    shown = whatsapp.sign_with_passkey(phone=ADA, options=request)
    watched.line.answer_passkey(json.dumps(shown))

    watched.state(LinkState.CONNECTED)
    watched.line.send(to(BOB, "Linked by passkey"))
    until(lambda: whatsapp.texts(BOB) == ["Linked by passkey"], "it arrived")
    assert len(rows(database, "SELECT jid FROM whatsmeow_device")) == 1
    assert not list(tmp_path.rglob("*.db"))


def test_a_phone_that_unlinks_leaves_no_rows(
    whatsapp: Simulator, open_on: OpenHere, database: str
) -> None:
    watched = link(whatsapp, open_on("one"), ADA)
    watched.line.send(to(BOB, "Hello"))
    whatsapp.unlink(phone=ADA)
    watched.state(LinkState.LOGGED_OUT)

    for table in row_moves.OWNERS:
        until(lambda table=table: not rows(database, f"SELECT 1 FROM {table}"), f"none in {table}")
    until(lambda: rows(database, "SELECT jid FROM wasched_session") == [(None,)], "it is no device")
    watched.line.connect()
    link(whatsapp, watched, ADA)
    watched.line.send(to(BOB, "Anew"))


def test_links_are_exported_and_imported(
    whatsapp: Simulator, open_on: OpenHere, open_line: OpenLine, database: str, tmp_path: Path
) -> None:
    first = link(whatsapp, open_on("one"), ADA)
    secret, started = secrets.token_bytes(32), datetime.now(UTC)
    first.line.send(to(BOB, "Before", secret))
    first.line.stop()
    assert session_copies.linked_accounts(database) == [1]

    file = tmp_path / "account-1.db"
    assert session_copies.export_link(database, 1, file)
    assert not session_copies.export_link(database, 2, tmp_path / "account-2.db")
    by_file = open_line(file)
    by_file.state(LinkState.CONNECTED)
    by_file.line.send(to(BOB, "By the file"))
    assert by_file.line.evidence(secret, started).trace is SendTrace.LEFT
    by_file.line.stop()

    session_copies.import_link(database, 1, file)
    again = open_on("two")
    again.state(LinkState.CONNECTED)
    again.line.send(to(BOB, "In the database"))
    assert again.line.evidence(secret, started).trace is SendTrace.LEFT
    assert again.line.evidence(b"n" * 32, started).trace is SendTrace.NEVER_LEFT
    until(lambda: len(whatsapp.texts(BOB)) == 3, "all arrived")
    assert whatsapp.texts(BOB) == ["Before", "By the file", "In the database"]


def test_after_a_restore_of_the_database_phones_take_what_is_sent(
    whatsapp: Simulator, open_on: OpenHere, database: str, tmp_path: Path
) -> None:
    first = link(whatsapp, open_on("one"), ADA)
    started = datetime.now(UTC)
    first.line.send(to(BOB, "Before"))
    session_copies.export_link(database, 1, tmp_path / "copy.db")
    for number in range(3):
        first.line.send(to(BOB, f"Since {number}"))
    first.line.stop()
    session_copies.import_link(database, 1, tmp_path / "copy.db")

    session_copies.begin_all_anew(database, datetime.now(UTC))
    again = open_on("one")
    again.state(LinkState.CONNECTED)
    again.line.send(to(BOB, "After"))

    until(lambda: "After" in whatsapp.texts(BOB), "it can be read")
    assert again.line.evidence(b"n" * 32, started).trace is SendTrace.GONE


@pytest.fixture
def own_server() -> Iterator[OwnPostgreSql]:
    """A PostgreSQL that a test may kill, and that speaks TLS to who comes by TCP."""
    with closing(OwnPostgreSql()) as server:
        yield server


def test_a_database_that_is_killed_and_comes_back(
    whatsapp: Simulator, own_server: OwnPostgreSql, tmp_path: Path
) -> None:
    """Two links of one process: each says so, sends nothing meanwhile, and goes on."""
    processes = LinkProcesses(25)
    links = [
        Watched(tmp_path / f"linking-{number}.db", processes, own_server.url) for number in (1, 2)
    ]
    try:
        for watched in links:
            link(whatsapp, watched, ADA)
        own_server.kill()
        for watched in links:
            with pytest.raises((NotNow, SendError)) as refused:
                watched.line.send(to(BOB, "Meanwhile"))
            assert not isinstance(refused.value, SendError) or refused.value.left is not True
            watched.next(StateChanged, lambda one: one.code == "store_away")
        own_server.start()
        for watched in links:
            watched.state(LinkState.CONNECTED)
            watched.line.send(to(BOB, "Again"))
    finally:
        for watched in links:
            watched.line.stop()
    assert whatsapp.texts(BOB) == ["Again", "Again"]


@pytest.mark.parametrize("mode", ["", "require", "verify-full"])
def test_links_are_encrypted_as_the_url_says(
    whatsapp: Simulator, own_server: OwnPostgreSql, tmp_path: Path, mode: str
) -> None:
    """With a password that no URL takes as it is; where nothing is said, as psycopg comes to."""
    watched = Watched(tmp_path / "linking-1.db", None, own_server.tcp_url(mode))
    try:
        link(whatsapp, watched, ADA)
        watched.line.send(to(BOB, "Encrypted"))
        with psycopg.connect(own_server.url) as connection:
            found = connection.execute(
                "SELECT bool_and(ssl.ssl), count(*) FROM pg_stat_ssl AS ssl "
                "JOIN pg_stat_activity USING (pid) WHERE client_addr IS NOT NULL"
            ).fetchone()
        assert found is not None
        assert found[0] is True
        assert found[1] >= 2
        said = Path(f"/proc/{watched.process().pid}")
        for file in ("cmdline", "environ"):
            assert own_server.PASSWORD.encode() not in (said / file).read_bytes()
    finally:
        watched.line.stop()


def test_a_stopped_process_is_no_zombie(whatsapp: Simulator, open_on: OpenHere) -> None:
    """SIGSTOP to the process of a link: another machine goes on, and waking it ends it."""
    sleeper = link(whatsapp, open_on("one"), ADA)
    process = sleeper.process()
    os.kill(process.pid, signal.SIGSTOP)
    other = open_on("two")
    other.state(LinkState.CONNECTED)
    os.kill(process.pid, signal.SIGCONT)

    until(lambda: not sleeper.line.is_ready, "it has ended")
    send_surely(other, "On")
    assert [one["text"] for one in whatsapp.wait_inbox(phone=BOB)] == ["On"]
    assert sleeper.count_states(LinkState.REPLACED) == other.count_states(LinkState.REPLACED) == 0


def send_surely(watched: Watched, text: str) -> bool:
    """Send it as a worker does: again where the evidence says that it never left.

    False where it says that it may have left, which a worker leaves to a person.
    """
    secret, started = secrets.token_bytes(32), datetime.now(UTC)
    for _ in range(600):
        with suppress(NotNow):
            try:
                watched.line.send(to(BOB, text, secret))
                return True
            except SendError:
                until(lambda: watched.line.is_ready, "it is there again")
                if watched.line.evidence(secret, started).trace is SendTrace.LEFT:
                    return False
        time.sleep(0.1)
    raise AssertionError("It cannot be sent.")


def test_who_was_taken_over_keeps_no_evidence_and_so_sends_nothing(
    whatsapp: Simulator, open_on: OpenHere, database: str, tmp_path: Path
) -> None:
    """By the number alone: nobody else logs in at WhatsApp."""
    first = link(whatsapp, open_on("one"), ADA)
    first.line.send(to(BOB, "Before"))
    taker, secret = ServerSession(database, 1, tmp_path / "linking-1.db"), secrets.token_bytes(32)
    taker.take_over()
    started = datetime.now(UTC)

    with pytest.raises(NotNow):
        first.line.send(to(BOB, "Too late", secret))

    assert taker.find_evidence(secret, started).trace is SendTrace.NEVER_LEFT
    until(lambda: not first.line.is_ready, "it has ended")
    assert whatsapp.texts(BOB) == ["Before"]
    assert not first.has_heard(StateChanged)
