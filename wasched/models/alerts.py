"""Tables about what happened, whom it is told, and by which ways."""

from datetime import datetime, time
from enum import StrEnum

from sqlalchemy import JSON, Column, text
from sqlmodel import Field, Index, SQLModel

from wasched.domain.incidents import IncidentKind
from wasched.domain.reasons import Reason
from wasched.models.base import ReasonColumn, UtcDateTime, one_of

_OPEN, _WAITS = text("over_at IS NULL"), text("sent_at IS NULL AND given_up_at IS NULL")


class Incident(SQLModel, table=True):
    """Something that was wrong for a while: of each kind and subject one at a time."""

    __tablename__ = "incident"
    __table_args__ = (
        one_of("kind", IncidentKind, "ck_incident_kind"),
        Index(
            "uq_incident_open",
            "kind",
            "subject",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_incident_began", "began_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=20)
    subject: str = Field(default="", max_length=60)  # the id of an account or space, or nothing
    # Whose managers it concerns; none: who runs the server.
    space_id: int | None = Field(default=None, foreign_key="space.id", ondelete="CASCADE")
    what: Reason = Field(sa_column=Column(ReasonColumn(1000), nullable=False))
    began_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)  # when it was still so
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # laid out to be told
    over_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    returns: int = 0  # how often it came back shortly after its end


class WayKind(StrEnum):
    """How somebody is told."""

    MAIL = "mail"  # by e-mail, to the address they sign in with
    SERVICE = "service"  # of others, such as ntfy or Slack
    PUSH = "push"  # by a browser, which its own service wakes


class AlertWay(SQLModel, table=True):
    """One way by which one person is told, and of what.

    `address` is a secret: it is shown to nobody again, not even to who gave it.
    """

    __tablename__ = "alert_way"
    __table_args__ = (
        Index(
            "uq_alert_way_mail",
            "user_id",
            unique=True,
            sqlite_where=text("kind = 'mail'"),
            postgresql_where=text("kind = 'mail'"),
        ),
        Index(
            "uq_alert_way_push",
            "address",
            unique=True,
            sqlite_where=text("kind = 'push'"),
            postgresql_where=text("kind = 'push'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user.id", ondelete="CASCADE", index=True)
    kind: str = Field(max_length=10)
    label: str = Field(default="", max_length=120)  # what it is called, with no secret in it
    address: str = Field(default="", max_length=4000)
    kinds: list[str] = Field(default_factory=list, sa_type=JSON)  # of incidents; none: nothing
    fault: str = Field(default="", max_length=300)  # why the last try came to nothing
    # In which browser it was switched on: it is told nothing more once that is signed out.
    sign_in_id: int | None = Field(
        default=None, foreign_key="sign_in.id", ondelete="CASCADE", index=True
    )
    created_at: datetime = Field(sa_type=UtcDateTime)


class Alert(SQLModel, table=True):
    """That an incident, or its end, is to be told by a way, or was."""

    __tablename__ = "alert"
    __table_args__ = (
        Index("uq_alert_once", "incident_id", "way_id", "is_over", unique=True),
        Index("ix_alert_waits", "try_at", sqlite_where=_WAITS, postgresql_where=_WAITS),
    )

    id: int | None = Field(default=None, primary_key=True)
    incident_id: int = Field(foreign_key="incident.id", ondelete="CASCADE")
    way_id: int = Field(foreign_key="alert_way.id", ondelete="CASCADE", index=True)
    is_over: bool = False
    try_at: datetime = Field(sa_type=UtcDateTime)
    tries: int = 0
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    given_up_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AlertQuiet(SQLModel, table=True):
    """The hours of the day in which a person is told nothing, by their own clock."""

    __tablename__ = "alert_quiet"

    user_id: int = Field(foreign_key="user.id", ondelete="CASCADE", primary_key=True)
    quiet_from: time
    quiet_to: time
