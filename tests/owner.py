"""The owner of a server that a test fills without its pages."""

from datetime import datetime

from sqlmodel import Session

from wasched.models import Role, User
from wasched.services.caller import Caller


def add_owner(session: Session, now: datetime, zone: str = "UTC") -> Caller:
    """Miriam, who owns the server and has no password."""
    user = User(
        email="miriam@choir.example",
        name="Miriam",
        password_hash="",
        role=Role.OWNER,
        zone=zone,
        created_at=now,
    )
    session.add(user)
    session.flush()
    return signed_in(user)


def signed_in(user: User) -> Caller:
    """A user as services know them."""
    assert user.id is not None
    return Caller(user.id, user.name, user.email, user.role, user.zone)
