"""Confirmations: what a program was shown is done once it says so, by the same key, once.

Nothing is kept of what nobody confirms: the server signs what it showed, and knows its own
signature again. What was done is noted among the answers that are kept for programs.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from wasched.domain.errors import InputError
from wasched.services.caller import Caller
from wasched.services.identity import kept_answers

FIELD = "confirmation"
GOOD_FOR = timedelta(minutes=10)

_TOKEN = re.compile(r"[0-9]{1,12}\.[0-9a-f]{24}\.[0-9a-f]{32}\.[0-9a-f]{64}")
_AGAIN = "Call it without `confirmation` to see anew what it would do."


@dataclass(frozen=True)
class Confirmation:
    """One that is good: its `name`, when its preview was shown (UTC), and the mark of that."""

    name: str
    shown_at: datetime
    mark: str


def make_confirmation(
    secret_key: str, program: Caller, wish: str, outcome: str, now: datetime
) -> str:
    """What confirms a wish, as exactly as it was said, with the outcome that is shown."""
    said = f"{int(now.timestamp())}.{secrets.token_hex(12)}.{_mark(outcome)}"
    return f"{said}.{_sign(secret_key, said, program, wish)}"


def read_confirmation(
    session: Session, secret_key: str, program: Caller, wish: str, token: str, now: datetime
) -> Confirmation:
    """What confirms this wish of this program; InputError for one that is wrong, old or used."""
    if not _TOKEN.fullmatch(token):
        raise InputError(FIELD, f"This is no confirmation. {_AGAIN}")
    said, _, signature = token.rpartition(".")
    if not hmac.compare_digest(signature, _sign(secret_key, said, program, wish)):
        sentence = "This confirmation is for something else, or for another key. Nothing was done."
        raise InputError(FIELD, f"{sentence} {_AGAIN}")
    seconds, name, mark = said.split(".")
    shown_at = datetime.fromtimestamp(int(seconds), UTC)
    if now - shown_at > GOOD_FOR:
        minutes = int(GOOD_FOR.total_seconds()) // 60
        raise InputError(FIELD, f"That was shown more than {minutes} minutes ago. {_AGAIN}")
    found = Confirmation(f"{FIELD} {name}", shown_at, mark)
    if kept := kept_answers.find_answer(session, program, found.name, mark, now):
        sentence = f"This was confirmed before and done then, as {kept.location}."
        raise InputError(FIELD, f"{sentence} It was not done again.")
    return found


def use_confirmation(
    session: Session,
    program: Caller,
    given: Confirmation,
    outcome: str,
    done: str,
    now: datetime,
) -> None:
    """Have it count, for what was done (an id), in the transaction of that.

    InputError if the outcome is another than what was shown.
    """
    if not hmac.compare_digest(given.mark, _mark(outcome)):
        sentence = "Something has changed since it was shown, so nothing was done."
        raise InputError(FIELD, f"{sentence} {_AGAIN}")
    kept_answers.keep_answer(session, program, given.name, given.mark, ("", done), now)


def _mark(outcome: str) -> str:
    return hashlib.sha256(outcome.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _sign(secret_key: str, said: str, program: Caller, wish: str) -> str:
    words = f"confirmation\0{program.key_id}\0{program.key_name}\0{said}\0{wish}"
    return hmac.new(
        secret_key.encode(), words.encode("utf-8", "surrogatepass"), hashlib.sha256
    ).hexdigest()
