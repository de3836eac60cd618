"""People: who may become one, their sign-ins, and who is asking."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import Executable, bindparam, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from wasched.domain import strength, wall_clock
from wasched.domain.errors import InputError
from wasched.domain.reasons import Code, Reason, because
from wasched.domain.visible import clean_name
from wasched.models import (
    AlertWay,
    HalfSignIn,
    Invitation,
    Membership,
    PasswordLink,
    PasswordRequest,
    Role,
    SignIn,
    Space,
    User,
)
from wasched.services.audit_log import record_entry
from wasched.services.caller import Caller
from wasched.services.change_notes import PEOPLE, announce_to_user
from wasched.services.identity.guess_limits import forget_old_tries
from wasched.services.identity.kept_answers import forget_old_answers
from wasched.services.ports import StrengthMeter
from wasched.services.views import Member

STAYS_SIGNED_IN = timedelta(days=30)
"""How long a browser may stay away."""

SIGNED_IN_MAX = timedelta(days=180)
"""When a sign-in ends also for who comes every day."""

MAIL_WAITS = timedelta(minutes=15)
"""How long a mail server is tried; who still waits then has asked again, or somebody else."""

PASSWORD_MIN, PASSWORD_MAX = 10, 200
NAME_MAX = 100
EMAIL_MAX = 254  # RFC 5321, 4.5.3.1.3


@dataclass(frozen=True)
class NewUser:
    """What a person enters about themselves; `zone` is an IANA name."""

    name: str
    email: str
    password: str
    zone: str


def is_zone(name: str) -> bool:
    """True for an IANA name of a time zone."""
    return name in wall_clock.zone_names()


def is_set_up(session: Session) -> bool:
    """True once the server has somebody who runs it."""
    return session.scalar(select(User.id).where(col(User.is_admin))) is not None


def all_users(session: Session) -> list[Member]:
    """Everybody who may sign in; who runs the server first."""
    rows = session.scalars(
        select(User).where(col(User.removed_at).is_(None)).order_by(col(User.id))
    )
    found = [
        Member(_id(row), row.name, row.email, row.created_at, is_admin=row.is_admin) for row in rows
    ]
    return sorted(found, key=lambda member: not member.is_admin)


def check_user(new: NewUser, meter: StrengthMeter) -> NewUser:
    """The entry tidied up; InputError names the first field that cannot be taken."""
    name, email = check_name(new.name), check_email(new.email)
    check_password(meter, new.password, name, email)
    return NewUser(name, email, new.password, check_zone(new.zone))


def check_name(typed: str) -> str:
    """The name tidied up; InputError if there is none, or it is too long."""
    name = clean_name(typed)
    if not name or len(name) > NAME_MAX:
        raise InputError("name", f"Say your name, in at most {NAME_MAX} characters.")
    return name


def check_email(typed: str) -> str:
    """The e-mail in lower case; InputError if it is none."""
    email = typed.strip().lower()
    local, _, domain = email.rpartition("@")
    if not local or "." not in domain or len(email) > EMAIL_MAX or any(c.isspace() for c in email):
        raise InputError("email", f'"{typed.strip()}" is no e-mail address.')
    return email


def check_zone(name: str) -> str:
    """The zone; InputError if there is none of this name."""
    if not is_zone(name):
        raise InputError("zone", f'"{name}" is no time zone. Choose one like Europe/Berlin.')
    return name


def check_password(meter: StrengthMeter, password: str, name: str, email: str) -> None:
    """InputError if a new password is too short, too long or guessed at once.

    What it is made of is nobody's affair: NIST SP 800-63B-4, 3.1.1.2, wants a length and a look at
    what guessers try, the person's own words among it, and no rules about kinds of signs.
    """
    if len(password) < PASSWORD_MIN:
        raise InputError("password", f"Choose a password of at least {PASSWORD_MIN} characters.")
    if len(password) > PASSWORD_MAX:
        raise InputError("password", f"A password may have {PASSWORD_MAX} characters.")
    found = meter.measure(password, strength.known_words(name, email))
    if found is not None and found.is_refused:
        raise InputError("password", strength.strength_sentence(found), f"weak-{found.weakness}")


def set_up(session: Session, new: NewUser, password_hash: str, now: datetime) -> int:
    """Create who runs the server, in a space of their own; InputError if somebody does.

    Returns their id, as does `register_user`.
    """
    user_id = _create(session, new, password_hash, now, is_admin=True)
    record_entry(session, Reason(Code.SET_UP_SERVER), now, user_id=user_id)
    give_space(session, user_id, new.name, now)
    return user_id


def register_user(session: Session, new: NewUser, password_hash: str, now: datetime) -> int:
    """Create somebody in a space of their own; InputError if the e-mail is taken."""
    user_id = add_user(session, new, password_hash, now)
    give_space(session, user_id, new.name, now)
    record_entry(session, because(Code.MADE_SPACE, name=new.name), now, user_id=user_id)
    return user_id


def add_user(session: Session, new: NewUser, password_hash: str, now: datetime) -> int:
    """The same for somebody who is still to join a space: until then they cannot sign in."""
    user_id = _create(session, new, password_hash, now, is_admin=False)
    record_entry(session, Reason(Code.SIGNED_UP), now, user_id=user_id)
    return user_id


def add_without_password(session: Session, name: str, email: str, zone: str, now: datetime) -> int:
    """Create somebody who cannot sign in before they have chosen a password by a link."""
    return _create(session, NewUser(name, email, "", zone), "", now, is_admin=False)


def give_space(session: Session, user_id: int, name: str, now: datetime) -> int:
    """Make a space that the user manages; returns its id."""
    space = Space(name=name, created_at=now)
    session.add(space)
    session.flush()
    assert space.id is not None
    add_membership(session, user_id, space.id, Role.MANAGER, now)
    return space.id


def add_membership(
    session: Session, user_id: int, space_id: int, role: Role, now: datetime
) -> None:
    """Let a user belong to a space."""
    session.add(Membership(user_id=user_id, space_id=space_id, role=role, joined_at=now))
    session.flush()


def open_session(session: Session, user_id: int, address: str, agent: str, now: datetime) -> str:
    """A new token for the user's browser; only its hash is kept."""
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            user_id=user_id,
            token_hash=hash_secret(token),
            created_at=now,
            seen_at=now,
            expires_at=now + STAYS_SIGNED_IN,
            confirmed_at=now,
            address=address,
            agent=agent[:200],
        )
    )
    record_entry(session, Reason(Code.SIGNED_IN), now, user_id=user_id, address=address)
    return token


