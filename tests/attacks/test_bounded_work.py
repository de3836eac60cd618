"""Work whose length somebody else decides: it ends by its bounds, and when nobody waits for it."""

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import Callable

import psutil
import pytest

from tests.product import until
from wasched.adapters.bounded_process import BoundedProcess, BoundedWork, Bounds, SpareProcess
from wasched.api.long_work import LongWork, ended_with
from wasched.domain.errors import EndReason, WorkEndedError, WrongKindError
from wasched.domain.media import MB
from wasched.domain.reasons import file_gone
from wasched.text.refusals import error_sentence

BOUNDS = Bounds(cpu_s=60, wall_s=60, memory=64 * MB)
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="macOS bounds no memory")


def start(bounds: Bounds = BOUNDS) -> BoundedProcess:
    """A process that takes what it is asked to."""
    return BoundedProcess("tests.attacks.greedy", bounds)


@pytest.mark.parametrize(
    ("asked", "bounds", "reason"),
    [
        ({"what": "seconds"}, Bounds(1, 60, 64 * MB), EndReason.TIME),
        ({"what": "patience"}, Bounds(60, 0.5, 64 * MB), EndReason.TIME),
        pytest.param(
            {"what": "memory", "bytes": 80 * MB}, BOUNDS, EndReason.MEMORY, marks=ON_LINUX
        ),
        ({"what": "nothing"}, BOUNDS, EndReason.FAULT),
    ],
)
def test_what_takes_too_much_is_ended_and_says_why(
    asked: dict[str, object], bounds: Bounds, reason: EndReason
) -> None:
    process = start(bounds)
    with pytest.raises(WorkEndedError) as end:
        process.ask(asked)
    assert end.value.reason is reason
    assert not psutil.pid_exists(process.pid)


def test_what_keeps_within_its_bounds_is_answered() -> None:
    assert start().ask({"what": "memory", "bytes": 20 * MB}) == 20 * MB
    with pytest.raises(WrongKindError, match="Not this one"):
        start().ask({"what": "refusal"})


def test_a_refusal_comes_out_of_it_as_the_reason_it_was() -> None:
    with pytest.raises(WrongKindError) as refusal:
        start().ask({"what": "reason"})
    assert (refusal.value.reason, refusal.value.code) == (file_gone("a.mp4"), "gone")
    assert error_sentence(refusal.value) == "a.mp4 is no longer on this server."


def test_what_it_has_started_ends_with_it() -> None:
    others: list[int] = []
    work = BoundedWork(start)
    thread = threading.Thread(target=_asked, args=(work, {"what": "others"}, others.append))
    thread.start()
    until(lambda: others, "it has started something")
    work.stop()
    thread.join()
    until(lambda: not _runs(others[0]), "what it started has ended")
    with pytest.raises(WorkEndedError):
        work.ask({"what": "anything"})


@pytest.mark.parametrize("what", ["patience", "others"])
def test_it_ends_when_who_asked_is_killed(what: str) -> None:
    code = (
        "from tests.attacks.test_bounded_work import start\n"
        f"start().ask({{'what': '{what}'}}, lambda pid: print(pid, flush=True))"
    )
    asker = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert asker.stdout is not None
    pid = int(asker.stdout.readline())
    asker.kill()
    asker.wait()
    until(lambda: not _runs(pid), "it has ended")


def test_what_the_system_kills_for_memory_is_said_so() -> None:
    def kill(pid: int) -> None:
        os.kill(pid, 9)

    with pytest.raises(WorkEndedError) as end:
        start().ask({"what": "patience"}, kill)
    assert end.value.reason is EndReason.MEMORY


def test_one_is_ready_and_only_one() -> None:
    spares = SpareProcess(start)
    spares.warm()
    spares.warm()
    ready, another = spares.take(), spares.take()
    assert ready.ask({"what": "a"}) == "a" and another.ask({"what": "b"}) == "b"


@pytest.mark.asyncio
async def test_a_person_has_one_turn_at_a_time_and_others_theirs() -> None:
    work, at_once, most = LongWork("test", 2), dict.fromkeys("ab", 0), dict.fromkeys("abt", 0)
    both = threading.Barrier(2)  # each turn of the one meets one of the other

    def take(whose: str) -> Callable[[], None]:
        def do() -> None:
            at_once[whose] += 1
            most[whose] = max(most[whose], at_once[whose])
            both.wait(60)
            most["t"] = max(most["t"], sum(at_once.values()))
            both.wait(60)
            at_once[whose] -= 1

        return do

    await asyncio.gather(*(work.run(ord(one), take(one)) for one in "aaaabbbb"))

    assert most == {"a": 1, "b": 1, "t": 2}


@pytest.mark.asyncio
async def test_who_asks_again_ends_what_they_asked_before() -> None:
    work, begun, stopped = LongWork("test", 2), threading.Event(), threading.Event()

    def first() -> str:
        begun.set()
        stopped.wait(30)
        return "too late"

    older = asyncio.create_task(work.run_newest(1, first, stopped.set))
    await asyncio.to_thread(begun.wait, 30)
    assert await work.run_newest(1, lambda: "newer", None) == "newer"
    with pytest.raises(WorkEndedError) as end:
        await older
    assert end.value.reason is EndReason.STOPPED and stopped.is_set()


@pytest.mark.asyncio
async def test_work_for_a_request_ends_with_its_browser() -> None:
    class Gone:
        async def is_disconnected(self) -> bool:
            return True

    stopped = threading.Event()
    async with ended_with(Gone(), stopped.set):  # type: ignore[arg-type]
        assert await asyncio.to_thread(stopped.wait, 30)


def _asked(work: BoundedWork, asked: dict[str, object], hear: Callable[[int], None]) -> None:
    with pytest.raises(WorkEndedError):
        work.ask(asked, hear)


def _runs(pid: int) -> bool:
    """True while a process does something; an orphan may wait to be buried by nobody here."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
