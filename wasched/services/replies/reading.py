"""What people wrote back, for whoever may read it: in pages, of a message, of a send."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from wasched.domain.keyword import NOTHING_DONE, Handled
from wasched.domain.message import GONE_OUT
from wasched.domain.nudge import HasNot
from wasched.models import (
    Account,
    KeywordUse,
    Message,
    Recipient,
    RecipientKind,
    Reply,
    Schedule,
)
from wasched.services import permissions, text_search
from wasched.services.caller import Caller
from wasched.services.change_notes import REPLIES, announce
from wasched.services.paging import Keyset, read_page
from wasched.services.permissions import Action
from wasched.services.phone_numbers import phones
from wasched.services.recipients.recipients import recipient_title
from wasched.services.unanswered.conditions import has_not

PAGE = 30
NEWEST_FIRST = Keyset((Reply.at, Reply.id), backwards=True)

_Person = aliased(Recipient)


@dataclass(frozen=True)
class ReplyFilters:
    """Which replies; empty values choose all. A send is its schedule and the instant it is due."""

    search: str = ""
    is_open: bool = False  # not answered yet
    message_id: int = 0
    schedule_id: int = 0
    due_at: datetime | None = None
    account_id: int = 0
    recipient_id: int = 0  # who wrote, or the group they wrote in


@dataclass(frozen=True)
class ReplyRow:
    """A reply with what names it; `group` is empty outside groups, `phone` (E.164) if unknown."""

    id: int
    at: datetime
    author: str
    phone: str
    person_id: int  # 0: nobody of the address book
    group: str
    kind: str
    text: str
    matched_by: str
    edited_at: datetime | None
    answered_at: datetime | None
    message_id: int
    schedule_id: int
    recipient_id: int
    account_id: int
    account: str
    due_at: datetime
    about: str  # the first words of what it answers
    handled: Handled = NOTHING_DONE  # what it did as a keyword


@dataclass(frozen=True)
class ReplyTally:
    """Of a send: to how many people and groups it went, and how many of them have replied."""

    went_to: int
    replied: int


def list_replies(
    session: Session, user: Caller, wanted: ReplyFilters, cursor: str = "", limit: int = PAGE
) -> tuple[list[ReplyRow], str]:
    """A page of replies, the newest first, and the cursor of the next one.

    RoleError for who may not read them, InputError for a damaged cursor.
    """
    permissions.require(user, Action.READ_REPLIES)
    rows, following = read_page(
        session,
        _chosen(user, wanted),
        NEWEST_FIRST,
        cursor,
        limit,
        lambda row: (row[0].at, row[0].id),
    )
    return [_row(*one) for one in rows], following


def reply_row(session: Session, user: Caller, reply_id: int) -> ReplyRow:
    """One reply; NotFoundError if there is none for the user."""
    permissions.fetch_own(session, Reply, reply_id, user, Action.READ_REPLIES)
    found = session.execute(_joined().where(col(Reply.id) == reply_id)).one()
    return _row(*found)


def of_messages(
    session: Session, user: Caller, message_ids: Sequence[int]
) -> dict[int, list[tuple[datetime, str]]]:
    """When, and in which words, these messages were replied to; nothing for who may not read it.

    What came without a word is named by its kind, in brackets.
    """
    if not permissions.may(user, Action.READ_REPLIES):
        return {}
    rows = session.execute(
        select(col(Reply.message_id), col(Reply.at), col(Reply.text), col(Reply.kind))
        .where(
            col(Reply.message_id).in_(message_ids),
            permissions.visible_among(Reply.space_id, user),
        )
        .order_by(col(Reply.message_id), col(Reply.at), col(Reply.id))
    )
    found: dict[int, list[tuple[datetime, str]]] = {}
    for message_id, at, text, kind in rows:
        found.setdefault(message_id, []).append((at, text or f"[{kind}]"))
    return found


def count_since(session: Session, user: Caller, since: datetime) -> int:
    """How many replies have come since then; none for who may not read them."""
    if not permissions.may(user, Action.READ_REPLIES):
        return 0
    here = permissions.visible_to(Reply.space_id, user)
    return session.scalar(select(func.count()).where(here, col(Reply.at) >= since)) or 0


def tally_send(session: Session, user: Caller, schedule_id: int, due_at: datetime) -> ReplyTally:
    """How many of those to whom a send went have replied."""
    permissions.require(user, Action.READ_REPLIES)
    went, silent = _of_send(user, schedule_id, due_at), silent_recipients(user, schedule_id, due_at)
    all_of_them, others = (
        session.scalar(select(func.count()).select_from(one.subquery())) or 0
        for one in (went, silent)
    )
    return ReplyTally(all_of_them, all_of_them - others)


def silent_recipients(user: Caller, schedule_id: int, due_at: datetime) -> Select[Any]:
    """The ids of those to whom a send went and who have not replied to it."""
    return _of_send(user, schedule_id, due_at).where(has_not(HasNot.REPLIED))


def list_silent(
    session: Session, user: Caller, schedule_id: int, due_at: datetime, limit: int
) -> list[tuple[int, str]]:
    """The first of those who have not replied to a send, by name: each's id and title."""
    permissions.require(user, Action.READ_REPLIES)
    ids = silent_recipients(user, schedule_id, due_at)
    rows = session.scalars(
        select(Recipient)
        .where(col(Recipient.id).in_(ids))
        .order_by(col(Recipient.sort_key), col(Recipient.id))
        .limit(limit)
    )
    return [(row.id or 0, recipient_title(row)) for row in rows]


