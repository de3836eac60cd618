"""The people on this server: invitations, who is owner, and removing somebody."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select
from sqlmodel import Session, col

from wasched.domain.errors import DraftError, NotYoursError
from wasched.domain.visible import clean_name
from wasched.models import AuditEntry, Invitation, KeptDraft, Role, SignIn, User
from wasched.services import access, password_links, people
from wasched.services.changes import PEOPLE, announce
from wasched.services.confirming import require_recent_password
from wasched.services.people import NewUser
from wasched.services.views import Invited, Member, SignedIn

INVITATION_LASTS = timedelta(days=7)
NOTE_MAX = 100
OPEN_MAX = 50
"""Invitations that may wait at the same time."""


def members(session: Session, user: SignedIn) -> list[Member]:
    """Everybody who may sign in; the owner first."""
    access.require_owner(user)
    return people.everybody(session)


def invitations(session: Session, user: SignedIn, now: datetime) -> list[Invited]:
    """The invitations that nobody has used yet."""
    access.require_owner(user)
    rows = session.scalars(
        select(Invitation).where(col(Invitation.expires_at) > now).order_by(col(Invitation.id))
    )
    return [Invited(row.id or 0, row.note, row.expires_at) for row in rows]


def invite(session: Session, user: SignedIn, note: str, now: datetime) -> str:
    """The token of a new invitation, which is shown once and lasts for a week."""
    access.require_owner(user)
    require_recent_password(user, now)
    note = clean_name(note)
    if len(note) > NOTE_MAX:
        raise DraftError("note", f"Say their name in at most {NOTE_MAX} characters.")
    if len(invitations(session, user, now)) >= OPEN_MAX:
        sentence = f"{OPEN_MAX} invitations wait already. Take one back first."
        raise DraftError("note", sentence)
    token = secrets.token_urlsafe(24)
    session.add(
        Invitation(
            token_hash=people.hashed(token),
            note=note,
            by_user_id=user.id,
            created_at=now,
            expires_at=now + INVITATION_LASTS,
        )
    )
    session.add(AuditEntry(user_id=user.id, what="invited somebody", at=now))
    announce(session, user.id, PEOPLE, now)
    return token


def take_back(session: Session, user: SignedIn, invitation_id: int, now: datetime) -> None:
    """Make an invitation worthless."""
    access.require_owner(user)
    require_recent_password(user, now)
    session.execute(delete(Invitation).where(col(Invitation.id) == invitation_id))
    announce(session, user.id, PEOPLE, now)


def is_invited(session: Session, token: str, now: datetime) -> bool:
    """True if this token lets somebody sign up now."""
    return invited_name(session, token, now) is not None


def invited_name(session: Session, token: str, now: datetime) -> str | None:
    """For whom the invitation of this token is, perhaps empty; None if it lets nobody in."""
    return session.scalar(select(Invitation.note).where(*_good(token, now)))


def accept(session: Session, token: str, new: NewUser, password_hash: str, now: datetime) -> int:
    """Sign up with an invitation, which is used up; DraftError if it does not count any more."""
    # Used up before anything else, so that of many who come with it at once one gets in.
    by_user_id = session.scalar(
        delete(Invitation).where(*_good(token, now)).returning(col(Invitation.by_user_id))
    )
    if by_user_id is None:
        raise DraftError("", "This invitation is over. Ask for a new one.", "invitation")
    user_id = people.register(session, new, password_hash, now)
    announce(session, by_user_id, PEOPLE, now)
    return user_id


def hand_over(session: Session, user: SignedIn, member_id: int, now: datetime) -> None:
    """Make somebody else the owner; who was it becomes a member."""
    access.require_owner(user)
    require_recent_password(user, now)
    heir, old = _member(session, member_id), session.get(User, user.id)
    if old is None or heir.id == old.id:
        raise NotYoursError()
    old.role = Role.MEMBER
    session.flush()  # the database admits one owner at any moment
    heir.role = Role.OWNER
    session.add(AuditEntry(user_id=user.id, what=f"made user {member_id} the owner", at=now))
    for one in (member_id, user.id):
        password_links.forget_links(session, one)
        announce(session, one, PEOPLE, now)


def remove(session: Session, user: SignedIn, member_id: int, now: datetime) -> None:
    """Shut somebody out at once; what they scheduled stays, and the owner sees to it.

    What they had only begun to write goes with them.
    """
    access.require_owner(user)
    require_recent_password(user, now)
    member = _member(session, member_id)
    if member.role == Role.OWNER:
        raise DraftError("", "The owner cannot be removed. Make somebody else the owner first.")
    # The e-mail becomes free, so that the person can be invited again.
    member.removed_at, member.email, member.password_hash = now, f"removed-{member_id}", ""
    session.execute(delete(SignIn).where(col(SignIn.user_id) == member_id))
    session.execute(delete(KeptDraft).where(col(KeptDraft.owner_id) == member_id))
    password_links.forget_links(session, member_id)
    session.add(AuditEntry(user_id=user.id, what=f"removed user {member_id}", at=now))
    for one in (member_id, user.id):
        announce(session, one, PEOPLE, now)


def _member(session: Session, member_id: int) -> User:
    member = session.get(User, member_id)
    if member is None or member.removed_at is not None:
        raise NotYoursError()
    return member


def _good(token: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Conditions for the invitation of a token that lets somebody in."""
    return col(Invitation.token_hash) == people.hashed(token), col(Invitation.expires_at) > now
