"""What services show to pages: small frozen rows, never table rows."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from wasched.domain.reasons import NO_REASON, Reason


@dataclass(frozen=True)
class WarmUp:
    """Where a number stands in its first two weeks: the day, and its caps if it warms up.

    On `over_on` they are over, and the account's own caps hold.
    """

    day: int
    messages: int
    strangers: int
    own_messages: int
    own_strangers: int
    over_on: date
    is_on: bool
    switched_at: datetime | None  # None: nobody did


@dataclass(frozen=True)
class AccountCard:
    """An account with the state of its link, and today's use, which counts by its number."""

    id: int
    name: str
    phone: str
    state: str  # a LinkState
    standing: Reason
    since: datetime
    until: datetime | None
    sent_today: int
    daily_cap: int
    cap_today: int  # less while its number warms up
    waiting: int
    next_due_at: datetime | None
    is_linked: bool
    is_stopped: bool
    warm_up: WarmUp | None = None  # within its number's first two weeks


@dataclass(frozen=True)
class AccountName:
    """An account where only its name counts, and whether it can send."""

    id: int
    name: str
    state: str  # a LinkState
    is_stopped: bool


@dataclass(frozen=True)
class AccountStop:
    """An account through which nothing goes out: since when, and who stopped it.

    `by` is empty for a stop of which nobody knows; `due_today` messages wait for it.
    """

    account_id: int
    account: str
    at: datetime
    by: str
    is_by_me: bool
    due_today: int


@dataclass(frozen=True)
class PairingCard:
    """What a phone can link with now; empty strings while there is no code."""

    qr_path: str = ""
    qr_size: int = 0
    qr_key: str = ""  # changes with every code
    qr_age_s: float = 0
    qr_lasts_s: float = 0
    code: str = ""
    code_phone: str = ""
    code_expires_at: datetime | None = None
    refusal: Reason = NO_REASON


class PasskeyStep(StrEnum):
    """What is next for an account that WhatsApp asks for its passkey."""

    BEGIN = "begin"  # a person begins, or begins again
    WAIT = "wait"  # the codes are on their way
    SCAN = "scan"  # the phone scans a code, or has one typed
    SHOW = "show"  # the owner shows the passkey
    PHONE = "phone"  # the phone answers
    COMPARE = "compare"  # a person says whether the phone shows the same code


@dataclass(frozen=True)
class PasskeyCard:
    """How far an account has come that WhatsApp asks for its passkey."""

    step: PasskeyStep = PasskeyStep.BEGIN
    request: str = ""  # what WhatsApp asks at this moment, as JSON
    expires_at: datetime | None = None
    refusal: Reason = NO_REASON  # of the last answer, or of the round that ended
    code: str = ""  # that the phone may show


@dataclass(frozen=True)
class MessageRow:
    """One message in a list."""

    id: int
    due_at: datetime
    status: str
    reason: Reason
    recipient: str
    recipient_kind: str
    text: str
    account: str
    account_id: int
    needs_me: bool
    repeats: str = ""
    occurrence_at: datetime | None = None  # which one of its schedule it is
    is_own_date: bool = False  # of a series, which somebody changed alone
    recipient_id: int = 0
    phone: str = ""  # E.164; a group has none
    schedule_id: int = 0
    is_taken_back: bool = False  # deleted for everyone
    has_not: str = ""  # a nudge: what those have not done whom it goes to


@dataclass(frozen=True)
class Batch:
    """The messages of one schedule that are due at one instant; `row` is one that names them.

    `tally` counts them by status, `waiting` those that need a person; `lists` names the lists it
    goes to, with so many chosen by themselves `beside` them. `taken_back` are deleted for everyone.
    """

    row: MessageRow
    schedule_id: int
    count: int
    waiting: int
    tally: dict[str, int]
    lists: str = ""
    beside: int = 0
    voted: int = 0  # of a poll: how many have voted, and how many it went to
    asked: int = 0
    taken_back: int = 0


@dataclass(frozen=True)
class ApprovalCard:
    """How the approval of a schedule stands, for whoever reads it.

    `state` is waiting, refused or nothing for given; `turn` names what was seen when somebody
    decides. `word` says why it was refused.
    """

    state: str
    turn: int
    asked_by: str
    asked_at: datetime
    decided_by: str
    decided_at: datetime | None
    word: str
    may_decide: bool


