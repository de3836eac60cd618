"""Who may do what: one table of rules, and what keeps a query to a space."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, SQLModel, col

from wasched.db import hints
from wasched.domain.errors import NotFoundError, RoleError, ScopeError
from wasched.models import Account, Role, Scope
from wasched.services.caller import Caller

Row = TypeVar("Row", bound=SQLModel)


class Action(StrEnum):
    """What somebody may want to do, with a row, in their space, or with the server."""

    LOOK = "look"  # see what is in the space, and export it
    READ_REPLIES = "read_replies"  # what people wrote back; viewers only where the space says so
    WRITE = "write"  # messages and schedules, people, lists, templates
    APPROVE = "approve"  # let out what an author wrote; what one writes oneself needs no approval
    STOP = "stop"  # let an account send nothing, and go on
    MANAGE = "manage"  # who belongs to the space, and its accounts
    OPEN_PRIVATE = "open_private"  # what somebody has begun to write
    UPLOAD = "upload"  # a file on its way in, of who sends it
    RUN_SERVER = "run_server"  # settings and stop for all, logs, who may sign in; about no row


ALL = frozenset(Action)
_EVERY_ROLE = frozenset(Role)
_WRITERS = frozenset({Role.MANAGER, Role.EDITOR, Role.AUTHOR})
_EDITORS = frozenset({Role.MANAGER, Role.EDITOR})
_ROLES: dict[Action, frozenset[Role]] = {
    Action.LOOK: _EVERY_ROLE,
    Action.READ_REPLIES: _WRITERS,
    Action.WRITE: _WRITERS,
    Action.APPROVE: _EDITORS,
    Action.STOP: _EDITORS,
    Action.MANAGE: frozenset({Role.MANAGER}),
    Action.OPEN_PRIVATE: _WRITERS,
    Action.UPLOAD: _WRITERS,
    Action.RUN_SERVER: _EVERY_ROLE,
}
"""The roles that may do it in a space."""

_SCOPES: dict[Action, frozenset[Scope]] = {
    # What is written names whom it goes to and through what, so a deed looks at these as well.
    Action.LOOK: frozenset(Scope),
    Action.READ_REPLIES: frozenset({Scope.READ}),
    Action.WRITE: frozenset({Scope.SEND}),
    Action.APPROVE: frozenset({Scope.SEND}),  # what an editor's key writes waits for nobody
    Action.STOP: frozenset({Scope.SEND}),
    Action.MANAGE: frozenset({Scope.MANAGE}),
    Action.OPEN_PRIVATE: frozenset(),
    Action.UPLOAD: frozenset({Scope.SEND}),
    Action.RUN_SERVER: frozenset(),
}
"""The scopes by which a key may do it, as far as the role of who made it may."""


def _is_in_space(caller: Caller, row: Any) -> bool:
    return row is None or (row.space_id == caller.space_id and _is_of_accounts(caller, row))


def _is_of_accounts(caller: Caller, row: Any) -> bool:
    """True unless the caller's key is for other accounts than the row's."""
    if caller.account_ids is None:
        return True
    account_id = row.id if isinstance(row, Account) else getattr(row, "account_id", None)
    return account_id is None or account_id in caller.account_ids


def _is_own(caller: Caller, row: Any) -> bool:
    return _is_in_space(caller, row) and (row is None or row.user_id == caller.id)


def _runs_server(caller: Caller, _row: Any) -> bool:
    return caller.is_admin


_REACH: dict[Action, Callable[[Caller, Any], bool]] = {
    Action.OPEN_PRIVATE: _is_own,  # not even a manager takes part in it
    Action.UPLOAD: _is_own,
    Action.RUN_SERVER: _runs_server,
}
"""Whom a row is there for at all, where that is not everybody in its space."""


def may(caller: Caller, action: Action, row: Any = None) -> bool:
    """True if the caller may do this, with the row where it is about one."""
    has_role = _is_there(caller, action, row) and _has_role(caller, action)
    return has_role and (caller.scopes is None or not _SCOPES[action].isdisjoint(caller.scopes))


def allowed_to(caller: Caller) -> frozenset[Action]:
    """All that the caller may do where they are, so that a page offers nothing else."""
    return frozenset(action for action in Action if may(caller, action))


def require(caller: Caller, action: Action, row: Any = None) -> None:
    """NotFoundError if there is no such thing for the caller, RoleError if their role is too low.

    What belongs to others is answered like what does not exist. ScopeError where it is not the
    role, but the scopes of the key.
    """
    if not _is_there(caller, action, row):
        raise NotFoundError()
    if not may(caller, action, row):
        raise ScopeError(_SCOPES[action]) if _has_role(caller, action) else RoleError()


def require_scope(caller: Caller, scope: Scope) -> None:
    """ScopeError for a key without the scope: what a program only asks about is for `read`."""
    if caller.scopes is not None and scope not in caller.scopes:
        raise ScopeError({scope})


def fetch_own(
    session: Session, model: type[Row], key: int | str, user: Caller, action: Action
) -> Row:
    """The row with this key; NotFoundError if there is none in the caller's space, else RoleError.

    Whoever only shows it says LOOK.
    """
    row = session.get(model, key)
    if row is None:
        raise NotFoundError()
    require(user, action, row)
    return row


def visible_to(space_column: Any, user: Caller) -> ColumnElement[bool]:
    """The condition that keeps a query to the space that the user is in, and a key's accounts."""
    return _kept_to(space_column, space_column, user)


def visible_among(space_column: Any, user: Caller) -> ColumnElement[bool]:
    """The same where something else finds fewer rows: an index by space is of no use there."""
    return _kept_to(space_column, hints.off_index(space_column, 0), user)


def _kept_to(space_column: Any, written: Any, user: Caller) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = written == user.space_id
    table = space_column.class_
    account = table.id if table is Account else getattr(table, "account_id", None)
    if user.account_ids is None or account is None:
        return condition
    return and_(condition, col(account).in_(sorted(user.account_ids)))


def _is_there(caller: Caller, action: Action, row: Any) -> bool:
    return _REACH.get(action, _is_in_space)(caller, row)


def _has_role(caller: Caller, action: Action) -> bool:
    if action is Action.READ_REPLIES and caller.viewers_see_replies:
        return True
    return caller.role in _ROLES[action]
