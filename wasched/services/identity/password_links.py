"""Links to a new password, for who has forgotten theirs: once, for an hour, kept as a hash."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select
from sqlmodel import Session, col

from wasched.domain.errors import InputError, NotFoundError
from wasched.domain.reasons import Code, Reason, because
from wasched.models import PasswordLink, SignIn, User
from wasched.services import permissions
from wasched.services.audit_log import record_entry, record_on_server
from wasched.services.caller import Caller
from wasched.services.change_notes import PEOPLE, announce_to_user
from wasched.services.identity import second_step, users
from wasched.services.identity.password_confirmation import require_recent_password
from wasched.services.permissions import Action
from wasched.services.ports import Database, PasswordHasher, StrengthMeter

LINK_LASTS = timedelta(hours=1)
FIRST_LINK_LASTS = timedelta(days=7)
"""Who never had a password here is told by somebody, who has to come by them first."""


@dataclass(frozen=True)
class ResetUser:
    """Whose password a link is for, and whether it takes their second step off as well."""

    name: str
    email: str
    ends_second_step: bool = False


def link_for_email(session: Session, email: str, now: datetime) -> tuple[ResetUser, str]:
    """Whoever has this e-mail, and the token of a link; InputError if there is nobody.

    For the server's own shell alone: it asks for nothing.
    """
    found = select(User).where(User.email == email.strip().lower(), col(User.removed_at).is_(None))
    row = session.scalar(found)
    if row is None:
        raise InputError("email", f"Nobody here signs in with {email.strip()}.")
    _note(session, row, Code.GOT_PASSWORD_LINK, now)
    token = _make_link(session, row, now)
    return _reset_user(session, row, ends_second_step=True), token


def link_by_mail(session: Session, email: str, now: datetime) -> tuple[ResetUser, str] | None:
    """The same for an e-mail, whoever asked for it; None if there is nobody, or a better link.

    It leaves a second step: a mailbox is none. While a link from an admin or the shell is good,
    none takes its place, else whoever knows an e-mail could make those worthless.
    """
    row = session.scalar(select(User).where(User.email == email, col(User.removed_at).is_(None)))
    if row is None or _has_better_link(session, row, now):
        return None
    _note(session, row, Code.MAILED_PASSWORD_LINK, now)
    return ResetUser(row.name, row.email), _make_link(session, row, now, ends_second_step=False)


def link_for_user(session: Session, admin: Caller, user_id: int, now: datetime) -> str:
    """The token of a link that who runs the server hands to somebody else.

    NotFoundError for themselves, and for who cannot sign in.
    """
    permissions.require(admin, Action.RUN_SERVER)
    require_recent_password(admin, now)
    row = session.get(User, user_id)
    if row is None or row.removed_at is not None or row.is_admin:
        raise NotFoundError()
    record_on_server(session, admin, because(Code.MADE_PASSWORD_LINK, user_id=user_id), now)
    return _make_link(session, row, now)


def first_link(session: Session, by: Caller, user_id: int, now: datetime) -> str:
    """The token of a link to the first password of somebody who was brought here."""
    row = session.get_one(User, user_id)
    record_on_server(session, by, because(Code.MADE_PASSWORD_LINK, user_id=user_id), now)
    return _make_link(session, row, now, lasts=FIRST_LINK_LASTS)


def whose_link(session: Session, token: str, now: datetime) -> ResetUser | None:
    """Who may choose a new password with this token now; None if it counts for nobody."""
    found = select(User, PasswordLink).join(PasswordLink).where(*_good(token, now))
    row = session.execute(found).first()
    return _reset_user(session, row[0], row[1].ends_second_step) if row else None


def choose_password(
    database: Database,
    hasher: PasswordHasher,
    meter: StrengthMeter,
    token: str,
    new: str,
    now: datetime,
) -> int:
    """Take a new password by a link, which is used up, and end every sign-in; the user's id.

    InputError if the link does not count any more, or the password cannot be taken. Nothing is
    judged or hashed for who has no link, and nobody is held up while it is hashed.
    """
    person = database.answer(lambda session: whose_link(session, token, now))
    if person is None:
        raise _over()
    users.check_password(meter, new, person.name, person.email)
    hashed = hasher.hash(new)
    return database.transaction(lambda session: _set_password(session, token, hashed, now))


def forget_links(session: Session, user_id: int) -> None:
    """Make what somebody was given worthless, as when they have a password again."""
    session.execute(delete(PasswordLink).where(col(PasswordLink.user_id) == user_id))


def _set_password(session: Session, token: str, hashed: str, now: datetime) -> int:
    # Used up before anything else, so that of many who come with it at once one gets in.
    used = session.execute(
        delete(PasswordLink)
        .where(*_good(token, now))
        .returning(col(PasswordLink.user_id), col(PasswordLink.ends_second_step))
    ).first()
    row = session.get(User, used[0]) if used else None
    if used is None or row is None or row.removed_at is not None:
        raise _over()
    assert row.id is not None
    row.password_hash = hashed
    if used[1] and second_step.end_second_step(session, row.id):
        _note(session, row, Code.LOST_SECOND_STEP, now)
    session.execute(delete(SignIn).where(col(SignIn.user_id) == row.id))
    _note(session, row, Code.CHOSE_PASSWORD_BY_LINK, now)
    announce_to_user(session, row.id, PEOPLE, now)
    return row.id


def _reset_user(session: Session, row: User, ends_second_step: bool) -> ResetUser:
    assert row.id is not None
    has_one = second_step.second_step_of(session, row.id) is not None
    return ResetUser(row.name, row.email, ends_second_step and has_one)


def _has_better_link(session: Session, row: User, now: datetime) -> bool:
    link = session.get(PasswordLink, row.id)
    return link is not None and link.ends_second_step and link.expires_at > now


def _make_link(
    session: Session,
    row: User,
    now: datetime,
    *,
    ends_second_step: bool = True,
    lasts: timedelta = LINK_LASTS,
) -> str:
    assert row.id is not None
    token = secrets.token_urlsafe(24)
    session.merge(
        PasswordLink(
            user_id=row.id,
            token_hash=users.hash_secret(token),
            expires_at=now + lasts,
            ends_second_step=ends_second_step,
        )
    )
    return token


def _good(token: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Conditions for the link of a token that lets somebody choose."""
    is_its = col(PasswordLink.token_hash) == users.hash_secret(token)
    return is_its, col(PasswordLink.expires_at) > now


def _note(session: Session, row: User, what: Code, now: datetime) -> None:
    record_entry(session, Reason(what), now, user_id=row.id)


def _over() -> InputError:
    return InputError("", "This link is used or too old. Ask for another one.", "link-over")
