"""Everybody on this server and all its spaces, for who runs it: not what is in them."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlmodel import Session, col

from wasched.domain.errors import InputError, NotFoundError
from wasched.domain.reasons import Code, Reason, because
from wasched.models import (
    Invitation,
    KeptDraft,
    Membership,
    Role,
    SignIn,
    Space,
    User,
)
from wasched.services import permissions
from wasched.services.audit_log import record_entry, record_on_server
from wasched.services.caller import Caller
from wasched.services.change_notes import PEOPLE, announce, announce_to_user
from wasched.services.identity import keys, password_links, second_step, users
from wasched.services.identity.password_confirmation import require_recent_password
from wasched.services.permissions import Action
from wasched.services.views import Member, SpaceName


def list_users(session: Session, admin: Caller) -> list[Member]:
    """Everybody who may sign in; who runs the server first."""
    permissions.require(admin, Action.RUN_SERVER)
    return users.all_users(session)


def list_spaces(session: Session, admin: Caller) -> list[SpaceName]:
    """The spaces that the admin does not belong to, and how many people each has."""
    permissions.require(admin, Action.RUN_SERVER)
    own = select(Membership.space_id).where(Membership.user_id == admin.id)
    people = func.count(col(Membership.user_id))
    rows = session.execute(
        select(Space.id, Space.name, people)
        .outerjoin(Membership, col(Membership.space_id) == Space.id)
        .where(col(Space.id).not_in(own))
        .group_by(col(Space.id))
        .order_by(col(Space.id))
    )
    return [SpaceName(*row) for row in rows]


def join_space(session: Session, admin: Caller, space_id: int, now: datetime) -> None:
    """Become a manager of a space, which its people see."""
    permissions.require(admin, Action.RUN_SERVER)
    require_recent_password(admin, now)
    space = session.get(Space, space_id)
    if space is None or session.get(Membership, (admin.id, space_id)):
        raise NotFoundError()
    users.add_membership(session, admin.id, space_id, Role.MANAGER, now)
    joined = Reason(Code.JOINED_AS_ADMIN)
    record_entry(session, joined, now, user_id=admin.id, space_id=space_id, address=admin.address)
    record_on_server(session, admin, because(Code.JOINED_SPACE, name=space.name), now)
    announce(session, space_id, PEOPLE, now)
    announce_to_user(session, admin.id, PEOPLE, now)


def hand_over(session: Session, admin: Caller, user_id: int, now: datetime) -> None:
    """Let somebody else run the server; who did so does not any more.

    They sign in anew: no cookie from before has an admin's rights.
    """
    permissions.require(admin, Action.RUN_SERVER)
    require_recent_password(admin, now)
    heir, old = _user(session, user_id), session.get(User, admin.id)
    if old is None or heir.id == old.id:
        raise NotFoundError()
    old.is_admin = False
    session.flush()  # the database admits one admin at any moment
    heir.is_admin = True
    session.execute(delete(SignIn).where(col(SignIn.user_id) == user_id))
    record_on_server(session, admin, because(Code.MADE_ADMIN, user_id=user_id), now)
    session.execute(delete(Invitation).where(col(Invitation.space_id).is_(None)))
    for one in (user_id, admin.id):
        password_links.forget_links(session, one)
        announce_to_user(session, one, PEOPLE, now)


def remove_user(session: Session, admin: Caller, user_id: int, now: datetime) -> None:
    """Shut somebody out of the server at once; what they scheduled stays.

    What they alone belonged to has nobody then; the admin may join it. InputError where they alone
    manage what others belong to.
    """
    permissions.require(admin, Action.RUN_SERVER)
    require_recent_password(admin, now)
    _user(session, user_id)
    require_removable(session, user_id)
    _require_others_managed(session, user_id)
    record_on_server(session, admin, because(Code.REMOVED_USER, user_id=user_id), now)
    announce_to_user(session, admin.id, PEOPLE, now)
    for space_id in session.scalars(select(Membership.space_id).where(_is_of(user_id))):
        announce(session, space_id, PEOPLE, now)
    session.execute(delete(Membership).where(_is_of(user_id)))
    forget_user(session, user_id, now)


def require_removable(session: Session, user_id: int) -> None:
    """InputError for who runs the server: it needs somebody."""
    if _user(session, user_id).is_admin:
        sentence = "They run this server. Have somebody else run it first."
        raise InputError("", sentence)


def forget_user(session: Session, user_id: int, now: datetime) -> None:
    """End everything by which somebody could sign in; their name stays beside what they did."""
    user = _user(session, user_id)
    # The e-mail becomes free, so that the person can be invited again.
    user.removed_at, user.email, user.password_hash = now, f"removed-{user_id}", ""
    session.add(user)
    session.execute(delete(SignIn).where(col(SignIn.user_id) == user_id))
    session.execute(delete(KeptDraft).where(col(KeptDraft.user_id) == user_id))
    session.execute(delete(Invitation).where(col(Invitation.by_user_id) == user_id))
    keys.end_keys(session, user_id, now)
    password_links.forget_links(session, user_id)
    second_step.end_second_step(session, user_id)
    announce_to_user(session, user_id, PEOPLE, now)


def _require_others_managed(session: Session, user_id: int) -> None:
    manages = select(Membership.space_id).where(_is_of(user_id), Membership.role == Role.MANAGER)
    others = (col(Membership.space_id).in_(manages), Membership.user_id != user_id)
    peopled = set(session.scalars(select(Membership.space_id).where(*others)))
    managed = select(Membership.space_id).where(*others, Membership.role == Role.MANAGER)
    if peopled - set(session.scalars(managed)):
        raise InputError(
            "", "Others belong to what they alone manage. Join it first, then remove them."
        )


def _user(session: Session, user_id: int) -> User:
    user = session.get(User, user_id)
    if user is None or user.removed_at is not None:
        raise NotFoundError()
    return user


def _is_of(user_id: int) -> object:
    return col(Membership.user_id) == user_id
