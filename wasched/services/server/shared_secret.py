"""One secret for all processes of a database that several machines reach.

What is signed or named on one of them is read on the others, so a machine with a secret of its own
would turn known browsers, confirmations and the ids of programs into strangers'.
"""

import hashlib
import hmac

from sqlmodel import Session

from wasched.domain.errors import UnusableDatabaseError
from wasched.models import Setting

NAME = "secret_key"

_WHOLE, _MARK = "secret:", "mark:"
_AGAIN = (
    "To change it on purpose, stop every api and worker, run `python -m wasched forget-secret`, "
    "and start them with the new one."
)
_ANOTHER = (
    "SECRET_KEY is another one than the api or worker had that this database was begun with. Give "
    f"the same on every machine. {_AGAIN}"
)
_NOT_GIVEN = (
    "This database was begun with a SECRET_KEY, and here none is set. Give the same on every "
    f"machine. {_AGAIN}"
)


def find_secret(session: Session, given: str) -> str:
    """The secret that all have; empty if none was settled yet. `given` is SECRET_KEY, or empty.

    UnusableDatabaseError if the others have another one.
    """
    row = session.get(Setting, NAME)
    if row is None:
        return ""
    if row.value.startswith(_WHOLE):
        kept = row.value.removeprefix(_WHOLE)
        if given and not _is_same(given, kept):
            raise UnusableDatabaseError(_ANOTHER)
        return kept
    if not given or not _is_same(_mark(given), row.value):
        raise UnusableDatabaseError(_ANOTHER if given else _NOT_GIVEN)
    return given


def settle_secret(session: Session, given: str, offered: str) -> str:
    """The secret that all have from now on: who comes first decides.

    Of SECRET_KEY (`given`) only a mark is kept, by which another one is known. Where it is not set,
    `offered` is kept, as the file beside a SQLite database would be.
    """
    if found := find_secret(session, given):
        return found
    session.add(Setting(name=NAME, value=_mark(given) if given else f"{_WHOLE}{offered}"))
    return given or offered


def forget_secret(session: Session) -> bool:
    """Let the next start decide anew; False if nothing was settled."""
    row = session.get(Setting, NAME)
    if row is not None:
        session.delete(row)
        session.flush()
    return row is not None


def _mark(secret: str) -> str:
    return _MARK + hmac.new(secret.encode(), b"mark of a secret", hashlib.sha256).hexdigest()


def _is_same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
