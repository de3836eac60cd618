"""The messages that a filter chooses, and the index that they are read along.

Every index of `LANES` holds messages in the order of time behind one condition. A statement goes
along one of them and asks its other conditions of each message, so that it can stop where a page is
full; which of them is short is asked in `batch_reading.py`.
"""

from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select
from sqlmodel import col

from wasched.db import hints
from wasched.domain.message import NEEDS_A_PERSON, Status
from wasched.domain.nudge import HasNot
from wasched.models import Message
from wasched.services import permissions
from wasched.services.caller import Caller
from wasched.services.messages import message_rows, message_search
from wasched.services.messages.filters import Filters
from wasched.services.unanswered.conditions import has_not


class Lane(StrEnum):
    """What an index of messages begins with, before their time."""

    RECIPIENT = "recipient"
    SCHEDULE = "schedule"  # the one index in which they do not stand in the order of time
    NEEDS = "needs"
    STATUS = "status"
    ACCOUNT = "account"
    SPACE = "space"  # every message is in one


@lru_cache(maxsize=256)
def lanes_of(user: Caller, wanted: Filters) -> tuple[Lane, ...]:
    """The lanes that all messages of a filter are in; those that are mostly short come first."""
    conditions = _conditions(user, wanted)
    return tuple(one for one in Lane if one in conditions)


def chosen_messages(user: Caller, wanted: Filters, along: Lane | None = None) -> Select[Any]:
    """The messages that a filter chooses, for further narrowing, along one of its lanes."""
    statement = in_lane(user, wanted, along or lanes_of(user, wanted)[0])
    if wanted.search.strip():
        statement = statement.where(message_search.matches(wanted.search))
    return statement


def in_lane(user: Caller, wanted: Filters, along: Lane | None) -> Select[Any]:
    """The same but for its search; along no lane at all where something else finds them."""
    statement = select(Message)
    for lane, (indexed, bare) in _conditions(user, wanted).items():
        statement = statement.where(indexed if lane is along else bare)
    if wanted.tab in ("coming", "past"):
        statement = statement.where(message_rows.in_tab(wanted.tab))
    if wanted.has_not:  # asked of each that the walk comes to
        statement = statement.where(has_not(HasNot(wanted.has_not)))
    return statement.where(*message_rows.due_between(wanted.since, wanted.until))


def lane_itself(user: Caller, wanted: Filters, along: Lane) -> Select[Any]:
    """All that a walk along a lane may have to look at, found in its index alone."""
    indexed, _ = _conditions(user, wanted)[along]
    return select(Message).where(indexed, *message_rows.due_between(wanted.since, wanted.until))


def is_contradiction(wanted: Filters) -> bool:
    """True if no message can be chosen, whatever there is."""
    statuses: dict[str, Sequence[Status]] = {
        "coming": message_rows.COMING,
        "past": message_rows.PAST,
        "needs": tuple(NEEDS_A_PERSON),
    }
    return bool(wanted.status and wanted.tab) and wanted.status not in statuses[wanted.tab]


def _conditions(
    user: Caller, wanted: Filters
) -> dict[Lane, tuple[ColumnElement[bool], ColumnElement[bool]]]:
    """What each lane begins with: as its index takes it, and such that no index is taken."""
    found: dict[Lane, Any] = {}
    for lane, column, value, absent in (
        (Lane.RECIPIENT, Message.recipient_id, wanted.recipient_id, 0),
        (Lane.SCHEDULE, Message.schedule_id, wanted.schedule_id, 0),
        (Lane.STATUS, Message.status, wanted.status, ""),
        (Lane.ACCOUNT, Message.account_id, wanted.account_id, 0),
    ):
        if value:
            found[lane] = (col(column) == value, hints.off_index(column, absent) == value)
    if wanted.tab == "needs":
        needing = hints.off_index(Message.status, "").in_(sorted(NEEDS_A_PERSON))
        waits = and_(needing, col(Message.dismissed_at).is_(None))
        found[Lane.NEEDS] = (message_rows.needs_a_person(), waits)
    ours = permissions.visible_to(Message.space_id, user)
    found[Lane.SPACE] = (ours, permissions.visible_among(Message.space_id, user))
    return found
