"""Tables about people who come from a file."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, Index, SQLModel, UniqueConstraint

from wasched.domain.reasons import NO_REASON, Reason
from wasched.models.base import ReasonColumn, UtcDateTime, one_of


class ImportStatus(StrEnum):
    """How far an import is."""

    READING = "reading"  # not all of its rows are there yet, or never will be: `why`
    READ = "read"  # its rows can be looked at; nobody was changed
    SAVED = "saved"
    UNDONE = "undone"


class Verdict(StrEnum):
    """What an import makes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"  # there already, with nothing new about them
    DOUBLE = "double"  # an earlier row of the file has the same number
    WRONG = "wrong"


class PeopleImport(SQLModel, table=True):
    """A file of people that somebody gave, and what is to become of its columns.

    `mapping` has an entry for each of `columns`: phone, name, first_name, last_name, notes,
    field (kept under the column's name), date (a field of days) or nothing; `samples` some cells
    of each; `counts` the number of rows by verdict.

    Of a workbook `sheet` is the one that was asked for, or that was read; `sheets` are those that
    it shows, and `hidden_sheets` is how many it hides.

    Until it is read, `holder` is the worker that reads it, since `taken_at` and for the `tries`th
    time, empty while it waits; `done` of `total` rows are judged; `why` says why it cannot be read.
    """

    __tablename__ = "people_import"
    __table_args__ = (one_of("state", ImportStatus, "ck_people_import_state"),)

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user.id", index=True)
    space_id: int = Field(foreign_key="space.id", index=True)
    token: str = Field(default="", max_length=32)  # of the upload, to read it again
    name: str = Field(max_length=255)
    columns: list[str] = Field(sa_type=JSON)
    samples: list[list[str]] = Field(sa_type=JSON)
    mapping: list[str] = Field(sa_type=JSON)
    country: str = Field(default="", max_length=2)  # ISO 3166, completes numbers without one
    sheet: str = Field(default="", max_length=255, sa_column_kwargs={"server_default": ""})
    sheets: list[str] = Field(
        default_factory=list, sa_type=JSON, sa_column_kwargs={"server_default": "[]"}
    )
    hidden_sheets: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    state: str = ImportStatus.READING
    counts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    holder: str = Field(default="", max_length=100)
    taken_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    tries: int = 0
    done: int = 0
    total: int = 0
    why: Reason = Field(default=NO_REASON, sa_type=ReasonColumn)
    list_id: int | None = Field(
        default=None, foreign_key="recipient_list.id", ondelete="SET NULL", index=True
    )
    created_at: datetime = Field(sa_type=UtcDateTime)
    saved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ImportRow(SQLModel, table=True):
    """One row: what is wrong with it, or what a person is called and has once it is saved.

    `typed` is what stands where the number should be, if that alone is wrong with the row.
    `had_…` is the same before that, for those who were there already; `joined` is true if the
    import put them into its list.
    """

    __tablename__ = "import_row"
    __table_args__ = (
        UniqueConstraint("import_id", "position", name="uq_import_row_position"),
        one_of("verdict", Verdict, "ck_import_row_verdict"),
        # The page shows the rows of one verdict along this.
        Index("ix_import_row_by_verdict", "import_id", "verdict", "position"),
    )

    id: int | None = Field(default=None, primary_key=True)
    import_id: int = Field(foreign_key="people_import.id", ondelete="CASCADE")
    position: int
    line: int  # of the file, from 1
    verdict: str
    why: Reason = Field(default=NO_REASON, sa_type=ReasonColumn)
    typed: str | None = None
    phone: str | None = Field(default=None, max_length=20)
    name: str = Field(default="", max_length=200)
    sort_key: str = ""
    notes: str = ""
    fields: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    recipient_id: int | None = Field(
        default=None, foreign_key="recipient.id", ondelete="SET NULL", index=True
    )
    had_name: str | None = Field(default=None, max_length=200)
    had_sort_key: str = ""
    had_notes: str = ""
    had_fields: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    had_gone: bool = False  # they were removed, and come back by this
    joined: bool = False
