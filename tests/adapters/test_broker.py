"""A Redis that hangs, is slow, full or gone makes hints late, and holds up nobody."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from tests.crash.faults import frozen, out_of_memory
from tests.product import Redis, until
from tests.slow_proxy import SlowProxy
from wasched.adapters import heard_hints, queue_watch, task_hints
from wasched.adapters.changes import RedisChanges
from wasched.adapters.queue import make_asking, make_queue
from wasched.adapters.queue_watch import QueueWatch
from wasched.adapters.task_hints import TaskHints

QUICK_S = 3.0  # for what takes milliseconds, on a machine that is busy

DEEDS = """
import sys, time
from wasched import bootstrap, tasks
from tests.scopes import session_scope
from wasched.domain.log_tail import LogPart
from wasched.services import effects
from wasched.services.change_notes import MESSAGES, announce

bootstrap.start(LogPart.SERVER)
bootstrap.carry_out_effects(tasks.carry_out)
bootstrap.queue_fault()  # the first answer is waited for
print("ready", flush=True)
sys.stdin.readline()

def commit():
    with session_scope() as session:
        announce(session, 1, MESSAGES, bootstrap.clock().now())
        effects.wake(session, 1, bootstrap.clock().now())
        effects.check_numbers(session, 1)
        effects.convert(session, 1)

deeds = {
    "commit": commit,
    "another commit": commit,
    "wait": lambda: bootstrap.changes().wait(1),
    "fault": bootstrap.queue_fault,
}
for name, deed in deeds.items():
    begin = time.monotonic()
    deed()
    print("took " + name, time.monotonic() - begin, sep=":", flush=True)
"""

BRIEF = """
import pathlib, sys, time
from wasched.adapters.task_hints import TaskHints

hints, file = TaskHints(), pathlib.Path(sys.argv[1])
hints.hand_over("first", lambda: time.sleep(0.1))
hints.hand_over("second", file.touch)
"""


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask ten times as often, and call late what takes half a second."""
    for name, seconds in (("_EVERY_S", 0.1), ("_AGAIN_S", 0.1), ("_LATE_S", 0.5)):
        monkeypatch.setattr(queue_watch, name, seconds)
    for name, seconds in (("LOOK_S", 0.1), ("_SILENT_S", 0.5)):
        monkeypatch.setattr(heard_hints, name, seconds)


def url(port: int, password: str = "") -> str:
    """The address of a Redis of this machine."""
    return f"redis://:{password}@127.0.0.1:{port}/0" if password else f"redis://127.0.0.1:{port}/0"


def test_a_commit_in_one_process_is_heard_of_in_another(redis: Redis) -> None:
    here, there = RedisChanges(url(redis.port)), RedisChanges(url(redis.port))
    until(lambda: not there.wait(0.3), "it listens, and nothing has happened")

    here.hint()

    assert there.wait(10)
    for one in (here, there):
        one.close()


@pytest.mark.usefixtures("impatient")
def test_whoever_waits_for_a_change_looks_by_themselves_while_redis_hangs(redis: Redis) -> None:
    changes = RedisChanges(url(redis.port))
    until(lambda: not changes.wait(0.3), "it listens, and nothing has happened")

    with frozen(redis):
        changes.hint()  # its thread waits for the answer from now on
        assert changes.wait(30), "it looks although it has heard nothing"
        begin = time.monotonic()
        assert changes.wait(30) and changes.wait(30)
        assert time.monotonic() - begin < QUICK_S

    until(lambda: not changes.wait(0.3), "it listens again")
    changes.hint()
    assert changes.wait(10)
    changes.close()


@pytest.mark.usefixtures("impatient")
def test_a_redis_that_is_gone_is_followed_again_when_it_is_back(redis: Redis) -> None:
    changes = RedisChanges(url(redis.port))
    until(lambda: not changes.wait(0.3), "it listens, and nothing has happened")

    redis.kill()
    assert changes.wait(30), "it looks although it has heard nothing"
    redis.start()

    until(lambda: not changes.wait(0.5), "it listens again")
    changes.hint()
    assert changes.wait(10)
    changes.close()


