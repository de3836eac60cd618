"""Every icon is one of Lucide's: a wrong name would silently become another icon."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from reflex_components_lucide.icon import LUCIDE_ICON_LIST

import wasched.ui
from wasched.domain.link import LinkState
from wasched.domain.message import Status
from wasched.ui.core.statuses import LINK_STATES, MESSAGE_STATUSES
from wasched.ui.messages.timeline import STEP_ICONS

UI = Path(wasched.ui.__file__).parent


def named_icons() -> Iterator[str]:
    """Every name given to icon(), and every name in the tables of icons."""
    for path in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "icon":
                yield from (one.value for one in node.args[:1] if isinstance(one, ast.Constant))
    for table in (MESSAGE_STATUSES, LINK_STATES):
        yield from (look[0] for look in table.values())
    yield from STEP_ICONS.values()


@pytest.mark.parametrize("name", sorted(set(named_icons())))
def test_an_icon_is_in_lucides_list(name: str) -> None:
    assert name in LUCIDE_ICON_LIST


def test_every_status_and_every_link_state_has_a_word() -> None:
    assert set(Status) <= set(MESSAGE_STATUSES)
    assert set(LinkState) <= set(LINK_STATES)
