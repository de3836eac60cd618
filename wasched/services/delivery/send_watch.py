"""A send that goes badly stops itself: the first part of each is looked at before more is claimed.

`domain/early_stop.py` says when that is; docs/scheduling.md says it to people. A look asks only the
database, so a restart changes nothing; this remembers no more than which sends need no look now.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import Session, col

from wasched.domain.early_stop import LOOKS, Measure, find_alarm
from wasched.domain.link import LinkState
from wasched.domain.message import GONE_OUT, Status
from wasched.models import Account, Message
from wasched.models.base import UtcDateTime
from wasched.services.accounts.daily_tally import IN_TIME, SOON
from wasched.services.accounts.number_health import past_of
from wasched.services.change_notes import MESSAGES, announce
from wasched.services.delivery.send_holds import SendKey, held_at_all, hold_send

log = logging.getLogger(__name__)

_AGAIN = timedelta(seconds=5)
"""A send is looked at this often, at most."""

_HEARD = timedelta(minutes=1)
"""So long a connection has to be there before silence means something: what came meanwhile is told
when it begins."""

_KEPT = 1_000


class SendWatch:
    """The sends of one account, as they are about to be claimed from; one thread at a time."""

    def __init__(self) -> None:
        self._next: dict[SendKey, datetime | None] = {}

    def look_soon(self) -> None:
        """Look at the next claim: something was refused."""
        self._next = {key: None for key, at in self._next.items() if at is None}

    def stop_bad(
        self, session: Session, account: Account, keys: Iterable[SendKey], now: datetime
    ) -> set[SendKey]:
        """Stop those of some sends that go clearly worse than the account's past; returns them."""
        asked = [key for key in set(keys) if self._is_time(key, now)]
        return {key for key in asked if self._stop(session, account, key, now)}

    def _is_time(self, key: SendKey, now: datetime) -> bool:
        """True unless it was looked a moment ago, by a clock that may have been set back since."""
        at = self._next.get(key, now)
        return at is not None and not now < at <= now + _AGAIN

    def _stop(self, session: Session, account: Account, key: SendKey, now: datetime) -> bool:
        if len(self._next) > _KEPT:
            self._next.clear()
        if held_at_all(session, key):
            self._next[key] = None
            return False
        rows = first_rows(session, key)
        if len(rows) < LOOKS[0]:
            self._next[key] = now + _AGAIN
            return False
        hears = _hears(account, now)
        alarm = find_alarm(past_of(session, account, rows[0].at), observed(rows, now, hears=hears))
        if alarm is None:
            is_known = len(rows) == LOOKS[-1] and rows[-1].at + IN_TIME <= now
            self._next[key] = None if hears and is_known else now + _AGAIN
            return False
        hold_send(session, key, alarm, now)
        announce(session, account.space_id, MESSAGES, now)
        log.warning("A send of schedule %s stopped itself: %s", key[0], alarm.measure)
        return True


def first_rows(session: Session, key: SendKey) -> Sequence[Any]:
    """What is known of the first messages of a send, in the order in which they went."""
    asked = {"schedule": key[0], "occurrence": key[1], "most": LOOKS[-1]}
    return session.execute(_FIRST, asked).all()


def observed(rows: Sequence[Any], now: datetime, *, hears: bool) -> dict[Measure, list[bool]]:
    """Of each measure what is known by now, in order: True for what went badly.

    Of what waits for a receipt only those count before which everybody's time is over, else the
    quick ones would be all that is seen.
    """
    return {
        Measure.REFUSED: [one.status == Status.FAILED for one in rows],
        Measure.SLOW: list(_late(rows, SOON, now)) if hears else [],
        Measure.UNDELIVERED: list(_late(rows, IN_TIME, now)) if hears else [],
    }


def _late(rows: Sequence[Any], within: timedelta, now: datetime) -> Iterator[bool]:
    for one in rows:
        if one.sent_at is None:
            continue
        if one.sent_at + within > now:
            return
        yield one.delivered_at is None or one.delivered_at > one.sent_at + within


def _hears(account: Account, now: datetime) -> bool:
    return account.state == LinkState.CONNECTED and account.state_since <= now - _HEARD


_AT = func.coalesce(Message.sent_at, Message.settled_at)
_FIRST = (
    select(Message.status, Message.sent_at, Message.delivered_at, _AT.label("at"))
    .where(
        col(Message.schedule_id) == bindparam("schedule"),
        col(Message.occurrence_at) == bindparam("occurrence", type_=UtcDateTime),
        col(Message.status).in_([*sorted(GONE_OUT), Status.FAILED]),
    )
    .order_by(_AT, col(Message.id))
    .limit(bindparam("most"))
)
