"""The table about what came from the Node.js version."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from wasched.models.base import UtcDateTime, one_of


class OldKind(StrEnum):
    """What a row of the old database was."""

    LIST = "list"
    DAILY = "daily"  # a rule
    ITEM = "item"  # a message to one group, waiting or past


class BroughtOver(SQLModel, table=True):
    """Which row of an old database (`old`) became which of ours, so that none comes twice.

    It holds for the whole server: what sends is not to come into two spaces either. `row_id` is a
    list or a schedule, which may have been removed since.
    """

    __tablename__ = "brought_over"
    __table_args__ = (one_of("kind", OldKind, "ck_brought_over_kind"),)

    kind: str = Field(primary_key=True, max_length=10)
    old: str = Field(primary_key=True, max_length=120)
    row_id: int
    at: datetime = Field(sa_type=UtcDateTime)
