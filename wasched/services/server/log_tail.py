"""The last warnings and errors of the server, for its owner."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from wasched.domain import log_tail
from wasched.domain.log_tail import Kept, Part
from wasched.services import permissions
from wasched.services.caller import Caller
from wasched.services.permissions import Action

LINES = 50


@dataclass(frozen=True)
class Said:
    """A warning or error, and how many times in a row its part said so; the newest of them."""

    line: Kept
    times: int


def newest(user: Caller, data_folder: Path) -> list[Said]:
    """The last lines of all parts, the newest first; OSError if one cannot be read."""
    permissions.require(user, Action.RUN_SERVER)
    found = sorted(_all(data_folder), key=lambda line: line.at, reverse=True)
    runs = [list(run) for _, run in groupby(found, key=lambda line: (line.part, line.sentence))]
    return [Said(run[0], len(run)) for run in runs[:LINES]]


def _all(data_folder: Path) -> Iterator[Kept]:
    for part in Part:
        newer = log_tail.file_of(data_folder, part)
        for path in (newer, newer.with_name(f"{newer.name}.1")):
            yield from _in(path, part)


def _in(path: Path, part: Part) -> Iterator[Kept]:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return  # nothing to report yet, or it was just put aside
    for written in text.splitlines():
        if (line := log_tail.read(written, part)) is not None:
            yield line
