"""Messages as people see them: lists, one message's story, and what they may decide."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select, tuple_
from sqlmodel import Session, col

from wasched.domain.errors import DraftError, NotYoursError
from wasched.domain.message import NEEDS_A_PERSON, Status, may_become
from wasched.models import Account, Attempt, Message, Recipient, Schedule, User
from wasched.services import access, held, recipients, stories
from wasched.services.changes import MESSAGES, announce
from wasched.services.views import MessagePage, MessageRow, SignedIn, Story

PAGE = 50
TABS = ("coming", "past", "needs")
_COMING = (Status.SCHEDULED, Status.SENDING)


def listed(
    session: Session, user: SignedIn, tab: str, search: str, cursor: str, now: datetime
) -> MessagePage:
    """A page of messages; `tab` is coming, past or needs; `cursor` comes from the page before."""
    statement = _rows(user).where(_in_tab(tab))
    if search.strip():
        statement = statement.where(_matches(search))
    forward = tab == "coming"
    place = tuple_(Message.due_at, Message.id)
    if cursor:
        start = tuple_(*_read_cursor(cursor))
        statement = statement.where(place > start if forward else place < start)
    order = (
        (col(Message.due_at), col(Message.id))
        if forward
        else (col(Message.due_at).desc(), col(Message.id).desc())
    )
    found = session.execute(statement.order_by(*order).limit(PAGE + 1)).all()
    rows = [_row(*one, now) for one in found[:PAGE]]
    last = found[PAGE - 1][0] if len(found) > PAGE else None
    return MessagePage(rows, _cursor(last) if last is not None else "")


def coming_up(session: Session, user: SignedIn, now: datetime, limit: int = 8) -> list[MessageRow]:
    """The next messages to go out."""
    statement = _rows(user).where(_in_tab("coming")).order_by(col(Message.due_at), col(Message.id))
    return [_row(*one, now) for one in session.execute(statement.limit(limit))]


def needing_me(
    session: Session, user: SignedIn, now: datetime, limit: int = 5
) -> tuple[list[MessageRow], int]:
    """The messages that wait for a person, the newest first, and how many there are."""
    where = and_(access.visible(Message.owner_id, user), _in_tab("needs"))
    total = session.scalar(select(func.count()).select_from(Message).where(where)) or 0
    statement = _rows(user).where(_in_tab("needs")).order_by(col(Message.due_at).desc())
    return [_row(*one, now) for one in session.execute(statement.limit(limit))], total


def counts(session: Session, user: SignedIn, now: datetime) -> dict[str, int]:
    """How many messages were sent, delivered and failed in the last seven days."""
    week = now - timedelta(days=7)
    mine = access.visible(Message.owner_id, user)
    sent, delivered = session.execute(
        select(func.count(Message.sent_at), func.count(Message.delivered_at)).where(
            mine, col(Message.due_at) >= week, col(Message.sent_at).is_not(None)
        )
    ).one()
    failed = session.scalar(
        select(func.count()).where(
            mine, col(Message.due_at) >= week, Message.status == Status.FAILED
        )
    )
    return {"sent": sent, "delivered": delivered, "failed": failed or 0}


def story(session: Session, user: SignedIn, message_id: int, now: datetime) -> Story:
    """Everything that happened to one message; NotYoursError if the user may not see it."""
    found = session.execute(_rows(user).where(Message.id == message_id)).first()
    if found is None:
        raise NotYoursError()
    message, made = found[0], found[1]
    author = session.get(User, made.owner_id)
    attempts = session.scalars(
        select(Attempt).where(Attempt.message_id == message.id).order_by(col(Attempt.number))
    ).all()
    return stories.tell(
        session, _row(*found, now), message, made, list(attempts), author.name if author else ""
    )


def decide(session: Session, user: SignedIn, message_id: int, choice: str, now: datetime) -> int:
    """Do what a person decided about a message; returns the account whose drain to wake.

    `choice`: send_again, send_now, it_arrived, leave_it, dismiss or cancel. DraftError when
    the message has moved on meanwhile.
    """
    message = access.fetch(session, Message, message_id, user)
    current = Status(message.status)
    match choice:
        case "send_now" if current in (Status.SCHEDULED, Status.MISSED):
            _again(message, now)
        case "send_again" if current in (Status.UNKNOWN, Status.FAILED, Status.MISSED):
            _again(message, now)
        case "it_arrived" if current is Status.UNKNOWN:
            message.status, message.sent_at = Status.SENT, message.settled_at or now
            message.reason = "You said that it arrived."
        case "leave_it" | "dismiss" if current in NEEDS_A_PERSON:
            message.dismissed_at = now
        case "cancel" if may_become(current, Status.CANCELLED):
            message.status, message.settled_at = Status.CANCELLED, now
            message.reason = f"Cancelled by {user.name}."
        case _:
            raise DraftError("", "This message has moved on meanwhile. Look again.")
    session.add(message)
    announce(session, message.owner_id, MESSAGES, now)
    return message.account_id


def prune(session: Session, now: datetime, keep_days: int, limit: int = 5000) -> int:
    """Remove finished messages older than the days to keep; 0 days keeps all."""
    if keep_days == 0:
        return 0
    old = (
        select(Message.id)
        .where(
            col(Message.due_at) < now - timedelta(days=keep_days),
            col(Message.status).not_in(_COMING),
        )
        .limit(limit)
    )
    return int(session.execute(delete(Message).where(col(Message.id).in_(old))).rowcount)


def _again(message: Message, now: datetime) -> None:
    """Let it go now, with a whole late window from now on."""
    window = message.late_at - message.due_at
    message.status, message.reason = Status.SCHEDULED, ""
    message.due_at = message.try_at = now
    message.late_at = now + max(window, timedelta(minutes=5))
    message.settled_at = message.dismissed_at = None


def _rows(user: SignedIn) -> Select[tuple[Message, Schedule, Recipient, Account]]:
    return (
        select(Message, Schedule, Recipient, Account)
        .join(Schedule, col(Schedule.id) == Message.schedule_id)
        .join(Recipient, col(Recipient.id) == Message.recipient_id)
        .join(Account, col(Account.id) == Message.account_id)
        .where(access.visible(Message.owner_id, user))
    )


def _in_tab(tab: str) -> ColumnElement[bool]:
    if tab == "needs":
        return and_(col(Message.status).in_(NEEDS_A_PERSON), col(Message.dismissed_at).is_(None))
    if tab == "past":
        return col(Message.status).not_in(_COMING)
    return col(Message.status).in_(_COMING)


def _matches(search: str) -> ColumnElement[bool]:
    pattern = "%" + search.strip().replace("\\", "\\\\").replace("%", "\\%") + "%"
    digits = "".join(c for c in search if c.isdigit())
    found = [
        col(Recipient.name).ilike(pattern, escape="\\"),
        col(Schedule.preview).ilike(pattern, escape="\\"),
    ]
    if digits:
        found.append(col(Recipient.phone).contains(digits))
    return or_(*found)


def _row(
    message: Message, made: Schedule, recipient: Recipient, account: Account, now: datetime
) -> MessageRow:
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


def _cursor(message: Message) -> str:
    return f"{message.due_at.isoformat()}~{message.id}"


def _read_cursor(cursor: str) -> tuple[datetime, int]:
    instant, _, number = cursor.rpartition("~")
    try:
        return datetime.fromisoformat(instant), int(number)
    except ValueError:
        sentence = "That page address is damaged. Start at the first page."
        raise DraftError("cursor", sentence) from None
