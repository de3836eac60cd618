"""What a passkey signs: random, for one browser and one purpose, for some minutes, and once."""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, select
from sqlmodel import Session, col

from wasched.domain.errors import InputError
from wasched.domain.passkey import PasskeyAnswer, to_text
from wasched.models import PasskeyChallenge
from wasched.services.identity import users

LASTS = timedelta(minutes=5)

_SIZE = 32  # octets; WebAuthn 13.4.3 has 16 at least
_KEPT_MAX = 10_000
"""The oldest goes for the next: strangers who ask for many fill nothing, and nobody is kept out."""


class Purpose(StrEnum):
    """What an answer is good for, and by which cookie its browser is known."""

    MAKE = "make"  # by who is signed in
    SIGN_IN = "sign in"  # by one of its own
    SECOND_STEP = "second step"  # by who gave the password


def ask_challenge(session: Session, purpose: Purpose, cookie: str, now: datetime) -> str:
    """A new challenge (base64url) for the browser that has a cookie."""
    challenge = secrets.token_bytes(_SIZE)
    forget_old_challenges(session, now)
    session.add(
        PasskeyChallenge(
            challenge_hash=_hash(challenge),
            asker_hash=_asker(purpose, cookie),
            expires_at=now + LASTS,
        )
    )
    return to_text(challenge)


def use_up(
    session: Session, purpose: Purpose, cookie: str, answer: PasskeyAnswer, now: datetime
) -> bool:
    """Forget what an answer is to; False if this browser was not asked it, or a while ago.

    Commit it before the answer is looked at: then also a wrong one was its only one.
    """
    asked = delete(PasskeyChallenge).where(
        col(PasskeyChallenge.challenge_hash) == _hash(answer.challenge),
        col(PasskeyChallenge.asker_hash) == _asker(purpose, cookie),
        col(PasskeyChallenge.expires_at) > now,
    )
    return bool(cookie) and bool(session.exec(asked).rowcount)


def forget_old_challenges(session: Session, now: datetime) -> None:
    """Remove those that are over, and the oldest of too many."""
    hashed = col(PasskeyChallenge.challenge_hash)
    newest_first = select(hashed).order_by(col(PasskeyChallenge.expires_at).desc())
    many = newest_first.offset(_KEPT_MAX - 1)
    is_over = col(PasskeyChallenge.expires_at) <= now
    session.execute(delete(PasskeyChallenge).where(is_over | hashed.in_(many)))


def over() -> InputError:
    """What is said to who answers nothing that they were asked."""
    return InputError("", "That took too long. Try again.", "passkey-over")


def _hash(challenge: bytes) -> str:
    return users.hash_secret(to_text(challenge))


def _asker(purpose: Purpose, cookie: str) -> str:
    return users.hash_secret(f"{purpose}\0{cookie}")