def mark_answered(
    session: Session, user: Caller, reply_ids: Sequence[int], is_answered: bool, now: datetime
) -> None:
    """Note that replies were answered, or were not; NotFoundError for what is not the user's."""
    permissions.require(user, Action.WRITE)
    for one in reply_ids:
        row = permissions.fetch_own(session, Reply, one, user, Action.READ_REPLIES)
        row.answered_at = now if is_answered else None
        session.add(row)
        announce(session, row.space_id, REPLIES, now)


def _of_send(user: Caller, schedule_id: int, due_at: datetime) -> Select[Any]:
    return select(col(Message.recipient_id)).where(
        permissions.visible_among(Message.space_id, user),
        col(Message.schedule_id) == schedule_id,
        col(Message.due_at) == due_at,
        col(Message.status).in_(GONE_OUT),
        col(Message.taken_back_at).is_(None),
    )


def _joined() -> Select[Any]:
    tables: tuple[Any, ...] = (Reply, Message, Schedule, Recipient, _Person, Account, KeywordUse)
    is_its_word = and_(
        col(KeywordUse.account_id) == Reply.account_id,
        col(KeywordUse.whatsapp_id) == Reply.whatsapp_id,
    )
    return (
        select(*tables)
        .join(Message, col(Message.id) == Reply.message_id)
        .join(Schedule, col(Schedule.id) == Message.schedule_id)
        .join(Recipient, col(Recipient.id) == Reply.recipient_id)
        .outerjoin(_Person, col(_Person.id) == Reply.person_id)
        .join(Account, col(Account.id) == Reply.account_id)
        .outerjoin(KeywordUse, is_its_word)
    )


def _chosen(user: Caller, wanted: ReplyFilters) -> Select[Any]:
    # Of few the list is found by them; else it is walked in its order.
    is_of_few = wanted.message_id or wanted.schedule_id or wanted.recipient_id
    visible = permissions.visible_among if is_of_few else permissions.visible_to
    found = _joined().where(visible(Reply.space_id, user))
    if wanted.is_open:
        found = found.where(col(Reply.answered_at).is_(None))
    if wanted.message_id:
        found = found.where(col(Reply.message_id) == wanted.message_id)
    if wanted.schedule_id:
        found = found.where(col(Message.schedule_id) == wanted.schedule_id)
    if wanted.due_at is not None:
        found = found.where(col(Message.due_at) == wanted.due_at)
    if wanted.account_id:
        found = found.where(col(Reply.account_id) == wanted.account_id)
    if wanted.recipient_id:
        who = (col(Reply.person_id), col(Reply.recipient_id))
        found = found.where(or_(*(one == wanted.recipient_id for one in who)))
    if words := wanted.search.strip():
        found = found.where(_contains(words))
    return found


def _contains(words: str) -> Any:
    """True where the words stand in what was written, or in who wrote."""
    columns = (Reply.text, Reply.name, Recipient.name, _Person.name)
    found = [text_search.contains(one, words) for one in columns]
    if digits := phones.number_part(words):
        found.append(col(_Person.phone).contains(digits))
    return or_(*found)


def _row(
    reply: Reply,
    message: Message,
    made: Schedule,
    recipient: Recipient,
    person: Recipient | None,
    account: Account,
    use: KeywordUse | None,
) -> ReplyRow:
    author, phone = author_of(reply, person)
    in_group = recipient.kind == RecipientKind.GROUP
    return ReplyRow(
        id=reply.id or 0,
        at=reply.at,
        author=author,
        phone=phone,
        person_id=(person.id or 0) if person else 0,
        group=recipient_title(recipient) if in_group else "",
        kind=reply.kind,
        text=reply.text,
        matched_by=reply.matched_by,
        edited_at=reply.edited_at,
        answered_at=reply.answered_at,
        message_id=reply.message_id,
        schedule_id=message.schedule_id,
        recipient_id=reply.recipient_id,
        account_id=reply.account_id,
        account=account.name,
        due_at=message.due_at,
        about=message.sent_text or made.preview,
        handled=_handled(use),
    )


def _handled(use: KeywordUse | None) -> Handled:
    if use is None:
        return NOTHING_DONE
    return Handled(use.field, use.value, use.list_name, use.move, use.answer)


def author_of(reply: Reply, person: Recipient | None) -> tuple[str, str]:
    """What the author of a reply is called, and their number (E.164), empty if it is hidden."""
    phone = (person.phone if person else None) or phones.from_jid(reply.by)
    phone = phone or phones.from_jid(reply.by_alt)
    name = (person.name if person else "") or reply.name
    return name or (phones.pretty_number(phone) if phone else "Somebody"), phone
