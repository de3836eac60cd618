"""Between the password and the code: what a browser has that may give the code, and nothing else.

It is no sign-in: nobody who asks who is there looks at it.
"""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select
from sqlmodel import Session, col

from wasched.domain.errors import InputError
from wasched.domain.passkey import unusable_passkey
from wasched.models import HalfSignIn, User
from wasched.services.identity import known_browsers, second_step, users
from wasched.services.identity.guess_limits import USUAL, Limit, Tries, count_try

LASTS = timedelta(minutes=10)

_LIMITS = (*USUAL, Limit(50, timedelta(days=1)))
"""Of a million codes three are good at a time, so guessers have to be slower than at passwords."""


def begin_half_sign_in(session: Session, user: User, now: datetime) -> str:
    """The token of a browser that was given the user's password."""
    assert user.id is not None
    session.execute(delete(HalfSignIn).where(col(HalfSignIn.expires_at) <= now))
    token = secrets.token_urlsafe(32)
    session.add(
        HalfSignIn(
            token_hash=users.hash_secret(token),
            user_id=user.id,
            password_print=_print(user),
            expires_at=now + LASTS,
        )
    )
    return token


def half_signed_in(session: Session, token: str, now: datetime) -> User | None:
    """Who gave their password in the browser of a token, and may give a code now."""
    row = session.scalar(select(HalfSignIn).where(*_good(token, now)))
    user = session.get(User, row.user_id) if row else None
    if row is None or user is None or user.removed_at is not None:
        return None
    return user if row.password_print == _print(user) else None


def count_code(
    session: Session, secret_key: str, token: str, known: str, typed: str, now: datetime
) -> tuple[str, Tries]:
    """Count a code before it is looked at; returns who gave it, for `forget_try`.

    A browser that the user was signed in with before is counted apart, as at the password.
    """
    user = _owing(session, token, now)
    kind = "code" if second_step.is_app_code(typed) else "recovery-code"
    number = known_browsers.number_of(secret_key, known, user, now)
    who = f"{kind}:browser:{number}" if number else f"{kind}:user:{user.id}"
    return who, count_try(session, [who], now, _LIMITS)


def use_up(session: Session, token: str, typed: str, address: str, now: datetime) -> User:
    """Take the code and end the half sign-in; InputError, and nothing is used, if it is wrong."""
    user = _owing(session, token, now)
    assert user.id is not None
    # Used up first, so that of many who come with it at once one gets in.
    used = session.exec(delete(HalfSignIn).where(*_good(token, now)))
    if not used.rowcount or not second_step.take_code(session, user.id, typed, address, now):
        sentence = "That code is wrong, or was used before. Give the app's next one."
        raise InputError("code", sentence, "wrong-code")
    return user


def pay(session: Session, token: str, user: User, now: datetime) -> None:
    """End the half sign-in of who has shown in another way who they are.

    InputError unless it is theirs, and still good.
    """
    if _owing(session, token, now).id != user.id:
        raise unusable_passkey()
    if not session.exec(delete(HalfSignIn).where(*_good(token, now))).rowcount:
        raise _step_over()


def _owing(session: Session, token: str, now: datetime) -> User:
    user = half_signed_in(session, token, now)
    if user is None:
        raise _step_over()
    return user


def _step_over() -> InputError:
    return InputError("", "That took too long. Give your password again.", "step-over")


def _good(token: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    is_its = col(HalfSignIn.token_hash) == users.hash_secret(token)
    return is_its, col(HalfSignIn.expires_at) > now


def _print(user: User) -> str:
    return users.hash_secret(user.password_hash)
