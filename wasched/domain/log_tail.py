"""Warnings and worse, as each process keeps its last ones in a small file of its own."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

SENTENCE_MAX = 400
DETAILS_MAX = 8_000  # characters: the end of a trace tells most


class LogPart(StrEnum):
    """Whose words they are."""

    SERVER = "server"  # the api
    WORKER = "worker"


@dataclass(frozen=True)
class KeptLine:
    """One warning or error; `at` is aware."""

    at: datetime
    part: LogPart
    is_error: bool
    sentence: str
    details: str = ""


def file_of(data_folder: Path, part: LogPart) -> Path:
    """Where a process keeps its newest; what came before stands in the same name with `.1`."""
    return data_folder / "log" / f"{part}.jsonl"


def write_line(line: KeptLine) -> str:
    """A line of such a file."""
    said = {"time": line.at.isoformat(), "error": line.is_error, "says": line.sentence}
    return json.dumps(said | ({"details": line.details} if line.details else {}))


def read_line(text: str, part: LogPart) -> KeptLine | None:
    """What a line says; None if a full disk or a kill has cut it."""
    try:
        said = json.loads(text)
        at = datetime.fromisoformat(said["time"])
        if at.tzinfo is None:
            return None
        details = str(said.get("details", ""))
        return KeptLine(at, part, bool(said["error"]), str(said["says"]), details)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
