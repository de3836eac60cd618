"""A person's own name, e-mail, zone and password, and the browsers they are signed in with."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlmodel import Session, col

from wasched.domain.errors import InputError, NotFoundError
from wasched.domain.reasons import Code, Reason
from wasched.models import SignIn, User
from wasched.services.audit_log import record_on_server
from wasched.services.caller import Caller
from wasched.services.change_notes import PEOPLE, announce_to_user
from wasched.services.identity import password_links, users
from wasched.services.identity.password_confirmation import (
    confirm_password,
    require_recent_password,
)
from wasched.services.ports import Database, PasswordHasher, StrengthMeter
from wasched.services.views import SignedInBrowser

SEEN_EVERY = timedelta(minutes=5)
"""How exactly it is known when a browser was last here; finer would write at every click."""


def save_profile(
    session: Session, user: Caller, name: str, email: str, zone: str, now: datetime
) -> Caller:
    """Change name, e-mail and zone; InputError names the field that cannot be taken.

    Another e-mail asks for the password: one signs in by it.
    """
    row = _row(session, user)
    name, email, zone = users.check_name(name), users.check_email(email), users.check_zone(zone)
    if email != row.email:
        require_recent_password(user, now)
        _change_email(session, user, row, email, now)
    row.name, row.zone = name, zone
    announce_to_user(session, user.id, PEOPLE, now)
    return replace(user, name=name, email=email, zone=zone)


def change_password(
    database: Database, hasher: PasswordHasher, meter: StrengthMeter,
    user: Caller, token: str, present: str, new: str, now: datetime,
) -> int:  # fmt: skip
    """Set a new password and end every other session; returns how many were ended.

    InputError names what is wrong with the present password or the new one. Hashing holds up
    nobody, and who is signed out meanwhile changes nothing.
    """
    confirm_password(database, hasher, token, present, now)
    users.check_password(meter, new, user.name, user.email)
    hashed = hasher.hash(new)

    def change(session: Session) -> int:
        if users.who_is(session, token, now) is None:
            raise NotFoundError()
        _row(session, user).password_hash = hashed
        password_links.forget_links(session, user.id)
        record_on_server(session, user, Reason(Code.CHANGED_PASSWORD), now)
        return _end_others(session, user, token, now)

    return database.transaction(change)


def list_browsers(
    session: Session, user: Caller, token: str, now: datetime
) -> list[SignedInBrowser]:
    """The browsers that are signed in, this one first, then the latest seen."""
    here = users.hash_secret(token)
    rows = session.scalars(
        select(SignIn)
        .where(SignIn.user_id == user.id, col(SignIn.expires_at) > now)
        .order_by(col(SignIn.seen_at).desc())
    ).all()
    found = [
        SignedInBrowser(row.id or 0, row.agent, row.address, row.seen_at, row.token_hash == here)
        for row in rows
    ]
    return sorted(found, key=lambda device: not device.is_this)


def end_sign_in(session: Session, user: Caller, sign_in_id: int, now: datetime) -> None:
    """Sign one browser out; NotFoundError if it is somebody else's."""
    require_recent_password(user, now)
    found = session.get(SignIn, sign_in_id)
    if found is None or found.user_id != user.id:
        raise NotFoundError()
    session.delete(found)
    record_on_server(session, user, Reason(Code.ENDED_SIGN_IN), now)
    announce_to_user(session, user.id, PEOPLE, now)


def end_others(session: Session, user: Caller, token: str, now: datetime) -> int:
    """Sign every browser out but this one; returns how many there were."""
    require_recent_password(user, now)
    return _end_others(session, user, token, now)


def is_visit_due(session: Session, token: str, now: datetime) -> bool:
    """True if it is a while ago that this browser was here."""
    seen = session.scalar(
        select(SignIn.seen_at).where(SignIn.token_hash == users.hash_secret(token))
    )
    return seen is not None and now - seen >= SEEN_EVERY


def note_visit(session: Session, token: str, now: datetime) -> None:
    """Remember that this browser is here; it may stay away as long again, up to the end."""
    found = session.scalar(select(SignIn).where(SignIn.token_hash == users.hash_secret(token)))
    if found is not None:
        end = found.created_at + users.SIGNED_IN_MAX
        found.seen_at, found.expires_at = now, min(now + users.STAYS_SIGNED_IN, end)


def _change_email(session: Session, user: Caller, row: User, email: str, now: datetime) -> None:
    if session.scalar(select(User.id).where(User.email == email)) is not None:
        raise InputError("email", "Somebody else here uses this e-mail.")
    row.email = email
    record_on_server(session, user, Reason(Code.CHANGED_EMAIL), now)


def _end_others(session: Session, user: Caller, token: str, now: datetime) -> int:
    ended = session.exec(
        delete(SignIn).where(
            col(SignIn.user_id) == user.id, col(SignIn.token_hash) != users.hash_secret(token)
        )
    )
    if ended.rowcount:
        record_on_server(session, user, Reason(Code.ENDED_OTHER_SIGN_INS), now)
    announce_to_user(session, user.id, PEOPLE, now)
    return int(ended.rowcount)


def _row(session: Session, user: Caller) -> User:
    row = session.get(User, user.id)
    if row is None or row.removed_at is not None:
        raise NotFoundError()
    return row
