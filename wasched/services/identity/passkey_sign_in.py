"""Signing in with a passkey: by itself, or in the place of a code that is owed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select, update
from sqlmodel import Session, col

from wasched.domain.passkey import (
    PasskeyAnswer,
    PasskeyKey,
    PasskeySite,
    read_answer,
    unusable_passkey,
)
from wasched.models import Passkey, User
from wasched.services.identity import half_sign_in, known_browsers, passkey_challenges, signing_in
from wasched.services.identity.guess_limits import Tries, count_try, forget_try
from wasched.services.identity.passkey_challenges import Purpose
from wasched.services.identity.signing_in import Browser, OpenedSession
from wasched.services.ports import Database, PasskeyReader

_NOBODYS = PasskeyKey(
    "",
    bytes.fromhex(
        "0430de226e3bdc44da56cc341cc026ef3ad35a30bda022b7d43a612d61da7fe370"
        "96c2a078463483d627fa8a43afbe6c06ac2a73ab09d51c96f536c7d8f11916af"
    ),
    0,
)
"""Looked at where there is no passkey, so that the work does not tell which there are."""


@dataclass(frozen=True)
class AtTheDoor:
    """Who gives a passkey: their browser, the site it asks, and whether they owe a code."""

    browser: Browser
    site: PasskeySite
    owes_code: bool

    @property
    def purpose(self) -> Purpose:
        """What they are asked for."""
        return Purpose.SECOND_STEP if self.owes_code else Purpose.SIGN_IN

    @property
    def cookie(self) -> str:
        """By which cookie their browser is the one that was asked."""
        return self.browser.half if self.owes_code else self.browser.asked


def request_options(session: Session, door: AtTheDoor, now: datetime) -> dict[str, Any]:
    """What the browser is asked to give a passkey by (WebAuthn, 5.5), octets in base64url.

    The same for everybody, but for who gave their password: those are asked for one of theirs.
    """
    challenge = passkey_challenges.ask_challenge(session, door.purpose, door.cookie, now)
    theirs = _owed(session, door, now) if door.owes_code else []
    return {
        "challenge": challenge,
        "rpId": door.site.host,
        "userVerification": "required",
        "allowCredentials": [{"type": "public-key", "id": one} for one in theirs],
    }


def give_passkey(
    database: Database, reader: PasskeyReader, secret_key: str, door: AtTheDoor, given: str,
    now: datetime,
) -> OpenedSession:  # fmt: skip
    """Sign in who gave a passkey; InputError if it lets nobody in, SignInError after many tries.

    Where a code is owed it has to be a passkey of who owes it. The try is counted, and what was
    asked is over, before the answer is looked at, which holds up nobody.
    """
    answer = read_answer(given)

    def look(session: Session) -> tuple[bool, PasskeyKey | None, Tries]:
        row = _passkey(session, door.site, answer)
        tries = count_try(session, [_who(session, secret_key, door.browser, row, now)], now)
        is_asked = passkey_challenges.use_up(session, door.purpose, door.cookie, answer, now)
        return is_asked, _key(row) if row else None, tries

    is_asked, known, tries = database.transaction(look)
    if not is_asked:
        raise passkey_challenges.over()
    count = reader.read_given(answer, door.site, known or _NOBODYS)
    if known is None:
        raise unusable_passkey()

    def let_in(session: Session) -> OpenedSession:
        user = _count_use(session, known, count, now)
        if door.owes_code:
            half_sign_in.pay(session, door.browser.half, user, now)
        forget_try(session, tries)
        return signing_in.open_fully(session, secret_key, door.browser, user, now)

    return database.transaction(let_in)


def _owed(session: Session, door: AtTheDoor, now: datetime) -> list[str]:
    """The passkeys of who owes a code that their browser can give here."""
    user = half_sign_in.half_signed_in(session, door.browser.half, now)
    if user is None:
        return []
    theirs = Passkey.user_id == user.id, Passkey.host == door.site.host
    return list(session.scalars(select(Passkey.credential_id).where(*theirs)))


def _passkey(session: Session, site: PasskeySite, answer: PasskeyAnswer) -> Passkey | None:
    its = Passkey.credential_id == answer.credential_id, Passkey.host == site.host
    return session.scalar(select(Passkey).where(*its))


def _key(row: Passkey) -> PasskeyKey:
    return PasskeyKey(row.credential_id, row.public_key, row.sign_count)


def _who(
    session: Session, secret_key: str, browser: Browser, row: Passkey | None, now: datetime
) -> str:
    """Whose try it is: a browser that its person was signed in with before is counted apart."""
    user = session.get(User, row.user_id) if row else None
    number = known_browsers.number_of(secret_key, browser.known, user, now) if user else ""
    return f"passkey:browser:{number}" if number else f"passkey:address:{browser.address}"


def _count_use(session: Session, known: PasskeyKey, count: int, now: datetime) -> User:
    """Note that a passkey was used; its user. InputError if it is gone, or signed as often before.

    By one statement, so that of a passkey and its copy, both at once, one gets in. Those that are
    kept by several devices do not count, and say 0 (WebAuthn, 6.1.1).
    """
    kept = col(Passkey.sign_count)
    used = session.scalar(
        update(Passkey)
        .where(
            col(Passkey.credential_id) == known.credential_id,
            or_(kept < count, and_(kept == 0, count == 0)),
        )
        .values(sign_count=count, used_at=now)
        .returning(col(Passkey.user_id))
    )
    user = session.get(User, used) if used else None
    if user is None or user.removed_at is not None:
        raise unusable_passkey()
    return user
