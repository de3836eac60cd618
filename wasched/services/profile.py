"""A person's own name, e-mail, zone and password, and the browsers they are signed in with."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlmodel import Session, col

from wasched.domain.errors import DraftError, NotYoursError
from wasched.models import AuditEntry, SignIn, User
from wasched.services import people
from wasched.services.changes import PEOPLE, announce
from wasched.services.people import NewUser
from wasched.services.ports import PasswordHasher
from wasched.services.views import Device, SignedIn

SEEN_EVERY = timedelta(minutes=5)
"""How exactly it is known when a browser was last here; finer would write at every click."""


def save(
    session: Session, user: SignedIn, name: str, email: str, zone: str, now: datetime
) -> SignedIn:
    """Change name, e-mail and zone; DraftError names the field that cannot be taken."""
    checked = people.check(NewUser(name, email, "x" * people.PASSWORD_MIN, zone))
    taken = select(User.id).where(User.email == checked.email, col(User.id) != user.id)
    if session.scalar(taken) is not None:
        raise DraftError("email", "Somebody else here uses this e-mail.")
    row = _row(session, user)
    row.name, row.email, row.zone = checked.name, checked.email, checked.zone
    announce(session, user.id, PEOPLE, now)
    return SignedIn(user.id, row.name, row.email, user.role, row.zone)


def check_password(session: Session, hasher: PasswordHasher, user: SignedIn, typed: str) -> None:
    """DraftError unless `typed` is the person's present password."""
    if not hasher.verify(typed[: people.PASSWORD_MAX], _row(session, user).password_hash):
        raise DraftError("current", "That is not your present password.")


def change_password(
    session: Session, user: SignedIn, password_hash: str, token: str, now: datetime
) -> int:
    """Set a new password and end every other session; returns how many were ended."""
    _row(session, user).password_hash = password_hash
    session.add(AuditEntry(user_id=user.id, what="changed the password", at=now))
    return end_others(session, user, token, now)


def devices(session: Session, user: SignedIn, token: str, now: datetime) -> list[Device]:
    """The browsers that are signed in, this one first, then the latest seen."""
    here = people.hashed(token)
    rows = session.scalars(
        select(SignIn)
        .where(SignIn.user_id == user.id, col(SignIn.expires_at) > now)
        .order_by(col(SignIn.seen_at).desc())
    ).all()
    found = [
        Device(row.id or 0, row.agent, row.address, row.seen_at, row.token_hash == here)
        for row in rows
    ]
    return sorted(found, key=lambda device: not device.is_this)


def end(session: Session, user: SignedIn, sign_in_id: int, now: datetime) -> None:
    """Sign one browser out; NotYoursError if it is somebody else's."""
    found = session.get(SignIn, sign_in_id)
    if found is None or found.user_id != user.id:
        raise NotYoursError()
    session.delete(found)
    announce(session, user.id, PEOPLE, now)


def end_others(session: Session, user: SignedIn, token: str, now: datetime) -> int:
    """Sign every browser out but this one; returns how many there were."""
    ended = session.exec(
        delete(SignIn).where(
            col(SignIn.user_id) == user.id, col(SignIn.token_hash) != people.hashed(token)
        )
    )
    announce(session, user.id, PEOPLE, now)
    return int(ended.rowcount)


def note_visit(session: Session, token: str, now: datetime) -> None:
    """Remember that this browser was here, if the last time is a while ago."""
    found = session.scalar(select(SignIn).where(SignIn.token_hash == people.hashed(token)))
    if found is not None and now - found.seen_at >= SEEN_EVERY:
        found.seen_at, found.expires_at = now, now + people.STAYS_SIGNED_IN


def _row(session: Session, user: SignedIn) -> User:
    row = session.get(User, user.id)
    if row is None:
        raise NotYoursError()
    return row
