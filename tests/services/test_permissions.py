"""Who may do what: every action by everybody, and no rule of its own anywhere else."""

import ast
from pathlib import Path

import pytest

from wasched.domain.errors import NotFoundError, RoleError
from wasched.models import KeptDraft, Role
from wasched.services import permissions
from wasched.services.caller import Caller
from wasched.services.permissions import Action

PACKAGE = Path(permissions.__file__).resolve().parent.parent


def _caller(number: int, name: str, role: Role, space_id: int, **more: bool) -> Caller:
    return Caller(number, name, f"{number}@example.org", role, "UTC", space_id, **more)


SPACE = 1_001
WRITER = _caller(1, "who wrote it", Role.EDITOR, SPACE)
MANAGER = _caller(2, "a manager", Role.MANAGER, SPACE)
EDITOR = _caller(3, "an editor", Role.EDITOR, SPACE)
VIEWER = _caller(4, "a viewer", Role.VIEWER, SPACE)
AUTHOR = _caller(5, "an author", Role.AUTHOR, SPACE)
ELSEWHERE = _caller(1, "who wrote it, in another space", Role.MANAGER, 1_002)
ADMIN = _caller(6, "who runs the server", Role.MANAGER, 1_003, is_admin=True)
EVERYBODY = (WRITER, MANAGER, EDITOR, AUTHOR, VIEWER, ELSEWHERE, ADMIN)

YES, NO, UNSEEN = None, RoleError, NotFoundError
MAY = {
    Action.LOOK: (YES, YES, YES, YES, YES, UNSEEN, UNSEEN),
    Action.READ_REPLIES: (YES, YES, YES, YES, NO, UNSEEN, UNSEEN),
    Action.WRITE: (YES, YES, YES, YES, NO, UNSEEN, UNSEEN),
    Action.APPROVE: (YES, YES, YES, NO, NO, UNSEEN, UNSEEN),
    Action.STOP: (YES, YES, YES, NO, NO, UNSEEN, UNSEEN),
    Action.MANAGE: (NO, YES, NO, NO, NO, UNSEEN, UNSEEN),
    Action.OPEN_PRIVATE: (YES, UNSEEN, UNSEEN, UNSEEN, UNSEEN, UNSEEN, UNSEEN),
    Action.UPLOAD: (YES, UNSEEN, UNSEEN, UNSEEN, UNSEEN, UNSEEN, UNSEEN),
    Action.RUN_SERVER: (UNSEEN, UNSEEN, UNSEEN, UNSEEN, UNSEEN, UNSEEN, YES),
}
CASES = [
    pytest.param(action, who, answer, id=f"{action}-{who.name}")
    for action, answers in MAY.items()
    for who, answer in zip(EVERYBODY, answers, strict=True)
]


def test_the_table_is_about_every_action() -> None:
    assert set(MAY) == set(Action)


@pytest.mark.parametrize(("action", "who", "answer"), CASES)
def test_each_action_is_for_those_whom_the_table_names(
    action: Action, who: Caller, answer: type[Exception] | None
) -> None:
    """What belongs to another space is not there; what a role is too low for is refused."""
    row = KeptDraft(user_id=WRITER.id, space_id=SPACE)

    assert permissions.may(who, action, row) is (answer is None)
    if answer is not None:
        with pytest.raises(answer):
            permissions.require(who, action, row)


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
    ["if row.space_id != user.space_id: raise X", "mine = caller.space_id == row.space_id",
     "if user.role == Role.MANAGER: pass", "if self.user.role != 'manager': pass",
     "if caller.is_admin: pass"],
)  # fmt: skip
def test_one_who_does_is_found(planted: str) -> None:
    assert _rules_in(planted)


def _rules_in(source: str) -> list[str]:
    """Comparisons of whose a row is, or of a caller's role; queries compare columns."""
    tree = ast.parse(source)
    compared = [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        for sides in [{_said(node.left), *map(_said, node.comparators)}]
        if {"row.space_id", "caller.space_id"} <= sides or "caller.role" in sides
    ]
    asked = [
        ast.unparse(node.test)
        for node in ast.walk(tree)
        if isinstance(node, ast.If | ast.IfExp) and _said(node.test) == "caller.is_admin"
    ]
    return compared + asked


def _said(node: ast.expr) -> str:
    """An attribute, whatever the caller and the row are called; columns are of classes."""
    if not isinstance(node, ast.Attribute):
        return ""
    of = ast.unparse(node.value).rpartition(".")[2]
    if of in ("user", "caller", "admin") and node.attr in ("role", "space_id", "is_admin"):
        return f"caller.{node.attr}"
    return "row.space_id" if node.attr == "space_id" and of.islower() else ""
