"""The people on this server: invitations, who is owner, and removing somebody."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select
from sqlmodel import Session, col

from wasched.domain.errors import InputError, NotFoundError
from wasched.domain.reasons import Code, Reason, because
from wasched.domain.visible import clean_name
from wasched.models import AuditEntry, Invitation, KeptDraft, Role, SignIn, User
from wasched.services import permissions
from wasched.services.caller import Caller
from wasched.services.change_notes import PEOPLE, announce
from wasched.services.identity import password_links, second_step, users
from wasched.services.identity.password_confirmation import require_recent_password
from wasched.services.identity.users import NewUser
from wasched.services.permissions import Action
from wasched.services.views import Invited, Member

INVITATION_LASTS = timedelta(days=7)
NOTE_MAX = 100
OPEN_MAX = 50
"""Invitations that may wait at the same time."""


def list_members(session: Session, user: Caller) -> list[Member]:
    """Everybody who may sign in; the owner first."""
    permissions.require(user, Action.RUN_SERVER)
    return users.all_users(session)


def list_invitations(session: Session, user: Caller, now: datetime) -> list[Invited]:
    """The invitations that nobody has used yet."""
    permissions.require(user, Action.RUN_SERVER)
    rows = session.scalars(
        select(Invitation).where(col(Invitation.expires_at) > now).order_by(col(Invitation.id))
    )
    return [Invited(row.id or 0, row.note, row.expires_at) for row in rows]


def invite_member(session: Session, user: Caller, note: str, now: datetime) -> str:
    """The token of a new invitation, which is shown once and lasts for a week."""
    permissions.require(user, Action.RUN_SERVER)
    require_recent_password(user, now)
    note = clean_name(note)
    if len(note) > NOTE_MAX:
        raise InputError("note", f"Say their name in at most {NOTE_MAX} characters.")
    if len(list_invitations(session, user, now)) >= OPEN_MAX:
        sentence = f"{OPEN_MAX} invitations wait already. Take one back first."
        raise InputError("note", sentence)
    token = secrets.token_urlsafe(24)
    session.add(
        Invitation(
            token_hash=users.hash_of_email(token),
            note=note,
            by_user_id=user.id,
            created_at=now,
            expires_at=now + INVITATION_LASTS,
        )
    )
    session.add(AuditEntry(user_id=user.id, what=Reason(Code.INVITED), at=now))
    announce(session, user.id, PEOPLE, now)
    return token


def take_back(session: Session, user: Caller, invitation_id: int, now: datetime) -> None:
    """Make an invitation worthless."""
    permissions.require(user, Action.RUN_SERVER)
    require_recent_password(user, now)
    session.execute(delete(Invitation).where(col(Invitation.id) == invitation_id))
    announce(session, user.id, PEOPLE, now)


def is_invited(session: Session, token: str, now: datetime) -> bool:
    """True if this token lets somebody sign up now."""
    return invited_name(session, token, now) is not None


def invited_name(session: Session, token: str, now: datetime) -> str | None:
    """For whom the invitation of this token is, perhaps empty; None if it lets nobody in."""
    return session.scalar(select(Invitation.note).where(*_good(token, now)))


def accept_invitation(
    session: Session, token: str, new: NewUser, password_hash: str, now: datetime
) -> int:
    """Sign up with an invitation, which is used up; InputError if it does not count any more."""
    # Used up before anything else, so that of many who come with it at once one gets in.
    by_user_id = session.scalar(
        delete(Invitation).where(*_good(token, now)).returning(col(Invitation.by_user_id))
    )
    if by_user_id is None:
        raise InputError("", "This invitation is over. Ask for a new one.", "invitation")
    user_id = users.register_user(session, new, password_hash, now)
    announce(session, by_user_id, PEOPLE, now)
    return user_id


def hand_over(session: Session, user: Caller, member_id: int, now: datetime) -> None:
    """Make somebody else the owner; who was it becomes a member.

    The new owner signs in anew: no cookie from before has the owner's rights.
    """
    permissions.require(user, Action.RUN_SERVER)
    require_recent_password(user, now)
    heir, old = _member(session, member_id), session.get(User, user.id)
    if old is None or heir.id == old.id:
        raise NotFoundError()
    old.role = Role.MEMBER
    session.flush()  # the database admits one owner at any moment
    heir.role = Role.OWNER
    session.execute(delete(SignIn).where(col(SignIn.user_id) == member_id))
    session.add(
        AuditEntry(user_id=user.id, what=because(Code.MADE_OWNER, user_id=member_id), at=now)
    )
    for one in (member_id, user.id):
        password_links.forget_links(session, one)
        announce(session, one, PEOPLE, now)


def remove_member(session: Session, user: Caller, member_id: int, now: datetime) -> None:
    """Shut somebody out at once; what they scheduled stays, and the owner sees to it.

    What they had only begun to write goes with them.
    """
    permissions.require(user, Action.RUN_SERVER)
    require_recent_password(user, now)
    member = _member(session, member_id)
    if member.role == Role.OWNER:
        raise InputError("", "The owner cannot be removed. Make somebody else the owner first.")
    # The e-mail becomes free, so that the person can be invited again.
    member.removed_at, member.email, member.password_hash = now, f"removed-{member_id}", ""
    session.execute(delete(SignIn).where(col(SignIn.user_id) == member_id))
    session.execute(delete(KeptDraft).where(col(KeptDraft.owner_id) == member_id))
    password_links.forget_links(session, member_id)
    second_step.end_second_step(session, member_id)
    session.add(
        AuditEntry(user_id=user.id, what=because(Code.REMOVED_USER, user_id=member_id), at=now)
    )
    for one in (member_id, user.id):
        announce(session, one, PEOPLE, now)


def _member(session: Session, member_id: int) -> User:
    member = session.get(User, member_id)
    if member is None or member.removed_at is not None:
        raise NotFoundError()
    return member


def _good(token: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Conditions for the invitation of a token that lets somebody in."""
    return col(Invitation.token_hash) == users.hash_of_email(token), col(
        Invitation.expires_at
    ) > now
