"""What is told of one message and everything that happened to it: small frozen rows."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from wasched.domain.content import Content
from wasched.domain.reasons import NO_REASON, Reason
from wasched.services.recipients.group_readers import Reader
from wasched.services.schedules.schedule_views import Series
from wasched.services.views import ApprovalCard, MessageRow


@dataclass(frozen=True)
class HistoryEvent:
    """One thing that happened to a message; `kind` chooses icon and colour.

    `reason` says more than the title, or stands for it. `people` are the first of those who did it,
    where a group has many, `more` the others.
    """

    at: datetime
    kind: str
    title: str
    detail: str = ""
    reason: Reason = NO_REASON
    people: tuple[Reader, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class AmendOffer:
    """What may still be done with what has gone out, until when; None for not (any more).

    `words` are those that can be corrected. `doing` is what waits to be done (delete or correct),
    for which reason. Of a send `many` are its messages, of which so many are still `to_go`; the
    others take about so long.
    """

    delete_until: datetime | None = None
    correct_until: datetime | None = None
    words: str = ""
    doing: str = ""
    doing_until: datetime | None = None
    doing_reason: Reason = NO_REASON
    many: int = 1
    to_go: int = 0
    takes: timedelta = timedelta()  # about, at the account's pace


@dataclass(frozen=True)
class MessageHistory:
    """One message with everything that happened to it, and what may be done."""

    row: MessageRow
    zone: str
    late_at: datetime
    late_window_s: int
    attempts: int
    by: str
    content: Content
    recipient_id: int = 0
    lists: str = ""  # the lists that its schedule goes to, by name
    schedule_id: int = 0
    repeats: str = ""  # the rule in words, if it has one
    series: Series | None = None  # of which it is a date that was changed alone
    others: int = 0  # how many more wait for the same time
    approval: ApprovalCard | None = None  # of its schedule
    amend: AmendOffer = AmendOffer()
    steps: list[HistoryEvent] = field(default_factory=list)
    may: list[str] = field(default_factory=list)
