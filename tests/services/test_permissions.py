"""Who may do what: every action by everybody, and no rule of its own anywhere else."""

import ast
from pathlib import Path

import pytest

from wasched.domain.errors import NotFoundError
from wasched.models import Template
from wasched.services import permissions
from wasched.services.caller import Caller
from wasched.services.permissions import Action

PACKAGE = Path(permissions.__file__).resolve().parent.parent

# The owner of the server, the member whose the row is, and another member.
MAY = {
    Action.USE: (True, True, False),
    Action.OPEN_PRIVATE: (False, True, False),
    Action.RUN_SERVER: (True, False, False),
}
EVERYBODY = [
    Caller(number, name, f"{name}@example.org", role, "UTC")
    for number, (name, role) in enumerate(
        [("owner", "owner"), ("whose it is", "member"), ("another", "member")], start=1
    )
]


@pytest.mark.parametrize("action", Action)
def test_each_action_is_for_those_whom_the_table_names(action: Action) -> None:
    row = Template(owner_id=EVERYBODY[1].id)

    assert tuple(permissions.may(one, action, row) for one in EVERYBODY) == MAY[action]


@pytest.mark.parametrize("caller", EVERYBODY[1:], ids=lambda one: one.name)
def test_what_somebody_may_not_is_said_not_to_be_there(caller: Caller) -> None:
    with pytest.raises(NotFoundError):
        permissions.require(caller, Action.RUN_SERVER)


def test_nobody_else_decides_who_may_do_what() -> None:
    found = {
        f"{path.relative_to(PACKAGE)}: {rule}"
        for path in PACKAGE.rglob("*.py")
        if path.name != "permissions.py"
        for rule in _rules_in(path.read_text())
    }
    assert found == set()


@pytest.mark.parametrize(
    "planted",
    ["if row.owner_id != user.id: raise X", "mine = caller.id == row.owner_id",
     "if user.role == Role.OWNER: pass", "if self.user.role != 'owner': pass"],
)  # fmt: skip
def test_one_who_does_is_found(planted: str) -> None:
    assert _rules_in(planted)


def _rules_in(source: str) -> list[str]:
    """Comparisons of whose a row is, or of a caller's role; queries compare columns."""
    return [
        ast.unparse(node)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Compare)
        for sides in [{_said(node.left), *map(_said, node.comparators)}]
        if {"row.owner_id", "caller.id"} <= sides or "caller.role" in sides
    ]


def _said(node: ast.expr) -> str:
    """An attribute, whatever the caller and the row are called; columns are of classes."""
    if not isinstance(node, ast.Attribute):
        return ""
    of = ast.unparse(node.value).rpartition(".")[2]
    if node.attr == "owner_id":
        return "row.owner_id" if of.islower() else ""
    return f"caller.{node.attr}" if of in ("user", "caller") else ""
