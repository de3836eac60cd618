"""The desk of one account: sends what is due through its line, one message at a time."""

import logging
import threading
from contextlib import AbstractContextManager, suppress
from datetime import datetime, timedelta
from random import Random
from typing import Protocol

from sqlmodel import Session

from wasched.domain.errors import NotNow, SendError
from wasched.domain.filling import is_blank
from wasched.models import Account
from wasched.services.delivery import limits
from wasched.services.delivery.claim import HEAD_START, LEAST, MOST, Claimed, Rest, give_back, take
from wasched.services.delivery.record import Ended, record
from wasched.services.delivery.settle import open_attempts, settle
from wasched.services.ports import Clock, Gateway, Outgoing, Trace

log = logging.getLogger(__name__)


class Scope(Protocol):
    """Opens a session that commits at its end; a writing one takes the write lock at once."""

    def __call__(self, *, write: bool = True) -> AbstractContextManager[Session]:
        """Open the session."""


SOON = timedelta(seconds=3)
"""A wait up to this long is waited out here, to be exact; a longer one is left to the queue."""

FLUSH = timedelta(milliseconds=100)
"""Answers are written down at least this often while a batch goes out."""

BATCH = timedelta(milliseconds=250)
"""About as many messages are claimed at once as go out in this time."""

_BREATH = timedelta(seconds=5)

_NOTHING = "There is nothing to say to them: the variables in the text are empty."


class Desk:
    """Drains one account; any thread may ask, one at a time works, none waits for another."""

    def __init__(
        self, account_id: int, gateway: Gateway, scope: Scope, clock: Clock, rng: Random
    ) -> None:
        self.account_id = account_id
        self._gateway, self._scope, self._clock, self._rng = gateway, scope, clock, rng
        self._busy = threading.Lock()
        self._asked = threading.Event()
        self._closed = False
        self._size = LEAST
        self._unsettled = True  # a dead worker may have left messages in `sending`

    def drain(self) -> datetime | None:
        """Send what is due; returns when to come again, None if something else must wake it.

        Returns at once when another thread is draining: that one looks again before it ends.
        """
        self._asked.set()
        until = None
        while self._asked.is_set() and not self._closed:
            if not self._busy.acquire(blocking=False):
                return None
            try:
                until = self._drain()
            finally:
                self._busy.release()
        return until

    def close(self) -> None:
        """Claim nothing more; a message on its way is finished first."""
        self._closed = True
        self._asked.set()
        with self._busy:
            pass

    def _drain(self) -> datetime | None:
        while not self._closed:
            self._asked.clear()
            if self._unsettled:
                self._settle()
            now = self._clock.now()
            if not self._gateway.is_ready:
                return None
            with self._scope() as session:
                found = take(session, self.account_id, now, self._rng, self._size)
            if isinstance(found, Rest):
                if found.until is None or found.until - now > SOON:
                    return found.until
                self._clock.wait(self._asked, found.until - HEAD_START)
            elif not self._send_all(found):
                return self._clock.now() + _BREATH
            else:
                self._fit(self._clock.now() - now)
        return None

    def _fit(self, taken: timedelta) -> None:
        """Let the next batch be larger after a quick one, and smaller after a slow one."""
        if taken < BATCH / 2:
            self._size = min(self._size * 2, MOST)
        elif taken > BATCH:
            self._size = max(self._size // 2, LEAST)

    def _send_all(self, batch: list[Claimed]) -> bool:
        """Hand the batch over; False when the line said "not now"."""
        ended: list[Ended] = []
        flushed = self._clock.now()
        for place, claimed in enumerate(batch):
            try:
                one = self._send(claimed)
            except NotNow as pause:
                self._record(ended)
                self._give_back(batch[place:], pause)
                return False
            if one is None:
                continue
            ended.append(one)
            if ended[-1].error is not None or ended[-1].at - flushed > FLUSH:
                self._record(ended)
                ended, flushed = [], self._clock.now()
            if limits.asks_to_stop(one.error):
                self._give_back(batch[place + 1 :])
                break
        self._record(ended)
        return True

    def _send(self, claimed: Claimed) -> Ended | None:
        """Hand one message over; only NotNow gets out, for then nothing was handed over."""
        try:
            if is_blank(claimed.content):
                raise SendError(_NOTHING, permanent=True)
            # The bound is for a clock that was set back since the claim.
            self._clock.sleep_until(min(claimed.at, self._clock.now() + HEAD_START))
            if claimed.typing:
                self._type(claimed)
            handed = self._gateway.send(Outgoing(claimed.to, claimed.content, claimed.secret))
        except NotNow:
            raise
        except SendError as error:
            return self._explain(claimed, error)
        except Exception:  # a poisoned message must not hold up the rest of its account
            log.exception("Sending message %s failed unexpectedly", claimed.message_id)
            unknown = SendError("Something unexpected happened.", permanent=False, left=None)
            return self._explain(claimed, unknown)
        return Ended(claimed, self._clock.now(), handed=handed)

    def _type(self, claimed: Claimed) -> None:
        with suppress(SendError):
            self._gateway.typing(claimed.to, True)
            self._clock.sleep_until(self._clock.now() + timedelta(seconds=1.5))

    def _explain(self, claimed: Claimed, error: SendError) -> Ended | None:
        """Ask the session's store where the error itself cannot tell whether it left.

        None while nobody can ask it: the message stays in `sending` until it is settled.
        """
        now = self._clock.now()
        if error.left is not None:
            return Ended(claimed, now, error=error)
        try:
            known = self._gateway.evidence(claimed.secret, now)
        except NotNow:
            self._unsettled = True
            return None
        if known.trace is Trace.NEVER_LEFT:
            ended = error.ended_line
            error = SendError(str(error), permanent=False, left=False, ended_line=ended)
            return Ended(claimed, now, error=error)
        return Ended(claimed, now, error=error, whatsapp_id=known.message_id)

    def _record(self, ended: list[Ended]) -> None:
        if not ended:
            return
        with self._scope() as session:
            account = session.get(Account, self.account_id)
            if account is not None:
                record(session, account, ended, self._rng)
                limits.heed(session, account, ended)

    def _give_back(self, claims: list[Claimed], pause: NotNow | None = None) -> None:
        with self._scope() as session:
            give_back(session, claims)
            account = session.get(Account, self.account_id)
            if account is not None and pause is not None and pause.until is not None:
                limits.hold(session, account, pause.until, str(pause), self._clock.now())

    def _settle(self) -> None:
        """Decide by evidence what became of messages left in `sending` by a crash."""
        with self._scope() as session:
            held = open_attempts(session, self.account_id)
        try:
            evidence = {
                message.id: self._gateway.evidence(attempt.secret, attempt.started_at)
                for message, attempt in held
                if message.id is not None
            }
        except NotNow:
            return  # the line does not hold the session yet; the next drain asks again
        with self._scope() as session:
            account = session.get(Account, self.account_id)
            if account is not None and evidence:
                settle(session, account, evidence, self._clock.now(), self._rng)
                log.info("Settled %s messages of account %s", len(evidence), self.account_id)
        self._unsettled = False
