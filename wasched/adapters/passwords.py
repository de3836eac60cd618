"""Password hashing with argon2id, through passlib."""

import threading
from functools import cache

from passlib.hash import argon2

# A hash takes 64 MB, which is the point of argon2; several at once would burst a small server.
_one_at_a_time = threading.Lock()


class Argon2Passwords:
    """Hashes passwords with argon2id and passlib's parameters, one after the other."""

    def hash(self, password: str) -> str:
        """Hash a password (about a tenth of a second)."""
        with _one_at_a_time:
            hashed: str = argon2.hash(password)
        return hashed

    def verify(self, password: str, hashed: str) -> bool:
        """Say whether the password made the hash; equally slow when there is none."""
        try:
            with _one_at_a_time:
                # First the hash: `verify` as it is before the first use can only be the first use.
                whose = hashed or _nobody()
                matches: bool = argon2.verify(password, whose)
        except ValueError:  # a damaged hash belongs to nobody
            return False
        return matches and bool(hashed)


@cache
def _nobody() -> str:
    hashed: str = argon2.hash("nobody has this password")
    return hashed
