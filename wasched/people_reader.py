"""The process that reads a file of people: `python -m wasched.people_reader`, see bounded_process.

Reading and judging a hundred thousand rows takes seconds of a processor, and a file may be made
to take for ever; neither may hold up anybody's clicks.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from wasched import bootstrap
from wasched.adapters.bounded_child import Say, serve
from wasched.domain.errors import InputError
from wasched.models import PeopleImport
from wasched.services.accounts import accounts
from wasched.services.address_book.imports import (
    column_kinds,
    open_file,
    pending_imports,
    row_verdicts,
)
from wasched.services.address_book.imports.row_verdicts import Judged
from wasched.services.address_book.imports.sheet import Sheet
from wasched.services.caller import Caller
from wasched.services.files import uploads
from wasched.services.files.uploads import Incoming
from wasched.services.phone_numbers import phones

_PORTION = 2_000


def read(asked: Mapping[str, Any], say: Say) -> int:
    """Read an uploaded file anew; returns the import's id, and says how many rows are judged.

    `asked` has the `user`, the upload's `token`, the `mapping` of columns and the `country`;
    without a mapping the columns are guessed, without a country it is the linked phone's.
    InputError says what is wrong with the file; NotFoundError if the upload is gone.
    """
    user = Caller(**asked["user"])
    upload, country = _find(user, asked["token"], asked["country"])
    try:
        sheet = open_file.read(bootstrap.media_store().incoming(upload.token))
    except FileNotFoundError:
        raise InputError("file", pending_imports.GONE) from None
    import_id, judged = _begin(user, upload, sheet, asked["mapping"], country)
    done = 0
    while some := list(islice(judged, _PORTION)):
        with bootstrap.session_scope() as session:
            pending_imports.add(session, import_id, some)
        done += len(some)
        say([done, len(sheet.rows)])
    with bootstrap.session_scope() as session:
        pending_imports.finish(session, user, import_id)
    return import_id


def _find(user: Caller, token: str, country: str | None) -> tuple[Incoming, str]:
    with bootstrap.session_scope(write=False) as session:
        upload = uploads.find(session, user, token)
        return upload, accounts.country(session, user) if country is None else country


def _begin(
    user: Caller, upload: Incoming, sheet: Sheet, mapping: list[str], country: str
) -> tuple[int, Iterator[Judged]]:
    with bootstrap.session_scope() as session:
        now = bootstrap.clock().now()
        uses = mapping or column_kinds.guess(sheet, country)
        import_id = pending_imports.begin(session, user, upload, sheet, uses, country, now)
        uses = list(pending_imports.card(session, user, import_id).uses)
        known = row_verdicts.book(session, user.id)
    return import_id, row_verdicts.judge(sheet, uses, country, known)


def _prepare() -> None:
    """Do what comes first in any case, while the file may still be on its way."""
    with bootstrap.session_scope(write=False) as session:
        session.get(PeopleImport, 0)
    phones.pretty("+4915100000012")


if __name__ == "__main__":
    _prepare()
    serve(read)
