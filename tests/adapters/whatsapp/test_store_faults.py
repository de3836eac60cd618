"""A store that cannot be written: nothing leaves without evidence, nothing that came is lost."""

import resource
import secrets
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.adapters.whatsapp.conftest import OpenLine
from tests.adapters.whatsapp.watched import ADA, BOB, EVE, Watched, to
from tests.product import until
from tests.reasons import words
from tests.whatsapp_server.client import Simulator
from wasched.domain.errors import NotNow, SendError
from wasched.domain.link import IncomingSeen, LinkState, QrShown, StateChanged
from wasched.services.ports import SendTrace

SECRETS = "whatsmeow_message_secrets"


def test_a_message_whose_evidence_is_not_kept_does_not_leave(
    whatsapp: Simulator, linked: Watched, session: Path
) -> None:
    secret, at = secrets.token_bytes(32), datetime.now(UTC)
    with renamed(session, SECRETS), pytest.raises(NotNow):
        linked.line.send(to(BOB, "Hello", secret))
    linked.state(LinkState.CONNECTED)

    assert linked.line.evidence(secret, at).trace is SendTrace.NEVER_LEFT
    linked.line.send(to(BOB, "And on"))
    whatsapp.wait_inbox(phone=BOB)
    assert whatsapp.texts(BOB) == ["And on"]


def test_what_came_while_the_store_failed_is_delivered_afterwards(
    whatsapp: Simulator, linked: Watched
) -> None:
    process = linked.process()
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (1, 1))
    for phone in (BOB, EVE):
        whatsapp.write(phone=phone, to=ADA, text="STOP")

    change = linked.next(StateChanged, lambda one: one.code == "store_broken")
    assert "fails to read or write" in words(change.detail)
    assert sorted(text_of_next(linked) for _ in range(2)) == ["STOP", "STOP"]
    assert linked.process().pid != process.pid


def test_a_full_volume_lets_the_line_go_until_there_is_room(
    whatsapp: Simulator, open_line: OpenLine, small_volume: Path, caplog: pytest.LogCaptureFixture
) -> None:
    watched = open_line(small_volume / "account-1.db")
    whatsapp.scan(qr=watched.next(QrShown).code, phone=ADA)
    watched.state(LinkState.CONNECTED)

    with filled(small_volume):
        change = watched.next(StateChanged, lambda one: one.code == "store_full")
        whatsapp.wait_online(phone=ADA, on=False)
        for phone in (BOB, EVE):
            whatsapp.write(phone=phone, to=ADA, text="STOP")
        with pytest.raises(NotNow):
            watched.line.send(to(BOB, "Hello"))

    assert "full" in words(change.detail)
    watched.state(LinkState.CONNECTED)
    assert [text_of_next(watched) for _ in range(2)] == ["STOP", "STOP"]
    assert [one.message for one in caplog.records].count(f"The store of account-1: {change.detail}")


@pytest.mark.torture
@pytest.mark.parametrize("fault", ["cut_before_ack", "no_ack", "kill"])
@pytest.mark.parametrize("seconds", [12, 20, 30])
def test_a_store_that_is_locked_for_long_makes_nothing_double(
    whatsapp: Simulator, linked: Watched, session: Path, seconds: int, fault: str
) -> None:
    """Six texts fall due meanwhile, and the answer to the first is lost."""
    texts = [f"Number {number}" for number in range(6)]
    linked.line.send(to(BOB, "Before"))  # what is stored of a newcomer would wait first
    whatsapp.disturb_sends(phone=ADA, kind="no_ack" if fault == "kill" else fault)
    with ThreadPoolExecutor(6) as pool:
        with locked(session):
            settled = [pool.submit(settle, linked, text) for text in texts]
            time.sleep(seconds)
        if fault == "kill":
            whatsapp.wait_inbox(phone=BOB, count=2)
            linked.process().kill()
        unknown = [one.result() for one in settled].count(False)

    arrived = whatsapp.texts(BOB)
    assert len(arrived) == len(set(arrived))
    assert len(arrived) > len(texts) - unknown
    assert unknown <= 1


def test_a_damaged_store_says_so_and_has_nothing_more_to_say(
    linked: Watched, session: Path, open_line: OpenLine
) -> None:
    secret = secrets.token_bytes(32)
    handed = linked.line.send(to(BOB, "Hello", secret))
    linked.line.stop()
    for file in (session, session.with_suffix(".db-wal")):
        if file.exists():
            file.write_bytes(b"no database " * 1000)

    assert linked.line.evidence(secret, handed.at).trace is SendTrace.GONE
    change = open_line().state(LinkState.ERROR)
    assert change.code == "store_damaged"
    assert "link it again" in words(change.detail)


def test_messages_that_cannot_be_read_are_counted_in_the_log(
    whatsapp: Simulator, linked: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    whatsapp.damage(phone=ADA, device=1)
    whatsapp.write(phone=BOB, to=ADA, text="STOP")

    assert text_of_next(linked) == "STOP"  # it was asked for again
    until(lambda: "Messages that came and could not be read: 1" in caplog.messages, "it is said")


def text_of_next(watched: Watched) -> str:
    """What the next person writes."""
    return watched.next(IncomingSeen).text


def settle(watched: Watched, text: str) -> bool:
    """Send to Bob until it has left: True when it did, False when nobody can tell."""
    while True:
        secret, at = secrets.token_bytes(32), datetime.now(UTC)
        try:
            watched.line.send(to(BOB, text, secret))
            return True
        except NotNow:
            time.sleep(0.1)
        except SendError as fault:
            if fault.left is None and left(watched, secret, at):
                return False


def left(watched: Watched, secret: bytes, at: datetime) -> bool:
    """True if the attempt may have left, by the link's own evidence."""
    while True:
        try:
            return watched.line.evidence(secret, at).trace is not SendTrace.NEVER_LEFT
        except NotNow:
            time.sleep(0.1)


@contextmanager
def locked(session: Path) -> Iterator[None]:
    """The store while another program writes to it, and takes long."""
    with closing(sqlite3.connect(session, isolation_level=None)) as store:
        store.execute("BEGIN EXCLUSIVE")
        yield
        store.execute("ROLLBACK")


@contextmanager
def renamed(session: Path, table: str) -> Iterator[None]:
    """A table of the store under another name, so that nothing can be written to it."""
    with closing(sqlite3.connect(session)) as store:
        store.execute(f"ALTER TABLE {table} RENAME TO away")
        yield
        store.execute(f"ALTER TABLE away RENAME TO {table}")


@contextmanager
def filled(volume: Path) -> Iterator[None]:
    """A volume without a free byte."""
    ballast = volume / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass
    yield
    ballast.unlink()


@pytest.fixture
def small_volume(tmp_path: Path) -> Iterator[Path]:
    """A volume of 16 MB."""
    folder = tmp_path / "volume"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no volume can be mounted here")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)
