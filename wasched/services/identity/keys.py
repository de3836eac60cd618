"""Keys by which programs come in: made once, shown once, and who a program acts for."""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import Executable, bindparam, or_, select, update
from sqlmodel import Session, col

from wasched.domain import key_text
from wasched.domain.errors import InputError, NotFoundError
from wasched.domain.reasons import Code, because
from wasched.domain.visible import clean_name
from wasched.models import (
    Account,
    ApiKey,
    Membership,
    Role,
    Scope,
    Space,
    User,
)
from wasched.services import permissions
from wasched.services.audit_log import record_entry
from wasched.services.caller import Caller
from wasched.services.change_notes import PEOPLE, announce
from wasched.services.identity import users
from wasched.services.identity.password_confirmation import require_recent_password
from wasched.services.permissions import Action
from wasched.services.views import KeyLine

NAME_MAX = 60
KEYS_MAX = 50
"""Keys of one space at the same time."""

USE_NOTED = timedelta(minutes=1)
"""How often it is written down that a key is used, at most."""


def list_keys(session: Session, user: Caller, now: datetime) -> list[KeyLine]:
    """The keys of the user's space, the newest first."""
    permissions.require(user, Action.MANAGE)
    rows = session.execute(
        select(ApiKey, User.name)
        .join(User, col(User.id) == ApiKey.made_by_id)
        .where(permissions.visible_to(ApiKey.space_id, user))
        .order_by(col(ApiKey.id).desc())
    )
    names = _account_names(session, user)
    return [_line_of(row, by, names, now) for row, by in rows]


def make_key(
    session: Session,
    user: Caller,
    name: str,
    scopes: Collection[str],
    now: datetime,
    *,
    expires_at: datetime | None = None,
    account_ids: Collection[int] = (),
    confirms: bool = True,
) -> str:
    """A new key for the user's space, which is shown this once; only its hash is kept.

    An assistant that has one which `confirms` shows first what it would send. InputError names the
    field that cannot be taken: name, scopes, accounts or expires.
    """
    require_recent_password(user, now)
    return add_key(
        session,
        user,
        name,
        scopes,
        now,
        expires_at=expires_at,
        account_ids=account_ids,
        confirms=confirms,
    )


def add_key(
    session: Session,
    user: Caller,
    name: str,
    scopes: Collection[str],
    now: datetime,
    *,
    expires_at: datetime | None = None,
    account_ids: Collection[int] = (),
    confirms: bool = True,
) -> str:
    """The same for who has a shell on the server, and is asked for no password."""
    permissions.require(user, Action.MANAGE)
    if expires_at is not None and expires_at <= now:
        raise InputError("expires", "That day is over. Choose a later one.")
    there = set(_account_names(session, user))
    if not there.issuperset(account_ids):
        raise InputError("accounts", "One of the accounts is gone. Choose again.")
    token = key_text.make_key()
    row = ApiKey(
        space_id=user.space_id,
        made_by_id=user.id,
        name=_checked_name(session, user, name),
        token_hash=users.hash_secret(token),
        scopes=_checked_scopes(scopes),
        account_ids=sorted(set(account_ids)),
        confirms=confirms,
        created_at=now,
        expires_at=expires_at,
    )
    session.add(row)
    _note(session, row, user.id, Code.MADE_KEY, now, user.address)
    return token


def revoke_key(session: Session, user: Caller, key_id: int, now: datetime) -> None:
    """Make a key worthless at once; what was scheduled with it stays."""
    row = permissions.fetch_own(session, ApiKey, key_id, user, Action.MANAGE)
    _note(session, row, user.id, Code.REVOKED_KEY, now, user.address)
    session.delete(row)


def revoke_named(session: Session, user: Caller, name: str, now: datetime) -> None:
    """The same by its name; InputError if no key of the space is called so."""
    called = session.scalar(
        select(col(ApiKey.id)).where(ApiKey.space_id == user.space_id, ApiKey.name == name)
    )
    if called is None:
        raise InputError("name", "No key is called so. `keys list` names those there are.")
    revoke_key(session, user, called, now)


def end_keys(session: Session, user_id: int, now: datetime, space_id: int = 0) -> None:
    """End the keys that somebody has made, in one space or in all: they may make none any more.

    The managers who stay find it in the audit of their space.
    """
    theirs = select(ApiKey).where(col(ApiKey.made_by_id) == user_id)
    if space_id:
        theirs = theirs.where(col(ApiKey.space_id) == space_id)
    for row in session.scalars(theirs).all():
        _note(session, row, user_id, Code.ENDED_KEY, now)
        session.delete(row)


