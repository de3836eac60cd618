"""The server's last warnings in words."""

from dataclasses import dataclass
from datetime import datetime

from wasched.domain.log_tail import LogPart
from wasched.services.server.log_tail import LogEntry
from wasched.ui.core import times

_PARTS = {LogPart.SERVER: "Server", LogPart.WORKER: "Worker"}


@dataclass(frozen=True)
class LogLine:
    """One warning or error as Health shows it; `details` is what is folded away."""

    at: str
    part: str
    is_error: bool
    sentence: str
    often: str
    details: str
    key: str


def log_line(said: LogEntry, zone: str, now: datetime) -> LogLine:
    """When, which part, and what it said."""
    line = said.line
    when = f"{times.day_name(line.at, zone, now)}, {times.clock(line.at, zone)}"
    often = f"{said.times} times in a row" if said.times > 1 else ""
    key = f"{line.at.isoformat()} {line.part} {line.sentence}"
    part = _PARTS[line.part]
    return LogLine(when, part, line.is_error, line.sentence, often, line.details, key)
