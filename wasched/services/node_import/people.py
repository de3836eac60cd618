"""The people of the old server: each can sign in here once they have chosen a password."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session

from wasched.domain.errors import InputError
from wasched.domain.node_server import NONE, Behind, LeftBehind, NewPerson, OldPerson, Tally
from wasched.domain.visible import clean_name
from wasched.models import Membership, Role, User
from wasched.services.caller import Caller
from wasched.services.change_notes import PEOPLE, announce, announce_to_user
from wasched.services.identity import password_links, users

ROLE = Role.EDITOR
"""What everybody could do there."""


@dataclass
class BroughtPeople:
    """Who came, by their old ids; `invited` are those who are new to this server."""

    ids: dict[str, int] = field(default_factory=dict)
    tally: Tally = NONE
    invited: list[NewPerson] = field(default_factory=list)
    left: list[LeftBehind] = field(default_factory=list)


def bring_people(
    session: Session, user: Caller, old: Sequence[OldPerson], zone: str, now: datetime
) -> BroughtPeople:
    """Let everybody belong to the user's space who does not yet; known are they by their e-mail."""
    done = BroughtPeople()
    for one in old:
        try:
            email = users.check_email(one.email)
            name = users.check_name(clean_name(one.name)[: users.NAME_MAX] or email)
        except InputError as refusal:
            done.left.append(LeftBehind(Behind.REFUSED, 1, one.name, str(refusal)))
            continue
        done.ids[one.id] = _bring(session, user, OldPerson(one.id, name, email), zone, now, done)
    if done.tally.new:
        announce(session, user.space_id, PEOPLE, now)
    return done


def _bring(
    session: Session, user: Caller, one: OldPerson, zone: str, now: datetime, done: BroughtPeople
) -> int:
    user_id = session.scalar(select(User.id).where(User.email == one.email))
    if user_id is None:
        user_id = users.add_without_password(session, one.name, one.email, zone, now)
        token = password_links.first_link(session, user, user_id, now)
        done.invited.append(NewPerson(one.name, one.email, token))
    is_new = session.get(Membership, (user_id, user.space_id)) is None
    if is_new:
        users.add_membership(session, user_id, user.space_id, ROLE, now)
        announce_to_user(session, user_id, PEOPLE, now)
    done.tally = done.tally.plus(is_new=is_new)
    return user_id
