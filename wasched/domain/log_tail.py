"""Warnings and worse, as each process keeps its last ones in a small file of its own."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

SENTENCE_MAX = 400
DETAILS_MAX = 8_000  # characters: the end of a trace tells most


class Part(StrEnum):
    """Whose words they are."""

    SERVER = "server"  # the api
    WORKER = "worker"


@dataclass(frozen=True)
class Kept:
    """One warning or error; `at` is aware."""

    at: datetime
    part: Part
    is_error: bool
    sentence: str
    details: str = ""


def file_of(data_folder: Path, part: Part) -> Path:
    """Where a process keeps its newest; what came before stands in the same name with `.1`."""
    return data_folder / "log" / f"{part}.jsonl"


def written(line: Kept) -> str:
    """A line of such a file."""
    said = {"time": line.at.isoformat(), "error": line.is_error, "says": line.sentence}
    return json.dumps(said | ({"details": line.details} if line.details else {}))


def read(text: str, part: Part) -> Kept | None:
    """What a line says; None if a full disk or a kill has cut it."""
    try:
        said = json.loads(text)
        at = datetime.fromisoformat(said["time"])
        if at.tzinfo is None:
            return None
        details = str(said.get("details", ""))
        return Kept(at, part, bool(said["error"]), str(said["says"]), details)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
