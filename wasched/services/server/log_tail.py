"""The last warnings and errors of the server, for who runs it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from wasched.domain import log_tail
from wasched.domain.log_tail import KeptLine, LogPart
from wasched.services import permissions
from wasched.services.caller import Caller
from wasched.services.permissions import Action

LINES = 50


@dataclass(frozen=True)
class LogEntry:
    """A warning or error, and how many times in a row its part said so; the newest of them."""

    line: KeptLine
    times: int


def newest_lines(user: Caller, data_folder: Path) -> list[LogEntry]:
    """The last lines of all parts, the newest first; OSError if one cannot be read."""
    permissions.require(user, Action.RUN_SERVER)
    found = sorted(_all_lines(data_folder), key=lambda line: line.at, reverse=True)
    runs = [list(run) for _, run in groupby(found, key=lambda line: (line.part, line.sentence))]
    return [LogEntry(run[0], len(run)) for run in runs[:LINES]]


def _all_lines(data_folder: Path) -> Iterator[KeptLine]:
    for part in LogPart:
        newer = log_tail.file_of(data_folder, part)
        for path in (newer, newer.with_name(f"{newer.name}.1")):
            yield from _lines_in(path, part)


def _lines_in(path: Path, part: LogPart) -> Iterator[KeptLine]:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return  # nothing to report yet, or it was just put aside
    for written in text.splitlines():
        if (line := log_tail.read_line(written, part)) is not None:
            yield line
