"""How a send or a message stands, in one status that tells most about it.

Beside the statuses of messages there are held (it waits for something), held_by_me (for a person),
stopped, approval (it waits to be approved), refused, partly (some of it went), and taken_back (it
is deleted for everyone).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from wasched.domain.amendment import WITHIN, AmendmentKind
from wasched.domain.link import LinkState
from wasched.domain.message import GONE_OUT, WORST_FIRST, Status
from wasched.domain.reasons import Code
from wasched.services.views import AccountCard, AccountName, Batch, MessageRow

_ARRIVED = (Status.DELIVERED, Status.READ, Status.PLAYED, Status.SENT, Status.SCHEDULED)

TAKEN_BACK = "taken_back"

Held = Mapping[int, str]
"""Accounts through which nothing goes now, and what their messages show."""


def standing_line(send: Batch, held: Held) -> tuple[str, bool]:
    """The status of a send as people see it, and whether it needs the reader."""
    is_begun = send.count > 1 and list(send.tally) != [Status.SCHEDULED]
    status = _status_of_many(send, held) if is_begun else status_of(send.row, held)
    return status, send.waiting > 0 or status == "held_by_me"


def held_accounts(cards: Iterable[AccountCard | AccountName]) -> Held:
    """The accounts through which nothing goes now, and what their messages show."""
    return {card.id: why for card in cards if (why := _why_held(card))}


def may_be_amended(send: Batch, now: datetime) -> bool:
    """True if something of a line may have gone out a short enough time ago."""
    gone = sum(send.tally.get(one, 0) for one in GONE_OUT)
    is_recent = send.row.due_at > now - WITHIN[AmendmentKind.DELETE]
    return is_recent and gone > send.taken_back


def _why_held(card: AccountCard | AccountName) -> str:
    if card.is_stopped:
        return "stopped"
    if LinkState(card.state).needs_a_person:
        return "held_by_me"
    return "" if card.state == LinkState.CONNECTED else "held"


def _status_of_many(send: Batch, held: Held) -> str:
    """The status that tells most about a send: what waits for a person, what runs, the rest.

    What waits for a person is the status of all only if it is that of each.
    """
    tally = send.tally
    if send.taken_back and send.taken_back == sum(tally.get(one, 0) for one in GONE_OUT):
        return TAKEN_BACK
    if send.waiting:
        worst: str = next(one for one in WORST_FIRST if one in tally)
        return worst if tally[worst] == send.count else "partly"
    gone = sum(tally.get(one, 0) for one in GONE_OUT)
    if Status.SENDING in tally or (Status.SCHEDULED in tally and gone):
        return held.get(send.row.account_id, Status.SENDING)
    arrived = [one for one in _ARRIVED if one in tally]
    return arrived[0] if arrived else max(tally, key=lambda one: tally[one])


def status_of(row: MessageRow, held: Held) -> str:
    """The status as people see it: a scheduled message may wait for them, or for something."""
    if row.is_taken_back:
        return TAKEN_BACK
    if row.status != Status.SCHEDULED or not row.reason:
        return row.status
    return _OF_APPROVAL.get(row.reason.code) or held.get(row.account_id, "held")


_OF_APPROVAL = {
    Code.WAITS_FOR_APPROVAL: "approval",
    Code.REFUSED_FOR_NOW: "refused",
    Code.SEND_HELD: "held_by_me",
}
