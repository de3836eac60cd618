"""How the processes are started."""

import pytest

from wasched import commands, config


@pytest.mark.parametrize("part", ["api", "worker"])
def test_threads_share_their_memory_unless_somebody_chose_otherwise(part: str) -> None:
    def arenas(environ: dict[str, str]) -> str:
        settings = config.read_settings({"SECRET_KEY": "k" * 32})
        made = commands.worker(environ) if part == "worker" else commands.api(settings, environ)
        return made[1]["MALLOC_ARENA_MAX"]

    assert arenas({}) == "2"
    assert arenas({"MALLOC_ARENA_MAX": "8"}) == "8"
