"""An outage of WhatsApp, a back-up while everything runs, and restoring it."""

import os
import pty
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.books import Books, now
from tests.operator.server import WASCHED, Server
from tests.product import ROOT, until
from tests.whatsapp_server.client import Simulator
from wasched.domain.message import Status
from wasched.services.accounts import accounts

pytestmark = [pytest.mark.smoke, pytest.mark.timeout(600)]

ADA, BOB = "4915100000001", "4915100000002"
ARCHIVE = "wasched.tar.gz"


@pytest.fixture
def phones(whatsapp: Simulator) -> Simulator:
    """Ada's phone, to be linked, and Bob's."""
    whatsapp.add_person(phone=ADA, name="Ada")
    whatsapp.add_person(phone=BOB, name="Bob")
    return whatsapp


@pytest.fixture
def server(tmp_path: Path, phones: Simulator) -> Server:
    """A server whose WhatsApp is the loopback one."""
    return Server(tmp_path / "server", phones.environment(os.environ))


@contextmanager
def linked(server: Server, phones: Simulator) -> Iterator[tuple[Books, int]]:
    """The running server, its books, and its account that is linked to Ada's phone."""
    with server.runs():
        books = Books(server)  # type: ignore[arg-type] # it asks for its settings alone
        try:
            yield books, books.link(phones, ADA)
        finally:
            books.close()


def test_what_falls_due_while_whatsapp_is_away_goes_when_it_is_back_unless_it_is_stopped(
    server: Server, phones: Simulator
) -> None:
    with linked(server, phones) as (books, account):
        phones.go_down()
        until(lambda: books.account(account).state != "connected", "the outage is noticed")
        books.schedule(account, f"+{BOB}", "While it was away")
        phones.come_back()
        phones.wait_inbox(phone=BOB, count=1)

        phones.go_down()
        until(lambda: books.account(account).state != "connected", "the outage is noticed")
        books.schedule(account, f"+{BOB}", "Wrong, and stopped")
        with books.scope() as session:
            accounts.pause(session, books.owner, account, now())
        phones.come_back()
        until(lambda: books.account(account).state == "connected", "it is back")
        until(lambda: _settled(books), "nothing is under way")

    assert phones.texts(BOB) == ["While it was away"]
    said = server.said()
    assert said.count("The link is reconnecting") == 2 and "Traceback" not in said
    assert said.count("[WA] WhatsApp Client Connected") == 3  # linked, and back twice


def _settled(books: Books) -> bool:
    return [one.status for one in books.messages()][1:] == [Status.SCHEDULED]


def test_a_back_up_is_made_while_it_runs_and_comes_back_elsewhere(
    server: Server, phones: Simulator, tmp_path: Path
) -> None:
    with linked(server, phones) as (books, account):
        books.schedule(account, f"+{BOB}", "Before the back-up")
        phones.wait_inbox(phone=BOB, count=1)
        made = server.types("backup", ARCHIVE)
        reset = server.types("user", "reset", "miriam@choir.example")
    archive = server.folder / ARCHIVE

    assert (made.returncode, made.stderr) == (0, b"")
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    assert b"/new-password?link=" in reset.stdout

    other = Server(tmp_path / "another", phones.environment(os.environ))
    restored = other.types("restore", str(archive))
    assert restored.returncode == 0, restored.stderr
    assert restored.stdout.startswith(b"Restored. ")
    refused = other.types("restore", str(archive))
    assert (refused.returncode, b"Say --replace to lose it" in refused.stderr) == (2, True)
    assert other.types("restore", "--replace", given=archive.read_bytes()).returncode == 0
    with other.runs():
        books = Books(other)  # type: ignore[arg-type]
        until(lambda: books.account(1).state == "connected", "the link came along")
        assert next(one.status for one in books.messages()) in (Status.DELIVERED, Status.READ)
        books.close()
    assert phones.texts(BOB) == ["Before the back-up"]


def test_a_damaged_archive_is_refused_and_changes_nothing(server: Server) -> None:
    with server.runs():
        assert server.types("backup", ARCHIVE).returncode == 0
    archive, before = server.folder / ARCHIVE, server.database.read_bytes()
    damaged = bytearray(archive.read_bytes())
    damaged[len(damaged) // 2] ^= 0xFF

    for odd in (bytes(damaged), bytes(damaged[: len(damaged) // 3]), b"no archive"):
        refused = server.types("restore", "--replace", given=odd)
        assert (refused.returncode, refused.stdout) == (2, b"")
        assert refused.stderr.count(b"\n") == 1 and b"Traceback" not in refused.stderr
    assert server.database.read_bytes() == before


def test_no_archive_is_poured_over_a_terminal(server: Server) -> None:
    ours, theirs = pty.openpty()
    environ = {**os.environ, "DB_PATH": str(server.database)}
    done = subprocess.run(
        [*WASCHED, "backup"], cwd=ROOT, env=environ, stdout=theirs, stderr=subprocess.PIPE
    )
    os.close(theirs)
    os.close(ours)

    assert done.returncode == 2
    assert done.stderr == b"Say where to: `backup FILE`, or `backup > FILE`.\n"
