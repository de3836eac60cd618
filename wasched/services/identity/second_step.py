"""The second step at signing in: a code of an app, or a recovery code for who has lost it."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlmodel import Session, col

from wasched.domain.errors import InputError
from wasched.domain.reasons import Code, Reason
from wasched.models import Passkey, RecoveryCode, SecondStep
from wasched.services.audit_log import record_entry, record_on_server
from wasched.services.caller import Caller
from wasched.services.change_notes import PEOPLE, announce_to_user
from wasched.services.identity import profile, users
from wasched.services.identity.password_confirmation import require_recent_password

RECOVERY_CODES = 10
_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"  # none is taken for another
_LENGTH, _GROUP = 16, 4  # so long that a hash of it cannot be guessed
_EARLIER_OR_LATER = (0, -1, 1)
"""Clocks differ: RFC 6238, 5.2 has one step of 30 seconds on either side taken as well."""


@dataclass(frozen=True)
class SecondStepState:
    """Since when an app makes codes, if one does; passkeys; how many recovery codes are left."""

    app_since: datetime | None
    passkeys: int
    codes_left: int


def second_step_of(session: Session, user_id: int) -> SecondStepState | None:
    """How somebody's second step stands; None if they have neither an app nor a passkey."""
    row = session.get(SecondStep, user_id)
    passkeys = select(func.count()).select_from(Passkey).where(Passkey.user_id == user_id)
    count = session.scalar(passkeys) or 0
    if row is None and not count:
        return None
    left = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.user_id == user_id)
    return SecondStepState(row.since if row else None, count, session.scalar(left) or 0)


def new_secret() -> str:
    """What an app makes codes of, in base32: 160 bits (RFC 4226, 4)."""
    import pyotp  # a megabyte that most servers never need

    return pyotp.random_base32()


def app_address(secret: str, email: str, site: str) -> str:
    """What the QR code for the app says."""
    import pyotp

    return pyotp.TOTP(secret, name=email, issuer=site).provisioning_uri()


def turn_on(
    session: Session, user: Caller, token: str, secret: str, typed: str, now: datetime
) -> list[str]:
    """Have signing in take codes from now on; returns new recovery codes, which are shown once.

    InputError unless the app's present code shows that it has the secret. None are made for who
    has some, beside a passkey.
    """
    require_recent_password(user, now)
    step = _step_of_code(secret, _plain(typed), now)
    if step is None:
        raise InputError(
            "code", "That is not the app's present code. Wait for the next one and give that."
        )
    session.merge(SecondStep(user_id=user.id, secret=secret, last_step=step, since=now))
    _note(session, user, Code.SECOND_STEP_ON, now)
    return begin_recovery(session, user, token, now)


def begin_recovery(session: Session, user: Caller, token: str, now: datetime) -> list[str]:
    """Recovery codes for who has got their first second step just now; none for others.

    Every browser but the one with this token is signed out then: it came in without a code.
    """
    session.flush()
    found = second_step_of(session, user.id)
    if found is None or (found.app_since is not None) + found.passkeys > 1:
        return []
    profile.end_others(session, user, token, now)
    return _make_codes(session, user.id)


def end_recovery(session: Session, user_id: int) -> None:
    """Forget the recovery codes of who has no second step any more."""
    if second_step_of(session, user_id) is None:
        session.execute(delete(RecoveryCode).where(col(RecoveryCode.user_id) == user_id))


def new_recovery_codes(session: Session, user: Caller, now: datetime) -> list[str]:
    """Ten others in the place of those that are left; InputError without a second step."""
    require_recent_password(user, now)
    if second_step_of(session, user.id) is None:
        raise InputError("", "You have no second step. Set it up first.")
    _note(session, user, Code.NEW_RECOVERY_CODES, now)
    return _make_codes(session, user.id)


def turn_off(session: Session, user: Caller, token: str, now: datetime) -> None:
    """Have no app's codes taken any more; passkeys stay. Every other browser signs in anew."""
    require_recent_password(user, now)
    if session.exec(delete(SecondStep).where(col(SecondStep.user_id) == user.id)).rowcount:
        profile.end_others(session, user, token, now)
        _note(session, user, Code.SECOND_STEP_OFF, now)
    end_recovery(session, user.id)


def end_second_step(session: Session, user_id: int) -> bool:
    """Forget somebody's app, passkeys and recovery codes; False if they had none."""
    session.execute(delete(RecoveryCode).where(col(RecoveryCode.user_id) == user_id))
    apps = session.exec(delete(SecondStep).where(col(SecondStep.user_id) == user_id))
    passkeys = session.exec(delete(Passkey).where(col(Passkey.user_id) == user_id))
    return bool(apps.rowcount + passkeys.rowcount)


def is_app_code(typed: str) -> bool:
    """True for six digits, which only apps make."""
    code = _plain(typed)
    return len(code) == 6 and code.isascii() and code.isdecimal()


def take_code(session: Session, user_id: int, typed: str, address: str, now: datetime) -> bool:
    """Use a code up that comes from an address; False if it is none of this user's, or used."""
    if is_app_code(typed):
        return _take_app_code(session, user_id, _plain(typed), now)
    used = session.exec(delete(RecoveryCode).where(*_is_code(user_id, typed)))
    if used.rowcount:
        used_one = Reason(Code.USED_RECOVERY_CODE)
        record_entry(session, used_one, now, user_id=user_id, address=address)
        announce_to_user(session, user_id, PEOPLE, now)
    return bool(used.rowcount)


def _take_app_code(session: Session, user_id: int, code: str, now: datetime) -> bool:
    row = session.get(SecondStep, user_id)
    step = _step_of_code(row.secret, code, now) if row else None
    if step is None:
        return False
    # By one statement, so that of two who come with the same code at once one gets in.
    is_newer = col(SecondStep.user_id) == user_id, col(SecondStep.last_step) < step
    taken = session.exec(update(SecondStep).where(*is_newer).values(last_step=step))
    return bool(taken.rowcount)


def _step_of_code(secret: str, code: str, now: datetime) -> int | None:
    """The step of time whose code this is, near the present one."""
    import pyotp

    app = pyotp.TOTP(secret)
    present = app.timecode(now)
    near = (present + one for one in _EARLIER_OR_LATER)
    return next((one for one in near if _is_same(app.generate_otp(one), code)), None)


def _is_same(right: str, code: str) -> bool:
    return secrets.compare_digest(right.encode(), code.encode("utf-8", "surrogatepass"))


def _plain(typed: str) -> str:
    """A code without what people put between its groups."""
    return "".join(sign for sign in typed if sign.isalnum()).lower()


def _make_codes(session: Session, user_id: int) -> list[str]:
    session.execute(delete(RecoveryCode).where(col(RecoveryCode.user_id) == user_id))
    made = [_make_code() for _ in range(RECOVERY_CODES)]
    session.add_all(RecoveryCode(user_id=user_id, code_hash=_hash(one)) for one in made)
    return made


def _make_code() -> str:
    signs = "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
    return "-".join(signs[n : n + _GROUP] for n in range(0, _LENGTH, _GROUP))


def _hash(code: str) -> str:
    return users.hash_secret(_plain(code))


def _is_code(user_id: int, typed: str) -> tuple[ColumnElement[bool], ...]:
    return col(RecoveryCode.user_id) == user_id, col(RecoveryCode.code_hash) == _hash(typed)


def _note(session: Session, user: Caller, what: Code, now: datetime) -> None:
    record_on_server(session, user, Reason(what), now)
    announce_to_user(session, user.id, PEOPLE, now)
