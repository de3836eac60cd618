"""Browsers that somebody was signed in with before: their tries to sign in are counted apart.

Else whoever knows an e-mail could keep its owner out by giving wrong passwords. A browser keeps a
token for each of its last people, signed with the server's secret; nothing is kept here. The
password's hash is signed along, so that a new password, or a removal, ends all tokens from before.
"""

import hashlib
import hmac
import re
import secrets
from datetime import datetime, timedelta

from wasched.models import User

STAYS_KNOWN = timedelta(days=365)
"""Longer than any sign-in, so that whoever has to sign in again after one is known."""

_PEOPLE = 3  # who share a browser
_BETWEEN = "~"  # may stand in a cookie unquoted (RFC 6265, 4.1.1)
_TOKEN = re.compile(r"[0-9]{1,18}\.[0-9]{1,18}\.[0-9a-f]{16}\.[0-9a-f]{64}")


def remember_browser(secret_key: str, cookie: str, user: User, now: datetime) -> str:
    """The cookie of a browser that `user` is signed in with now, given the one it had."""
    said = f"{user.id}.{int(now.timestamp())}.{secrets.token_hex(8)}"
    others = [one for one in _tokens(cookie) if _user_id(one) != str(user.id)]
    return _BETWEEN.join([f"{said}.{_sign(secret_key, said, user)}", *others[: _PEOPLE - 1]])


def number_of(secret_key: str, cookie: str, user: User, now: datetime) -> str:
    """What tells this browser from the user's others; empty if they never signed in with it."""
    for token in _tokens(cookie):
        said, _, signature = token.rpartition(".")
        user_id, since, number = said.split(".")
        is_signed = hmac.compare_digest(signature, _sign(secret_key, said, user))
        age = now.timestamp() - int(since)
        if is_signed and user_id == str(user.id) and 0 <= age < STAYS_KNOWN.total_seconds():
            return number
    return ""


def _tokens(cookie: str) -> list[str]:
    """What may be tokens in a cookie, which anybody may have made up."""
    return [one for one in cookie.split(_BETWEEN) if _TOKEN.fullmatch(one)][:_PEOPLE]


def _user_id(token: str) -> str:
    return token.partition(".")[0]


def _sign(secret_key: str, said: str, user: User) -> str:
    words = f"known browser\0{said}\0{user.password_hash}"
    return hmac.new(
        secret_key.encode(), words.encode("utf-8", "surrogatepass"), hashlib.sha256
    ).hexdigest()
