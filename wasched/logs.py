"""Logs: JSON lines on stdout, but for the few lines that operators read word for word."""

import json
import logging
import sys
import time
from datetime import UTC, datetime

from wasched.domain.storage import sentence_for

_AGAIN_S = 60.0

_PLAIN = "[WA] "
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


class OneSentence(logging.Filter):
    """Says what a disk, database or queue of no use means once a minute, not each trace of it."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Turn such a fault into its sentence; False if that was said just now."""
        fault = record.exc_info[1] if record.exc_info else None
        sentence = (sentence_for(fault) or _of_queue(fault)) if fault else ""
        if not sentence:
            return True
        now = time.monotonic()
        if now - self._said.get(sentence, -_AGAIN_S) < _AGAIN_S:
            return False
        self._said[sentence] = now
        record.msg, record.args, record.exc_info = sentence, (), None
        return True


def _of_queue(fault: BaseException) -> str:
    """What a fault of Redis means; empty if it is none. Known by name: most processes have none."""
    if not any(kind.__module__ == "redis.exceptions" for kind in type(fault).__mro__):
        return ""
    return (
        f"The queue does not answer: {fault} What is due is sent without it, and it is tried "
        "again by itself; see the log of Dragonfly, or of Redis."
    )


_one_sentence = OneSentence()  # one for all set-ups: what was said stays said


def set_up(level: str) -> None:
    """Send every logger's records to stdout as JSON lines."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonLines())
    handler.addFilter(_one_sentence)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.getLogger("huey").handlers.clear()  # its consumer adds one that writes plain text
    for noisy in ("huey", "alembic", "httpx"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, root.level))
