"""Passwords without the work of hashing, and browsers at the door of a test's server."""

from collections.abc import Callable, Sequence
from datetime import datetime

from tests.scopes import Scope
from tests.services.conftest import NOW
from wasched.domain.strength import Strength, Weakness
from wasched.models import User
from wasched.services.caller import Caller
from wasched.services.identity import signing_in
from wasched.services.identity.signing_in import Browser, OpenedSession

SECRET_KEY = "k" * 40
PASSWORD = "correct horse battery"
NOTHING = OpenedSession("", "")


class PlainHasher:
    """Keeps passwords as they are, notes which were looked at, and lets a test act meanwhile."""

    def __init__(self, meanwhile: Callable[[], object] = lambda: None) -> None:
        self.looked_at: list[str] = []
        self._meanwhile = meanwhile

    def hash(self, password: str) -> str:
        """The password itself."""
        self._meanwhile()
        return password

    def verify(self, password: str, hashed: str) -> bool:
        """True if they are the same."""
        self.looked_at.append(password)
        self._meanwhile()
        return password == hashed


class Meter:
    """Finds only what has "weak" in it weak."""

    def of(self, password: str, about: Sequence[str]) -> Strength | None:
        """How strong it is."""
        return Strength(0 if "weak" in password else 4, Weakness.COMMON)

    measure = of


def browser(address: str = "192.0.2.1", opened: OpenedSession = NOTHING) -> Browser:
    """A browser at an address, with the cookies that it was given before."""
    return Browser(address, "Firefox/140 Linux", opened.session, opened.known)


def gives(
    scope: Scope, user: Caller, password: str, at: Browser, now: datetime = NOW,
    hasher: PlainHasher | None = None,
) -> OpenedSession:  # fmt: skip
    """Somebody gives the user's e-mail and a password at the door."""
    looks = hasher or PlainHasher()
    return signing_in.sign_in(scope, looks, SECRET_KEY, at, user.email, password, now)


def has_password(scope: Scope, user: Caller, password: str = PASSWORD) -> None:
    """Give the user a password."""
    with scope() as session:
        session.get_one(User, user.id).password_hash = password
