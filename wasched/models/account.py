"""Tables about linked WhatsApp numbers."""

from datetime import datetime, time
from enum import StrEnum

from sqlmodel import CheckConstraint, Field, SQLModel

from wasched.domain.link import LinkState
from wasched.domain.reasons import NO_REASON, Reason
from wasched.models.base import ReasonColumn, UtcDateTime, one_of


class Wish(StrEnum):
    """What a person asked of the link and the worker has yet to do."""

    CONNECT = "connect"
    PAIR_BY_CODE = "pair_by_code"
    LINK_BY_PASSKEY = "link_by_passkey"
    ANSWER_PASSKEY = "answer_passkey"
    SAME_CODE = "same_code"  # the phone shows the code that it should
    OTHER_CODE = "other_code"
    UNLINK = "unlink"
    REOPEN = "reopen"  # a line of the other kind: practice mode was switched


class Account(SQLModel, table=True):
    """A WhatsApp number linked to this server, its link's state and its pace."""

    __tablename__ = "account"
    __table_args__ = (
        one_of("state", LinkState, "ck_account_state"),
        CheckConstraint("gap_min_s >= 0 AND gap_max_s >= gap_min_s", name="ck_account_gap"),
        CheckConstraint("daily_cap >= 1 AND stranger_cap >= 0", name="ck_account_caps"),
        CheckConstraint("(quiet_from IS NULL) = (quiet_to IS NULL)", name="ck_account_quiet"),
    )

    id: int | None = Field(default=None, primary_key=True)
    space_id: int = Field(foreign_key="space.id", index=True)
    name: str = Field(max_length=60)
    zone: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    # Since when it is stopped, and by whom: nothing goes out until somebody goes on.
    paused_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    paused_by_id: int | None = Field(default=None, foreign_key="user.id")
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    state: str = LinkState.NEEDS_LINK
    state_code: str = ""
    state_detail: Reason = Field(default=NO_REASON, sa_type=ReasonColumn)
    state_since: datetime = Field(sa_type=UtcDateTime)
    state_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    jid: str | None = None
    lid: str | None = None
    push_name: str = ""
    linked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # When the phone itself was last heard of: WhatsApp ends the links of one that stays away.
    heard_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    gap_min_s: float = 12
    gap_max_s: float = 25
    daily_cap: int = 200
    stranger_cap: int = 20
    quiet_from: time | None = None
    quiet_to: time | None = None
    typing: bool = False
    # WhatsApp itself asked for a pause, and the pace's own gap: both survive a restart.
    held_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    held_reason: Reason = Field(default=NO_REASON, sa_type=ReasonColumn)
    next_send_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # When it last asked WhatsApp about numbers: it does so once in a while.
    last_check_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Lease(SQLModel, table=True):
    """Which worker holds an account; it does for as long as its heartbeat is there.

    `fence` counts how often the account changed hands, so that whoever held it before is known by
    its number. `lost_by` is whom it was taken over from unasked, empty after it was given up.
    """

    __tablename__ = "lease"

    account_id: int = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True)
    holder: str = Field(max_length=100)  # empty: nobody
    fence: int
    since: datetime = Field(sa_type=UtcDateTime)
    lost_by: str = Field(default="", max_length=100)


class LinkWish(SQLModel, table=True):
    """One thing a person asked of an account's link; the newest replaces the one before."""

    __tablename__ = "link_wish"
    __table_args__ = (one_of("wish", Wish, "ck_link_wish_wish"),)

    account_id: int = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True)
    wish: str
    phone: str = ""
    answer: str = ""  # what a browser gave for the passkey; gone as soon as it is read
    asked_at: datetime = Field(sa_type=UtcDateTime)


class PairingKind(StrEnum):
    """The two ways to link a phone."""

    QR = "qr"
    CODE = "code"


class Pairing(SQLModel, table=True):
    """The code a phone can link with now; one of each kind for an account."""

    __tablename__ = "pairing"
    __table_args__ = (one_of("kind", PairingKind, "ck_pairing_kind"),)

    account_id: int = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True)
    kind: str = Field(primary_key=True)
    code: str = ""
    phone: str = ""
    refusal: Reason = Field(default=NO_REASON, sa_type=ReasonColumn)
    shown_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)


class PasskeyLink(SQLModel, table=True):
    """An account that WhatsApp asks for its passkey, and how far showing it has come.

    The row stays for as long as the account does; what WhatsApp asks and what a phone may show go
    with their round.
    """

    __tablename__ = "passkey_link"

    account_id: int = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True)
    request: str = ""  # what WhatsApp asks, as JSON
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    refusal: Reason = Field(default=NO_REASON, sa_type=ReasonColumn)
    taken_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    code: str = ""  # that the phone may show
    must_confirm: bool = False
    # How often it was begun within the hour that began then: more could look odd to WhatsApp.
    hour_began_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    begun: int = 0
    linked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
