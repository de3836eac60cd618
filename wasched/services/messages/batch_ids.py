"""The id of a batch: made here for every door, and read here when it comes back.

A batch has no row, so its id says its schedule and its instant; whoever holds one only hands it
back. A batch that is moved has another id, and the old one finds nothing.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from wasched.domain.typed import read_id, read_instant
from wasched.services.views import Batch

LONGEST = 100
"""No id is longer; what a browser sends beyond is not kept."""

BatchKey = tuple[int, datetime]
"""The schedule of a batch, and the instant (UTC) at which its messages are due."""


def batch_id(schedule_id: int, due_at: datetime) -> str:
    """The id of the messages of a schedule that are due at an instant."""
    return f"{schedule_id}~{due_at.astimezone(UTC).isoformat()}"


def batch_id_of(send: Batch) -> str:
    """The id of a batch that a list or the calendar shows."""
    return batch_id(send.schedule_id, send.row.due_at)


def read_batch_ids(texts: Iterable[str]) -> list[BatchKey]:
    """The batches that ids name; what is no id is left out."""
    return [key for key in map(_read, texts) if key is not None]


def _read(text: str) -> BatchKey | None:
    number, _, instant = text.partition("~")
    schedule_id, due_at = read_id(number), read_instant(instant)
    return (schedule_id, due_at.astimezone(UTC)) if schedule_id and due_at is not None else None
