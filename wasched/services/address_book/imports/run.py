"""A file of people, from its upload to rows that can be looked at."""

from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path

from sqlmodel import Session

from wasched.domain.errors import InputError
from wasched.domain.reasons import Code, Reason
from wasched.services.address_book.imports import (
    column_kinds,
    import_queue,
    open_file,
    pending_imports,
    row_verdicts,
)
from wasched.services.address_book.imports.row_verdicts import KnownPerson
from wasched.services.address_book.imports.sheet import Sheet
from wasched.services.ports import Clock, Database

PORTION = 2_000
"""So many rows are written at once: nobody waits long for the database."""


def read_import(
    database: Database,
    path: Path,
    clock: Clock,
    import_id: int,
    hear: Callable[[], None] = lambda: None,
) -> None:
    """Read an import that a worker has taken, from its file at `path`.

    `hear` is called as more is written.

    InputError says what is wrong with the file; NotFoundError if nobody wants it any more. It
    takes a processor for seconds, and as long as whoever made the file likes: call it in a
    process that is bounded.
    """
    asked = database.answer(lambda session: import_queue.fetch_unread(session, import_id))
    try:
        sheet = open_file.read_file(path, asked.sheet)
    except FileNotFoundError:
        raise InputError("file", Reason(Code.UPLOAD_GONE)) from None
    uses = asked.mapping or column_kinds.guess_columns(sheet, asked.country)
    begin = partial(_begin, import_id=import_id, space_id=asked.space_id, sheet=sheet, uses=uses)
    taken, known = database.transaction(begin)
    judged = row_verdicts.judge_rows(sheet, taken, asked.country, known)
    while some := list(islice(judged, PORTION)):
        keep = partial(pending_imports.add_rows, import_id=import_id, rows=some, now=clock.now())
        database.transaction(keep)
        hear()
    database.transaction(
        lambda session: pending_imports.finish_import(session, import_id, clock.now())
    )


def _begin(
    session: Session, import_id: int, space_id: int, sheet: Sheet, uses: list[str]
) -> tuple[tuple[str, ...], dict[str, KnownPerson]]:
    """What becomes of each column, and whom the space has."""
    taken = pending_imports.keep_sheet(session, import_id, sheet, uses)
    return taken, row_verdicts.known_people(session, space_id)
