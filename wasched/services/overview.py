"""Home: what needs me, what runs and what goes out next."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import Session, col

from wasched.domain.message import Status
from wasched.models import Message
from wasched.services import access, accounts, messages
from wasched.services.views import Overview, SignedIn


def home(session: Session, user: SignedIn, now: datetime) -> Overview:
    """Everything the first page shows."""
    needs, total = messages.needing_me(session, user, now)
    week = messages.counts(session, user, now)
    return Overview(
        needs_me=needs,
        needs_me_count=total,
        next_rows=messages.coming_up(session, user, now),
        accounts=accounts.listed(session, user, now),
        sent_7d=week["sent"],
        delivered_7d=week["delivered"],
        failed_7d=week["failed"],
        due_today=_due_today(session, user, now),
    )


def _due_today(session: Session, user: SignedIn, now: datetime) -> int:
    tomorrow = accounts.midnight(user.zone, accounts.midnight(user.zone, now) + timedelta(hours=36))
    return (
        session.scalar(
            select(func.count()).where(
                access.visible(Message.owner_id, user),
                Message.status == Status.SCHEDULED,
                col(Message.due_at) < tomorrow,
            )
        )
        or 0
    )
