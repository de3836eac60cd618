"""Home: what needs me, what runs and what goes out next."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import Session, col

from wasched.domain.message import Status
from wasched.models import Account, Message, Schedule
from wasched.services import access, accounts, messages, outlook, sends
from wasched.services.filters import Filters
from wasched.services.views import Going, Overview, Send, SignedIn

NEEDS_SHOWN, NEXT_SHOWN = 5, 8


def home(session: Session, user: SignedIn, now: datetime) -> Overview:
    """Everything the first page shows."""
    needs = Filters(tab="needs", newest_first=True)
    week = messages.counts(session, user, now)
    cards = accounts.listed(session, user, now)
    going = _going(session, user, {card.id for card in cards if card.state == "connected"}, now)
    begun = {(one.send.schedule_id, one.send.row.due_at) for one in going}
    coming = sends.page(session, user, Filters(), "", now, limit=NEXT_SHOWN + len(going)).sends
    return Overview(
        needs_me=sends.page(session, user, needs, "", now, limit=NEEDS_SHOWN).sends,
        needs_me_count=messages.needing_me(session, user),
        going=going,
        next_sends=[one for one in coming if (one.schedule_id, one.row.due_at) not in begun],
        accounts=cards,
        sent_7d=week["sent"],
        delivered_7d=week["delivered"],
        failed_7d=week["failed"],
        due_today=_due_today(session, user, now),
    )


def _going(session: Session, user: SignedIn, ready: set[int], now: datetime) -> list[Going]:
    """What has begun, through accounts that can send now."""
    found = sends.going_out(session, user, now)
    return [Going(one, _last_at(session, one, now)) for one in found if one.row.account_id in ready]


def _last_at(session: Session, send: Send, now: datetime) -> datetime | None:
    """About when the last message goes, by the account's pace and limits; None for the last one."""
    account = session.get(Account, send.row.account_id)
    made = session.get(Schedule, send.schedule_id)
    if account is None or made is None or not send.tally.get(Status.SCHEDULED, 0):
        return None
    return outlook.running(session, account, send.schedule_id, made.respects_quiet_hours, now)


def _due_today(session: Session, user: SignedIn, now: datetime) -> int:
    tomorrow = accounts.midnight(user.zone, accounts.midnight(user.zone, now) + timedelta(hours=36))
    return (
        session.scalar(
            select(func.count()).where(
                access.visible_among(Message.owner_id, user),
                Message.status == Status.SCHEDULED,
                col(Message.due_at) < tomorrow,
            )
        )
        or 0
    )
