"""The people of a space: who belongs to it and as what, invitations, and removing somebody."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select
from sqlmodel import Session, col

from wasched.domain.errors import InputError, NotFoundError
from wasched.domain.reasons import Code, Reason, because
from wasched.domain.visible import clean_name
from wasched.models import Invitation, KeptDraft, Membership, Role, SignIn, Space, User
from wasched.services import permissions
from wasched.services.audit_log import record_deed, record_entry, record_on_server
from wasched.services.caller import Caller
from wasched.services.change_notes import PEOPLE, announce, announce_to_user
from wasched.services.identity import keys, server_people, users
from wasched.services.identity.password_confirmation import require_recent_password
from wasched.services.identity.users import NewUser
from wasched.services.permissions import Action
from wasched.services.views import Invited, Member

INVITATION_LASTS = timedelta(days=7)
NOTE_MAX = 100
OPEN_MAX = 50
"""Invitations that may wait at the same time."""

OWN = "own"
"""In place of a role: whoever comes gets a space of their own. Only who runs the server may."""


def list_members(session: Session, user: Caller) -> list[Member]:
    """Everybody who belongs to the user's space, who came first first."""
    permissions.require(user, Action.LOOK)
    rows = session.execute(
        select(User, Membership)
        .join(Membership, col(Membership.user_id) == User.id)
        .where(Membership.space_id == user.space_id)
        .order_by(col(Membership.joined_at), col(User.id))
    )
    return [
        Member(one.id or 0, one.name, one.email, member.joined_at, member.role, one.is_admin)
        for one, member in rows
    ]


def list_invitations(session: Session, user: Caller, now: datetime) -> list[Invited]:
    """The invitations into the user's space that nobody has used yet.

    For who runs the server also those to a space of one's own.
    """
    permissions.require(user, Action.MANAGE)
    rows = session.scalars(
        select(Invitation)
        .where(_is_managed_by(user), col(Invitation.expires_at) > now)
        .order_by(col(Invitation.id))
    )
    return [
        Invited(row.id or 0, row.note, row.role if row.space_id else "", row.expires_at)
        for row in rows
    ]


def invite_member(session: Session, user: Caller, note: str, role: str, now: datetime) -> str:
    """The token of a new invitation, which is shown once and lasts for a week.

    `role` is the one they will have, or OWN.
    """
    permissions.require(user, Action.RUN_SERVER if role == OWN else Action.MANAGE)
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
            token_hash=users.hash_secret(token),
            note=note,
            space_id=None if role == OWN else user.space_id,
            role=Role.MANAGER if role == OWN else _read_role(role),
            by_user_id=user.id,
            created_at=now,
            expires_at=now + INVITATION_LASTS,
        )
    )
    invited = because(Code.INVITED, whom=note, role=role)
    (record_on_server if role == OWN else record_deed)(session, user, invited, now)
    announce(session, user.space_id, PEOPLE, now)
    return token


def take_back(session: Session, user: Caller, invitation_id: int, now: datetime) -> None:
    """Make an invitation worthless."""
    permissions.require(user, Action.MANAGE)
    require_recent_password(user, now)
    taken = delete(Invitation).where(col(Invitation.id) == invitation_id, _is_managed_by(user))
    row = session.execute(taken.returning(col(Invitation.note), col(Invitation.space_id))).first()
    if row is None:
        return  # somebody came by it meanwhile, or took it back
    what = because(Code.TOOK_INVITATION_BACK, whom=row[0])
    (record_on_server if row[1] is None else record_deed)(session, user, what, now)
    announce(session, user.space_id, PEOPLE, now)


def is_invited(session: Session, token: str, now: datetime) -> bool:
    """True if this token lets somebody sign up now."""
    return invited_name(session, token, now) is not None


def invited_name(session: Session, token: str, now: datetime) -> str | None:
    """For whom the invitation of this token is, perhaps empty; None if it lets nobody in."""
    return session.scalar(select(Invitation.note).where(*_good(token, now)))


def space_to_join(session: Session, token: str, now: datetime) -> str | None:
    """What the space is called that the invitation of this token leads into; None if into none."""
    return session.scalar(
        select(Space.name)
        .join(Invitation, col(Invitation.space_id) == Space.id)
        .where(*_good(token, now))
    )


def accept_invitation(
    session: Session, token: str, new: NewUser, password_hash: str, now: datetime
) -> int:
    """Sign up with an invitation, which is used up; InputError if it does not count any more."""
    space_id, role = _use_up(session, token, now)
    if space_id is None:
        return users.register_user(session, new, password_hash, now)
    user_id = users.add_user(session, new, password_hash, now)
    _join(session, user_id, space_id, role, now)
    return user_id


def join_by_invitation(session: Session, user: Caller, token: str, now: datetime) -> int:
    """Let somebody who has signed up before into a space as well; returns the space's id."""
    space_id, role = _use_up(session, token, now)
    if space_id is None:
        sentence = "You have signed up already. Hand this invitation to somebody else."
        raise InputError("", sentence, "joined")
    if session.get(Membership, (user.id, space_id)) is not None:
        sentence = "You belong there already. Hand this invitation to somebody else."
        raise InputError("", sentence, "joined")
    _join(session, user.id, space_id, role, now)
    return space_id


