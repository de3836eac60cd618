"""Tables about the people who sign in."""

from datetime import datetime

from sqlalchemy import Column, text
from sqlmodel import Field, Index, SQLModel, UniqueConstraint

from wasched.domain.reasons import Reason
from wasched.models.base import ReasonColumn, UtcDateTime, one_of
from wasched.models.space import Role


class User(SQLModel, table=True):
    """A person who signs in; e-mail in lower case."""

    __tablename__ = "user"
    __table_args__ = (
        UniqueConstraint("email", name="uq_user_email"),
        # The database itself admits one admin, however many requests race for it.
        Index(
            "uq_user_admin",
            "is_admin",
            unique=True,
            sqlite_where=text("is_admin"),
            postgresql_where=text("is_admin"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(max_length=254)
    name: str = Field(max_length=100)
    password_hash: str
    is_admin: bool = False  # runs the server; what is in a space is for those who belong to it
    zone: str = "UTC"
    created_at: datetime = Field(sa_type=UtcDateTime)
    # Who was removed keeps their name beside what they did, and nothing else.
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Invitation(SQLModel, table=True):
    """A link that lets one person in; holds the token's hash, never the token.

    Into `space_id` as `role`, or without one into a space of their own.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        UniqueConstraint("token_hash", name="uq_invitation_token_hash"),
        one_of("role", Role, "ck_invitation_role"),
    )

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(max_length=64)
    note: str = Field(default="", max_length=100)  # for whom it is, in the words of who made it
    space_id: int | None = Field(default=None, foreign_key="space.id", ondelete="CASCADE")
    role: str = Role.MANAGER
    by_user_id: int = Field(foreign_key="user.id", ondelete="CASCADE")
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)


class PasswordLink(SQLModel, table=True):
    """A link to a new password for one person; holds the token's hash, never the token."""

    __tablename__ = "password_link"

    # One for each person: a newer link makes the older one worthless.
    user_id: int = Field(primary_key=True, foreign_key="user.id", ondelete="CASCADE")
    token_hash: str = Field(max_length=64)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    ends_second_step: bool = True  # of who has lost that as well


class PasswordRequest(SQLModel, table=True):
    """Somebody waits for such a link by e-mail; whether anybody has it is not looked at yet."""

    __tablename__ = "password_request"

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(max_length=254)
    at: datetime = Field(sa_type=UtcDateTime)


class SignIn(SQLModel, table=True):
    """A browser that is signed in; holds the token's hash, never the token."""

    __tablename__ = "sign_in"
    __table_args__ = (UniqueConstraint("token_hash", name="uq_sign_in_token_hash"),)

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user.id", ondelete="CASCADE", index=True)
    token_hash: str = Field(max_length=64)
    created_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    # When the password was last given in this browser; None: before there was this column.
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    address: str = ""
    agent: str = Field(default="", max_length=200)
    # The space that was chosen in this browser; none, or one they left: their first.
    space_id: int | None = Field(default=None, foreign_key="space.id", ondelete="SET NULL")


class SignInTry(SQLModel, table=True):
    """A failed sign-in, counted per address and per e-mail (`who`)."""

    __tablename__ = "sign_in_try"
    __table_args__ = (Index("ix_sign_in_try_who_at", "who", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    who: str = Field(max_length=300)
    at: datetime = Field(sa_type=UtcDateTime)


class AuditEntry(SQLModel, table=True):
    """Who did what, when and from where; never a message text or a secret.

    Rows are only added, and forgotten by their age, by services/audit_log.py alone.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        # The log is read backwards in time, all of it, or what one person or one kind did.
        Index("ix_audit_entry_space_at", "space_id", "at"),
        Index("ix_audit_entry_space_user", "space_id", "user_id", "at"),
        Index("ix_audit_entry_space_kind", "space_id", "kind", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    # None: the server itself, or its shell.
    user_id: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")
    # Where it was done; none: it is about the server, or about a person.
    space_id: int | None = Field(default=None, foreign_key="space.id", ondelete="SET NULL")
    kind: str = Field(default="", max_length=20)  # a DeedKind
    what: Reason = Field(sa_column=Column(ReasonColumn(200), nullable=False))
    address: str = ""
    # By which key of theirs, as it was called; empty: themselves.
    key_name: str = Field(default="", sa_column_kwargs={"server_default": ""})
    at: datetime = Field(sa_type=UtcDateTime, index=True)