@dataclass(frozen=True)
class ScheduleLine:
    """One schedule in a list; `recipient` is the title of one of its `recipients`.

    `lists` names the lists it goes to, with so many chosen by themselves `beside` them.
    `waiting` messages are laid out and have not gone; times are instants (UTC) but `next_local`,
    which is what the wall clock of `zone` shows.
    """

    id: int
    account_id: int
    account: str
    sentence: str
    zone: str
    repeats: bool
    status: str
    text: str
    recipient: str
    recipient_kind: str
    recipients: int
    next_at: datetime | None
    next_local: datetime | None
    waiting: int
    changed_at: datetime
    version: int
    lists: str = ""
    beside: int = 0
    approval: ApprovalCard | None = None  # if it was ever asked for
    has_not: str = ""  # a nudge: what those have not done whom it goes to


@dataclass(frozen=True)
class DueToday:
    """How many messages wait for an account today; `overdue` of them, since when the first."""

    count: int
    overdue: int = 0
    since: datetime | None = None


@dataclass(frozen=True)
class WholeStop:
    """The stop of the whole server: since when, by whom, and whether the reader may end it."""

    at: datetime
    by: str
    is_by_me: bool
    may_go_on: bool
    admin: str  # who runs the server, and alone ends it


@dataclass(frozen=True)
class FellDue:
    """What came due while accounts were stopped: `count` messages may still go.

    `named` are the first of the sends, each by one of its messages and how many they are; `missed`
    counts those that are too late by now.
    """

    accounts: tuple[str, ...]
    count: int
    oldest_at: datetime | None
    named: tuple[tuple[MessageRow, int], ...]
    missed: int


@dataclass(frozen=True)
class BatchPage:
    """A page of sends, and the cursor of the next one (empty at the end)."""

    sends: list[Batch]
    next_cursor: str


@dataclass(frozen=True)
class RecipientHit:
    """A person or group offered while typing."""

    id: int
    kind: str
    name: str
    detail: str
    opted_out: bool = False


@dataclass(frozen=True)
class ContactHit:
    """Somebody whom a linked phone knows, by the name that it has for them."""

    phone: str
    name: str


@dataclass(frozen=True)
class OutgoingBatch:
    """A send that is going out, and about when its last message will."""

    send: Batch
    last_at: datetime | None


@dataclass(frozen=True)
class HeldSend:
    """A send that went badly, stopped itself and waits for a word; what was seen, and what waits.

    So many of so many went badly, beside so many of so many in the four weeks before.
    """

    schedule_id: int
    due_at: datetime
    held_at: datetime
    account_id: int
    account: str
    text: str
    measure: str
    bad: int
    seen: int
    past_bad: int
    past_seen: int
    waiting: int
    late_at: datetime  # past that the first of them are missed
    may_go_on: bool
    may_take_back: bool


@dataclass(frozen=True)
class Dashboard:
    """Home: what needs me, what runs, what is next."""

    needs_me: list[Batch]
    needing: int  # sends and approvals that need me
    going: list[OutgoingBatch]
    next_sends: list[Batch]
    accounts: list[AccountCard]
    sent_7d: int
    delivered_7d: int
    failed_7d: int
    due_today: dict[int, DueToday]  # by account
    next_going: Batch | None  # the first that goes out by itself
    stops: list[AccountStop]
    approvals: list[ScheduleLine] = field(default_factory=list)  # wait for my word, or came back
    held_sends: list[HeldSend] = field(default_factory=list)
    whole_stop: WholeStop | None = None
    webhooks_off: int = 0  # for who manages them
    replies_today: int = 0  # for who may read them
    is_news_of_replies: bool = False  # for a manager who has not read that they are kept


@dataclass(frozen=True)
class SignedInBrowser:
    """A browser that is signed in."""

    id: int
    agent: str  # as the browser names itself
    address: str
    seen_at: datetime
    is_this: bool


@dataclass(frozen=True)
class Member:
    """A person who belongs to a space, and as what; or who may sign in at all, without a role."""

    id: int
    name: str
    email: str
    since: datetime
    role: str = ""
    is_admin: bool = False


@dataclass(frozen=True)
class SpaceName:
    """A space, and how many people belong to it."""

    id: int
    name: str
    people: int


@dataclass(frozen=True)
class Invited:
    """An invitation that waits to be used."""

    id: int
    note: str
    role: str  # empty: they get a space of their own
    expires_at: datetime


@dataclass(frozen=True)
class KeyLine:
    """A key in a list: what it may do, and when and from where it was last used."""

    id: int
    name: str
    scopes: tuple[str, ...]
    accounts: tuple[str, ...]  # empty: all of them
    confirms: bool  # an assistant shows first what it would send
    by: str
    created_at: datetime
    expires_at: datetime | None
    used_at: datetime | None
    used_from: str
    is_over: bool
