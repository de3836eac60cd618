"""The accounts that this worker holds: their lines, their desks and what the lines report."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby
from operator import itemgetter
from random import Random

from wasched.domain.errors import NotNow, SendError
from wasched.domain.link import (
    ContactsChanged,
    GroupsChanged,
    LinkEvent,
    LinkState,
    ReceiptSeen,
    StateChanged,
)
from wasched.models import LinkWish, Wish
from wasched.services import leases, linking, syncing
from wasched.services.delivery.claim import next_try
from wasched.services.delivery.desk import Desk, Scope
from wasched.services.ports import Changes, Clock, Line, LineFactory

log = logging.getLogger(__name__)

_TICK_S = 1.0
_RENEW = timedelta(seconds=10)
_OVERDUE = timedelta(seconds=2)
_RESCUE = timedelta(seconds=5)
_LEAST_S = 0.1
_EVENTS_AT_ONCE = 100
_FLOOD_S = 0.05
"""So long after a commit the next waits for more receipts; a lone receipt waits for nothing."""

_Heard = tuple[int, LinkEvent]


class Office:
    """Keeps leases, carries out wishes and writes down events, on two threads of its own."""

    def __init__(
        self,
        holder: str,
        make_line: LineFactory,
        scope: Scope,
        clock: Clock,
        changes: Changes,
        wake: Callable[[int], None],
    ) -> None:
        self._holder, self._make_line, self._scope = holder, make_line, scope
        self._clock, self._changes, self._wake = clock, changes, wake
        self._lines: dict[int, Line] = {}
        self._desks: dict[int, Desk] = {}
        self._events: queue.Queue[_Heard | None] = queue.Queue()
        self._wrote_at = 0.0  # of the monotonic clock
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._renewed_at: datetime | None = None
        self._rescued_at: datetime | None = None

    def start(self) -> None:
        """Begin to hold accounts."""
        for name, work in (("keeper", self._keep), ("scribe", self._write)):
            thread = threading.Thread(target=work, name=name, daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """Finish what is on its way, let go of every account and return."""
        self._stopping.set()
        self._threads[0].join(timeout=5)
        for desk in self._desks.values():
            desk.close()
        for line in self._lines.values():
            line.stop()
        self._events.put(None)
        self._threads[1].join(timeout=10)
        with self._scope() as session:
            leases.release(session, self._holder)

    def desk(self, account_id: int) -> Desk | None:
        """The desk of an account, None if another worker holds it."""
        return self._desks.get(account_id)

    def line(self, account_id: int) -> Line | None:
        """The line of an account, None if another worker holds it."""
        return self._lines.get(account_id)

    def held(self) -> list[int]:
        """The accounts this worker holds."""
        return list(self._desks)

    def _keep(self) -> None:
        while not self._stopping.is_set():
            try:
                self._tick(self._clock.now())
            except Exception:  # the keeper must outlive a full disk or a locked database
                log.exception("Keeping the accounts failed; trying again")
            self._stopping.wait(_LEAST_S)  # a burst of changes is one look
            self._changes.wait(_TICK_S)

    def _tick(self, now: datetime) -> None:
        with self._scope(write=False) as session:  # most looks find nothing and disturb nobody
            wished = set(linking.wished(session))
        if _is_time(self._renewed_at, _RENEW, now) or wished:
            for wish in self._renew(wished, now):
                self._carry_out(wish)
        self._rescue(now)

    def _renew(self, wished: set[int], now: datetime) -> list[LinkWish]:
        """Hold what may be held, and take the wishes about it."""
        with self._scope() as session:
            held = leases.hold(session, self._holder, now)
        self._renewed_at = now
        self._match(held)  # a desk that closes may have something to write first
        if not wished:
            return []
        with self._scope() as session:
            taken = [linking.take_wish(session, one) for one in wished & set(self._desks)]
        return [wish for wish in taken if wish is not None]

    def _match(self, held: set[int]) -> None:
        """Open a line and a desk for each account newly held, close those lost."""
        for account_id in held - set(self._desks):
            self._open(account_id)
        for account_id in set(self._desks) - held:
            self._close(account_id)

    def _open(self, account_id: int) -> None:
        line = self._make_line(account_id, partial(self._heard, account_id))
        self._lines[account_id] = line
        self._desks[account_id] = Desk(account_id, line, self._scope, self._clock, Random())
        line.start()

    def _heard(self, account_id: int, event: LinkEvent) -> None:
        self._events.put((account_id, event))

    def _close(self, account_id: int) -> None:
        self._desks.pop(account_id).close()
        self._lines.pop(account_id).stop()

    def _carry_out(self, wish: LinkWish) -> None:
        if wish.wish == Wish.REOPEN:
            self._close(wish.account_id)
            self._open(wish.account_id)
            return
        line = self._lines[wish.account_id]
        try:
            if wish.wish == Wish.PAIR_BY_CODE:
                line.pair_by_code(wish.phone)
            elif wish.wish == Wish.UNLINK:
                line.unlink()
            else:
                line.connect()
        except (NotNow, SendError) as fault:
            log.warning("Account %s: %s failed: %s", wish.account_id, wish.wish, fault)

    def _rescue(self, now: datetime) -> None:
        """Drain what is overdue although nothing woke its desk: the queue may be lost."""
        if not _is_time(self._rescued_at, _RESCUE, now):
            return
        self._rescued_at = now
        for account_id, desk in self._desks.items():
            with self._scope(write=False) as session:
                due = next_try(session, account_id)
            if due is not None and due < now - _OVERDUE and self._lines[account_id].is_ready:
                threading.Thread(target=desk.drain, name=f"rescue-{account_id}").start()

    def _write(self) -> None:
        """Write down what the lines report, many events in one commit."""
        while (first := self._events.get()) is not None:
            self._apply(self._with_more(first))

    def _with_more(self, first: _Heard) -> list[_Heard]:
        """The event and what follows it at once; a flood of receipts is let come together."""
        batch = [first]
        until = self._wrote_at + _FLOOD_S
        while len(batch) < _EVENTS_AT_ONCE:
            is_receipt = isinstance(batch[-1][1], ReceiptSeen)
            left_s = until - time.monotonic() if is_receipt else 0.0
            try:
                more = self._events.get(block=left_s > 0, timeout=max(left_s, 0.0))
            except queue.Empty:
                break
            if more is None:
                self._events.put(None)
                break
            batch.append(more)
        return batch

    def _apply(self, batch: list[_Heard]) -> None:
        try:
            with self._scope() as session:
                for account_id, some in groupby(batch, itemgetter(0)):
                    linking.apply(session, account_id, [one[1] for one in some], self._clock.now())
        except Exception:  # one damaged event must not end the writing of all others
            log.exception("Writing down %s events failed", len(batch))
            if len(batch) > 1:
                for one in batch:
                    self._apply([one])
        self._wrote_at = time.monotonic()
        for account_id, event in batch:
            self._heed(account_id, event)

    def _heed(self, account_id: int, event: LinkEvent) -> None:
        """Do what follows from an event beyond writing it down."""
        line = self._lines.get(account_id)
        if line is None:
            return
        match event:
            case StateChanged(state=LinkState.CONNECTED):
                self._wake(account_id)
                _apart(lambda: syncing.groups(self._scope, self._clock, account_id, line))
            case GroupsChanged():
                _apart(lambda: syncing.groups(self._scope, self._clock, account_id, line))
            case ContactsChanged():
                _apart(lambda: syncing.contacts(self._scope, self._clock, account_id, line))


def _is_time(last: datetime | None, every: timedelta, now: datetime) -> bool:
    """True if so long has passed since the last time, or the clock was set back before it."""
    return last is None or not timedelta() <= now - last < every


def _apart(work: Callable[[], None]) -> None:
    """Run what asks WhatsApp on a thread of its own, for it may take a while."""
    threading.Thread(target=work, name="sync", daemon=True).start()
