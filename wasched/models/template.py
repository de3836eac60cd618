"""The table of texts that people keep for the next time."""

from datetime import datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from wasched.models.base import UtcDateTime


class Template(SQLModel, table=True):
    """A named text with variables."""

    __tablename__ = "template"
    __table_args__ = (UniqueConstraint("space_id", "name", name="uq_template_name"),)

    id: int | None = Field(default=None, primary_key=True)
    space_id: int = Field(foreign_key="space.id", index=True)
    name: str = Field(max_length=80)
    text: str
    uses: int = 0
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)
    changed_at: datetime = Field(sa_type=UtcDateTime)
    changed_by_id: int | None = Field(default=None, foreign_key="user.id")
    # Counts its name and text, not its uses.
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
