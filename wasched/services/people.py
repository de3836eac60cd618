"""People: the first owner, signing in and out, and who is asking."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import available_timezones

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from wasched.domain.errors import DraftError, SignInError
from wasched.domain.visible import clean_name
from wasched.models import AuditEntry, Invitation, Role, SignIn, SignInTry, User
from wasched.services.ports import PasswordHasher
from wasched.services.views import SignedIn

STAYS_SIGNED_IN = timedelta(days=30)
PASSWORD_MIN, PASSWORD_MAX = 10, 200
NAME_MAX = 100
TRIES_MAX = 10
TRIES_WINDOW = timedelta(minutes=5)


@dataclass(frozen=True)
class NewUser:
    """What a person enters about themselves; `zone` is an IANA name."""

    name: str
    email: str
    password: str
    zone: str


@cache
def _zones() -> frozenset[str]:
    """Every zone's name; listing them looks into hundreds of files, so it is done once."""
    return frozenset(available_timezones())


def is_zone(name: str) -> bool:
    """True for an IANA name of a time zone."""
    return name in _zones()


def owner_exists(session: Session) -> bool:
    """True once the server is set up."""
    return session.scalar(select(User.id).where(User.role == Role.OWNER)) is not None


def check(new: NewUser) -> NewUser:
    """The entry tidied up; DraftError names the first field that cannot be taken."""
    name, email = clean_name(new.name), new.email.strip().lower()
    if not name or len(name) > NAME_MAX:
        raise DraftError("name", f"Say your name, in at most {NAME_MAX} characters.")
    local, _, domain = email.rpartition("@")
    if not local or "." not in domain or len(email) > 254 or any(c.isspace() for c in email):
        raise DraftError("email", f'"{new.email.strip()}" is no e-mail address.')
    if len(new.password) < PASSWORD_MIN:
        raise DraftError("password", f"Choose a password of at least {PASSWORD_MIN} characters.")
    if len(new.password) > PASSWORD_MAX:
        raise DraftError("password", f"A password may have {PASSWORD_MAX} characters.")
    if not is_zone(new.zone):
        raise DraftError("zone", f'"{new.zone}" is no time zone. Choose one like Europe/Berlin.')
    return NewUser(name, email, new.password, new.zone)


def set_up(session: Session, new: NewUser, password_hash: str, now: datetime) -> int:
    """Create the owner and return their id; DraftError if the server has one."""
    return _create(session, new, password_hash, Role.OWNER, now)


def register(session: Session, new: NewUser, password_hash: str, now: datetime) -> int:
    """Create a member and return their id; DraftError if the e-mail is taken."""
    return _create(session, new, password_hash, Role.MEMBER, now)


def sign_in(
    session: Session, hasher: PasswordHasher, email: str, password: str, address: str, now: datetime
) -> int:
    """The id of the user with this e-mail and password; SignInError otherwise.

    Counts the try before the password is looked at, so that many at once are counted, too.
    """
    email = email.strip().lower()
    whos = [f"email:{email[:254]}", f"address:{address}"]
    refuse_too_many(session, whos, now)
    tries = [SignInTry(who=who, at=now) for who in whos]
    session.add_all(tries)
    user = session.scalar(select(User).where(User.email == email))
    session.commit()  # hashing is slow: hold no lock meanwhile
    # Hash in any case, so that the time taken does not tell which e-mails exist.
    matches = hasher.verify(password[:PASSWORD_MAX], user.password_hash if user else "")
    if user is None or not matches:
        raise SignInError("That e-mail and password do not match.")
    session.execute(delete(SignInTry).where(SignInTry.who == whos[0]))
    session.delete(tries[1])
    return _id(user)


def refuse_too_many(session: Session, whos: list[str], now: datetime) -> None:
    """SignInError if one of those who guess did so too often lately."""
    start = now - TRIES_WINDOW
    for who in whos:
        tries = session.execute(
            select(func.count(), func.min(SignInTry.at)).where(
                SignInTry.who == who, col(SignInTry.at) > start
            )
        ).one()
        if tries[0] >= TRIES_MAX:
            left = tries[1] + TRIES_WINDOW - now
            minutes = max(1, round(left.total_seconds() / 60))
            unit = "minute" if minutes == 1 else "minutes"
            raise SignInError(f"Too many tries. Wait {minutes} {unit}.", minutes)


def open_session(session: Session, user_id: int, address: str, agent: str, now: datetime) -> str:
    """A new token for the user's browser; only its hash is kept."""
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            user_id=user_id,
            token_hash=hashed(token),
            created_at=now,
            seen_at=now,
            expires_at=now + STAYS_SIGNED_IN,
            address=address,
            agent=agent[:200],
        )
    )
    session.add(AuditEntry(user_id=user_id, what="signed in", address=address, at=now))
    return token


def close_session(session: Session, token: str, now: datetime) -> None:
    """End the session of this token, if there is one."""
    found = session.scalar(select(SignIn).where(SignIn.token_hash == hashed(token)))
    if found is not None:
        session.add(AuditEntry(user_id=found.user_id, what="signed out", at=now))
        session.delete(found)


def who_is(session: Session, token: str, now: datetime) -> SignedIn | None:
    """The person a token belongs to, None if it belongs to nobody (any more)."""
    if not token:
        return None
    row = session.execute(
        select(User, SignIn.expires_at)
        .join(SignIn, col(SignIn.user_id) == User.id)
        .where(SignIn.token_hash == hashed(token))
    ).first()
    if row is None or row[1] <= now:
        return None
    user = row[0]
    return SignedIn(_id(user), user.name, user.email, user.role, user.zone)


def forget_old(session: Session, now: datetime) -> None:
    """Remove ended sessions, invitations that are over and old tries."""
    session.execute(delete(SignIn).where(col(SignIn.expires_at) <= now))
    session.execute(delete(Invitation).where(col(Invitation.expires_at) <= now))
    session.execute(delete(SignInTry).where(col(SignInTry.at) < now - TRIES_WINDOW))


def _create(session: Session, new: NewUser, password_hash: str, role: Role, now: datetime) -> int:
    if role is Role.OWNER and owner_exists(session):
        raise DraftError("", "This server is set up. Sign in.", "set-up-done")
    if session.scalar(select(User.id).where(User.email == new.email)) is not None:
        sentence = "Somebody has signed up with this e-mail. Sign in instead."
        raise DraftError("email", sentence, "email-taken")
    user = User(
        email=new.email,
        name=new.name,
        password_hash=password_hash,
        role=role,
        zone=new.zone,
        created_at=now,
    )
    session.add(user)
    try:
        session.flush()
    except IntegrityError:  # another request was a moment faster; the constraints decide
        session.rollback()
        raise DraftError("", "This server is set up. Sign in.", "set-up-done") from None
    return _id(user)


def hashed(token: str) -> str:
    """What is kept of a token, so that the database never lets anybody in."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _id(user: User) -> int:
    assert user.id is not None
    return user.id
