"""The link's process and its worker: who ends when, and what is heard of it."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import psutil
import pytest

from tests.adapters.whatsapp.conftest import OpenLine
from tests.adapters.whatsapp.watched import PATIENCE_S, processes_of, to
from wasched.adapters.whatsapp import session_store, wire
from wasched.adapters.whatsapp.place import Place
from wasched.adapters.whatsapp.processes import LinkProcesses
from wasched.adapters.whatsapp.session_place import SessionPlace
from wasched.domain.errors import NotNow
from wasched.domain.link import LinkState

pytestmark = pytest.mark.usefixtures("nobody_listens")

WORKER = """
import sys, threading
from pathlib import Path
from wasched.adapters.whatsapp.processes import LinkProcesses
from wasched.adapters.whatsapp.session_place import SessionPlace
child = LinkProcesses().place(SessionPlace(Path(sys.argv[1])), lambda event: None, lambda: None)
print(child.pid, flush=True)
threading.Event().wait()
"""


def begin(session: Path) -> Place:
    """Begin a link in a process of its own."""
    return LinkProcesses().place(SessionPlace(session), lambda _event: None, lambda: None)


@pytest.fixture
def child(session: Path, request: pytest.FixtureRequest) -> Place:
    """A link process on its own."""
    child = begin(session)

    def end() -> None:
        child.kill()
        child.close()

    request.addfinalizer(end)
    return child


def test_without_a_network_the_link_goes_on_trying(open_line: OpenLine) -> None:
    watched = open_line()

    watched.state(LinkState.RECONNECTING)
    watched.state(LinkState.RECONNECTING)

    assert not watched.line.is_ready


def test_nothing_is_handed_over_while_there_is_no_connection(open_line: OpenLine) -> None:
    watched = open_line()
    watched.state(LinkState.RECONNECTING)

    with pytest.raises(NotNow):
        watched.line.send(to("+4915100000002", "Hello"))
    with pytest.raises(NotNow):
        watched.line.groups()


def test_stopping_leaves_no_process(open_line: OpenLine, session: Path) -> None:
    watched = open_line()
    watched.state(LinkState.RECONNECTING)

    watched.line.stop()

    assert processes_of(session) == []


def test_no_process_outlives_its_worker(session: Path) -> None:
    worker = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(WORKER), str(session)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert worker.stdout is not None
    pid = int(worker.stdout.readline())
    link = psutil.Process(pid)

    worker.kill()
    worker.wait()
    worker.stdout.close()

    psutil.wait_procs([link], timeout=PATIENCE_S)
    assert not link.is_running() or link.status() == psutil.STATUS_ZOMBIE


def test_the_stop_of_a_group_leaves_the_decision_to_the_worker(child: Place) -> None:
    child.ask(wire.PingCommand(), PATIENCE_S)

    os.kill(child.pid, signal.SIGINT)
    os.kill(child.pid, signal.SIGTERM)

    assert child.ask(wire.PingCommand(), PATIENCE_S) == wire.Done()


def test_a_process_waits_until_the_session_is_free_and_then_holds_it(session: Path) -> None:
    held = session_store.lock_store(session)
    assert held is not None
    child = begin(session)
    os.close(held)

    child.ask(wire.PingCommand(), PATIENCE_S)

    assert child.is_holding
    assert session_store.lock_store(session) is None
    child.kill()
    child.close()
    again = session_store.lock_store(session)
    assert again is not None
    os.close(again)


def test_the_session_is_readable_by_its_owner_only(child: Place, session: Path) -> None:
    assert child.has_ended(PATIENCE_S)  # it dials in vain, after it has opened its file

    modes = {path.name: path.stat().st_mode & 0o777 for path in session.parent.iterdir()}
    assert session.name in modes
    assert set(modes.values()) == {0o600}
    assert session.parent.stat().st_mode & 0o777 == 0o700
