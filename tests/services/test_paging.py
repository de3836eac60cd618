"""Cursors of lists: what a page says is read back as it was, and nothing else is read."""

import pytest
from sqlmodel import Session, col, select

from tests.services.conftest import NOW
from wasched.domain.errors import InputError
from wasched.models import Message, Recipient
from wasched.services.caller import Caller
from wasched.services.paging import Keyset, read_page

_BY_TIME = Keyset((Message.due_at, Message.id))
_BY_NAME = Keyset((Recipient.sort_key, Recipient.id))
_NAMES_DOWN = Keyset((Recipient.sort_key, Recipient.id), backwards=True)


@pytest.mark.parametrize(
    ("keyset", "place"),
    [(_BY_TIME, (NOW, 17)), (_BY_NAME, ("Ann ~ Bob~7", 3)), (_BY_NAME, ("", 3)), (_BY_TIME, ())],
)
def test_a_cursor_is_read_as_it_was_written(keyset: Keyset, place: tuple[object, ...]) -> None:
    assert keyset.read(keyset.write(place)) == place


@pytest.mark.parametrize(
    "cursor", ["x", "17", f"{NOW.isoformat()}", f"{NOW.isoformat()}~", "2026-03-12~17", "~~", "a~²"]
)
def test_a_damaged_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(InputError):
        _BY_TIME.read(cursor)


@pytest.mark.parametrize("keyset", [_BY_NAME, _NAMES_DOWN])
def test_every_line_is_on_one_page(session: Session, alice: Caller, keyset: Keyset) -> None:
    space, kind = alice.space_id, "group"
    for number, key in enumerate("cabbac"):
        row = Recipient(space_id=space, kind=kind, name=key, jid=f"{number}@g.us", created_at=NOW)
        session.add(row)
    session.flush()
    found: list[str] = []
    cursor, pages = "", 0
    while cursor or not pages:
        rows, cursor = read_page(
            session,
            select(Recipient.sort_key, col(Recipient.id)),
            keyset,
            cursor,
            2,
            lambda row: tuple(row),
        )
        found, pages = [*found, *(row[0].split()[0] for row in rows)], pages + 1

    assert found == sorted("cabbac", reverse=keyset.backwards)
    assert pages == 3
