"""The password is asked for again before deeds that change who can get in.

Else whoever got hold of a cookie, or of an open browser, could make the account their own.
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import Session

from wasched.domain.errors import InputError, NotFoundError, UnconfirmedError
from wasched.models import SignIn, User
from wasched.services.caller import Caller
from wasched.services.identity import users
from wasched.services.identity.guess_limits import Tries, count_try, forget_try
from wasched.services.ports import Database, PasswordHasher

CONFIRMED_FOR = timedelta(minutes=10)
"""How long a browser is not asked again; signing in counts as well."""


def require_recent_password(user: Caller, now: datetime) -> None:
    """UnconfirmedError unless this browser was given the person's password a short while ago."""
    given = user.confirmed_at
    if given is None or not now - CONFIRMED_FOR < given <= now:
        raise UnconfirmedError()


def confirm_password(
    database: Database, hasher: PasswordHasher, token: str, typed: str, now: datetime
) -> None:
    """Note that the browser of a session's token was given the password.

    InputError if it is not theirs; SignInError after too many that were not, counted for each
    sign-in apart, so that a thief keeps nobody else waiting. Nobody is held up while it is hashed.
    """

    def count(session: Session) -> tuple[str, str, Tries]:
        row, present = _signed_in(session, token, now)
        who = f"sign-in:{row.id}"
        return present, who, count_try(session, [who], now)

    present, who, tries = database.transaction(count)
    if not hasher.verify(typed[: users.PASSWORD_MAX], present):
        raise InputError("current", "That is not your present password.")

    def note(session: Session) -> None:
        row, still = _signed_in(session, token, now)
        if still != present:
            raise InputError("current", "Your password was changed meanwhile. Give the new one.")
        row.confirmed_at = now
        forget_try(session, tries, who)

    database.transaction(note)


def _signed_in(session: Session, token: str, now: datetime) -> tuple[SignIn, str]:
    """The session's row, and the present hash of its user's password."""
    if users.who_is(session, token, now) is None:
        raise NotFoundError()
    row = session.scalar(select(SignIn).where(SignIn.token_hash == users.hash_secret(token)))
    assert row is not None
    return row, session.get_one(User, row.user_id).password_hash
