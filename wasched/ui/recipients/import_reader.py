"""A file of people is read and judged in a process of its own, one at a time for each person."""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache

from wasched import bootstrap
from wasched.api.long_work import LongWork
from wasched.domain.errors import EndReason, WorkEndedError
from wasched.services.address_book.imports import pending_imports
from wasched.services.address_book.imports.import_request import ImportRequest
from wasched.services.caller import Caller
from wasched.services.files import uploads

AT_ONCE = 1
"""So many files are read at once in all: each may need as much memory as the api itself."""

REFUSALS = {
    EndReason.TIME: "This file takes too long to read. Split it, and import the parts in turn.",
    EndReason.MEMORY: (
        "This file needs too much memory to be read. Split it, or leave columns out, and import "
        "the parts in turn."
    ),
    EndReason.STOPPED: "This file was put aside, because you have chosen another one since.",
    EndReason.FAULT: "This file cannot be read; the server's log says why. Save it anew as CSV.",
}
"""What is said of a file whose reading ended before it was done."""


@dataclass
class Progress:
    """How many rows are judged; 0 of 0 while the file is still being read."""

    done: int = 0
    total: int = 0
    is_begun: bool = False

    @property
    def percent(self) -> int:
        """The same in hundredths."""
        return 100 * self.done // self.total if self.total else 0

    @property
    def sentence(self) -> str:
        """What is under way."""
        return "Reading the file…" if self.is_begun else "Another file is read first. Yours waits…"

    def hear(self, said: Sequence[int]) -> None:
        """Take what the reading process says on its way."""
        self.done, self.total = said


async def read_people_file(user: Caller, progress: Progress, request: ImportRequest) -> int:
    """Read an uploaded file anew; returns the import's id.

    InputError says what is wrong with the file; NotFoundError if the upload is gone;
    WorkEndedError if it took too much, or the person has another file read since. Whoever is
    cancelled ends the reading; what came of it is forgotten.
    """
    # When the password was given is not for a process that only reads.
    who = asdict(replace(user, confirmed_at=None))
    asked = {"user": who, "request": asdict(request)}
    work = bootstrap.people_reading()

    def do() -> int:
        progress.is_begun = True
        try:
            found: int = work.ask(asked, progress.hear)
        except WorkEndedError:
            _forget_unfinished(user)
            raise
        return found

    return await _readings().run_newest(user.id, do, work.stop)


async def prepare_reader() -> None:
    """Have a process ready before a file is there: it takes half a second to start."""
    await asyncio.to_thread(bootstrap.people_readers().warm)


def forget_reader(user: Caller, token: str) -> None:
    """Remove an uploaded file that nobody needs any more."""
    store = bootstrap.media_store()
    bootstrap.transaction(lambda session, _now: uploads.give_up(session, user, store, token))


@cache
def _readings() -> LongWork:
    return LongWork("readings", AT_ONCE)


def _forget_unfinished(user: Caller) -> None:
    bootstrap.transaction(lambda session, _now: pending_imports.forget_unfinished(session, user))
