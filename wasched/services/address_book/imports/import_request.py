"""What a door hands in to have a file of people read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ImportRequest:
    """A file of people to be read, by the token of its upload.

    `mapping` says what its columns are, as PeopleImport does; empty, they are guessed. `country`
    (ISO 3166) completes numbers that are written without theirs; None, it is the linked phone's.
    `sheet` names the one of a workbook that is wanted; empty, it is the first with anybody on it.
    """

    token: str
    mapping: tuple[str, ...] = ()
    country: str | None = None
    sheet: str = ""
