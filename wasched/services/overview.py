"""Home: what needs me, what runs and what goes out next."""

from datetime import datetime

from sqlmodel import Session

from wasched.domain.link import LinkState
from wasched.domain.message import Status
from wasched.models import Account, Schedule
from wasched.services import accounts, due_today, messages, outlook, sends, stopping
from wasched.services.filters import Filters
from wasched.services.views import AccountCard, Going, Overview, Send, SignedIn

NEEDS_SHOWN, NEXT_SHOWN = 5, 8


def home(session: Session, user: SignedIn, now: datetime) -> Overview:
    """Everything the first page shows."""
    needs = Filters(tab="needs", newest_first=True)
    week = messages.counts(session, user, now)
    cards = accounts.listed(session, user, now)
    able = {card.id for card in cards if _sends_by_itself(card)}
    going = _going(session, user, able, now)
    begun = {(one.send.schedule_id, one.send.row.due_at) for one in going}
    coming = sends.page(session, user, Filters(), "", now, limit=NEXT_SHOWN + len(going)).sends
    return Overview(
        needs_me=sends.page(session, user, needs, "", now, limit=NEEDS_SHOWN).sends,
        needing=messages.needing_me(session, user),
        going=going,
        next_sends=[one for one in coming if (one.schedule_id, one.row.due_at) not in begun],
        accounts=cards,
        sent_7d=week["sent"],
        delivered_7d=week["delivered"],
        failed_7d=week["failed"],
        due_today=due_today.by_account(session, user, [card.id for card in cards], now),
        next_going=due_today.next_send(session, user, able, now),
        stops=stopping.stops(session, user, now),
    )


def _sends_by_itself(card: AccountCard) -> bool:
    return card.state == LinkState.CONNECTED and not card.is_stopped


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
