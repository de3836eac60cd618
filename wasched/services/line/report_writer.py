"""What the lines report, kept until it is written down, whatever fails meanwhile."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from itertools import groupby
from operator import itemgetter

from sqlmodel import Session

from wasched.db.faults import may_pass
from wasched.domain.link import (
    IncomingDeleted,
    IncomingEdited,
    IncomingSeen,
    LinkEvent,
    PhoneHeard,
    ReactionSeen,
    ReceiptSeen,
    StateChanged,
    VoteSeen,
    WroteOnPhone,
)
from wasched.services.line import link_events
from wasched.services.ports import Clock, Database

log = logging.getLogger(__name__)

Report = tuple[int, LinkEvent]
"""An account's id and what its line reports."""

_AT_ONCE = 100
_FLOODING = (ReceiptSeen, IncomingSeen, VoteSeen, ReactionSeen)
_COME = (*_FLOODING, IncomingEdited, IncomingDeleted, WroteOnPhone, PhoneHeard)
"""What WhatsApp tells once, whoever holds the line, and what may be written twice."""

_FLOOD_S = 0.05
"""So long after a commit the next waits for more of what comes in floods; one alone does not."""

_AGAIN_S = 0.5
_LAST_TRIES_S = 5.0
"""How long the writer goes on trying once it was told to stop."""


class ReportWriter:
    """Writes reports in their order, many in one commit, on a thread of its own.

    While storage cannot be written, reports wait in memory and are tried again. `heed` is
    called with each report once it is written. Of an account that is not `held` any more only what
    came by the line is written, not how the line is: that is for whoever holds it now to say.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        heed: Callable[[int, LinkEvent], None],
        is_held: Callable[[Session, int], bool] = lambda _session, _account_id: True,
    ) -> None:
        self._database, self._clock, self._heed, self._is_held = database, clock, heed, is_held
        self._reports: queue.Queue[Report | None] = queue.Queue()
        self._states: dict[int, StateChanged] = {}
        self._wrote_at = 0.0  # of the monotonic clock
        self._is_writing = False
        self._count = threading.Condition()  # of what was put, and of what is done with
        self._put_count = self._done_count = 0
        self._stops_at: float | None = None
        self._thread = threading.Thread(target=self._run, name="report-writer", daemon=True)

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def stop(self) -> None:
        """Write what was reported so far, as far as storage lets it, and return."""
        self._stops_at = time.monotonic() + _LAST_TRIES_S
        self._reports.put(None)
        self._thread.join(timeout=2 * _LAST_TRIES_S)

    def put(self, account_id: int, event: LinkEvent) -> None:
        """Take a report; returns at once."""
        if isinstance(event, StateChanged):
            self._states[account_id] = event
        self._enqueue((account_id, event))

    def wait_until_written(self, timeout_s: float) -> bool:
        """Wait until all that was reported before this is written; False if that takes longer."""
        with self._count:
            upto = self._put_count
            return self._count.wait_for(lambda: self._done_count >= upto, timeout_s)

    def forget(self, account_id: int) -> None:
        """The account's line is closed: what it was is no state to come back to."""
        self._states.pop(account_id, None)

    def state_of(self, account_id: int) -> str:
        """How an account's line was reported last; empty if it never was."""
        change = self._states.get(account_id)
        return change.state if change is not None else ""

    def put_states_again(self, written: dict[int, str]) -> None:
        """Report anew what lines are and the database does not say, given what it says.

        Nothing of it while reports wait: they may be what is missing.
        """
        if self._is_writing or not self._reports.empty():
            return
        for account_id, change in list(self._states.items()):
            if written.get(account_id, change.state) != change.state:
                log.warning("Account %s: that it is %s is written again", account_id, change.state)
                self._enqueue((account_id, change))

    def _enqueue(self, report: Report) -> None:
        with self._count:
            self._put_count += 1
            self._reports.put(report)

    def _run(self) -> None:
        while (first := self._reports.get()) is not None:
            self._is_writing = True
            batch = self._with_more(first)
            self._write(batch)
            self._is_writing = False
            with self._count:
                self._done_count += len(batch)
                self._count.notify_all()

    def _with_more(self, first: Report) -> list[Report]:
        """The report and what follows it at once; a flood of them is let come together."""
        batch = [first]
        until = self._wrote_at + _FLOOD_S
        while len(batch) < _AT_ONCE:
            is_flooding = isinstance(batch[-1][1], _FLOODING)
            left_s = until - time.monotonic() if is_flooding else 0.0
            try:
                more = self._reports.get(block=left_s > 0, timeout=max(left_s, 0.0))
            except queue.Empty:
                break
            if more is None:
                self._reports.put(None)
                break
            batch.append(more)
        return batch

    def _write(self, batch: list[Report]) -> None:
        """Write a batch; one damaged report keeps no other from being written."""
        try:
            self._write_when_possible(batch)
        except Exception:
            log.exception("Writing down %s reports failed", len(batch))
            if len(batch) > 1:
                for one in batch:
                    self._write([one])
            return
        self._wrote_at = time.monotonic()
        for account_id, event in batch:
            self._heed_one(account_id, event)

    def _write_when_possible(self, batch: list[Report]) -> None:
        """Try until storage takes it; raises only what no further try would mend."""
        while True:
            try:
                return self._apply(batch)
            except Exception as fault:
                if not may_pass(fault) or self._has_tried_enough():
                    raise
                log.warning("%s reports of links wait to be written", len(batch), exc_info=True)
                time.sleep(_AGAIN_S)

    def _has_tried_enough(self) -> bool:
        return self._stops_at is not None and time.monotonic() > self._stops_at

    def _apply(self, batch: list[Report]) -> None:
        def apply(session: Session) -> None:
            for account_id, some in groupby(batch, itemgetter(0)):
                told = self._to_be_told(session, account_id, [one[1] for one in some])
                link_events.apply_event(session, account_id, told, self._clock.now())

        self._database.transaction(apply)

    def _to_be_told(
        self, session: Session, account_id: int, events: list[LinkEvent]
    ) -> list[LinkEvent]:
        come: list[LinkEvent] = [one for one in events if isinstance(one, _COME)]
        if len(come) == len(events) or self._is_held(session, account_id):
            return events
        return come

    def _heed_one(self, account_id: int, event: LinkEvent) -> None:
        try:
            self._heed(account_id, event)
        except Exception:  # what follows from one report must not end the writing of all
            log.exception("Account %s: what follows from a report failed", account_id)
