"""Numbers that a server has long known, so that they do not warm up: of tests and of the demo.

`python -m tests.known_numbers 4915100000011` makes one known to the database at DB_PATH.
"""

import sys
from collections.abc import Iterable
from datetime import UTC, datetime

from sqlmodel import Session

from tests.scopes import session_scope
from wasched import db
from wasched.models import Number

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def know_numbers(session: Session, digits: Iterable[str]) -> None:
    """Have numbers (with their country, no plus) be there since long before this server."""
    for one in digits:
        session.merge(Number(digits=one, linked_at=LONG_AGO, warms_up=False))


if __name__ == "__main__":
    db.upgrade()
    with session_scope() as session:
        know_numbers(session, sys.argv[1:])
