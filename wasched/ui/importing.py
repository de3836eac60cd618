"""A file of people is read and judged, some rows at a time, so that nobody waits for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from wasched import bootstrap
from wasched.domain.errors import DraftError
from wasched.services import accounts, uploads
from wasched.services.imports import files, guessing, judging, reading
from wasched.services.views import SignedIn

_PORTION = 2_000
GONE = "The file is gone. Choose it again."


@dataclass
class Progress:
    """How many rows are judged; 0 of 0 while the file is still being read."""

    done: int = 0
    total: int = 0

    @property
    def percent(self) -> int:
        """The same in hundredths."""
        return 100 * self.done // self.total if self.total else 0


def read(
    user: SignedIn,
    progress: Progress,
    token: str,
    mapping: Sequence[str] = (),
    country: str | None = None,
) -> int:
    """Read an uploaded file anew; returns the import's id.

    Without a mapping the columns are guessed, without a country it is the linked phone's.
    DraftError says what is wrong with the file; NotYoursError if the upload is gone.
    """
    with bootstrap.session_scope(write=False) as session:
        upload = uploads.find(session, user, token)
        country = accounts.country(session, user) if country is None else country
    try:
        found = files.read(bootstrap.media_store().incoming(token))
    except FileNotFoundError:
        raise DraftError("file", GONE) from None
    progress.total = len(found.rows)
    with bootstrap.session_scope() as session:
        now = bootstrap.clock().now()
        uses = mapping or guessing.guess(found)
        import_id = reading.begin(session, user, upload, found, uses, country, now)
        mapping = reading.card(session, user, import_id).uses
        known = judging.book(session, user.id)
    judged = judging.judge(found, mapping, country, known)
    while some := list(islice(judged, _PORTION)):
        with bootstrap.session_scope() as session:
            reading.add(session, import_id, some)
        progress.done += len(some)
    with bootstrap.session_scope() as session:
        reading.finish(session, user, import_id)
    return import_id


def forget(user: SignedIn, token: str) -> None:
    """Remove an uploaded file that nobody needs any more."""
    with bootstrap.session_scope() as session:
        uploads.give_up(session, user, bootstrap.media_store(), token)
