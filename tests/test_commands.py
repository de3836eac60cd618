"""How the processes are started."""

from wasched import commands


def test_the_worker_shares_its_memory_among_threads_unless_somebody_chose_otherwise() -> None:
    assert commands.worker({})[1]["MALLOC_ARENA_MAX"] == "2"
    assert commands.worker({"MALLOC_ARENA_MAX": "8"})[1]["MALLOC_ARENA_MAX"] == "8"
