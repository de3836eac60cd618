"""Messages joined with what names them, and the conditions that choose among them."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlmodel import col

from wasched.domain.message import NEEDS_A_PERSON, Status
from wasched.models import Account, Message, Recipient, Schedule
from wasched.services import access, held, recipients
from wasched.services.views import MessageRow, SignedIn

TABS = ("coming", "past", "needs")
COMING = (Status.SCHEDULED, Status.SENDING)


def rows(user: SignedIn) -> Select[Message, Schedule, Recipient, Account]:
    """The messages a person may see, each with its schedule, recipient and account."""
    return (
        select(Message, Schedule, Recipient, Account)
        .join(Schedule, col(Schedule.id) == Message.schedule_id)
        .join(Recipient, col(Recipient.id) == Message.recipient_id)
        .join(Account, col(Account.id) == Message.account_id)
        .where(access.visible(Message.owner_id, user))
    )


def row(
    message: Message, made: Schedule, recipient: Recipient, account: Account, now: datetime
) -> MessageRow:
    """One message for a list."""
    assert message.id is not None
    status = Status(message.status)
    return MessageRow(
        id=message.id,
        due_at=message.due_at,
        status=status,
        reason=held.reason(message, account, now) if status is Status.SCHEDULED else message.reason,
        recipient=recipients.title(recipient),
        recipient_kind=recipient.kind,
        text=message.sent_text or made.preview,
        account=account.name,
        account_id=message.account_id,
        needs_me=status in NEEDS_A_PERSON and message.dismissed_at is None,
        repeats=made.rrule,
    )


def needs_a_person() -> ColumnElement[bool]:
    """Messages that wait for somebody to decide."""
    return and_(col(Message.status).in_(NEEDS_A_PERSON), col(Message.dismissed_at).is_(None))


def in_tab(tab: str) -> ColumnElement[bool]:
    """The messages of a tab: coming, past or needs."""
    if tab == "needs":
        return needs_a_person()
    if tab == "past":
        return col(Message.status).not_in(COMING)
    return col(Message.status).in_(COMING)


def matches(search: str) -> ColumnElement[bool]:
    """Messages whose recipient or text contains what was typed; their rows must be joined."""
    escaped = search.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    pattern = f"%{escaped}%"
    digits = "".join(c for c in search if c.isdigit())
    found = [
        col(Recipient.name).ilike(pattern, escape="\\"),
        col(Schedule.preview).ilike(pattern, escape="\\"),
    ]
    if digits:
        found.append(col(Recipient.phone).contains(digits))
    return or_(*found)
