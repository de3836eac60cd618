"""Damage to a file of the server: since when it is known, and what a person is told of it."""

from dataclasses import dataclass
from datetime import datetime

from wasched.domain import storage


@dataclass(frozen=True)
class Damage:
    """What is damaged, in SQLite's words or as names of files, and when it was first seen (UTC)."""

    what: str
    at: datetime


def database_sentence(damage: Damage, last_back_up: str) -> str:
    """What is wrong with the database and the way back; `last_back_up` is a sentence or empty."""
    says = storage.sentence_of(damage.what) or storage.sentence_of(storage.MALFORMED)
    return f"{says} It was first seen on {_time(damage.at)}. {last_back_up}".strip()


def back_up_sentence(at: datetime | None) -> str:
    """When the last back-up was made."""
    return f"The last back-up was made on {_time(at)}." if at else "No back-up is known of."


def links_sentence(damage: Damage) -> str:
    """Which links' files are damaged, and what to do about them."""
    return (
        f"Damaged among the links: {damage.what}, first seen on {_time(damage.at)}. "
        "Link the phone of each again; what is scheduled stays."
    )


def _time(at: datetime) -> str:
    return f"{at:%d %B %Y, %H:%M} UTC"
