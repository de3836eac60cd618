"""Which rows of an old database are here already, and as what."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from sqlalchemy import insert, select
from sqlmodel import Session, col

from wasched.models import BroughtOver, OldKind

_AT_ONCE = 5_000
"""A database takes only so many values in a statement."""


def old_key(number: int, *words: str) -> str:
    """How an old row is known: by its number and its words, for others have the same numbers."""
    digest = hashlib.sha256("\0".join(words).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{number}-{digest[:20]}"


def find_brought(session: Session, kind: OldKind, keys: Iterable[str]) -> dict[str, int]:
    """Those of some old rows that were brought before, with the row that each became."""
    found: dict[str, int] = {}
    wanted = iter(keys)
    while some := list(islice(wanted, _AT_ONCE)):
        rows = session.execute(
            select(BroughtOver.old, BroughtOver.row_id).where(
                BroughtOver.kind == kind, col(BroughtOver.old).in_(some)
            )
        )
        found |= {row[0]: row[1] for row in rows}
    return found


def note_brought(
    session: Session, kind: OldKind, keys: Iterable[str], row_id: int, now: datetime
) -> None:
    """Remember that old rows have become one of ours."""
    rows = [{"kind": kind, "old": one, "row_id": row_id, "at": now} for one in keys]
    if rows:
        session.execute(insert(BroughtOver), rows)


def note_anew(session: Session, kind: OldKind, key: str, row_id: int, now: datetime) -> None:
    """The same where what it became before may be gone."""
    session.merge(BroughtOver(kind=kind, old=key, row_id=row_id, at=now))
