"""Tables about lists of recipients, and about the schedules that go to lists."""

from datetime import datetime

from sqlmodel import CheckConstraint, Field, SQLModel, UniqueConstraint

from wasched.models.base import UtcDateTime


class RecipientList(SQLModel, table=True):
    """A named list of people and groups; whoever joins it gets what comes next."""

    __tablename__ = "recipient_list"
    __table_args__ = (UniqueConstraint("space_id", "name", name="uq_recipient_list_name"),)

    id: int | None = Field(default=None, primary_key=True)
    space_id: int = Field(foreign_key="space.id", index=True)
    name: str = Field(max_length=80)
    created_at: datetime = Field(sa_type=UtcDateTime)
    changed_at: datetime = Field(sa_type=UtcDateTime)
    changed_by_id: int | None = Field(default=None, foreign_key="user.id")
    # Counts its name and who is in it by themselves, and its parts.
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})


class ListMember(SQLModel, table=True):
    """A recipient who is in a list by themselves."""

    __tablename__ = "list_member"

    list_id: int = Field(foreign_key="recipient_list.id", ondelete="CASCADE", primary_key=True)
    recipient_id: int = Field(
        foreign_key="recipient.id", ondelete="CASCADE", primary_key=True, index=True
    )


class ListPart(SQLModel, table=True):
    """A list that is part of another one; no deeper than that."""

    __tablename__ = "list_part"
    __table_args__ = (CheckConstraint("list_id != part_id", name="ck_list_part_other"),)

    list_id: int = Field(foreign_key="recipient_list.id", ondelete="CASCADE", primary_key=True)
    part_id: int = Field(
        foreign_key="recipient_list.id", ondelete="CASCADE", primary_key=True, index=True
    )


class ScheduleList(SQLModel, table=True):
    """A list that a schedule goes to, or one whose people it leaves out."""

    __tablename__ = "schedule_list"

    schedule_id: int = Field(foreign_key="schedule.id", ondelete="CASCADE", primary_key=True)
    list_id: int = Field(foreign_key="recipient_list.id", primary_key=True, index=True)
    is_out: bool = False


class ScheduleLeftOut(SQLModel, table=True):
    """Somebody whom a schedule leaves out, whatever list they are in."""

    __tablename__ = "schedule_left_out"

    schedule_id: int = Field(foreign_key="schedule.id", ondelete="CASCADE", primary_key=True)
    recipient_id: int = Field(
        foreign_key="recipient.id", ondelete="CASCADE", primary_key=True, index=True
    )
