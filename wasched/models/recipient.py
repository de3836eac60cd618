"""Tables about the people and groups that messages go to."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Connection, event, inspect, text
from sqlalchemy.orm import Mapper
from sqlmodel import CheckConstraint, Field, Index, SQLModel, UniqueConstraint

from wasched.domain.collation import sort_key
from wasched.domain.reasons import NO_REASON, Reason
from wasched.models.base import ReasonColumn, UtcDateTime, one_of


class RecipientKind(StrEnum):
    """A single person, a group of a linked account, its status, or a channel it posts to."""

    PERSON = "person"
    GROUP = "group"
    STATUS = "status"
    CHANNEL = "channel"


class Recipient(SQLModel, table=True):
    """A person, a group, a status or a channel; a person has a phone (E.164), the others a JID.

    WhatsApp knows the status of every account by the same JID, so ours is made of the account's id.
    """

    __tablename__ = "recipient"
    __table_args__ = (
        UniqueConstraint("space_id", "phone", name="uq_recipient_phone"),
        UniqueConstraint("space_id", "jid", name="uq_recipient_jid"),
        one_of("kind", RecipientKind, "ck_recipient_kind"),
        CheckConstraint("phone IS NOT NULL OR jid IS NOT NULL", name="ck_recipient_address"),
        # The pages of people and of groups go along these.
        Index("ix_recipient_by_name", "kind", "sort_key", "id"),
        Index("ix_recipient_of_space", "space_id", "kind", "sort_key", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    space_id: int = Field(foreign_key="space.id", index=True)
    kind: str
    name: str = Field(default="", max_length=200)
    sort_key: str = ""  # of the name, else of the number: kept by those who write either
    phone: str | None = Field(default=None, max_length=20)
    jid: str | None = Field(default=None, max_length=80)
    lid: str | None = Field(default=None, max_length=80, index=True)
    # What else is known of a person, under the names of the imported columns.
    fields: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    notes: str = ""
    # Whether WhatsApp knows the number, and when it said so; None before it was asked.
    on_whatsapp: bool | None = None
    checked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    size: int = 0
    announce_only: bool = False
    may_write: bool = True  # False where only admins write and the linked phone is none
    left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    opted_out_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # Whoever is removed stays in the history of what went to them.
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)
    # Who last changed what people may change, and when; nobody: a linked phone did, or none yet.
    changed_by_id: int | None = Field(default=None, foreign_key="user.id")
    changed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})


_EDITED = ("name", "phone", "notes", "fields", "opted_out_at", "removed_at")
"""The columns of a recipient that `version` counts; what WhatsApp says of a number is none."""


@event.listens_for(Recipient, "before_insert")
@event.listens_for(Recipient, "before_update")
def _keep_sort_key(_mapper: Mapper[Any], _connection: Connection, row: Recipient) -> None:
    row.sort_key = sort_key(row.name or row.phone or "")


@event.listens_for(Recipient, "before_update")
def _count_version(_mapper: Mapper[Any], _connection: Connection, row: Recipient) -> None:
    attributes = inspect(row).attrs
    if any(attributes[name].history.has_changes() for name in _EDITED):
        row.version += 1


class GroupMember(SQLModel, table=True):
    """Who is in a group, by number (E.164), or by LID where the number is hidden.

    `lid` stands beside a number where both are known: receipts may name either.
    """

    __tablename__ = "group_member"

    group_id: int = Field(foreign_key="recipient.id", ondelete="CASCADE", primary_key=True)
    address: str = Field(primary_key=True, max_length=80)
    lid: str | None = Field(default=None, max_length=80)


class GroupInvite(SQLModel, table=True):
    """The invite link of a group that the account is an admin of; no row, and there is none to ask.

    `asked_at` is set while somebody waits for it. Who has the link can join: it is kept for a day.
    """

    __tablename__ = "group_invite"

    group_id: int = Field(foreign_key="recipient.id", ondelete="CASCADE", primary_key=True)
    account_id: int = Field(foreign_key="account.id", ondelete="CASCADE", index=True)
    asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    link: str = ""
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    refusal: Reason = Field(default=NO_REASON, sa_type=ReasonColumn)


class Contact(SQLModel, table=True):
    """Somebody whom a linked phone knows: offered when a recipient is looked for."""

    __tablename__ = "contact"
    __table_args__ = (Index("ix_contact_of_space", "space_id", "name"),)

    account_id: int = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True)
    phone: str = Field(primary_key=True, max_length=20)
    space_id: int = Field(foreign_key="space.id")
    name: str = Field(default="", max_length=200)  # in the phone's address book
    push_name: str = Field(default="", max_length=200)  # what they call themselves


class NumberCheck(SQLModel, table=True):
    """Whether a number is on WhatsApp, as it was last told, and whether somebody waits to know."""

    __tablename__ = "number_check"
    # The next batch is read along this one.
    __table_args__ = (
        Index(
            "ix_number_check_asked",
            "space_id",
            "is_urgent",
            "asked_at",
            sqlite_where=text("asked_at IS NOT NULL"),
            postgresql_where=text("asked_at IS NOT NULL"),
        ),
    )

    space_id: int = Field(foreign_key="space.id", primary_key=True)
    phone: str = Field(primary_key=True, max_length=20)
    asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    is_urgent: bool = False  # somebody looks at the number just now
    checked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    registered: bool | None = None
    # The form of the number that exists, where it is another one than `phone`.
    jid: str | None = Field(default=None, max_length=80)
    lid: str | None = Field(default=None, max_length=80)


class Acquaintance(SQLModel, table=True):
    """When an account first wrote to a recipient: strangers have a cap of their own."""

    __tablename__ = "acquaintance"
    # The daily cap of strangers counts along this one.
    __table_args__ = (Index("ix_acquaintance_since", "account_id", "since"),)

    account_id: int = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True)
    recipient_id: int = Field(foreign_key="recipient.id", ondelete="CASCADE", primary_key=True)
    since: datetime = Field(sa_type=UtcDateTime)
