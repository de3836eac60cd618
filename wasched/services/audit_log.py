"""The audit log: who did what, when and from where. Nothing else writes it, and nothing changes it.

An entry is of a space, for its managers, or of the server, for who runs it. Of messages there is
one for each deed of a person, however many messages it is about, and never a word of them.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlmodel import Session, col

from wasched.domain.deeds import KIND_OF
from wasched.domain.reasons import Reason
from wasched.models import AuditEntry
from wasched.services.caller import Caller
from wasched.services.change_notes import AUDIT, announce, announce_to_all

KEPT = timedelta(days=365)
"""How long entries are kept."""


def record_deed(session: Session, user: Caller, what: Reason, now: datetime) -> None:
    """Write down, with the deed itself, what somebody did in the space they are in."""
    record_entry(
        session,
        what,
        now,
        user_id=user.id,
        space_id=user.space_id,
        address=user.address,
        key_name=user.key_name,
    )


def record_on_server(session: Session, user: Caller, what: Reason, now: datetime) -> None:
    """The same of what is about the server or about people, and none of a space's affairs."""
    record_entry(session, what, now, user_id=user.id, address=user.address)


def record_entry(
    session: Session,
    what: Reason,
    now: datetime,
    *,
    user_id: int | None = None,
    space_id: int | None = None,
    address: str = "",
    key_name: str = "",
) -> None:
    """The same where nobody has signed in yet; no `user_id`: the server or its shell did it."""
    session.add(
        AuditEntry(
            user_id=user_id,
            space_id=space_id,
            kind=KIND_OF[what.code],
            what=what,
            address=address,
            key_name=key_name,
            at=now,
        )
    )
    if space_id is None:
        announce_to_all(session, AUDIT, now)
    else:
        announce(session, space_id, AUDIT, now)


def prune_entries(session: Session, now: datetime, limit: int = 5000) -> int:
    """Forget entries that are older than they are kept; returns how many.

    At most `limit` go at once, so that nobody waits for it; the next call removes more.
    """
    is_old = col(AuditEntry.at) < now - KEPT
    old = session.scalars(
        select(col(AuditEntry.id)).where(is_old).order_by(col(AuditEntry.at)).limit(limit)
    ).all()
    session.execute(delete(AuditEntry).where(col(AuditEntry.id).in_(old)))
    return len(old)