def renew_session(session: Session, token: str, now: datetime) -> str:
    """Another token for a session, which goes on by it alone; empty if there is no such session."""
    found = session.scalar(
        select(SignIn).where(SignIn.token_hash == hash_secret(token), col(SignIn.expires_at) > now)
    )
    if found is None:
        return ""
    newer = secrets.token_urlsafe(32)
    found.token_hash = hash_secret(newer)
    announce_to_user(session, found.user_id, PEOPLE, now)
    return newer


def close_session(session: Session, token: str, address: str, now: datetime) -> None:
    """End the session of this token, if there is one; `address` is where that is asked from."""
    found = session.scalar(select(SignIn).where(SignIn.token_hash == hash_secret(token)))
    if found is not None:
        record_entry(session, Reason(Code.SIGNED_OUT), now, user_id=found.user_id, address=address)
        announce_to_user(session, found.user_id, PEOPLE, now)
        session.delete(found)


def who_is(session: Session, token: str, now: datetime, space_id: int = 0) -> Caller | None:
    """The person a token belongs to, None if it belongs to nobody (any more).

    They are in the space that is named if they belong to it, else in the one that was chosen in
    their browser, else in their first.
    """
    if not token:
        return None
    asked = {"token_hash": hash_secret(token), "now": now, "space_id": space_id}
    row = session.execute(_caller_query(), asked).first()
    return Caller(**row._mapping) if row else None


