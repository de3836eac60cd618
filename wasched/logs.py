"""Logs: JSON lines on stdout, but for the few lines that operators read word for word.

The last warnings and errors are also kept in a file, for the owner's Health page.
"""

import json
import logging
import os
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from wasched.domain import log_tail
from wasched.domain.storage import damage_in, sentence_for

_AGAIN_S = 60.0
_DAMAGED_AGAIN_S = 3600.0  # damage stays, and each query that meets it would say so
_TAIL_BYTES = 128_000

_PLAIN = "[WA] "

_WATCHED = {"ConnectionError", "TimeoutError", "OutOfMemoryError"}
"""Faults of Redis that the queue's watch puts into the log, once for all who meet them."""

_OWN = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """One JSON object a record; `[WA] …` lines as they are, so that a QR code can be scanned."""

    def format(self, record: logging.LogRecord) -> str:
        """The line (or lines) for a record."""
        message = record.getMessage()
        if message.startswith(_PLAIN):
            return message
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": message,
        }
        line |= {key: str(value) for key, value in vars(record).items() if key not in _OWN}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class TailLines(logging.Formatter):
    """A line for the Health page: one sentence, and the rest of it to be folded."""

    def __init__(self, part: log_tail.Part) -> None:
        super().__init__()
        self._part = part

    def format(self, record: logging.LogRecord) -> str:
        """The line for a record, with no field but time, level and words."""
        first, _, rest = record.getMessage().strip().partition("\n")
        trace = self.formatException(record.exc_info) if record.exc_info else ""
        details = "\n".join(text for text in (first[log_tail.SENTENCE_MAX :], rest, trace) if text)
        kept = log_tail.Kept(
            datetime.fromtimestamp(record.created, UTC),
            self._part,
            record.levelno >= logging.ERROR,
            first[: log_tail.SENTENCE_MAX],
            details[-log_tail.DETAILS_MAX :],
        )
        return log_tail.written(kept)


class Tail(RotatingFileHandler):
    """Keeps the last warnings and errors in two small files; where it cannot, it keeps still.

    Its own fault must never end what was logging, nor be logged: a full disk is said on stdout.
    """

    def __init__(self, path: Path, part: log_tail.Part) -> None:
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        super().__init__(path, maxBytes=_TAIL_BYTES, backupCount=1, encoding="utf-8", delay=True)
        self.setLevel(logging.WARNING)
        self.setFormatter(TailLines(part))

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, "a", encoding="utf-8", opener=_for_its_owner)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Let the line go, and begin anew with the next one."""
        stream, self.stream = self.stream, None
        with suppress(Exception):
            if stream is not None:
                stream.close()


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


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


_one_sentence = OneSentence()  # one for all set-ups: what was said stays said


def set_up(level: str, tail: tuple[Path, log_tail.Part] | None = None) -> None:
    """Send every logger's records to stdout as JSON lines.

    `tail` is the data folder in which the last warnings are kept, and whose they are.
    """
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonLines())
    handler.addFilter(_one_sentence)
    root = logging.getLogger()
    handlers: list[logging.Handler] = [handler]
    if tail is not None:
        keeping = Tail(log_tail.file_of(*tail), tail[1])
        keeping.addFilter(_one_sentence)  # what stdout leaves out is left out here, too
        handlers.append(keeping)
    for old in root.handlers:
        if isinstance(old, Tail):
            old.close()
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.getLogger("huey").handlers.clear()  # its consumer adds one that writes plain text
    for noisy in ("huey", "alembic", "httpx"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, root.level))
