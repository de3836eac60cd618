"""Invite links of groups: asked of WhatsApp when somebody wants one, and kept for a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, select, update
from sqlmodel import Session, col

from wasched.domain.errors import InputError, NotFoundError
from wasched.domain.reasons import NO_REASON, Reason
from wasched.models import Account, GroupInvite, Recipient, RecipientKind
from wasched.services import effects, permissions
from wasched.services.caller import Caller
from wasched.services.change_notes import RECIPIENTS, announce
from wasched.services.permissions import Action

PATIENCE = timedelta(minutes=10)
"""So long an account without a connection may take; then somebody has to ask anew."""

FRESH = timedelta(minutes=1)
"""A link that was told so shortly ago is not asked for again: another admin may change it."""

_KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True)
class InviteCard:
    """The invite link of a group as far as it is known: told by WhatsApp at an instant (UTC).

    `is_asked` while the answer is awaited; `refusal` says why there was none.
    """

    link: str = ""
    told_at: datetime | None = None
    is_asked: bool = False
    refusal: Reason = NO_REASON


def note_admin(session: Session, group: Recipient, account_id: int, *, is_admin: bool) -> None:
    """Keep whether an account can ask for the link of a group; who no more can forgets it."""
    session.flush()
    row = session.get(GroupInvite, group.id)
    if is_admin and row is None:
        session.add(GroupInvite(group_id=group.id or 0, account_id=account_id))
    elif not is_admin and row is not None and row.account_id == account_id:
        session.delete(row)


def invite_card(
    session: Session, caller: Caller, group_id: int, now: datetime
) -> InviteCard | None:
    """The link for who may write in the space; None for the others, and where there is none."""
    row, group = _of_group(session, group_id), session.get(Recipient, group_id)
    if row is None or group is None or not permissions.may(caller, Action.WRITE, group):
        return None
    return _card(row, now)


def ask_invite(session: Session, caller: Caller, group_id: int, now: datetime) -> InviteCard:
    """Have WhatsApp asked for the link, unless it was told just now.

    NotFoundError for what is no group of the space, InputError where the account is no admin.
    """
    group = permissions.fetch_own(session, Recipient, group_id, caller, Action.WRITE)
    if group.kind != RecipientKind.GROUP:
        raise NotFoundError()
    row = _of_group(session, group_id)
    if row is None:
        sentence = "WhatsApp gives the invite link of a group to its admins alone."
        raise InputError("group", f"{sentence} Have somebody make this number one.")
    if not (row.link and row.told_at and row.told_at > now - FRESH) and not _is_asked(row, now):
        row.asked_at, row.refusal = now, NO_REASON
        session.add(row)
        announce(session, group.space_id, RECIPIENTS, now)
    if row.asked_at is not None:
        effects.ask_line(session, row.account_id)
    return _card(row, now)


def waiting_accounts(session: Session, account_ids: Sequence[int], now: datetime) -> list[int]:
    """Those of the accounts that somebody waits for to ask."""
    wished = select(col(GroupInvite.account_id)).where(col(GroupInvite.asked_at) > now - PATIENCE)
    asking = set(session.scalars(wished))
    return [one for one in account_ids if one in asking]


def waiting_groups(session: Session, account_id: int, now: datetime) -> list[tuple[int, str]]:
    """The groups, by id and address, whose links an account is to ask for."""
    wished = (
        select(col(Recipient.id), col(Recipient.jid))
        .join(GroupInvite, col(GroupInvite.group_id) == Recipient.id)
        .where(GroupInvite.account_id == account_id, col(GroupInvite.asked_at) > now - PATIENCE)
        .order_by(col(GroupInvite.asked_at))
    )
    return [(row[0], row[1]) for row in session.execute(wished)]


def keep_answer(
    session: Session, group_id: int, now: datetime, link: str = "", refusal: Reason = NO_REASON
) -> None:
    """Keep what WhatsApp said; nothing if the account is no admin any more."""
    row, group = session.get(GroupInvite, group_id), session.get(Recipient, group_id)
    if row is None or group is None:
        return
    row.asked_at, row.link, row.refusal = None, link, refusal
    row.told_at = now if link else None
    session.add(row)
    announce(session, group.space_id, RECIPIENTS, now)


def forget_links(session: Session, now: datetime) -> None:
    """Keep no link longer than a day: who has it can join."""
    old = col(GroupInvite.told_at) < now - _KEPT_FOR
    session.execute(update(GroupInvite).where(old).values(link="", told_at=None))


def _of_group(session: Session, group_id: int) -> GroupInvite | None:
    """The row of a group whose account is still there to ask."""
    is_there = col(Account.id) == GroupInvite.account_id, col(Account.removed_at).is_(None)
    return session.scalar(
        select(GroupInvite).join(Account, and_(*is_there)).where(GroupInvite.group_id == group_id)
    )


def _card(row: GroupInvite, now: datetime) -> InviteCard:
    return InviteCard(row.link, row.told_at, _is_asked(row, now), row.refusal)


def _is_asked(row: GroupInvite, now: datetime) -> bool:
    return row.asked_at is not None and row.asked_at > now - PATIENCE
