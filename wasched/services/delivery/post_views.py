"""How often posts in channels were viewed: asked of WhatsApp when somebody wants to know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.models import Attempt, Message, PostViews, Recipient, RecipientKind
from wasched.services import effects, permissions
from wasched.services.caller import Caller
from wasched.services.change_notes import MESSAGES, announce
from wasched.services.permissions import Action
from wasched.services.ports import PostSeen

PATIENCE = timedelta(minutes=10)
"""So long an account without a connection may take; then somebody has to ask anew."""

FRESH = timedelta(minutes=1)
"""What was told so shortly ago is not asked for again."""


@dataclass(frozen=True)
class ViewsCard:
    """The views of a message, if it is a post in a channel: as WhatsApp told at an instant (UTC).

    `is_asked` while the answer is awaited; `views` is None where WhatsApp told of no such post.
    """

    is_post: bool = False
    is_asked: bool = False
    views: int | None = None
    told_at: datetime | None = None


@dataclass(frozen=True)
class WaitingPost:
    """A post that somebody waits to know of, and the secrets that it may have been posted by."""

    message_id: int
    channel: str
    secrets: frozenset[bytes]


def views_card(session: Session, caller: Caller, message_id: int, now: datetime) -> ViewsCard:
    """What is known of a message's views; NotFoundError if the caller may not see it."""
    message = permissions.fetch_own(session, Message, message_id, caller, Action.LOOK)
    return _card(session, message, now)


def ask_views(session: Session, caller: Caller, message_id: int, now: datetime) -> ViewsCard:
    """Have WhatsApp asked, if it is a post that went and this was not told just now."""
    message = permissions.fetch_own(session, Message, message_id, caller, Action.WRITE)
    card = _card(session, message, now)
    if not card.is_post:
        return card
    is_fresh = card.views is not None and card.told_at is not None and card.told_at > now - FRESH
    if not is_fresh and not card.is_asked:
        row = session.get(PostViews, message_id)
        row = row or PostViews(message_id=message_id, account_id=message.account_id)
        row.asked_at = now
        session.add(row)
        session.flush()
        announce(session, message.space_id, MESSAGES, now)
    if not is_fresh:
        effects.ask_line(session, message.account_id)
    return _card(session, message, now)


def waiting_accounts(session: Session, account_ids: Sequence[int], now: datetime) -> list[int]:
    """Those of the accounts that somebody waits for to ask."""
    wished = select(col(PostViews.account_id)).where(col(PostViews.asked_at) > now - PATIENCE)
    asking = set(session.scalars(wished))
    return [one for one in account_ids if one in asking]


def waiting_posts(session: Session, account_id: int, now: datetime) -> list[WaitingPost]:
    """The posts that an account is to ask about, those of a channel after each other."""
    rows = session.execute(
        select(col(PostViews.message_id), col(Recipient.jid), col(Attempt.secret))
        .join(Message, col(Message.id) == PostViews.message_id)
        .join(Recipient, col(Recipient.id) == Message.recipient_id)
        .join(Attempt, col(Attempt.message_id) == Message.id)
        .where(PostViews.account_id == account_id, col(PostViews.asked_at) > now - PATIENCE)
    )
    found: dict[tuple[str, int], set[bytes]] = {}
    for message_id, channel, secret in rows:
        found.setdefault((channel, message_id), set()).add(secret)
    return [
        WaitingPost(message_id, channel, frozenset(secrets))
        for (channel, message_id), secrets in sorted(found.items())
    ]


def keep_views(
    session: Session, wanted: Sequence[WaitingPost], seen: Sequence[PostSeen], now: datetime
) -> None:
    """Keep what WhatsApp told of posts; of one that was not among them, that it was not."""
    views = {one.secret: one.views for one in seen}
    for post in wanted:
        row, message = (
            session.get(PostViews, post.message_id),
            session.get(Message, post.message_id),
        )
        if row is None or message is None:
            continue
        told = [views[one] for one in post.secrets if one in views]
        row.asked_at, row.views, row.told_at = None, max(told, default=None), now
        session.add(row)
        announce(session, message.space_id, MESSAGES, now)


def _card(session: Session, message: Message, now: datetime) -> ViewsCard:
    to = session.get(Recipient, message.recipient_id)
    if to is None or to.kind != RecipientKind.CHANNEL or message.sent_at is None:
        return ViewsCard()
    row = session.get(PostViews, message.id)
    if row is None:
        return ViewsCard(is_post=True)
    is_asked = row.asked_at is not None and row.asked_at > now - PATIENCE
    return ViewsCard(True, is_asked, row.views, row.told_at)
