"""Messages joined with what names them, and the conditions that choose among them."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, select
from sqlmodel import Session, col

from wasched.db import hints
from wasched.domain import filling
from wasched.domain.message import NEEDS_A_PERSON, Status
from wasched.models import Account, Message, Recipient, Schedule
from wasched.services import permissions
from wasched.services.caller import Caller
from wasched.services.messages import waiting_reason
from wasched.services.recipients import recipients
from wasched.services.server_stop import is_server_stopped
from wasched.services.views import MessageRow

TABS = ("coming", "past", "needs")
COMING = (Status.SCHEDULED, Status.SENDING)
PAST = tuple(one for one in Status if one not in COMING)


def message_rows(user: Caller) -> Select[Message, Schedule, Recipient, Account]:
    """The messages a person may see, each with its schedule, recipient and account."""
    return (
        select(Message, Schedule, Recipient, Account)
        .join(Schedule, col(Schedule.id) == Message.schedule_id)
        .join(Recipient, col(Recipient.id) == Message.recipient_id)
        .join(Account, col(Account.id) == Message.account_id)
        .where(permissions.visible_to(Message.space_id, user))
    )


def named_messages(
    session: Session, alone: Mapping[int, bool], now: datetime
) -> dict[int, MessageRow]:
    """These messages as lists show them; whether they may be seen is asked before.

    One that does not stand `alone` stands for all of its send.
    """
    if not alone:
        return {}
    # Plain rows: of hundreds the session's own would take longer than their query.
    found = session.connection().execute(_NAMED, {"ids": list(alone)}).all()
    accounts = _accounts(session, {one.account_id for one in found})
    stopped = is_server_stopped(session)
    return {
        one.id: message_row(
            one,
            one,
            one,
            accounts[one.account_id],
            now,
            for_many=not alone[one.id],
            is_server_stopped=stopped,
        )
        for one in found
    }


def _accounts(session: Session, ids: Collection[int]) -> dict[int, Account]:
    if len(ids) == 1:  # which the session may have at hand
        return {one: session.get_one(Account, one) for one in ids}
    found = session.scalars(select(Account).where(col(Account.id).in_(ids)))
    return {one.id or 0: one for one in found}


def first_messages(
    session: Session, user: Caller, schedule_id: int, now: datetime, limit: int
) -> list[MessageRow]:
    """The first messages of a schedule, in the order of time; nobody else's."""
    first = (
        select(Message.id)
        .where(
            permissions.visible_among(Message.space_id, user),
            col(Message.schedule_id) == schedule_id,
        )
        .order_by(col(Message.due_at), col(Message.id))
        .limit(limit)
    )
    ids = session.connection().scalars(first).all()
    named = named_messages(session, dict.fromkeys(ids, True), now)
    return [named[one] for one in ids]


_SHOWN: tuple[Any, ...] = (
    Message.id,
    Message.account_id,
    Message.recipient_id,
    Message.schedule_id,
    Message.due_at,
    Message.occurrence_at,
    Message.try_at,
    Message.late_at,
    Message.dismissed_at,
    Message.status,
    Message.reason,
    Message.sent_text,
    Message.taken_back_at,
    Schedule.preview,
    Schedule.zone,
    Schedule.rrule,
    Schedule.series_id,
    Schedule.approval,
    Schedule.has_not,
    Recipient.name,
    Recipient.kind,
    Recipient.phone,
    Recipient.fields,
)
_NAMED = (
    select(*_SHOWN)
    .join(Schedule, col(Schedule.id) == Message.schedule_id)
    .join(Recipient, col(Recipient.id) == Message.recipient_id)
    .where(col(Message.id).in_(bindparam("ids", expanding=True)))
)


def message_row(
    message: Any,
    made: Any,
    recipient: Any,
    account: Account,
    now: datetime,
    *,
    for_many: bool = False,
    is_server_stopped: bool = False,
) -> MessageRow:
    """One message for a list; rows of these tables, or of those of their columns it shows."""
    status = Status(message.status)
    values = {} if for_many else recipients.variable_values(recipient)
    outline = filling.outline_content(made.preview, message.due_at, made.zone, values)
    return MessageRow(
        id=message.id,
        due_at=message.due_at,
        status=status,
        reason=waiting_reason.reason_to_wait(
            message, made.approval, account, now, is_server_stopped=is_server_stopped
        )
        if status is Status.SCHEDULED
        else message.reason,
        recipient=recipients.recipient_title(recipient),
        recipient_kind=recipient.kind,
        text=message.sent_text or outline,
        account=account.name,
        account_id=message.account_id,
        needs_me=status in NEEDS_A_PERSON and message.dismissed_at is None,
        repeats=made.rrule,
        occurrence_at=message.occurrence_at,
        is_own_date=made.series_id is not None,
        recipient_id=message.recipient_id,
        phone=recipient.phone or "",
        schedule_id=message.schedule_id,
        is_taken_back=message.taken_back_at is not None,
        has_not=made.has_not,
    )


def needs_a_person() -> ColumnElement[bool]:
    """Messages that wait for somebody to decide; written as the index of them is."""
    written = hints.written_out("needs", NEEDS_A_PERSON)
    return and_(col(Message.status).in_(written), col(Message.dismissed_at).is_(None))


def in_tab(tab: str) -> ColumnElement[bool]:
    """The messages of a tab: coming, past or needs."""
    if tab == "needs":
        return needs_a_person()
    if tab == "past":
        return col(Message.status).not_in(COMING)
    # A list walks instants in their order; looking all these up by status would sort them.
    is_coming: ColumnElement[bool] = hints.off_index(Message.status, "").in_(COMING)
    return is_coming


def due_between(since: datetime | None, until: datetime | None) -> list[ColumnElement[bool]]:
    """Messages that are due from the first instant on and before the second one."""
    bounds = []
    if since is not None:
        bounds.append(col(Message.due_at) >= since)
    if until is not None:
        bounds.append(col(Message.due_at) < until)
    return bounds
