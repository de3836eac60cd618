"""Password hashing with argon2id, through passlib."""

from functools import cache

from passlib.hash import argon2


class Argon2Passwords:
    """Hashes passwords with argon2id and passlib's parameters."""

    def hash(self, password: str) -> str:
        """Hash a password (about a tenth of a second)."""
        hashed: str = argon2.hash(password)
        return hashed

    def verify(self, password: str, hashed: str) -> bool:
        """Say whether the password made the hash; equally slow when there is none."""
        try:
            matches: bool = argon2.verify(password, hashed or _nobody())
        except ValueError:  # a damaged hash belongs to nobody
            return False
        return matches and bool(hashed)


@cache
def _nobody() -> str:
    hashed: str = argon2.hash("nobody has this password")
    return hashed
