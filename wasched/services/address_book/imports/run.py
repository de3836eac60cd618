"""A file of people, from its upload to rows that can be looked at."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

from sqlmodel import Session

from wasched.domain.errors import InputError
from wasched.services.accounts import accounts
from wasched.services.address_book.imports import (
    column_kinds,
    open_file,
    pending_imports,
    row_verdicts,
)
from wasched.services.address_book.imports.import_request import ImportRequest
from wasched.services.address_book.imports.row_verdicts import JudgedRow
from wasched.services.address_book.imports.sheet import Sheet
from wasched.services.caller import Caller
from wasched.services.files import uploads
from wasched.services.files.uploads import Incoming
from wasched.services.ports import Clock, Database, MediaStore

PORTION = 2_000
"""So many rows are written at once: nobody waits long for the database."""


def read_import(
    database: Database,
    store: MediaStore,
    clock: Clock,
    caller: Caller,
    request: ImportRequest,
    hear: Callable[[int, int], None] = lambda done, total: None,
) -> int:
    """Read an uploaded file anew; returns the import's id.

    `hear` is told how many of how many rows are judged. InputError says what is wrong with the
    file; NotFoundError if the upload is gone. It takes a processor for seconds, and as long as
    whoever made the file likes: call it in a process that is bounded.
    """
    upload, country = _find(database, caller, request)
    try:
        sheet = open_file.read_file(store.incoming(upload.token))
    except FileNotFoundError:
        raise InputError("file", pending_imports.GONE) from None
    import_id, judged = _begin(database, clock, caller, upload, sheet, request.mapping, country)
    done = 0
    while some := list(islice(judged, PORTION)):
        database.transaction(partial(pending_imports.add_rows, import_id=import_id, rows=some))
        done += len(some)
        hear(done, len(sheet.rows))
    database.transaction(lambda session: pending_imports.finish_import(session, caller, import_id))
    return import_id


def _find(database: Database, caller: Caller, request: ImportRequest) -> tuple[Incoming, str]:
    def find(session: Session) -> tuple[Incoming, str]:
        upload = uploads.find_upload(session, caller, request.token)
        if request.country is not None:
            return upload, request.country
        return upload, accounts.account_country(session, caller)

    return database.answer(find)


def _begin(
    database: Database,
    clock: Clock,
    caller: Caller,
    upload: Incoming,
    sheet: Sheet,
    mapping: tuple[str, ...],
    country: str,
) -> tuple[int, Iterator[JudgedRow]]:
    uses = list(mapping) or column_kinds.guess_columns(sheet, country)

    def begin(session: Session) -> tuple[int, Iterator[JudgedRow]]:
        import_id = pending_imports.begin_import(
            session, caller, upload, sheet, uses, country, clock.now()
        )
        taken = list(pending_imports.import_card(session, caller, import_id).uses)
        known = row_verdicts.known_people(session, caller.id)
        return import_id, row_verdicts.judge_rows(sheet, taken, country, known)

    return database.transaction(begin)
