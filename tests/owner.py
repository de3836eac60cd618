"""People of a server that a test fills without its pages."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.models import Membership, Role, Space, User
from wasched.services.caller import Caller
from wasched.services.identity import users

APART = 1_000
"""The ids of spaces are so much higher than those of users: none is taken for the other."""


def add_owner(session: Session, now: datetime, zone: str = "UTC") -> Caller:
    """Miriam, who runs the server and has no password."""
    return add_person(session, "Miriam", now, zone, "miriam@choir.example", is_admin=True)


def add_person(
    session: Session,
    name: str,
    now: datetime,
    zone: str = "UTC",
    email: str = "",
    *,
    is_admin: bool = False,
) -> Caller:
    """Somebody who manages a space of their own."""
    user = User(
        email=email or f"{name.lower()}@example.org",
        name=name,
        password_hash="",
        is_admin=is_admin,
        zone=zone,
        created_at=now,
    )
    session.add(user)
    session.flush()
    space = Space(id=(user.id or 0) + APART, name=name, created_at=now)
    session.add(space)
    session.flush()
    users.add_membership(session, user.id or 0, space.id or 0, Role.MANAGER, now)
    return signed_in(session, user)


def add_to_space(session: Session, of: Caller, name: str, role: Role, now: datetime) -> Caller:
    """Somebody who belongs to another's space alone."""
    user = User(
        email=f"{name.lower()}@example.org",
        name=name,
        password_hash="",
        zone=of.zone,
        created_at=now,
    )
    session.add(user)
    session.flush()
    users.add_membership(session, user.id or 0, of.space_id, role, now)
    return signed_in(session, user)


def signed_in(session: Session, user: User) -> Caller:
    """A user as services know them, in their first space."""
    mine = select(Membership).where(col(Membership.user_id) == user.id)
    member = session.scalars(mine.order_by(col(Membership.joined_at)).limit(1)).one()
    return users.caller_of(user, member)
