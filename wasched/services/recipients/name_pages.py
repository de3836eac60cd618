"""People and groups in the order of their names, a page at a time."""

from typing import Any

from sqlalchemy import Select
from sqlmodel import Session

from wasched.domain.collation import sort_key
from wasched.models import Recipient
from wasched.services.paging import Keyset, Place, read_page

# A cursor says the name, which is shorter than what it is sorted by.
_BY_NAME = Keyset((Recipient.sort_key, Recipient.id), key_of=sort_key)


def name_page(
    session: Session, wanted: Select[Any], cursor: str, limit: int
) -> tuple[list[Recipient], str]:
    """A page of chosen recipients by name, and the cursor of the next; InputError if damaged."""
    rows, following = read_page(session, wanted, _BY_NAME, cursor, limit, _place_of)
    return [row for (row,) in rows], following


def _place_of(found: tuple[Recipient]) -> Place:
    (row,) = found
    return row.name or row.phone or "", row.id
