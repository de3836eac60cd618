"""Home: what needs me, what runs and what goes out next."""

from datetime import datetime

from sqlmodel import Session

from wasched.domain import wall_clock
from wasched.domain.link import LinkState
from wasched.domain.message import Status
from wasched.models import Account, Schedule
from wasched.services.accounts import accounts
from wasched.services.caller import Caller
from wasched.services.messages import (
    batches,
    due_today,
    message_actions,
    server_stopping,
    stopping,
)
from wasched.services.messages.batch_ids import BatchKey
from wasched.services.messages.filters import Filters
from wasched.services.replies import keeping, reading
from wasched.services.schedules import approvals, estimate, held_sends
from wasched.services.views import AccountCard, Batch, Dashboard, OutgoingBatch
from wasched.services.webhooks import endpoints

NEEDS_SHOWN, NEXT_SHOWN = 5, 8


def home_view(session: Session, user: Caller, now: datetime) -> Dashboard:
    """Everything the first page shows."""
    needs = Filters(tab="needs", newest_first=True)
    week = message_actions.status_counts(session, user, now)
    cards = accounts.list_accounts(session, user, now)
    able = {card.id for card in cards if _sends_by_itself(card)}
    held = held_sends.list_held(session, user, NEEDS_SHOWN)
    going = _going(session, user, able, {(one.schedule_id, one.due_at) for one in held}, now)
    begun = {(one.send.schedule_id, one.send.row.due_at) for one in going}
    coming = batches.batch_page(
        session, user, Filters(), "", now, limit=NEXT_SHOWN + len(going)
    ).sends
    return Dashboard(
        needs_me=batches.batch_page(session, user, needs, "", now, limit=NEEDS_SHOWN).sends,
        held_sends=held,
        approvals=approvals.list_approvals(session, user, now, NEEDS_SHOWN),
        needing=count_needing_me(session, user),
        going=going,
        next_sends=[one for one in coming if (one.schedule_id, one.row.due_at) not in begun],
        accounts=cards,
        sent_7d=week["sent"],
        delivered_7d=week["delivered"],
        failed_7d=week["failed"],
        due_today=due_today.by_account(session, user, [card.id for card in cards], now),
        next_going=due_today.next_send(session, user, able, now),
        stops=stopping.list_stops(session, user, now),
        whole_stop=server_stopping.whole_stop(session, user),
        webhooks_off=endpoints.count_off(session, user),
        replies_today=reading.count_since(session, user, _today(user, now)),
        is_news_of_replies=keeping.is_news_to(session, user),
    )


def count_needing_me(session: Session, user: Caller) -> int:
    """How many sends and approvals wait for this person."""
    return (
        message_actions.needing_me(session, user)
        + approvals.count_approvals(session, user)
        + held_sends.count_held(session, user)
    )


def _today(user: Caller, now: datetime) -> datetime:
    return wall_clock.midnight(now, wall_clock.zone(user.zone))


def _sends_by_itself(card: AccountCard) -> bool:
    return card.state == LinkState.CONNECTED and not card.is_stopped


def _going(
    session: Session, user: Caller, ready: set[int], waits: set[BatchKey], now: datetime
) -> list[OutgoingBatch]:
    """What has begun, through accounts that can send now; what waits for a word does not go."""
    found = batches.going_out(session, user, now)
    return [
        OutgoingBatch(one, _last_at(session, one, now))
        for one in found
        if one.row.account_id in ready and (one.schedule_id, one.row.due_at) not in waits
    ]


def _last_at(session: Session, send: Batch, now: datetime) -> datetime | None:
    """About when the last message goes, by the account's pace and limits; None for the last one."""
    account = session.get(Account, send.row.account_id)
    made = session.get(Schedule, send.schedule_id)
    if account is None or made is None or not send.tally.get(Status.SCHEDULED, 0):
        return None
    return estimate.running_until(
        session, account, send.schedule_id, made.respects_quiet_hours, now
    )
