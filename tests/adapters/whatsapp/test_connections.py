"""Breaking off connections of this very process."""

import fcntl
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.product import until
from wasched.adapters.whatsapp.answer_watch import AnswerWatch, Patience
from wasched.adapters.whatsapp.connections import break_off, idle_among, open_connections

LOCK = "import fcntl, sys; fcntl.lockf(open(sys.argv[1], 'r+'), fcntl.LOCK_EX | fcntl.LOCK_NB)"


@pytest.fixture
def server() -> Iterator[socket.socket]:
    """Somebody who listens on loopback."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


def test_only_the_connections_that_are_named_end(server: socket.socket) -> None:
    before = open_connections()
    with socket.create_connection(server.getsockname()) as old:
        named = open_connections() - before
        with socket.create_connection(server.getsockname()) as new:
            break_off(idle_among(named))

            assert old.recv(1) == b""
            new.settimeout(0.1)
            with pytest.raises(TimeoutError):
                new.recv(1)


def test_a_connection_that_has_ended_is_none(server: socket.socket) -> None:
    before = open_connections()
    with socket.create_connection(server.getsockname()):
        named = open_connections() - before

    assert idle_among(named) == set()


def test_what_is_still_on_its_way_is_waited_for(server: socket.socket) -> None:
    before = open_connections()
    with socket.create_connection(server.getsockname()) as full:
        named = open_connections() - before
        full.setblocking(False)
        with suppress(BlockingIOError):
            while True:
                full.send(bytes(65536))  # the other end takes no more

        assert idle_among(named) == set()


def test_locks_on_files_outlive_a_look_at_the_connections(tmp_path: Path) -> None:
    """The library's store is held by such locks, which end with any copy that is closed."""
    path = tmp_path / "store"
    path.touch()
    with path.open("r+") as file:
        fcntl.lockf(file, fcntl.LOCK_EX)
        open_connections()

        command = [sys.executable, "-c", LOCK, os.fspath(path)]
        assert subprocess.run(command, capture_output=True, check=False).returncode


def test_a_slow_line_is_given_more_time_and_a_quick_one_less_again() -> None:
    patience = Patience(6)
    assert patience.lasts_s(breaks=0) == 6
    assert patience.lasts_s(breaks=1) == 9

    patience.note_answer(took_s=8)
    assert patience.lasts_s(breaks=0) == 16
    for _ in range(3):
        patience.note_answer(took_s=0.1)
    assert patience.lasts_s(breaks=0) == 6

    for _ in range(5):
        patience.note_silence()
    assert patience.lasts_s(breaks=3) == 40


def test_nothing_is_broken_off_while_answers_come() -> None:
    broken: list[bool] = []
    watch = AnswerWatch(lambda: broken.append(True) or True, person_s=0.6, group_s=60)

    with watch.waiting(for_group=True):
        time.sleep(1)
    with watch.waiting(for_group=False):
        pass
    time.sleep(1)
    assert broken == []

    with watch.waiting(for_group=False):
        until(lambda: broken, "the connection is broken off")
    assert len(broken) == 1
