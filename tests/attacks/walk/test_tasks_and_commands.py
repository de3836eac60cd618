"""Tasks take one id at most and obey nobody by it; commands are for whoever has the shell."""

import ast
import inspect
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import typer
from huey.api import TaskWrapper

from tests.attacks.walk.conftest import Server
from tests.attacks.walk.rules import OPERATORS, PROGRAMS, TASKS
from tests.attacks.walk.two_spaces import OURS, UNKNOWN
from wasched import (
    background,
    bootstrap,
    cli,
    cli_alerts,
    cli_keys,
    cli_moving,
    cli_node,
    cli_users,
    tasks,
)

_ASKS_WHO = {"who_is", "Caller", "caller", "signed_in", "permissions", "require", "may"}
"""Names by which somebody is asked who they are, and what they may do."""


def test_every_task_is_named_and_takes_one_id_at_most() -> None:
    assert {name: _taken(one) for name, one in _tasks().items()} == TASKS
    assert len(tasks.queue._registry._registry) == len(TASKS)


def test_no_task_does_more_for_an_id_that_is_there(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who gets into the queue can have what is due done sooner, and nothing else."""
    monkeypatch.setattr(background, "run_apart", _at_once)
    monkeypatch.setattr(bootstrap, "people_readers", lambda: _NoProcess)
    told = {}
    for name, task in _tasks().items():
        for first in (OURS, UNKNOWN):
            task.call_local(*([first + 1] if TASKS[name] else []))
            told[name, first] = server.watched.changes().keys()

    assert {name: told[name, OURS] for name in TASKS} == {
        name: told[name, UNKNOWN] for name in TASKS
    }


def test_every_command_is_named_and_asks_nobody_who_they_are() -> None:
    assert set(_commands(typer.main.get_command(cli.app))) == OPERATORS | PROGRAMS
    for module in (cli, cli_alerts, cli_keys, cli_moving, cli_node, cli_users):
        assert _names_in(inspect.getsource(module)) & _ASKS_WHO == set()


def test_one_that_asks_is_found() -> None:
    assert _names_in("def run(): users.who_is(session, token, now)") & _ASKS_WHO


class _NoProcess:
    @staticmethod
    def warm() -> None:
        """Nothing has to be ready here."""


def _at_once(_kind: str, _number: int, work: Callable[[], object], *_later: object) -> None:
    work()


def _tasks() -> dict[str, Any]:
    return {name: one for name, one in vars(tasks).items() if isinstance(one, TaskWrapper)}


def _taken(task: Any) -> str:
    return ", ".join(inspect.signature(task.func).parameters)


def _commands(group: Any, before: str = "") -> Iterator[str]:
    for name, one in group.commands.items():
        if hasattr(one, "commands"):
            yield from _commands(one, f"{before}{name} ")
        else:
            yield f"{before}{name}"


def _names_in(source: str) -> set[str]:
    tree = ast.walk(ast.parse(source))
    return {getattr(node, "id", getattr(node, "attr", "")) for node in tree}
