"""Files of people are read by the worker, each in a process of its own and one after another."""

import threading
import time
from functools import cache
from pathlib import Path

from wasched import bootstrap
from wasched.adapters.bounded_process import BoundedWork
from wasched.domain.errors import (
    EndReason,
    InputError,
    MediaAwayError,
    NotFoundError,
    WorkEndedError,
)
from wasched.domain.reasons import NO_REASON, Code, Reason
from wasched.services.address_book.imports import import_queue

_LOOK_S = 0.5
_STOP_S = 3.0
_REST_S = 10.0
"""So long a store of files that is away is not asked again; what waits there, waits."""

_WHY_ENDED = {
    EndReason.TIME: Reason(Code.FILE_TAKES_TOO_LONG),
    EndReason.MEMORY: Reason(Code.FILE_TAKES_TOO_MUCH),
    EndReason.FAULT: Reason(Code.FILE_FAILS),
}


class PeopleReading:
    """Reads what waits, one file at a time: each may need as much memory as the worker itself."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._holder = ""
        self._work: BoundedWork | None = None
        self._is_stopped = False
        self._rest_until = 0.0

    def begin(self, holder: str) -> None:
        """Read for the worker of this lasting name; what it was at when it ended waits again."""
        self._holder = holder
        bootstrap.transaction(lambda session, _now: import_queue.release_imports(session, holder))

    def read_waiting(self) -> None:
        """Read the files that wait, unless another thread is at it, which then reads them, too."""
        while self._may_begin() and self._turn.acquire(blocking=False):
            try:
                while not self._is_stopped and self._read_next():
                    pass
            finally:
                self._turn.release()

    def stop(self) -> None:
        """Put down what is being read; it is taken up again by the next worker."""
        self._is_stopped = True
        if self._work is not None:
            self._work.stop()
        self._turn.acquire(timeout=_STOP_S)

    def _may_begin(self) -> bool:
        is_able = bool(self._holder) and not self._is_stopped
        is_able = is_able and time.monotonic() >= self._rest_until
        return is_able and bootstrap.answer(import_queue.is_any_waiting)

    def _read_next(self) -> bool:
        import_id = bootstrap.transaction(
            lambda session, now: import_queue.take_next(session, self._holder, now)
        )
        if import_id is None:
            return False
        self._work = bootstrap.people_reading()
        if self._is_stopped:
            self._work.stop()
        try:
            why = _read_watched(self._work, import_id)
        except MediaAwayError:
            self._rest_until = time.monotonic() + _REST_S
            bootstrap.transaction(lambda session, _now: import_queue.give_back(session, import_id))
            return False
        if why:
            bootstrap.transaction(
                lambda session, now: import_queue.refuse_import(session, import_id, why, now)
            )
        elif self._is_stopped:
            bootstrap.transaction(lambda session, _now: import_queue.give_back(session, import_id))
        return True


@cache
def people_reading() -> PeopleReading:
    """What reads files of people in this process."""
    return PeopleReading()


def _read_watched(work: BoundedWork, import_id: int) -> Reason:
    """Why a file cannot be read; no reason if it was, or if nobody wants it any more.

    MediaAwayError if it cannot be had just now.
    """
    try:
        token = bootstrap.answer(
            lambda session, _now: import_queue.fetch_unread(session, import_id)
        ).token
        with bootstrap.media_store().uploaded(token) as path:
            return _read_file(work, import_id, path)
    except MediaAwayError:
        raise
    except InputError as refusal:
        return refusal.reason
    except FileNotFoundError:
        return Reason(Code.UPLOAD_GONE)
    except NotFoundError:
        return NO_REASON


def _read_file(work: BoundedWork, import_id: int, path: Path) -> Reason:
    """The same, once the file is at hand; what the process refuses gets out."""
    is_over = threading.Event()
    watch = threading.Thread(target=_stop_unwanted, args=(work, import_id, is_over), daemon=True)
    watch.start()
    try:
        asked = {"import": import_id, "path": str(path)}
        work.ask(asked, lambda _said: bootstrap.changes().hint())
    except WorkEndedError as end:
        return _WHY_ENDED.get(end.reason, NO_REASON)
    finally:
        is_over.set()
    return NO_REASON


def _stop_unwanted(work: BoundedWork, import_id: int, is_over: threading.Event) -> None:
    """End the reading of a file that nobody wants any more."""
    while not is_over.wait(_LOOK_S):
        if not bootstrap.answer(lambda session, _now: import_queue.is_wanted(session, import_id)):
            work.stop()