def whose_key(session: Session, token: str, now: datetime) -> tuple[Caller, datetime | None] | None:
    """For whom a program acts that comes with this key, and when it was last used.

    None if it is no key, or is over, or who made it may make none any more.
    """
    if not key_text.is_key(token):
        return None
    asked = {"token_hash": users.hash_secret(token), "now": now}
    row = session.execute(_key_query(), asked).first()
    if row is None:
        return None
    if not permissions.may(users.caller_of(row[1], row[2]), Action.MANAGE):
        return None
    return _caller_of(*row), row[0].used_at


@cache
def _key_query() -> Executable:
    """Built once, since each request of a program asks it."""
    return (
        select(ApiKey, User, Membership)
        .join(User, col(User.id) == ApiKey.made_by_id)
        .join(
            Membership,
            (col(Membership.user_id) == User.id) & (col(Membership.space_id) == ApiKey.space_id),
        )
        .where(
            ApiKey.token_hash == bindparam("token_hash"),
            or_(col(ApiKey.expires_at).is_(None), col(ApiKey.expires_at) > bindparam("now")),
            col(User.removed_at).is_(None),
        )
    )


def note_use(session: Session, key_id: int, address: str, now: datetime) -> None:
    """Write down when a key was last used, and from where."""
    used = update(ApiKey).where(col(ApiKey.id) == key_id)
    session.execute(used.values(used_at=now, used_from=address))


def who_manages(session: Session, space_id: int) -> Caller:
    """For whom a key acts that is made in the shell: who has managed the space longest.

    Who runs the server comes first. NotFoundError if nobody does.
    """
    row = session.execute(
        select(User, Membership)
        .join(Membership, col(Membership.user_id) == User.id)
        .where(Membership.space_id == space_id, Membership.role == Role.MANAGER)
        .order_by(col(User.is_admin).desc(), col(Membership.joined_at), col(User.id))
        .limit(1)
    ).first()
    if row is None:
        raise NotFoundError()
    return users.caller_of(row[0], row[1])


def find_space(session: Session, named: str) -> int:
    """The space with this name or number; not named, the only one. InputError says which there are.

    Two may have the same name: then the number tells them apart.
    """
    spaces = session.execute(select(Space.id, Space.name).order_by(col(Space.id))).all()
    fitting = [one for one in spaces if not named or named in (str(one[0]), one[1])]
    if len(fitting) == 1:
        return int(fitting[0][0])
    there = ", ".join(f"{number} ({name})" for number, name in fitting or spaces)
    raise InputError("space", f"Say by --space which space is meant: {there}.")


def _caller_of(row: ApiKey, user: User, member: Membership) -> Caller:
    return Caller(
        id=user.id or 0,
        name=user.name,
        email=user.email,
        role=member.role,
        zone=user.zone,
        space_id=row.space_id,
        key_id=row.id or 0,
        key_name=row.name,
        scopes=frozenset(row.scopes),
        account_ids=frozenset(row.account_ids) if row.account_ids else None,
        confirms=row.confirms,
    )


def _line_of(row: ApiKey, by: str, names: dict[int, str], now: datetime) -> KeyLine:
    return KeyLine(
        id=row.id or 0,
        name=row.name,
        scopes=tuple(row.scopes),
        accounts=tuple(names[one] for one in row.account_ids if one in names),
        confirms=row.confirms,
        by=by,
        created_at=row.created_at,
        expires_at=row.expires_at,
        used_at=row.used_at,
        used_from=row.used_from,
        is_over=row.expires_at is not None and row.expires_at <= now,
    )


def _account_names(session: Session, user: Caller) -> dict[int, str]:
    rows = session.execute(
        select(Account.id, Account.name).where(
            permissions.visible_to(Account.space_id, user), col(Account.removed_at).is_(None)
        )
    )
    return {row[0]: row[1] for row in rows}


def _checked_name(session: Session, user: Caller, typed: str) -> str:
    name = clean_name(typed)
    if not name or len(name) > NAME_MAX:
        raise InputError("name", f"Say what the key is for, in at most {NAME_MAX} characters.")
    taken = list(session.scalars(select(col(ApiKey.name)).where(ApiKey.space_id == user.space_id)))
    if name in taken:
        raise InputError("name", "Another key is called so. Give this one a name of its own.")
    if len(taken) >= KEYS_MAX:
        raise InputError("name", f"There are {KEYS_MAX} keys already. Revoke one first.")
    return name


def _checked_scopes(named: Collection[str]) -> list[str]:
    """The scopes in their order; InputError for none, or one that there is not."""
    if not named or not set(named) <= set(Scope):
        raise InputError("scopes", "Say what the key is for: read, send, manage, or several.")
    return [one.value for one in Scope if one in named]


def _note(
    session: Session, row: ApiKey, user_id: int, code: Code, now: datetime, address: str = ""
) -> None:
    what = because(code, name=row.name)
    record_entry(session, what, now, user_id=user_id, space_id=row.space_id, address=address)
    announce(session, row.space_id, PEOPLE, now)