def test_nobody_on_the_way_of_a_commit_or_a_click_waits_for_a_redis_that_hangs(
    redis: Redis, tmp_path: Path
) -> None:
    environ = {**os.environ, **redis.environ, "DB_PATH": str(tmp_path / "app.db")}
    with subprocess.Popen(
        [sys.executable, "-c", DEEDS],
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin and process.stdout
        until(lambda: process.stdout.readline() == "ready\n", "it runs")  # type: ignore[union-attr]
        with frozen(redis):
            said, _ = process.communicate("go\n", timeout=90)

    lines = [line.removeprefix("took ") for line in said.splitlines() if line.startswith("took ")]
    took = dict(line.split(":") for line in lines)
    assert len(took) == 4
    assert [name for name, seconds in took.items() if float(seconds) > QUICK_S] == []


def test_tasks_wait_for_a_redis_that_hangs_one_of_a_kind(redis: Redis, tmp_path: Path) -> None:
    queue, hints = make_queue(url(redis.port), tmp_path / "queue.db"), TaskHints()

    with frozen(redis):
        begin = time.monotonic()
        for number in range(900):
            hints.hand_over(number % 3, lambda: queue.storage.enqueue(b"a task"))
        assert time.monotonic() - begin < QUICK_S
        assert not hints.finish(0.1)

    assert hints.finish(30)
    assert 3 <= queue.pending_count() <= 4, "one may have been on its way already"


def test_tasks_come_through_once_redis_is_back(
    redis: Redis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(task_hints, "_AGAIN_S", 0.05)
    queue, hints = make_queue(url(redis.port), tmp_path / "queue.db"), TaskHints()

    redis.kill()
    hints.hand_over("drain", lambda: queue.storage.enqueue(b"a task"))
    redis.start()

    assert hints.finish(30)
    assert queue.pending_count() == 1


def test_a_process_that_ends_at_once_has_passed_its_tasks_on(tmp_path: Path) -> None:
    subprocess.check_call([sys.executable, "-c", BRIEF, str(tmp_path / "taken")])

    assert (tmp_path / "taken").exists()


@contextmanager
def dead(server: Redis) -> Iterator[None]:
    """Kill redis-server, and start it again."""
    server.kill()
    yield
    server.start()


@pytest.mark.usefixtures("impatient")
def test_what_is_wrong_with_redis_is_said_while_it_lasts(
    redis: Redis, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    watch = QueueWatch(make_asking(url(redis.port), tmp_path / "queue.db"))
    until(lambda: not watch.fault(), "nothing is wrong")

    for wrong, sentence in ((frozen, queue_watch.SILENT), (out_of_memory, queue_watch.FULL),
                            (dead, queue_watch.SILENT)):  # fmt: skip
        with wrong(redis):
            # On a busy machine it may be slow before it is that, or after.
            until(lambda is_said=sentence: watch.fault() == is_said, sentence)
        until(lambda: not watch.fault(), "nothing is wrong")

    said = [line for line in caplog.messages if not line.startswith("The queue was asked")]
    assert said[-1] == "The queue answers again."
    assert any(queue_watch.FULL in line for line in said), said
    assert all(one != other for one, other in pairwise(said)), "each is said once"


@pytest.mark.usefixtures("impatient")
def test_a_slow_redis_is_said_to_be_slow(redis: Redis, tmp_path: Path) -> None:
    proxy = SlowProxy(redis.port, delay_s=0.6)
    proxy.start()
    watch = QueueWatch(make_asking(url(proxy.port), tmp_path / "queue.db"))
    until(lambda: not watch.fault(), "nothing is wrong")

    proxy.slow()
    until(lambda: watch.fault() == queue_watch.SLOW, "it is slow")
    proxy.quick()

    until(lambda: not watch.fault(), "it is quick again")
    proxy.close()


@pytest.mark.usefixtures("impatient")
def test_a_wrong_password_is_said_to_be_wrong(redis: Redis, tmp_path: Path) -> None:
    watch = QueueWatch(make_asking(url(redis.port, "wrong"), tmp_path / "queue.db"))

    until(lambda: watch.fault() == queue_watch.LOCKED, "the password is wrong")
