"""Versions of what people edit: who saves over a change they have not seen is told so first."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Protocol, TypeVar

from sqlmodel import Session

from wasched.domain.errors import ChangedError
from wasched.domain.reasons import Code, Reason, because
from wasched.models import Recipient, RecipientList, Schedule, Template, User
from wasched.services import permissions
from wasched.services.caller import Caller
from wasched.services.permissions import Action


class Edited(Protocol):
    """A row that several people may edit."""

    version: int
    changed_by_id: int | None
    changed_at: Any  # an instant; None where a row may never have been changed


Row = TypeVar("Row", Recipient, RecipientList, Schedule, Template)


def count_edit(row: Edited, user: Caller, now: datetime) -> None:
    """Note that a person changed a row, or what belongs to it."""
    row.version += 1
    row.changed_by_id, row.changed_at = user.id, now


def check_version(
    session: Session, user: Caller, row: Edited, if_version: int | None, *, is_gone: bool = False
) -> None:
    """ChangedError unless a row is as the caller has seen it; None: however it is.

    What `is_gone` nobody has seen so.
    """
    if is_gone or if_version not in (None, row.version):
        raise ChangedError(_who_changed(session, user, row, is_gone), row.version, is_gone=is_gone)


def require_version(
    session: Session,
    user: Caller,
    model: type[Row],
    row_id: int,
    seen: Collection[int] | None,
) -> None:
    """ChangedError unless a row is of a version that the caller has seen; None: however it is.

    NotFoundError or RoleError to who may not change it.
    """
    row = permissions.fetch_own(session, model, row_id, user, Action.WRITE)
    if seen is not None and row.version not in seen:
        raise ChangedError(_who_changed(session, user, row, is_gone=False), row.version)


def _who_changed(session: Session, user: Caller, row: Edited, is_gone: bool) -> Reason:
    """Who it was, and when."""
    changer = session.get(User, row.changed_by_id or 0)
    if changer is None or row.changed_at is None:
        return Reason(Code.GONE_MEANWHILE if is_gone else Code.CHANGED_MEANWHILE)
    if changer.id == user.id:
        return because(Code.GONE_BY_YOU if is_gone else Code.CHANGED_BY_YOU, at=row.changed_at)
    code = Code.GONE_BY if is_gone else Code.CHANGED_BY
    return because(code, user=changer.name, at=row.changed_at)
