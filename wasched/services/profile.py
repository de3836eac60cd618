"""A person's own name, e-mail, zone and password, and the browsers they are signed in with."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlmodel import Session, col

from wasched.domain.errors import DraftError, NotYoursError
from wasched.models import AuditEntry, SignIn, User
from wasched.services import password_links, people
from wasched.services.changes import PEOPLE, announce
from wasched.services.confirming import confirm_password, require_recent_password
from wasched.services.ports import PasswordHasher, Scope, StrengthMeter
from wasched.services.views import Device, SignedIn

SEEN_EVERY = timedelta(minutes=5)
"""How exactly it is known when a browser was last here; finer would write at every click."""


def save(
    session: Session, user: SignedIn, name: str, email: str, zone: str, now: datetime
) -> SignedIn:
    """Change name, e-mail and zone; DraftError names the field that cannot be taken.

    Another e-mail asks for the password: one signs in by it.
    """
    row = _row(session, user)
    name, email, zone = people.check_name(name), people.check_email(email), people.check_zone(zone)
    if email != row.email:
        require_recent_password(user, now)
        _change_email(session, row, email, now)
    row.name, row.zone = name, zone
    announce(session, user.id, PEOPLE, now)
    return replace(user, name=name, email=email, zone=zone)


def change_password(
    scope: Scope, hasher: PasswordHasher, meter: StrengthMeter,
    user: SignedIn, token: str, present: str, new: str, now: datetime,
) -> int:  # fmt: skip
    """Set a new password and end every other session; returns how many were ended.

    DraftError names what is wrong with the present password or the new one. Hashing holds up
    nobody, and who is signed out meanwhile changes nothing.
    """
    confirm_password(scope, hasher, token, present, now)
    people.check_password(meter, new, user.name, user.email)
    hashed = hasher.hash(new)
    with scope() as session:
        if people.who_is(session, token, now) is None:
            raise NotYoursError()
        _row(session, user).password_hash = hashed
        password_links.forget_links(session, user.id)
        session.add(AuditEntry(user_id=user.id, what="changed the password", at=now))
        return _end_others(session, user, token, now)


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
    require_recent_password(user, now)
    found = session.get(SignIn, sign_in_id)
    if found is None or found.user_id != user.id:
        raise NotYoursError()
    session.delete(found)
    announce(session, user.id, PEOPLE, now)


def end_others(session: Session, user: SignedIn, token: str, now: datetime) -> int:
    """Sign every browser out but this one; returns how many there were."""
    require_recent_password(user, now)
    return _end_others(session, user, token, now)


def is_visit_due(session: Session, token: str, now: datetime) -> bool:
    """True if it is a while ago that this browser was here."""
    seen = session.scalar(select(SignIn.seen_at).where(SignIn.token_hash == people.hashed(token)))
    return seen is not None and now - seen >= SEEN_EVERY


def note_visit(session: Session, token: str, now: datetime) -> None:
    """Remember that this browser is here; it may stay away as long again, up to the end."""
    found = session.scalar(select(SignIn).where(SignIn.token_hash == people.hashed(token)))
    if found is not None:
        end = found.created_at + people.SIGNED_IN_MAX
        found.seen_at, found.expires_at = now, min(now + people.STAYS_SIGNED_IN, end)


def _change_email(session: Session, row: User, email: str, now: datetime) -> None:
    if session.scalar(select(User.id).where(User.email == email)) is not None:
        raise DraftError("email", "Somebody else here uses this e-mail.")
    row.email = email
    session.add(AuditEntry(user_id=row.id, what="changed the e-mail", at=now))


def _end_others(session: Session, user: SignedIn, token: str, now: datetime) -> int:
    ended = session.exec(
        delete(SignIn).where(
            col(SignIn.user_id) == user.id, col(SignIn.token_hash) != people.hashed(token)
        )
    )
    announce(session, user.id, PEOPLE, now)
    return int(ended.rowcount)


def _row(session: Session, user: SignedIn) -> User:
    row = session.get(User, user.id)
    if row is None or row.removed_at is not None:
        raise NotYoursError()
    return row
