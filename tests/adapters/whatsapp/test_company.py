"""Links that share a process: each goes on by itself, and what ends one ends no other for long."""

import os
import secrets
import signal
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest

from tests.adapters.whatsapp.watched import BOB, Watched, to
from tests.product import until
from tests.whatsapp_server.client import Simulator
from wasched.adapters.whatsapp.blame import Blame
from wasched.adapters.whatsapp.place import Place
from wasched.adapters.whatsapp.processes import LinkProcesses
from wasched.domain.errors import NotNow, SendError
from wasched.domain.link import LinkState, QrShown, StateChanged
from wasched.services.ports import SendTrace

Company = Callable[[int], list[Watched]]


@pytest.fixture
def company(whatsapp: Simulator, tmp_path: Path) -> Iterator[Company]:
    """Links so many accounts in the same processes, and stops them at the end."""
    with ExitStack() as stack:
        processes = LinkProcesses(25)

        def link(count: int) -> list[Watched]:
            watched = []
            for number in range(count):
                one = Watched(session_of(tmp_path, number), processes)
                stack.callback(one.line.stop)
                whatsapp.add_person(phone=phone(number), name=f"Singer {number}")
                watched.append(one)
            for number, one in enumerate(watched):
                whatsapp.scan(qr=one.next(QrShown).code, phone=phone(number))
            for one in watched:
                one.state(LinkState.CONNECTED)
            return watched

        yield link


def test_a_killed_process_loses_nothing_and_sends_nothing_twice(
    whatsapp: Simulator, company: Company
) -> None:
    links = company(3)
    process = links[0].process()
    assert {one.process().pid for one in links} == {process.pid}

    whatsapp.disturb_sends(phone=phone(0), kind="no_ack")
    with ThreadPoolExecutor(3) as pool:
        settled = [pool.submit(settle, one, f"Of {number}") for number, one in enumerate(links)]
        whatsapp.wait_inbox(phone=BOB, count=3)
        process.kill()
        assert all(one.result() for one in settled)

    assert sorted(whatsapp.texts(BOB)) == ["Of 0", "Of 1", "Of 2"]
    for one in links:
        one.state(LinkState.CONNECTED)
    assert len({one.process().pid for one in links}) == 1


def test_unlinking_and_relinking_one_account_leaves_the_others_alone(
    whatsapp: Simulator, company: Company
) -> None:
    first, second = company(2)
    process = second.process()

    first.line.unlink()
    first.state(LinkState.NEEDS_LINK)
    first.line.connect()
    whatsapp.scan(qr=first.next(QrShown).code, phone=phone(0))
    first.state(LinkState.CONNECTED)
    whatsapp.unlink(phone=phone(0))
    first.state(LinkState.LOGGED_OUT)

    second.line.send(to(BOB, "Still there"))
    assert second.process().pid == process.pid
    assert not second.has_heard(StateChanged)


def test_whoever_crashes_the_library_twice_is_parted_from_the_others(
    whatsapp: Simulator, company: Company
) -> None:
    *others, guilty = company(3)
    with Crashing(whatsapp, guilty, phone(2)):
        change = guilty.next(StateChanged, lambda one: one.code == "link_apart")
    assert change.state is LinkState.CONNECTED

    for one in (guilty, *others):
        until(lambda one=one: one.line.is_ready, "they are back")
    for one in others:
        assert one.count_states(LinkState.RECONNECTING) <= 2
        assert one.process().pid != guilty.process().pid


def test_where_nobody_can_be_suspected_a_crash_parts_the_links_in_halves(tmp_path: Path) -> None:
    blame, calm = Blame(), [FakePlace(session_of(tmp_path, number)) for number in range(8)]

    assert blame.judge(calm, 2) == set()

    rooms = defaultdict(list)
    for one in calm:
        rooms[blame.room(one.session)].append(one)
    assert [len(some) for some in rooms.values()] == [4, 4]


def test_a_process_that_somebody_killed_says_nothing_of_its_links(tmp_path: Path) -> None:
    blame, asked = Blame(), FakePlace(session_of(tmp_path, 1), is_asked=True)

    assert blame.judge([asked, FakePlace(session_of(tmp_path, 2))], -signal.SIGKILL) == set()
    assert not blame.must_be_alone(asked.session)


def phone(number: int) -> str:
    """The number of one of many accounts."""
    return f"491511{number:07}"


def session_of(folder: Path, number: int) -> Path:
    """Where the session of one of many accounts is kept."""
    return folder / "sessions" / f"account-{number}.db"


class FakePlace(Place):
    """A link that has been well for long."""

    def __init__(self, session: Path, *, is_asked: bool = False) -> None:
        self.session, self._asked = session, is_asked
        self.begun_at = self.connected_at = -1000.0

    @property
    def is_asked(self) -> bool:
        """As was said."""
        return self._asked


class Crashing:
    """Crashes whatever process logs an account in, three times, as the library would."""

    def __init__(self, whatsapp: Simulator, watched: Watched, phone: str) -> None:
        self._whatsapp, self._watched, self._phone = whatsapp, watched, phone
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._thread.join()

    def _run(self) -> None:
        for _ in range(3):
            self._whatsapp.wait_online(phone=self._phone)
            with suppress(psutil.Error, ValueError):
                os.kill(self._watched.process().pid, signal.SIGABRT)
            self._whatsapp.wait_online(phone=self._phone, on=False)


def settle(watched: Watched, text: str) -> bool:
    """Send to Bob until it has left: True when it did, by an answer or by the evidence."""
    while True:
        secret, at = secrets.token_bytes(32), datetime.now(UTC)
        try:
            watched.line.send(to(BOB, text, secret))
            return True
        except NotNow:
            threading.Event().wait(0.1)
        except SendError as fault:
            if fault.left is None and _trace(watched, secret, at) is SendTrace.LEFT:
                return True


def _trace(watched: Watched, secret: bytes, at: datetime) -> SendTrace:
    while True:
        with suppress(NotNow):
            return watched.line.evidence(secret, at).trace
        threading.Event().wait(0.05)
