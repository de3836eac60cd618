"""The secret addresses at which other programs read a person's calendar: made, ended, asked.

The token is the one secret that stands in an address. It is kept as its hash, shows one space to
who has it, as its person sees it at that moment, and is of no other use.
"""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlmodel import Session, col

from wasched.domain.calendar_token import TOKEN_BEGINS
from wasched.domain.errors import NotFoundError
from wasched.domain.reasons import Code, Reason
from wasched.models import CalendarAddress, Membership, User
from wasched.services import permissions
from wasched.services.audit_log import record_deed
from wasched.services.caller import Caller
from wasched.services.change_notes import PEOPLE, announce_to_user
from wasched.services.identity import users
from wasched.services.identity.guess_limits import Limit, count_try, refuse_guesser
from wasched.services.identity.password_confirmation import require_recent_password
from wasched.services.permissions import Action

GUESSES = (Limit(30, timedelta(minutes=5)),)
"""How often one caller may ask at addresses that are none. A service that reads for many, such as
Google's, may still ask at some that ended."""


def address_since(session: Session, user: Caller) -> datetime | None:
    """Since when the user's calendar of the space can be read elsewhere; None if it cannot."""
    row = session.get(CalendarAddress, (user.id, user.space_id))
    return row.created_at if row else None


def make_address(session: Session, user: Caller, now: datetime) -> str:
    """The token of a new address, which is shown once; one from before finds nothing any more."""
    permissions.require(user, Action.LOOK)
    require_recent_password(user, now)
    _forget(session, user)
    token = f"{TOKEN_BEGINS}{secrets.token_urlsafe(32)}"
    session.add(
        CalendarAddress(
            user_id=user.id,
            space_id=user.space_id,
            token_hash=users.hash_secret(token),
            created_at=now,
        )
    )
    _note(session, user, Code.MADE_CALENDAR_ADDRESS, now)
    return token


def end_address(session: Session, user: Caller, now: datetime) -> None:
    """Make the user's address worthless. It needs no password: what leaks is closed at once."""
    if _forget(session, user):
        _note(session, user, Code.ENDED_CALENDAR_ADDRESS, now)


def read_address(session: Session, token: str, caller_address: str, now: datetime) -> Caller:
    """The person whose address has this token, in its space; NotFoundError if there is none now.

    SignInError for a caller who was at too many that are none.
    """
    refuse_guesser(session, [_who(caller_address)], now, GUESSES)
    row = session.execute(
        select(User, Membership)
        .join(Membership, col(Membership.user_id) == User.id)
        .join(
            CalendarAddress,
            (col(CalendarAddress.user_id) == Membership.user_id)
            & (col(CalendarAddress.space_id) == Membership.space_id),
        )
        .where(
            CalendarAddress.token_hash == users.hash_secret(token), col(User.removed_at).is_(None)
        )
    ).first()
    if row is None:
        raise NotFoundError()
    reader = users.caller_of(row[0], row[1])
    permissions.require(reader, Action.LOOK)
    return reader


def note_wrong_token(session: Session, caller_address: str, now: datetime) -> None:
    """Count that a caller was at an address that is none; SignInError once that is too often."""
    count_try(session, [_who(caller_address)], now, GUESSES)


def _who(caller_address: str) -> str:
    return f"calendar:{caller_address}"


def _forget(session: Session, user: Caller) -> bool:
    """Take the user's address away; False if there is none."""
    mine = col(CalendarAddress.user_id) == user.id, col(CalendarAddress.space_id) == user.space_id
    return bool(session.exec(delete(CalendarAddress).where(*mine)).rowcount)


def _note(session: Session, user: Caller, what: Code, now: datetime) -> None:
    record_deed(session, user, Reason(what), now)
    announce_to_user(session, user.id, PEOPLE, now)
