"""Tables about spaces, and about who belongs to which."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from wasched.domain.reply import KEPT_DAYS
from wasched.models.base import UtcDateTime, one_of


class Role(StrEnum):
    """What somebody may do in a space."""

    MANAGER = "manager"  # all of it: people and their roles, accounts, removal
    EDITOR = "editor"  # write, schedule, change and cancel; people, lists, templates
    AUTHOR = "author"  # the same, but what they write waits for an editor's or manager's word
    VIEWER = "viewer"  # look, export


class Space(SQLModel, table=True):
    """What belongs together: accounts, people, lists, templates, files, schedules, messages."""

    __tablename__ = "space"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=100)
    created_at: datetime = Field(sa_type=UtcDateTime)
    # For how many days what people write back is kept; 0: not at all.
    keeps_replies_days: int = Field(
        default=KEPT_DAYS, sa_column_kwargs={"server_default": str(KEPT_DAYS)}
    )
    viewers_see_replies: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})


class Membership(SQLModel, table=True):
    """That a user belongs to a space, and as what."""

    __tablename__ = "membership"
    __table_args__ = (one_of("role", Role, "ck_membership_role"),)

    user_id: int = Field(foreign_key="user.id", ondelete="CASCADE", primary_key=True)
    space_id: int = Field(foreign_key="space.id", ondelete="CASCADE", primary_key=True, index=True)
    role: str
    joined_at: datetime = Field(sa_type=UtcDateTime)
    # An upgrade began to keep replies, and this manager has not been told yet.
    to_hear_of_replies: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
