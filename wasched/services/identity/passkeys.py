"""A person's own passkeys: made, named and removed.

Each answer of a passkey says that its person unlocked it: something that one has, and a finger,
face or PIN. That is both steps in one, so a passkey signs in by itself, and who has one owes it,
or a code, after the password.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlmodel import Session, col

from wasched.domain.errors import InputError, NotFoundError
from wasched.domain.passkey import PasskeyAnswer, PasskeyKey, PasskeySite, read_answer, to_text
from wasched.domain.reasons import Code, Reason
from wasched.domain.visible import clean_name
from wasched.models import Passkey
from wasched.services.audit_log import record_on_server
from wasched.services.caller import Caller
from wasched.services.change_notes import PEOPLE, announce_to_user
from wasched.services.identity import passkey_challenges, profile, second_step
from wasched.services.identity.passkey_challenges import Purpose
from wasched.services.identity.password_confirmation import require_recent_password
from wasched.services.ports import Database, PasskeyReader

PASSKEYS_MAX = 20
NAME_MAX = 100
_ALGORITHMS = (-8, -7, -257)
"""EdDSA, ES256, RS256 (IANA COSE Algorithms): what today's devices and keys sign by."""


@dataclass(frozen=True)
class OwnPasskey:
    """A passkey of somebody's; `host` is where it was made, and the only place it works at."""

    id: int
    name: str
    host: str
    created_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class NewPasskey:
    """What a browser made: its answer, at which site, and how its person calls it."""

    answer: str
    site: PasskeySite
    name: str


def list_passkeys(session: Session, user: Caller) -> list[OwnPasskey]:
    """My passkeys, the oldest first."""
    rows = session.scalars(select(Passkey).where(Passkey.user_id == user.id).order_by(Passkey.id))
    return [
        OwnPasskey(row.id or 0, row.name, row.host, row.created_at, row.used_at) for row in rows
    ]


def are_there_any(session: Session) -> bool:
    """True if anybody on this server has one."""
    return session.scalar(select(Passkey.id).limit(1)) is not None


def creation_options(
    session: Session, secret_key: str, user: Caller, token: str, site: PasskeySite, now: datetime
) -> dict[str, Any]:
    """What the browser with a session's token is asked to make a passkey by (WebAuthn, 5.4).

    Octets are in base64url. InputError where browsers make none, or there are too many.
    """
    _require_possible(site)
    require_recent_password(user, now)
    known = session.scalars(select(Passkey.credential_id).where(Passkey.user_id == user.id)).all()
    if len(known) >= PASSKEYS_MAX:
        raise InputError("", f"You have {PASSKEYS_MAX} passkeys. Remove one first.")
    handle = {"id": _handle(secret_key, user), "name": user.email, "displayName": user.name}
    return {
        "challenge": passkey_challenges.ask_challenge(session, Purpose.MAKE, token, now),
        "rp": {"id": site.host, "name": f"wasched {site.host}"},
        "user": handle,
        "pubKeyCredParams": [{"type": "public-key", "alg": one} for one in _ALGORITHMS],
        "authenticatorSelection": {"residentKey": "required", "userVerification": "required"},
        "excludeCredentials": [{"type": "public-key", "id": one} for one in known],
        "attestation": "none",
    }


def add_passkey(
    database: Database, reader: PasskeyReader, user: Caller, token: str, new: NewPasskey,
    now: datetime,
) -> list[str]:  # fmt: skip
    """Keep a passkey that was made; returns recovery codes if it is the first second step.

    InputError if the answer is not to what this browser was asked. Nobody is held up while it is
    looked at. As a first second step it signs out every browser but the one with this token.
    """
    require_recent_password(user, now)
    answer = read_answer(new.answer)
    if not database.transaction(lambda session: _was_asked(session, token, answer, now)):
        raise passkey_challenges.over()
    made = reader.read_made(answer, new.site, _ALGORITHMS)
    return database.transaction(lambda session: _keep(session, user, token, new, made, now))


def rename_passkey(
    session: Session, user: Caller, passkey_id: int, name: str, now: datetime
) -> None:
    """Call a passkey something else; NotFoundError if it is somebody else's."""
    require_recent_password(user, now)
    row = session.scalar(select(Passkey).where(*_is_own(user, passkey_id)))
    if row is None:
        raise NotFoundError()
    row.name = check_name(name)
    _note(session, user, Code.RENAMED_PASSKEY, now)


def remove_passkey(
    session: Session, user: Caller, token: str, passkey_id: int, now: datetime
) -> None:
    """Let a passkey open nothing any more; NotFoundError if it is somebody else's.

    It may be lost with a device that is signed in: every browser but this one is signed out.
    """
    require_recent_password(user, now)
    if not session.exec(delete(Passkey).where(*_is_own(user, passkey_id))).rowcount:
        raise NotFoundError()
    profile.end_others(session, user, token, now)
    second_step.end_recovery(session, user.id)
    _note(session, user, Code.REMOVED_PASSKEY, now)


def check_name(typed: str) -> str:
    """The name tidied up; InputError if there is none, or it is too long."""
    name = clean_name(typed)
    if not name or len(name) > NAME_MAX:
        raise InputError("name", f"Give it a name of at most {NAME_MAX} characters.")
    return name


def _require_possible(site: PasskeySite) -> None:
    if not site.may_have_passkeys:
        raise InputError(
            "",
            "Browsers keep passkeys for a name over https alone, such as "
            "https://wasched.example.org. Open this server by one.",
        )


def _was_asked(session: Session, token: str, answer: PasskeyAnswer, now: datetime) -> bool:
    return passkey_challenges.use_up(session, Purpose.MAKE, token, answer, now)


def _keep(
    session: Session, user: Caller, token: str, new: NewPasskey, made: PasskeyKey, now: datetime
) -> list[str]:
    if session.scalar(select(Passkey.id).where(Passkey.credential_id == made.credential_id)):
        raise InputError("", "This passkey is here already.")
    session.add(
        Passkey(
            user_id=user.id,
            name=check_name(new.name),
            host=new.site.host,
            credential_id=made.credential_id,
            public_key=made.public_key,
            sign_count=made.sign_count,
            created_at=now,
        )
    )
    _note(session, user, Code.ADDED_PASSKEY, now)
    return second_step.begin_recovery(session, user, token, now)


def _handle(secret_key: str, user: Caller) -> str:
    """Tells a person from others for their device, and nobody who they are (WebAuthn, 14.6.1)."""
    said = f"passkey user\0{user.id}".encode()
    return to_text(hmac.new(secret_key.encode(), said, hashlib.sha256).digest())


def _is_own(user: Caller, passkey_id: int) -> tuple[Any, Any]:
    return col(Passkey.id) == passkey_id, col(Passkey.user_id) == user.id


def _note(session: Session, user: Caller, what: Code, now: datetime) -> None:
    record_on_server(session, user, Reason(what), now)
    announce_to_user(session, user.id, PEOPLE, now)
