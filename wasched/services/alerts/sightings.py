"""What is wrong now, as far as the database shows it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import Session, col

from wasched.db import hints
from wasched.domain.incidents import IncidentKind, Sighting
from wasched.domain.link import LinkState
from wasched.domain.message import Status
from wasched.domain.reasons import Code, Reason, because
from wasched.models import (
    Account,
    Approval,
    Message,
    Schedule,
    ScheduleStatus,
    SendHold,
    Space,
    User,
    Webhook,
    WebhookState,
)
from wasched.services.accounts import link_status
from wasched.services.delivery import send_holds
from wasched.services.messages import message_rows
from wasched.services.server import kept_back_ups
from wasched.services.server.health_views import HealthTrouble

PHONE_STAYS_AWAY = timedelta(days=10)
"""WhatsApp ends the links of a phone that was away for 14 days."""

BACK_UP_LASTS = timedelta(days=8)
"""A back-up a week is fresh enough, with a day to spare."""

_HOUR, _DAYS = timedelta(hours=1), timedelta(days=3)
_ENDED = (LinkState.LOGGED_OUT, LinkState.REPLACED, LinkState.OUTDATED, LinkState.NEEDS_PASSKEY)
_AWAY = (LinkState.RECONNECTING, LinkState.CONNECTING, LinkState.ERROR)
_PARTS = {
    "database": IncidentKind.STORAGE,
    "storage": IncidentKind.STORAGE,
    "links": IncidentKind.STORAGE,
    "queue": IncidentKind.QUEUE,
    "clock": IncidentKind.CLOCK,
    "sending": IncidentKind.SENDING,
}


def all_sightings(session: Session, now: datetime) -> list[Sighting]:
    """Everything that concerns accounts, messages, spaces and back-ups."""
    return [
        *_of_accounts(session, now),
        *_of_messages(session, now),
        *_of_approvals(session, now),
        *_of_held_sends(session),
        *_of_webhooks(session, now),
        *_of_back_ups(session, now),
    ]


def server_sightings(troubles: Iterable[HealthTrouble], now: datetime) -> list[Sighting]:
    """What a process finds wrong with its server, one of each kind; a silent worker is no part."""
    found: dict[IncidentKind, Sighting] = {}
    for one in troubles:
        if kind := _PARTS.get(one.part):
            what = because(Code.TROUBLE, text=one.sentence)
            found.setdefault(kind, _of_server(kind, what, now))
    return list(found.values())


def silent_part(kind: IncidentKind, now: datetime) -> Sighting:
    """That the other process does not report: WORKER_SILENT or SERVER_SILENT."""
    is_worker = kind is IncidentKind.WORKER_SILENT
    return _of_server(kind, Reason(Code.WORKER_SILENT if is_worker else Code.SERVER_SILENT), now)


def disk_sighting(free: int, whole: int, now: datetime) -> Sighting | None:
    """That the disk with the data is nearly full: a gigabyte is left, or a tenth of a small one."""
    bound = min(10**9, whole // 10)
    if free >= bound * 1.2:
        return None
    what = because(Code.DISK_LOW, megabytes=free // 10**6)
    return _of_server(IncidentKind.DISK_LOW, what, now, begins=free < bound)


def _of_server(kind: IncidentKind, what: Reason, now: datetime, *, begins: bool = True) -> Sighting:
    return Sighting(kind, "", None, what, now, begins)


def _of_accounts(session: Session, now: datetime) -> Iterator[Sighting]:
    """What Home says of accounts, stopped ones left out; and phones that are not heard of."""
    rows = session.scalars(
        select(Account).where(col(Account.removed_at).is_(None), col(Account.paused_at).is_(None))
    )
    for one in rows:
        if found := _of_link(one, now):
            yield found
        elif one.state == LinkState.CONNECTED and (silent := _of_phone(one, now)):
            yield silent


def _of_link(account: Account, now: datetime) -> Sighting | None:
    held = because(
        Code.ACCOUNT_HELD,
        account=account.name,
        held=str(link_status.standing(account, 0, now)),
    )
    if account.state in _ENDED:
        return _of_account(IncidentKind.LINK_ENDED, account, held, account.state_since)
    if account.state == LinkState.BANNED:
        return _of_account(IncidentKind.RESTRICTED, account, held, account.state_since)
    if account.state not in _AWAY:
        return None
    since = account.state_since
    if not account.state_detail:
        held = because(Code.NO_CONNECTION_SINCE, account=account.name, at=since)
    begins = now - since >= link_status.LONG
    return _of_account(IncidentKind.LINK_LOST, account, held, since, begins=begins)


def _of_phone(account: Account, now: datetime) -> Sighting | None:
    """That it was not heard of, and no more: nobody tells linked devices how it is."""
    heard = max((one for one in (account.linked_at, account.heard_at) if one), default=None)
    if heard is None or now - heard < PHONE_STAYS_AWAY:
        return None
    what = because(Code.PHONE_NOT_HEARD, account=account.name, at=heard)
    return _of_account(IncidentKind.PHONE_SILENT, account, what, heard)


def _of_account(
    kind: IncidentKind, account: Account, what: Reason, since: datetime, *, begins: bool = True
) -> Sighting:
    return Sighting(kind, str(account.id), account.space_id, what, since, begins)


def _of_messages(session: Session, now: datetime) -> Iterator[Sighting]:
    """How many of each account went wrong within the hour, and nobody has dealt with yet."""
    went_by = col(Message.status) == Status.MISSED
    rows = session.execute(
        select(col(Message.account_id), went_by, func.count(), func.min(col(Message.settled_at)))
        .where(
            message_rows.needs_a_person(),
            col(Message.due_at) > now - _DAYS,
            col(Message.settled_at) > now - _HOUR,
        )
        .group_by(col(Message.account_id), went_by)
    ).all()
    accounts = {one.id: one for one in _accounts(session, {row[0] for row in rows})}
    for account_id, is_missed, count, since in rows:
        account = accounts[account_id]
        code = Code.WERE_MISSED if is_missed else Code.WERE_FAILED
        kind = IncidentKind.MISSED if is_missed else IncidentKind.FAILED
        what = because(code, account=account.name, count=count)
        yield _of_account(kind, account, what, since)


def _accounts(session: Session, ids: set[int]) -> Sequence[Account]:
    return session.scalars(select(Account).where(col(Account.id).in_(ids))).all() if ids else []


def _of_approvals(session: Session, now: datetime) -> Iterator[Sighting]:
    waits = (
        col(Schedule.approval) != hints.written_empty_text(),
        col(Schedule.approval) == Approval.WAITING,
        col(Schedule.status) != ScheduleStatus.CANCELLED,
        col(Schedule.next_at).is_not(None),
    )
    rows = session.execute(
        select(
            col(Schedule.space_id), col(Space.name), func.count(), func.min(col(Schedule.asked_at))
        )
        .join(Space, col(Space.id) == Schedule.space_id)
        .where(*waits)
        .group_by(col(Schedule.space_id), col(Space.name))
    )
    for space_id, name, count, since in rows:
        what = because(Code.WAIT_FOR_WORD, space=name, count=count)
        yield Sighting(IncidentKind.APPROVAL, str(space_id), space_id, what, since or now)


def _of_held_sends(session: Session) -> Iterator[Sighting]:
    """That sends of an account stopped themselves, and something of them waits."""
    rows = session.execute(
        select(Account, func.count(col(Message.id)), func.min(col(SendHold.held_at)))
        .select_from(SendHold)
        .join(Schedule, col(Schedule.id) == SendHold.schedule_id)
        .join(Account, col(Account.id) == Schedule.account_id)
        .join(
            Message,
            (col(Message.schedule_id) == SendHold.schedule_id)
            & (col(Message.occurrence_at) == SendHold.occurrence_at),
        )
        .where(send_holds.is_open(), col(Message.status) == Status.SCHEDULED)
        .group_by(col(Account.id))
    )
    for account, count, since in rows:
        what = because(Code.SENDS_STOPPED, account=account.name, count=count)
        yield _of_account(IncidentKind.SEND_HELD, account, what, since)


def _of_webhooks(session: Session, now: datetime) -> Iterator[Sighting]:
    rows = session.execute(
        select(
            col(Webhook.space_id), col(Space.name), func.count(), func.min(col(Webhook.state_since))
        )
        .join(Space, col(Space.id) == Webhook.space_id)
        .where(col(Webhook.state).in_((WebhookState.OFF, WebhookState.GONE)))
        .group_by(col(Webhook.space_id), col(Space.name))
    )
    for space_id, name, count, since in rows:
        what = because(Code.WEBHOOKS_OFF, space=name, count=count)
        yield Sighting(IncidentKind.WEBHOOK_OFF, str(space_id), space_id, what, since or now)


def _of_back_ups(session: Session, now: datetime) -> Iterator[Sighting]:
    """That the last back-up is old; of a server that has been there for as long, that none is."""
    made = kept_back_ups.last_good_backup(session)
    since = made or session.scalar(select(func.min(User.created_at)))
    if since is None or now - since < BACK_UP_LASTS:
        return
    what = because(Code.BACK_UP_OLD, at=made) if made else Reason(Code.NO_BACK_UP)
    yield _of_server(IncidentKind.BACK_UP_OLD, what, now)
