"""What waits for somebody, and what comes next, in each of the spaces that they belong to."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.models import Membership, Space
from wasched.services.accounts import accounts
from wasched.services.caller import Caller
from wasched.services.messages import batches, dashboard
from wasched.services.messages.dashboard import NEEDS_SHOWN, NEXT_SHOWN
from wasched.services.messages.filters import Filters
from wasched.services.replies import keeping
from wasched.services.schedules import approvals, held_sends
from wasched.services.views import AccountCard, Batch, HeldSend, ScheduleLine
from wasched.services.webhooks import endpoints


@dataclass(frozen=True)
class SpaceGlance:
    """One space of somebody's: the first of what needs them there, and of what is to come."""

    id: int
    name: str
    needing: int
    needs_me: list[Batch]
    held_sends: list[HeldSend]
    approvals: list[ScheduleLine]
    accounts: list[AccountCard]
    next_sends: list[Batch]
    webhooks_off: int  # for who manages them
    is_news_of_replies: bool = False  # for a manager who has not read that they are kept


def glance_at_all(session: Session, user: Caller, now: datetime) -> list[SpaceGlance]:
    """All spaces that the user belongs to, by when they joined; each is asked by itself."""
    rows = session.execute(
        select(Space.name, Membership.space_id, Membership.role)
        .join(Space, col(Space.id) == Membership.space_id)
        .where(Membership.user_id == user.id)
        .order_by(col(Membership.joined_at), col(Membership.space_id))
    ).all()
    return [
        _glance(session, replace(user, space_id=space_id, role=role), name, now)
        for name, space_id, role in rows
    ]


def _glance(session: Session, there: Caller, name: str, now: datetime) -> SpaceGlance:
    needs = Filters(tab="needs", newest_first=True)
    return SpaceGlance(
        id=there.space_id,
        name=name,
        needing=dashboard.count_needing_me(session, there),
        needs_me=batches.batch_page(session, there, needs, "", now, limit=NEEDS_SHOWN).sends,
        held_sends=held_sends.list_held(session, there, NEEDS_SHOWN),
        approvals=approvals.list_approvals(session, there, now, NEEDS_SHOWN),
        accounts=accounts.list_accounts(session, there, now),
        next_sends=batches.batch_page(session, there, Filters(), "", now, limit=NEXT_SHOWN).sends,
        webhooks_off=endpoints.count_off(session, there),
        is_news_of_replies=keeping.is_news_to(session, there),
    )
