"""What comes to the wrong worker reaches the right one through Redis."""

import threading
from types import SimpleNamespace

import pytest

from tests.product import Redis, until
from wasched import bootstrap, tasks
from wasched.adapters.worker_calls import WorkerCalls


def test_all_workers_hear_a_call_also_after_redis_was_away(redis: Redis) -> None:
    url = f"redis://127.0.0.1:{redis.port}/0"
    heard: list[tuple[str, int]] = []
    came = threading.Event()

    def heed(name: str, number: int) -> None:
        heard.append((name, number))
        came.set()
        if name == "poison":
            raise ValueError

    WorkerCalls(url).listen(heed)
    caller = WorkerCalls(url)

    def is_heard(name: str) -> bool:
        came.clear()
        caller.call(name, 17)
        return came.wait(1) and heard[-1] == (name, 17)

    until(lambda: is_heard("drain"), "it is heard", 30)
    assert is_heard("poison")
    redis.kill()
    redis.start()
    until(lambda: is_heard("check"), "it is heard again", 30)


def test_a_task_for_an_account_that_another_worker_holds_is_passed_on_and_done_there(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = WorkerCalls(f"redis://127.0.0.1:{redis.port}/0")
    heard: list[tuple[str, int]] = []
    calls.listen(lambda name, number: heard.append((name, number)))
    monkeypatch.setattr(bootstrap, "worker_calls", lambda: calls)
    drained = threading.Event()
    sender = SimpleNamespace(account_id=5, drain=drained.set)
    holds_five = SimpleNamespace(sender={5: sender}.get, line={}.get, leads=False)
    monkeypatch.setattr(tasks.worker_state, "holder", holds_five)

    def is_passed_on() -> bool:
        tasks.drain.call_local(6)
        tasks.mail.call_local()
        return {("drain", 6), ("mail", 0)} <= set(heard)

    until(is_passed_on, "the others hear of what is not this worker's", 30)
    tasks._hear("drain", 5)

    assert drained.wait(20)
    assert ("drain", 5) not in heard
