"""The spaces somebody belongs to, and which of them they are in."""

from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from wasched.domain.errors import InputError, NotFoundError
from wasched.domain.reasons import Code, because
from wasched.domain.visible import clean_name
from wasched.models import Membership, SignIn, Space
from wasched.services import permissions
from wasched.services.audit_log import record_deed
from wasched.services.caller import Caller
from wasched.services.change_notes import PEOPLE, announce, announce_to_user
from wasched.services.identity import users
from wasched.services.permissions import Action
from wasched.services.views import SpaceName

NAME_MAX = 100


def my_spaces(session: Session, user: Caller) -> list[SpaceName]:
    """The spaces that the user belongs to, by when they joined, and how many people each has."""
    people = (
        select(Membership.space_id, func.count().label("people"))
        .group_by(col(Membership.space_id))
        .subquery()
    )
    rows = session.execute(
        select(Space.id, Space.name, people.c.people)
        .join(Membership, col(Membership.space_id) == Space.id)
        .join(people, people.c.space_id == Space.id)
        .where(Membership.user_id == user.id)
        .order_by(col(Membership.joined_at), col(Space.id))
    )
    return [SpaceName(*row) for row in rows]


def choose_space(session: Session, user: Caller, token: str, space_id: int, now: datetime) -> None:
    """Have the browser of a session's token be in a space; NotFoundError if it is not theirs."""
    if session.get(Membership, (user.id, space_id)) is None:
        raise NotFoundError()
    sign_in = session.scalar(select(SignIn).where(SignIn.token_hash == users.hash_secret(token)))
    if sign_in is not None and sign_in.space_id != space_id:
        sign_in.space_id = space_id
        session.add(sign_in)
        announce_to_user(session, user.id, PEOPLE, now)


def chosen_space(session: Session, token: str) -> int:
    """The space that was chosen in the browser of a token; 0 if none was."""
    chosen = select(SignIn.space_id).where(SignIn.token_hash == users.hash_secret(token))
    return session.scalar(chosen) or 0


def rename_space(session: Session, user: Caller, name: str, now: datetime) -> None:
    """Call the user's space something else; InputError if that is no name."""
    permissions.require(user, Action.MANAGE)
    called = clean_name(name)
    if not called or len(called) > NAME_MAX:
        raise InputError("space", f"Give it a name of at most {NAME_MAX} characters.")
    session.get_one(Space, user.space_id).name = called
    record_deed(session, user, because(Code.RENAMED_SPACE, name=called), now)
    announce(session, user.space_id, PEOPLE, now)
