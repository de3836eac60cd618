"""Who may set the server up from elsewhere: who can read the word in its log."""

import hashlib
import hmac
from datetime import datetime

from wasched.domain.errors import InputError
from wasched.services.identity.guess_limits import count_try, forget_try
from wasched.services.ports import Database


def setup_word(secret_key: str) -> str:
    """The word that lets a stranger's address set the server up; the same until the key changes."""
    digest = hmac.new(secret_key.encode(), b"set-up", hashlib.sha256).hexdigest()
    return f"{digest[:4]}-{digest[4:8]}-{digest[8:12]}"


def check_word(database: Database, typed: str, right: str, address: str, now: datetime) -> None:
    """InputError unless it is the word in the log, SignInError after too many that were not.

    Counts the try before the word is looked at, so that many at once are counted, too.
    """
    who = f"set-up:{address}"
    tries = database.transaction(lambda session: count_try(session, [who], now))
    if not hmac.compare_digest(typed.strip().lower().encode(), right.encode()):
        raise InputError("token", "That is not the word in the server's log. Look again.")
    database.transaction(lambda session: forget_try(session, tries))
