"""What is left out of the log: what clients did, and what was said just now."""

import logging
import time

from wasched.client_faults import OfClients
from wasched.domain.storage import damage_in, sentence_for

_AGAIN_S = 60.0
_DAMAGED_AGAIN_S = 3600.0  # damage stays, and each query that meets it would say so
_REMEMBERED = 500

_WATCHED = {"ConnectionError", "TimeoutError", "OutOfMemoryError"}
"""Faults of Redis that the queue's watch puts into the log, once for all who meet them."""


class Sieve(logging.Filter):
    """Asks its filters once a record, however many handlers do."""

    def __init__(self) -> None:
        super().__init__()
        self._filters = (OfClients(), OneSentence(), SameTrace())

    def filter(self, record: logging.LogRecord) -> bool:
        """True if the record is to be said."""
        if not hasattr(record, "is_said"):
            vars(record)["is_said"] = all(one.filter(record) for one in self._filters)
        return bool(vars(record)["is_said"])


class OneSentence(logging.Filter):
    """Says what a disk, database or queue of no use means once a minute, not each trace of it.

    What stays until somebody mends it is said once an hour.
    """

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Turn such a fault into its sentence; False if that was said just now."""
        fault = record.exc_info[1] if record.exc_info else None
        if fault and record.name.startswith("huey") and _is_watched(fault):
            return False
        sentence = (sentence_for(fault) or _of_queue(fault)) if fault else ""
        if not sentence:
            return True
        now = time.monotonic()
        pause = _DAMAGED_AGAIN_S if damage_in(str(fault)) else _AGAIN_S
        if now - self._said.get(sentence, -pause) < pause:
            return False
        self._said[sentence] = now
        record.msg, record.args, record.exc_info = sentence, (), None
        return True


def _is_watched(fault: BaseException) -> bool:
    """True for a fault of Redis that the log tells of already."""
    kinds = {kind.__name__ for kind in type(fault).__mro__ if _is_of_redis(kind)}
    return not kinds.isdisjoint(_WATCHED)


def _is_of_redis(kind: type) -> bool:
    return kind.__module__ == "redis.exceptions"


def _of_queue(fault: BaseException) -> str:
    """What a fault of Redis means; empty if it is none. Known by name: most processes have none."""
    if not any(_is_of_redis(kind) for kind in type(fault).__mro__):
        return ""
    return (
        f"The queue does not answer: {fault} What is due is sent without it, and it is tried "
        "again by itself; see the log of Dragonfly, or of Redis."
    )


class SameTrace(logging.Filter):
    """Says the same words with the same trace once a minute, and how often it was meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[tuple[str, ...], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """False if all of it was said less than a minute ago."""
        if not record.exc_info or record.exc_info[1] is None:
            return True
        key, now = _trace_of(record), time.monotonic()
        at, left_out = self._said.get(key, (now - _AGAIN_S, 0))
        if now - at < _AGAIN_S:
            self._said[key] = at, left_out + 1
            return False
        if len(self._said) >= _REMEMBERED:
            self._said.clear()
        self._said[key] = now, 0
        if left_out:
            record.msg = f"{record.getMessage()} (and {left_out} times since it was last said)"
            record.args = ()
        return True


def _trace_of(record: logging.LogRecord) -> tuple[str, ...]:
    """What tells one trace from another: the words, the kind of fault, and where it was raised."""
    _, fault, trace = record.exc_info or (None, None, None)
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
    return record.name, record.getMessage(), type(fault).__name__, where
