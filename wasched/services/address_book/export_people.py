"""People as a file to take away: CSV with all that is known of them, or contacts as vCard."""

import re
from collections.abc import Iterator

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.domain.collation import sort_key
from wasched.domain.visible import clean_text
from wasched.models import Recipient, RecipientKind
from wasched.services.address_book.imports.vcards import OTHERS
from wasched.services.caller import Caller
from wasched.services.csv_cells import BYTE_ORDER_MARK, guard_cell, write_line
from wasched.services.phone_numbers import phones
from wasched.services.recipients.recipients import recipient_title

_CHUNK = 1_000
_OCTETS = 75
"""The longest line of a vCard (RFC 6350, 3.2)."""


def csv_lines(session: Session, user: Caller) -> Iterator[str]:
    """The user's people by name, a column for each field that somebody has; import takes it."""
    fields = _field_names(session, user)
    yield BYTE_ORDER_MARK + write_line(["Name", "Phone", *map(guard_cell, fields), "Notes"])
    for row in _people_by_name(session, user):
        own = [guard_cell(str(row.fields.get(name, ""))) for name in fields]
        # A number is no formula, and other programs would not know it behind a guard.
        yield write_line(
            [
                guard_cell(row.name),
                phones.pretty_number(row.phone or ""),
                *own,
                guard_cell(row.notes),
            ]
        )


def write_vcards(session: Session, user: Caller) -> Iterator[str]:
    """The user's people by name as vCard 4.0 (RFC 6350), for the contacts of a phone."""
    for row in _people_by_name(session, user):
        said = [("FN", recipient_title(row)), ("TEL;VALUE=uri;TYPE=cell", f"tel:{row.phone}")]
        said += [(name, str(row.fields.get(field, ""))) for name, field in OTHERS.items()]
        said.append(("NOTE", row.notes))
        properties = "".join(
            _fold_line(f"{name}:{_escape_value(value)}") for name, value in said if value
        )
        yield f"BEGIN:VCARD\r\nVERSION:4.0\r\n{properties}END:VCARD\r\n"


def _people_by_name(session: Session, user: Caller) -> Iterator[Recipient]:
    """Everybody who can be written to and is not removed, a chunk at a time."""
    mine = (
        select(Recipient)
        .where(
            Recipient.space_id == user.space_id,
            Recipient.kind == RecipientKind.PERSON,
            col(Recipient.phone).is_not(None),
            col(Recipient.removed_at).is_(None),
        )
        .order_by(col(Recipient.sort_key), col(Recipient.id))
        .execution_options(yield_per=_CHUNK)
    )
    for row in session.scalars(mine):
        yield row
        session.expunge(row)


def _field_names(session: Session, user: Caller) -> list[str]:
    """The names of all fields, as their people have them."""
    mine = select(Recipient.fields).where(
        Recipient.space_id == user.space_id, col(Recipient.removed_at).is_(None)
    )
    known = session.scalars(mine.execution_options(yield_per=_CHUNK))
    return sorted({name for fields in known for name in fields}, key=sort_key)


def _escape_value(value: str) -> str:
    """A text as a value (RFC 6350, 3.4)."""
    return re.sub(r"([\\,;])", r"\\\1", clean_text(value)).replace("\n", "\\n")


def _fold_line(text: str) -> str:
    """A line in pieces of at most 75 octets, no character cut in two."""
    lines, piece, size = [], "", 0
    for one in text:
        octets = len(one.encode())
        if size + octets > _OCTETS:
            lines.append(piece)
            piece, size = " ", 1
        piece, size = piece + one, size + octets
    return "".join(f"{one}\r\n" for one in (*lines, piece))
