"""Another number for somebody: what waits goes there, what went stays in their history."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlmodel import Session, col

from wasched.domain.errors import InputError
from wasched.models import Acquaintance, Message, Recipient, RecipientKind
from wasched.services import permissions
from wasched.services.address_book import entries, merging
from wasched.services.caller import Caller
from wasched.services.change_notes import MESSAGES, RECIPIENTS, announce
from wasched.services.permissions import Action
from wasched.services.phone_numbers import phones, typed_numbers
from wasched.services.recipients import number_checks, recipients
from wasched.services.schedules import approval


@dataclass(frozen=True)
class Holder:
    """Somebody else who has a number already: a question before anybody gets it."""

    id: int
    name: str
    is_removed: bool

    @property
    def sentence(self) -> str:
        """Who they are."""
        if self.is_removed:
            return f"{self.name}, whom you removed, had this number."
        return f"{self.name} has this number already."


def correct_number(
    session: Session,
    user: Caller,
    recipient_id: int,
    typed: str,
    country: str,
    now: datetime,
    *,
    join_with: int = 0,
    if_version: int | None = None,
) -> Holder | None:
    """Give a person the number that was typed; InputError (phone) if it is none.

    `country` (ISO 3166) completes it. Nothing is changed, and who has it returned, if somebody
    else has it, unless they are the one to be made one with. ChangedError if they are no more of
    the version that the caller has seen.
    """
    row = permissions.fetch_own(session, Recipient, recipient_id, user, Action.WRITE)
    entries.check_entry(session, user, row, if_version)
    if row.kind != RecipientKind.PERSON or not (typed.strip() or row.phone):
        return None
    number = _read_number(typed, country)
    if number == row.phone:
        return None
    holder = _find_holder(session, row, number)
    if holder is not None and holder.id != join_with:
        return Holder(
            holder.id or 0, recipients.recipient_title(holder), holder.removed_at is not None
        )
    row.changed_by_id, row.changed_at = user.id, now
    _give_number(session, user, row, number, holder, now)
    approval.ask_for_people(session, user, [recipient_id], now)
    number_checks.remember_check(session, row)
    number_checks.ask_checks(session, row.space_id, [number], now)
    announce(session, row.space_id, RECIPIENTS, now)
    announce(session, row.space_id, MESSAGES, now)
    return None


def _read_number(typed: str, country: str) -> str:
    try:
        return typed_numbers.read_number(typed, country)
    except InputError as refusal:
        raise InputError("phone", refusal.reason) from None


def _find_holder(session: Session, row: Recipient, number: str) -> Recipient | None:
    """Who else in the same space has the number, in whatever form."""
    return session.scalars(
        select(Recipient)
        .where(
            Recipient.space_id == row.space_id,
            col(Recipient.id) != row.id,
            col(Recipient.phone).in_(phones.number_variants(number)),
        )
        .order_by(col(Recipient.removed_at).is_not(None))
    ).first()


def _give_number(
    session: Session,
    user: Caller,
    row: Recipient,
    number: str,
    holder: Recipient | None,
    now: datetime,
) -> None:
    """Let a person have a number, and nothing that WhatsApp said of the one before."""
    # Nobody has written to the new number yet, unless its holder was written to.
    session.execute(delete(Acquaintance).where(col(Acquaintance.recipient_id) == row.id))
    row.lid = None
    if holder is not None:
        merging.join_entries(session, user, row, holder, now)
        _let_go(session, holder)
    row.phone, row.jid = number, None
    row.on_whatsapp = row.checked_at = None
    session.add(row)
    session.flush()


def _let_go(session: Session, holder: Recipient) -> None:
    """Take the number from who was joined; they go, unless something in the past stays theirs."""
    theirs = select(func.count()).where(col(Message.recipient_id) == holder.id)
    if not session.scalar(theirs):
        session.delete(holder)
    else:
        holder.name = recipients.recipient_title(holder)
        holder.phone, holder.jid = None, holder.jid or f"{holder.id}@removed"
        session.add(holder)
    session.flush()
