"""Who may see what: members their own things, the owner everything."""

from typing import Any, TypeVar

from sqlalchemy import ColumnElement, func, select, true
from sqlmodel import Session, SQLModel, col

from wasched.domain.errors import NotFoundError
from wasched.models import User
from wasched.services.caller import Caller

Row = TypeVar("Row", bound=SQLModel)


def visible(owner_column: Any, user: Caller) -> ColumnElement[bool]:
    """The condition that keeps a query to what the user may see."""
    if user.is_owner:
        return true()
    condition: ColumnElement[bool] = owner_column == user.id
    return condition


def visible_among(owner_column: Any, user: Caller) -> ColumnElement[bool]:
    """The same where something else finds fewer rows: an index by owner is of no use there."""
    return visible(func.coalesce(owner_column, 0), user)


def others(session: Session, user: Caller) -> dict[int, str]:
    """Whose things beside their own the user sees: names of the other members, for the owner."""
    if not user.is_owner:
        return {}
    rows = session.execute(select(col(User.id), col(User.name)).where(col(User.id) != user.id))
    return {row[0]: row[1] for row in rows}


def fetch(session: Session, model: type[Row], row_id: int, user: Caller) -> Row:
    """The row with this id; NotFoundError if there is none or the user may not see it."""
    row = session.get(model, row_id)
    if row is None or not may_see(row, user):
        raise NotFoundError()
    return row


def may_see(row: Any, user: Caller) -> bool:
    """True for what is the user's own; the owner of the server sees everything."""
    return user.is_owner or getattr(row, "owner_id", None) == user.id


def require_owner(user: Caller) -> None:
    """NotFoundError unless the user is the owner of this server."""
    if not user.is_owner:
        raise NotFoundError()
