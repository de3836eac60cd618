"""Signing in, and what a browser gets and keeps from it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.domain.errors import InputError, SignInError
from wasched.domain.reasons import Code, Reason
from wasched.models import User
from wasched.services.audit_log import record_entry
from wasched.services.identity import half_sign_in, known_browsers, second_step, users
from wasched.services.identity.guess_limits import Tries, count_try, forget_try
from wasched.services.identity.users import PASSWORD_MAX
from wasched.services.ports import Database, PasswordHasher

_NO_MATCH = "That e-mail and password do not match."


@dataclass(frozen=True)
class Browser:
    """Who is at the door: where they ask from, and the cookies that came along, if any."""

    address: str
    agent: str
    session: str = ""
    known: str = ""
    half: str = ""
    asked: str = ""  # of who was asked for a passkey


@dataclass(frozen=True)
class OpenedSession:
    """The cookies of a browser that is signed in now."""

    session: str
    known: str


@dataclass(frozen=True)
class HalfSignedIn:
    """The cookie of a browser that still owes the code of the second step."""

    half: str


def sign_in(
    database: Database, hasher: PasswordHasher, secret_key: str, browser: Browser,
    email: str, password: str, now: datetime,
) -> OpenedSession | HalfSignedIn:  # fmt: skip
    """Sign in the user with this e-mail and password, or by half; SignInError otherwise.

    The try is counted before the password is looked at. Looking is slow and holds up nobody; who
    was removed meanwhile, or has another password by then, stays out.
    """
    email = email.strip().lower()

    def count(session: Session) -> tuple[str, str, Tries]:
        user = _user(session, email)
        known = known_browsers.number_of(secret_key, browser.known, user, now) if user else ""
        whos = [f"browser:{known}"] if known else [f"email:{email[:254]}", _address(browser)]
        return user.password_hash if user else "", whos[0], count_try(session, whos, now)

    seen, who, tries = database.transaction(count)
    # Hash in any case, so that the time taken does not tell which e-mails exist.
    if not hasher.verify(password[:PASSWORD_MAX], seen):
        raise SignInError(_NO_MATCH)

    def let_in(session: Session) -> OpenedSession | HalfSignedIn:
        user = _user(session, email)
        if user is None or user.password_hash != seen:
            raise SignInError(_NO_MATCH)
        forget_try(session, tries, who)
        assert user.id is not None
        return open_for(session, secret_key, browser, user.id, now)

    return database.transaction(let_in)


def open_for(
    session: Session, secret_key: str, browser: Browser, user_id: int, now: datetime
) -> OpenedSession | HalfSignedIn:
    """Sign in who gave all but a code: by half if they have a second step, which nothing skips."""
    user = session.get_one(User, user_id)
    if second_step.second_step_of(session, user_id) is not None:
        return HalfSignedIn(half_sign_in.begin_half_sign_in(session, user, now))
    return open_fully(session, secret_key, browser, user, now)


def give_code(
    database: Database, secret_key: str, browser: Browser, typed: str, now: datetime
) -> OpenedSession:
    """Sign in who owed a code; InputError if it is wrong, SignInError after too many such.

    The try is counted before the code is looked at.
    """
    who, tries = database.transaction(
        lambda session: half_sign_in.count_code(
            session, secret_key, browser.half, browser.known, typed, now
        )
    )

    def let_in(session: Session) -> OpenedSession:
        user = half_sign_in.use_up(session, browser.half, typed, browser.address, now)
        forget_try(session, tries, who)
        return open_fully(session, secret_key, browser, user, now)

    try:
        return database.transaction(let_in)
    except InputError:
        database.transaction(lambda session: _record_wrong_code(session, browser, now))
        raise


def open_fully(
    session: Session, secret_key: str, browser: Browser, user: User, now: datetime
) -> OpenedSession:
    """Sign a user in; the sign-in that the browser had, whoever's it was, ends."""
    assert user.id is not None
    users.close_session(session, browser.session, browser.address, now)
    token = users.open_session(session, user.id, browser.address, browser.agent, now)
    return OpenedSession(
        token, known_browsers.remember_browser(secret_key, browser.known, user, now)
    )


def remember_browser(session: Session, secret_key: str, browser: Browser, now: datetime) -> str:
    """The cookie that makes a signed-in browser a known one; empty if nobody is signed in."""
    user = users.who_is(session, browser.session, now)
    if user is None:
        return ""
    row = session.get_one(User, user.id)
    return known_browsers.remember_browser(secret_key, browser.known, row, now)


def _record_wrong_code(session: Session, browser: Browser, now: datetime) -> None:
    """Somebody has the password and not the code: what the log is read for."""
    user = half_sign_in.half_signed_in(session, browser.half, now)
    if user is not None:
        wrong = Reason(Code.WRONG_SECOND_STEP)
        record_entry(session, wrong, now, user_id=user.id, address=browser.address)


def _user(session: Session, email: str) -> User | None:
    return session.scalar(select(User).where(User.email == email, col(User.removed_at).is_(None)))


def _address(browser: Browser) -> str:
    return f"address:{browser.address}"
