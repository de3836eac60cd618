"""Who may do what: one table of rules, and what keeps a query to them."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, select, true
from sqlmodel import Session, SQLModel, col

from wasched.db import hints
from wasched.domain.errors import NotFoundError
from wasched.models import Role, User
from wasched.services.caller import Caller

Row = TypeVar("Row", bound=SQLModel)


class Action(StrEnum):
    """What somebody may want to do, with a row or with the server."""

    USE = "use"  # see and change: accounts, schedules, messages, people, lists, templates
    OPEN_PRIVATE = "open_private"  # the same with unfinished messages, files, uploads and imports
    RUN_SERVER = "run_server"  # settings for all, the log, who may sign in; about no row


def may(caller: Caller, action: Action, row: Any = None) -> bool:
    """True if the caller may do this, with the row where it is about one."""
    return _RULES[action](caller, getattr(row, "owner_id", None))


def _runs_server(caller: Caller, _owner_id: int | None = None) -> bool:
    return caller.role == Role.OWNER


def _is_own(caller: Caller, owner_id: int | None) -> bool:
    return owner_id == caller.id


_RULES: dict[Action, Callable[[Caller, int | None], bool]] = {
    Action.USE: lambda caller, owner_id: _is_own(caller, owner_id) or _runs_server(caller),
    Action.OPEN_PRIVATE: _is_own,  # not even the server's owner takes part in it
    Action.RUN_SERVER: _runs_server,
}


def require(caller: Caller, action: Action) -> None:
    """NotFoundError unless the caller may do this."""
    if not may(caller, action):
        raise NotFoundError()


def fetch_own(
    session: Session, model: type[Row], key: int | str, user: Caller, action: Action = Action.USE
) -> Row:
    """The row with this key; NotFoundError if there is none, or not for this caller."""
    row = session.get(model, key)
    if row is None or not may(user, action, row):
        raise NotFoundError()
    return row


def visible_to(owner_column: Any, user: Caller) -> ColumnElement[bool]:
    """The condition that keeps a query to what the user may use."""
    if _runs_server(user):
        return true()
    condition: ColumnElement[bool] = owner_column == user.id
    return condition


def visible_among(owner_column: Any, user: Caller) -> ColumnElement[bool]:
    """The same where something else finds fewer rows: an index by owner is of no use there."""
    return visible_to(hints.off_index(owner_column, 0), user)


def other_owners(session: Session, user: Caller) -> dict[int, str]:
    """Whose things beside their own the user sees: names of the other members, for the owner."""
    if not _runs_server(user):
        return {}
    rows = session.execute(select(col(User.id), col(User.name)).where(col(User.id) != user.id))
    return {row[0]: row[1] for row in rows}
