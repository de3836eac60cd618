"""For how long a space keeps replies, who may read them there, and forgetting the old ones."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlmodel import Session, col

from wasched.domain.errors import InputError
from wasched.domain.reasons import Code, because
from wasched.domain.reply import KEPT_DAYS_MAX
from wasched.domain.typed import read_number
from wasched.models import Account, Membership, Reply, Space
from wasched.services import permissions
from wasched.services.audit_log import record_deed
from wasched.services.caller import Caller
from wasched.services.change_notes import PEOPLE, REPLIES, announce
from wasched.services.permissions import Action


@dataclass(frozen=True)
class ReplySettings:
    """For how many days replies are kept, 0 for not at all, and whether viewers read them.

    `is_news`: the reader has not been told yet that they are kept.
    """

    days: int
    for_viewers: bool
    is_news: bool = False


def reply_settings(session: Session, user: Caller) -> ReplySettings:
    """What holds in the user's space."""
    space = session.get_one(Space, user.space_id)
    return ReplySettings(
        space.keeps_replies_days, space.viewers_see_replies, is_news_to(session, user)
    )


def choose_keeping(
    session: Session, user: Caller, typed_days: str, for_viewers: bool, now: datetime
) -> int:
    """Set for how many days replies are kept, and whether viewers read them; returns the days.

    What is older goes at once. InputError if it is no number of days.
    """
    permissions.require(user, Action.MANAGE)
    days = read_number(typed_days.strip())
    if days is None or days > KEPT_DAYS_MAX:
        sentence = f"Give a whole number of days, at most {KEPT_DAYS_MAX:,}; 0 keeps no replies."
        raise InputError("replies_days", sentence)
    space = session.get_one(Space, user.space_id)
    space.keeps_replies_days, space.viewers_see_replies = days, for_viewers
    session.add(space)
    hear_of_replies(session, user, now)
    prune_space(session, user.space_id, days, now)
    kept = because(Code.KEEPS_REPLIES, days=days, viewers=int(for_viewers))
    record_deed(session, user, kept, now)
    announce(session, user.space_id, REPLIES, now)
    return days


def accounts_with_replies(session: Session) -> set[int]:
    """The accounts whose spaces keep replies."""
    rows = session.scalars(
        select(col(Account.id))
        .join(Space, col(Space.id) == Account.space_id)
        .where(col(Space.keeps_replies_days) > 0)
    )
    return {one for one in rows if one is not None}


def is_news_to(session: Session, user: Caller) -> bool:
    """True for a manager who has not been told yet that replies are kept since an upgrade."""
    if not permissions.may(user, Action.MANAGE):
        return False
    member = session.get(Membership, (user.id, user.space_id))
    return member is not None and member.to_hear_of_replies


def hear_of_replies(session: Session, user: Caller, now: datetime) -> None:
    """The user has read that replies are kept, and is not told again."""
    if is_news_to(session, user):
        member = session.get_one(Membership, (user.id, user.space_id))
        member.to_hear_of_replies = False
        session.add(member)
        announce(session, user.space_id, PEOPLE, now)


def prune_replies(session: Session, now: datetime, limit: int = 5000) -> int:
    """Forget what is older than its space keeps it; returns how many went.

    At most `limit` of a space go at once, so that nobody waits for it; the next call removes more.
    """
    spaces = session.execute(select(col(Space.id), col(Space.keeps_replies_days))).all()
    return sum(prune_space(session, space_id, days, now, limit) for space_id, days in spaces)


def prune_space(
    session: Session, space_id: int, days: int, now: datetime, limit: int | None = None
) -> int:
    """Forget what a space has kept for longer than so many days; returns how many went."""
    old = select(col(Reply.id)).where(
        col(Reply.space_id) == space_id, col(Reply.at) <= now - timedelta(days=days)
    )
    ids = session.scalars(old.order_by(col(Reply.at), col(Reply.id)).limit(limit))
    gone = delete(Reply).where(col(Reply.id).in_(list(ids)))
    return session.connection().execute(gone).rowcount
