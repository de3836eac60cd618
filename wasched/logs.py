"""Logs: JSON lines on stdout, but for the few lines that operators read word for word.

The last warnings and errors are also kept in a file, for the owner's Health page.
"""

import json
import logging
import os
import sys
from contextlib import suppress
from datetime import UTC, datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TextIO

from wasched.domain import log_tail
from wasched.domain.calendar_token import without_tokens
from wasched.domain.errors import NotNow, SendError
from wasched.domain.log_words import shorten_text, visible_text
from wasched.domain.reasons import NO_REASON, Reason
from wasched.log_filters import Sieve

_TAIL_BYTES = 128_000

_MESSAGE_MAX = 4_000  # characters
_TRACE_MAX = 16_000
_TRACE_LINE_MAX = 500

_PLAIN = "[WA] "
_OWN = set(vars(logging.makeLogRecord({}))) | {
    *("message", "asctime", "taskName"),  # of logging
    *("as_it_is", "is_said"),  # ours
}


class JsonLines(logging.Formatter):
    """One JSON object a record; `[WA] …` lines as they are, so that a QR code can be scanned."""

    def format(self, record: logging.LogRecord) -> str:
        """The line (or lines) for a record."""
        return without_tokens(self._line(record))

    def _line(self, record: logging.LogRecord) -> str:
        message = _said(record)
        if getattr(record, "as_it_is", False) and message.startswith(_PLAIN):
            return message
        extra = {key: str(value) for key, value in vars(record).items() if key not in _OWN}
        line = {key: shorten_text(value, _MESSAGE_MAX) for key, value in extra.items()} | {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": shorten_text(message, _MESSAGE_MAX),
        }
        if record.exc_info:
            line["exception"] = _trace(self.formatException(record.exc_info))
        return visible_text(json.dumps(line, ensure_ascii=False))


def _said(record: logging.LogRecord) -> str:
    """The message of a record, with the words of what tells why by a code."""
    if not isinstance(record.args, tuple) or not any(map(_reason_of, record.args)):
        return record.getMessage()
    # Only where there is one: a link's process has no other use for words, and is to stay small.
    from wasched.text.reasons import reason_sentence

    now = datetime.now(UTC)
    worded = (
        reason_sentence(why, "UTC", now) if (why := _reason_of(one)) else one for one in record.args
    )
    return str(record.msg) % tuple(worded)


def _reason_of(told: object) -> Reason:
    if isinstance(told, SendError | NotNow):
        return told.reason
    return told if isinstance(told, Reason) else NO_REASON


def _trace(text: str) -> str:
    """A trace that can be read: neither a line of it nor all of it without end."""
    lines = (shorten_text(line, _TRACE_LINE_MAX) for line in text.splitlines())
    return shorten_text("\n".join(lines), _TRACE_MAX)


class LogLines(logging.StreamHandler[TextIO]):
    """Writes records to a stream; what cannot be written is let go, in silence.

    logging would complain of it on stderr, in lines of its own.
    """

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self.setFormatter(JsonLines())
        self.addFilter(_sieve)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Say at least where the record came from, if that can be said."""
        with suppress(Exception):
            record.msg, record.args = "A line of %s:%d", (record.pathname, record.lineno)
            record.exc_info = None
            self.stream.write(self.format(record) + self.terminator)


class TailLines(logging.Formatter):
    """A line for the Health page: one sentence, and the rest of it to be folded."""

    def __init__(self, part: log_tail.LogPart) -> None:
        super().__init__()
        self._part = part

    def format(self, record: logging.LogRecord) -> str:
        """The line for a record, with no field but time, level and words."""
        first, _, rest = shorten_text(_said(record), _MESSAGE_MAX).strip().partition("\n")
        first = visible_text(first)
        trace = _trace(self.formatException(record.exc_info)) if record.exc_info else ""
        details = "\n".join(text for text in (first[log_tail.SENTENCE_MAX :], rest, trace) if text)
        kept = log_tail.KeptLine(
            datetime.fromtimestamp(record.created, UTC),
            self._part,
            record.levelno >= logging.ERROR,
            first[: log_tail.SENTENCE_MAX],
            details[-log_tail.DETAILS_MAX :],
        )
        return without_tokens(log_tail.write_line(kept))


class Tail(RotatingFileHandler):
    """Keeps the last warnings and errors in two small files; where it cannot, it keeps still.

    Its own fault must never end what was logging, nor be logged: a full disk is said on stdout.
    """

    def __init__(self, path: Path, part: log_tail.LogPart) -> None:
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


def _stdout() -> TextIO:
    """The stream under what makes records of prints, if something does."""
    under: TextIO = getattr(sys.stdout, "under", sys.stdout)
    return under


_sieve = Sieve()  # one for all set-ups: what was said stays said


def set_up(
    level: str, tail: tuple[Path, log_tail.LogPart] | None = None, stream: TextIO | None = None
) -> None:
    """Send every logger's records to a stream as JSON lines, stdout unless another is given.

    `tail` is the data folder in which the last warnings are kept, and whose they are.
    """
    root = logging.getLogger()
    handlers: list[logging.Handler] = [LogLines(stream or _stdout())]
    if tail is not None:
        keeping = Tail(log_tail.file_of(*tail), tail[1])
        keeping.addFilter(_sieve)  # what stdout leaves out is left out here, too
        handlers.append(keeping)
    for old in root.handlers:
        if isinstance(old, Tail):
            old.close()
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.getLogger("huey").handlers.clear()  # its consumer adds one that writes plain text
    for noisy in ("huey", "alembic", "httpx", "mcp"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, root.level))
    for bare in ("engineio.server", "socketio.server"):  # would add handlers that write plain text
        logging.getLogger(bare).setLevel(logging.ERROR)
        logging.getLogger(bare).handlers.clear()