@cache
def _caller_query() -> Executable:
    """Built once, since each click and each request asks it: that takes longer than its answer."""
    belongs = col(Membership.space_id)
    return (
        select(
            *(col(User.id), col(User.name), col(User.email), col(Membership.role), col(User.zone)),
            *(belongs, col(User.is_admin), col(SignIn.confirmed_at)),
            col(Space.viewers_see_replies),
        )
        .select_from(User)
        .join(SignIn, col(SignIn.user_id) == User.id)
        .join(Membership, col(Membership.user_id) == User.id)
        .join(Space, col(Space.id) == belongs)
        .where(
            SignIn.token_hash == bindparam("token_hash"),
            col(SignIn.expires_at) > bindparam("now"),
            col(User.removed_at).is_(None),
        )
        .order_by(
            belongs != bindparam("space_id"),
            belongs != func.coalesce(SignIn.space_id, 0),
            col(Membership.joined_at),
            belongs,
        )
        .limit(1)
    )


def caller_of(user: User, member: Membership, confirmed_at: datetime | None = None) -> Caller:
    """A user in one of their spaces, as services know who is asking."""
    return Caller(
        id=_id(user),
        name=user.name,
        email=user.email,
        role=member.role,
        zone=user.zone,
        space_id=member.space_id,
        is_admin=user.is_admin,
        confirmed_at=confirmed_at,
    )


def is_from_before(session: Session, token: str) -> bool:
    """True for a sign-in that is older than the note of when its password was given."""
    found = session.scalar(select(SignIn).where(SignIn.token_hash == hash_secret(token)))
    return found is not None and found.confirmed_at is None


def standing_user(session: Session, sign_ins: set[str], now: datetime) -> set[str]:
    """Those of some sign-ins, by the hashes of their tokens, that have not ended."""
    rows = session.scalars(
        select(col(SignIn.token_hash)).where(
            col(SignIn.token_hash).in_(sign_ins), col(SignIn.expires_at) > now
        )
    )
    return set(rows)


def forget_old(session: Session, now: datetime) -> None:
    """Remove ended sessions, invitations and links that are over, old tries and answers."""
    is_over = col(SignIn.expires_at) <= now
    over = select(col(SignIn.id)).where(is_over)
    # Who was away for long is told all the same: they did not sign out.
    session.execute(
        update(AlertWay).where(col(AlertWay.sign_in_id).in_(over)).values(sign_in_id=None)
    )
    session.execute(delete(SignIn).where(is_over))
    session.execute(delete(Invitation).where(col(Invitation.expires_at) <= now))
    session.execute(delete(PasswordLink).where(col(PasswordLink.expires_at) <= now))
    session.execute(delete(PasswordRequest).where(col(PasswordRequest.at) <= now - MAIL_WAITS))
    session.execute(delete(HalfSignIn).where(col(HalfSignIn.expires_at) <= now))
    forget_old_tries(session, now)
    forget_old_answers(session, now)


def _create(
    session: Session, new: NewUser, password_hash: str, now: datetime, *, is_admin: bool
) -> int:
    if is_admin and is_set_up(session):
        raise InputError("", "This server is set up. Sign in.", "set-up-done")
    if session.scalar(select(User.id).where(User.email == new.email)) is not None:
        sentence = "Somebody has signed up with this e-mail. Sign in instead."
        raise InputError("email", sentence, "email-taken")
    user = User(
        email=new.email,
        name=new.name,
        password_hash=password_hash,
        is_admin=is_admin,
        zone=new.zone,
        created_at=now,
    )
    session.add(user)
    try:
        session.flush()
    except IntegrityError:  # another request was a moment faster; the constraints decide
        session.rollback()
        raise InputError("", "This server is set up. Sign in.", "set-up-done") from None
    return _id(user)


def hash_secret(token: str) -> str:
    """What is kept of a token, so that the database never lets anybody in."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _id(user: User) -> int:
    assert user.id is not None
    return user.id
