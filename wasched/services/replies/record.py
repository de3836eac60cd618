"""Writing down what people write back, edit and delete, and that it was answered."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, or_, select, update
from sqlmodel import Session, col

from wasched.domain.link import IncomingDeleted, IncomingEdited, IncomingSeen, WroteOnPhone
from wasched.domain.visible import clean_name, clean_text
from wasched.models import Account, KeywordUse, Message, Recipient, Reply, Space
from wasched.services.change_notes import REPLIES, announce
from wasched.services.recipients import recipients
from wasched.services.replies.matching import Match, People, authors_of, match_replies


def record_replies(
    session: Session, account: Account, seen: Sequence[IncomingSeen], people: People, now: datetime
) -> None:
    """Keep what answers a message of ours, once however often it is told.

    Of somebody to whom nothing went nothing is kept, and nothing at all where replies are off.
    """
    days = session.get_one(Space, account.space_id).keeps_replies_days
    fresh = [one for one in seen if one.at > now - timedelta(days=days)] if days else []
    matches = match_replies(session, account, fresh, people)
    rows = {
        one.message_id: _row(account, one, match, people)
        for one, match in zip(fresh, matches, strict=True)
        if match is not None
    }
    for known in _known(session, account, rows.keys()):
        del rows[known]
    if rows:
        session.execute(insert(Reply), list(rows.values()))
        _note_replied(session, list(rows.values()))
        announce(session, account.space_id, REPLIES, now)


def edit_reply(session: Session, account: Account, event: IncomingEdited, now: datetime) -> None:
    """Let a reply have the words that its author gave it."""
    mine = _by_its_author(session, account, event)
    changed = session.execute(
        update(Reply).where(*mine).values(text=clean_text(event.text), edited_at=event.at)
    )
    _announce_if(session, account, changed, now)


def delete_reply(session: Session, account: Account, event: IncomingDeleted, now: datetime) -> None:
    """Forget a reply that its author deleted."""
    _announce_if(
        session,
        account,
        session.execute(delete(Reply).where(*_by_its_author(session, account, event))),
        now,
    )


def note_answer(session: Session, account: Account, event: WroteOnPhone, now: datetime) -> None:
    """Who was written to on the phone has been answered, and so has what was quoted there."""
    people = recipients.known_by(
        session, account.space_id, [one for one in (event.chat, event.chat_alt) if one]
    )
    ids = [one.id for one in authors_of(people, event.chat, event.chat_alt)]
    about: list[ColumnElement[bool]] = [col(Reply.person_id).in_(ids)] if ids else []
    if event.quotes:
        about.append(col(Reply.whatsapp_id) == event.quotes)
    if not about:
        return
    changed = session.execute(
        update(Reply)
        .where(
            or_(*about),
            col(Reply.account_id) == account.id,
            col(Reply.answered_at).is_(None),
            col(Reply.at) <= event.at,
        )
        .values(answered_at=event.at)
    )
    _announce_if(session, account, changed, now)


def note_written_to(session: Session, account: Account, recipient_id: int, now: datetime) -> None:
    """Somebody wrote to this person alone, now or for later: what they had written is answered."""
    changed = session.execute(
        update(Reply)
        .where(
            col(Reply.person_id) == recipient_id,
            col(Reply.account_id) == account.id,
            col(Reply.answered_at).is_(None),
        )
        .values(answered_at=now)
    )
    _announce_if(session, account, changed, now)


def forget_people(session: Session, ids: Collection[int]) -> None:
    """Forget what these people wrote, wherever they did."""
    theirs = or_(col(Reply.person_id).in_(ids), col(Reply.recipient_id).in_(ids))
    session.execute(delete(Reply).where(theirs))
    session.execute(delete(KeywordUse).where(col(KeywordUse.person_id).in_(ids)))


def move_replies(session: Session, kept: Recipient, other: Recipient) -> None:
    """What was written under one entry of a person belongs to another one now."""
    for column in (col(Reply.person_id), col(Reply.recipient_id)):
        session.execute(
            update(Reply)
            .where(column == other.id)
            .values({column: kept.id})
            .execution_options(synchronize_session=False)
        )
    session.execute(
        update(KeywordUse)
        .where(col(KeywordUse.person_id) == other.id)
        .values(person_id=kept.id)
        .execution_options(synchronize_session=False)
    )


def _note_replied(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Keep with a message that it was replied to: that is known for longer than what was said."""
    first: dict[int, datetime] = {}
    for row in rows:
        first[row["message_id"]] = min(row["at"], first.get(row["message_id"], row["at"]))
    for message_id, at in first.items():
        session.execute(
            update(Message)
            .where(col(Message.id) == message_id, col(Message.replied_at).is_(None))
            .values(replied_at=at)
        )


def _row(account: Account, one: IncomingSeen, match: Match, people: People) -> dict[str, Any]:
    authors = authors_of(people, one.sender, one.sender_alt)
    person_id = next((author.id for author in authors if author.id == match.recipient_id), None)
    return {
        "space_id": account.space_id,
        "account_id": account.id,
        "message_id": match.message_id,
        "recipient_id": match.recipient_id,
        "person_id": person_id or (authors[0].id if authors else None),
        "whatsapp_id": one.message_id,
        "by": one.sender,
        "by_alt": one.sender_alt or "",
        "name": clean_name(one.name)[:200],
        "kind": one.kind,
        "text": clean_text(one.text),
        "matched_by": match.by,
        "at": one.at,
    }


def _known(session: Session, account: Account, ids: Collection[str]) -> list[str]:
    """Those of some ids under which a reply is kept already."""
    if not ids:
        return []
    kept = select(col(Reply.whatsapp_id)).where(
        col(Reply.account_id) == account.id, col(Reply.whatsapp_id).in_(ids)
    )
    return list(session.scalars(kept))


def _by_its_author(
    session: Session, account: Account, event: IncomingEdited | IncomingDeleted
) -> tuple[ColumnElement[bool], ...]:
    """The reply that an event is about, if whoever wrote that is who sent the event."""
    addresses = [one for one in (event.sender, event.sender_alt) if one]
    people = recipients.known_by(session, account.space_id, addresses)
    ids = [one.id for one in authors_of(people, *addresses)]
    return (
        col(Reply.account_id) == account.id,
        col(Reply.whatsapp_id) == event.message_id,
        or_(
            col(Reply.by).in_(addresses),
            col(Reply.by_alt).in_(addresses),
            col(Reply.person_id).in_(ids),
        ),
    )


def _announce_if(session: Session, account: Account, changed: Any, now: datetime) -> None:
    if changed.rowcount:
        announce(session, account.space_id, REPLIES, now)
