"""Every tool of assistants, used by everybody's key with everybody's ids: the same questions."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tests.attacks.walk.conftest import Server
from tests.attacks.walk.people import Walker
from tests.attacks.walk.rules import LOOK, TOOLS
from tests.attacks.walk.two_spaces import DUE, GONE, GONE_MESSAGE, GONE_SCHEDULE
from tests.attacks.walk.verdicts import told_apart, wrong_with
from wasched.api.assistants import tools
from wasched.api.assistants.tool import Tool
from wasched.api.v1.ids import write_id
from wasched.domain.opaque_ids import Kind
from wasched.models import Scope

_NOT_THERE = "There is no such thing in the space of this key, or its accounts."
_SCOPES = ((Scope.READ,), (Scope.SEND,), (Scope.MANAGE,), tuple(Scope))


def test_every_tool_is_for_those_whom_its_rule_names(server: Server) -> None:
    assert {name: one.scope for name, one in tools.TOOLS.items()} == {
        name: Scope.READ if rule is LOOK else Scope.SEND for name, rule in TOOLS.items()
    }
    wrong, tried = set[str](), 0
    for walker in _with_keys(server.walkers):
        answers: dict[str, dict[str, str]] = {whose: {} for whose in walker.ids}
        for whose, first in walker.ids.items():
            for name, tool in tools.TOOLS.items():
                said = answers[whose][name] = _use(walker, tool, first)
                tried += 1
                if found := wrong_with(walker, TOOLS[name], said, server.watched.changes()):
                    wrong.add(f"{walker.name}: {name} {found}")
        wrong |= {
            f"{walker.name}: {name} tells foreign from unknown"
            for name in told_apart(answers["foreign"], answers["unknown"])
        }
    print(f"{tried} uses of {len(TOOLS)} tools")
    assert sorted(wrong) == []


def test_a_tool_that_would_send_does_nothing_before_it_is_confirmed(server: Server) -> None:
    manager = server.manager
    assert manager.caller is not None
    asks = replace(manager.caller, key_id=1, scopes=frozenset(Scope), confirms=True)
    shown = {}
    for name, tool in tools.TOOLS.items():
        if "confirmation" in tool.takes.model_fields:
            answer = tools.run_tool(asks, name, _arguments(tool, manager.home))
            shown[name] = bool(answer.said.get("confirmation")) or answer.said["refused"]
            assert server.watched.changes() == {}, name

    assert shown == {
        "schedule_message": True,
        "change_schedule": True,
        "take_back_message": True,
        "correct_message": True,
        "take_back_send": True,
        "correct_send": True,
        "go_on_with_send": True,
        "resume_schedule": "This has moved on meanwhile. Look again.",  # it is not paused
    }


def _with_keys(walkers: list[Walker]) -> Iterator[Walker]:
    """Everybody with keys of theirs, which ask for no confirmation; as if every role made keys."""
    for one in walkers:
        for scopes in _SCOPES if one.caller else ():
            key = {"key_id": 1, "scopes": frozenset(scopes), "confirms": False}
            name = f"{one.name}'s key ({' '.join(scopes)})"
            yield replace(one, name=name, caller=replace(one.caller, is_admin=False, **key))


def _use(walker: Walker, tool: Tool, first: int) -> str:
    assert walker.caller is not None
    return json.dumps(tools.run_tool(walker.caller, tool.name, _arguments(tool, first)).said)


def _arguments(tool: Tool, first: int) -> dict[str, Any]:
    """What a tool takes, naming things whose ids come after `first`."""
    given = {
        "schedule": write_id(Kind.SCHEDULE, first + 1),
        "message": write_id(Kind.MESSAGE, first + 1),
        "account": write_id(Kind.ACCOUNT, first + 1),
        "list": write_id(Kind.LIST, first + 1),
        "to": [write_id(Kind.PERSON, first + 1), write_id(Kind.LIST, first + 1)],
        "text": "Practice",
        "at": DUE.isoformat(),
        "scope": "all",
    }
    if tool.name.startswith(("take_back", "correct", "go_on")):
        given |= {
            "schedule": write_id(Kind.SCHEDULE, first + GONE_SCHEDULE),
            "message": write_id(Kind.MESSAGE, first + GONE_MESSAGE),
            "due": GONE.isoformat(),
        }
    return {name: value for name, value in given.items() if name in tool.takes.model_fields}