def change_role(session: Session, user: Caller, member_id: int, role: str, now: datetime) -> None:
    """Give somebody of the space another role; InputError if nobody would manage it any more."""
    permissions.require(user, Action.MANAGE)
    require_recent_password(user, now)
    member, wanted = _member(session, user, member_id), _read_role(role)
    if wanted is not Role.MANAGER:
        _require_other_manager(session, member)
        _forget_invitations(session, member)
        keys.end_keys(session, member_id, now, member.space_id)
    member.role = wanted
    session.add(member)
    _note(session, user, because(Code.CHANGED_ROLE, user_id=member_id, role=wanted.value), now)
    announce_to_user(session, member_id, PEOPLE, now)


def remove_member(session: Session, user: Caller, member_id: int, now: datetime) -> None:
    """Shut somebody out of the space at once; who belongs to no other leaves the server.

    What they had only begun to write there goes with them. InputError if nobody would manage the
    space any more.
    """
    permissions.require(user, Action.MANAGE)
    require_recent_password(user, now)
    member = _member(session, user, member_id)
    _require_other_manager(session, member)
    if not _has_other_space(session, member):
        server_people.require_removable(session, member_id)
    _note(session, user, because(Code.REMOVED_MEMBER, user_id=member_id), now)
    _end_membership(session, user, member, now)
    session.execute(delete(SignIn).where(col(SignIn.user_id) == member_id))


def leave_space(session: Session, user: Caller, now: datetime) -> None:
    """Belong to the space no longer; InputError for its last manager, or who is nowhere else."""
    member = _member(session, user, user.id)
    _require_other_manager(session, member)
    if not _has_other_space(session, member):
        raise InputError("", "You belong to nothing else here. Have a manager remove you.")
    _note(session, user, Reason(Code.LEFT_SPACE), now)
    _end_membership(session, user, member, now)


def _end_membership(session: Session, user: Caller, member: Membership, now: datetime) -> None:
    is_last = not _has_other_space(session, member)
    _forget_invitations(session, member)
    keys.end_keys(session, member.user_id, now, member.space_id)
    session.execute(
        delete(KeptDraft).where(
            col(KeptDraft.user_id) == member.user_id, col(KeptDraft.space_id) == member.space_id
        )
    )
    session.delete(member)
    session.flush()
    if is_last:
        record_on_server(session, user, because(Code.LEFT_SERVER, user_id=member.user_id), now)
        server_people.forget_user(session, member.user_id, now)
    announce_to_user(session, member.user_id, PEOPLE, now)


def _use_up(session: Session, token: str, now: datetime) -> tuple[int | None, Role]:
    """Where an invitation leads and as what; of many who come with it at once one gets this."""
    used = delete(Invitation).where(*_good(token, now))
    row = session.execute(used.returning(col(Invitation.space_id), col(Invitation.role))).first()
    if row is None:
        raise InputError("", "This invitation is over. Ask for a new one.", "invitation")
    return row[0], Role(row[1])


def _join(session: Session, user_id: int, space_id: int, role: Role, now: datetime) -> None:
    users.add_membership(session, user_id, space_id, role, now)
    joined = because(Code.JOINED, role=role.value)
    record_entry(session, joined, now, user_id=user_id, space_id=space_id)
    announce(session, space_id, PEOPLE, now)
    announce_to_user(session, user_id, PEOPLE, now)


def _member(session: Session, user: Caller, member_id: int) -> Membership:
    member = session.get(Membership, (member_id, user.space_id))
    if member is None:
        raise NotFoundError()
    return member


def _require_other_manager(session: Session, member: Membership) -> None:
    count = select(func.count()).where(
        Membership.space_id == member.space_id,
        Membership.role == Role.MANAGER,
        Membership.user_id != member.user_id,
    )
    if not session.scalar(count):
        raise InputError("", "Somebody has to manage this. Make somebody else a manager first.")


def _has_other_space(session: Session, member: Membership) -> bool:
    others = select(Membership.space_id).where(
        Membership.user_id == member.user_id, Membership.space_id != member.space_id
    )
    return session.scalar(others.limit(1)) is not None


def _forget_invitations(session: Session, member: Membership) -> None:
    """What somebody who may not invite any more has made is worth nothing."""
    session.execute(
        delete(Invitation).where(
            col(Invitation.by_user_id) == member.user_id,
            col(Invitation.space_id) == member.space_id,
        )
    )


def _read_role(name: str) -> Role:
    try:
        return Role(name)
    except ValueError:
        raise InputError("role", "Choose what they may do.") from None


def _is_managed_by(user: Caller) -> ColumnElement[bool]:
    """The condition for invitations that the user sees and takes back."""
    ours = col(Invitation.space_id) == user.space_id
    is_open = col(Invitation.space_id).is_(None)
    return ours | is_open if permissions.may(user, Action.RUN_SERVER) else ours


def _note(session: Session, user: Caller, what: Reason, now: datetime) -> None:
    record_deed(session, user, what, now)
    announce(session, user.space_id, PEOPLE, now)


def _good(token: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Conditions for the invitation of a token that lets somebody in."""
    return col(Invitation.token_hash) == users.hash_secret(token), col(Invitation.expires_at) > now
