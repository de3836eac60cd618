"""The sender of one account: hands over what is due through its line, one message at a time."""

import logging
import threading
from collections import deque
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random

from sqlmodel import Session

from wasched.domain.errors import NotNow, SendError
from wasched.domain.filling import is_blank
from wasched.domain.reasons import Code, Reason
from wasched.services.delivery import amendments, nudges, whatsapp_limits
from wasched.services.delivery.amender import Amender, Turns
from wasched.services.delivery.claim import HEAD_START, LEAST, MOST, Claimed, Idle, claim_due
from wasched.services.delivery.hearing import AllHeard, Hearing
from wasched.services.delivery.in_hand import InHand
from wasched.services.delivery.lease import Lease, Unshared
from wasched.services.delivery.orphans import Orphans
from wasched.services.delivery.outcomes import AttemptResult
from wasched.services.delivery.send_watch import SendWatch
from wasched.services.delivery.stop_reader import StopReader
from wasched.services.ports import Clock, Database, Gateway, Outgoing, SendTrace

log = logging.getLogger(__name__)


class UnwantedError(Exception):
    """A nudge was claimed, and meanwhile its recipient may have done what it asks for."""


SOON = timedelta(seconds=3)
"""A wait up to this long is waited out here, to be exact; a longer one is left to the queue."""

FLUSH = timedelta(milliseconds=100)
"""Answers begin to be written down at least this often while a batch goes out."""

BATCH = timedelta(milliseconds=600)
"""About as many messages are claimed at once as go out in this time."""

SLOW = timedelta(seconds=3)
"""After a message that took so long, what was claimed with it is given back: the next claim says
anew what may go, and nothing is held for longer than one message takes."""

_BREATH = timedelta(seconds=5)

_NOTHING, _UNEXPECTED = Reason(Code.NOTHING_TO_SAY), Reason(Code.UNEXPECTED)
_ELSEWHERE = Reason(Code.HELD_ELSEWHERE)


class AccountSender:
    """Drains one account; any thread may ask, one at a time works, none waits for another."""

    def __init__(
        self,
        account_id: int,
        gateway: Gateway,
        database: Database,
        clock: Clock,
        rng: Random,
        hearing: Hearing | None = None,
        lease: Lease | None = None,
    ) -> None:
        self.account_id = account_id
        self._hearing = hearing or AllHeard()
        self._lease = lease or Unshared()
        self._trusts_evidence = not self._lease.was_lost
        self._gateway, self._database, self._clock, self._rng = gateway, database, clock, rng
        self._busy = threading.Lock()
        self._asked = threading.Event()
        self._closed = False
        self._size = LEAST
        self._in_hand = InHand(account_id, database, clock, rng)
        self._orphans = Orphans(account_id, gateway, database, clock, rng, self._lease)
        self._stops = StopReader(database, account_id, self._lease.fence)
        self._watch = SendWatch()
        self._amender = Amender(account_id, gateway, database, clock, rng, self._lease)

    @property
    def is_busy(self) -> bool:
        """True while a thread drains."""
        return self._busy.locked()

    @property
    def is_behind(self) -> bool:
        """True if something is to be written or settled, whether or not a message is due."""
        return not self._in_hand.is_written or self._may_settle()

    def holds(self, message_id: int) -> bool:
        """True while the end of a message's attempt is this sender's to write down."""
        return self._in_hand.holds(message_id)

    def suspect_orphans(self) -> None:
        """A message is `sending` that nobody holds: the next drain settles it by evidence."""
        if not self._orphans.may_exist:
            self._orphans.suspect()

    def trust_evidence(self) -> None:
        """Nobody who held the account before can send through it any more."""
        self._trusts_evidence = True

    def drain(self) -> datetime | None:
        """Send what is due; returns when to come again, None if something else must wake it.

        Returns at once when another thread is draining: that one looks again before it ends.
        Raises what storage raises; what is known by then is kept for a later drain to write.
        """
        self._asked.set()
        until = None
        while self._asked.is_set() and not self._closed:
            if not self._busy.acquire(blocking=False):
                return None
            try:
                until = self._drain()
            except BaseException:
                self._in_hand.hold_known_only()
                self._orphans.suspect()
                raise
            finally:
                self._busy.release()
        return until

    def begin_to_close(self) -> None:
        """Claim nothing more, and hand over nothing that is not on its way."""
        self._closed = True
        self._asked.set()

    def close(self) -> None:
        """Claim nothing more; a message on its way is finished first."""
        self.begin_to_close()
        with self._busy:
            try:
                self._in_hand.write()
            except Exception:  # whoever opens the account next settles it by evidence
                log.exception("Account %s: its last answers were not kept", self.account_id)

    def _drain(self) -> datetime | None:
        while not self._closed:
            self._asked.clear()
            self._write()
            is_ready = self._gateway.is_ready
            if is_ready:  # logged in, which has ended the connection of whoever was before
                self.trust_evidence()
            if self._may_settle():
                self._orphans.settle(self._in_hand)
            now = self._clock.now()
            if not is_ready:
                return None
            found = self._next(now)
            if isinstance(found, Idle):
                if found.until is None or found.until - now > SOON:
                    return found.until
                self._clock.wait(self._asked, found.until - HEAD_START)
            elif isinstance(found, Turns):
                if not self._amender.hand_over(found.turns, self._stops):
                    return self._clock.now() + _BREATH
            elif not self._send_all(found):
                return self._clock.now() + _BREATH
            else:
                self._fit(self._clock.now() - now)
        return None

    def _may_settle(self) -> bool:
        return self._trusts_evidence and self._orphans.is_due()

    def _next(self, now: datetime) -> list[Claimed] | Turns | Idle:
        """What is to be handed over next: what has gone out is deleted or corrected first.

        Where both wait they take turns, so that neither makes the other late for long.
        """

        def choose(session: Session) -> list[Claimed] | Turns | Idle:
            if not self._lease.is_current(session):
                return Idle(None)
            if not amendments.is_any_waiting(session, self.account_id):
                return self._claim(session, now)
            ways = (self._amender.take, self._claim)
            waits: list[datetime] = []
            for take in reversed(ways) if self._amender.had_turn else ways:
                found = take(session, now)
                if not isinstance(found, Idle):
                    return found
                waits += [found.until] if found.until is not None else []
            return Idle(min(waits, default=None))

        found = self._database.transaction(choose)
        self._amender.had_turn = isinstance(found, Turns) or (
            isinstance(found, Idle) and self._amender.had_turn
        )
        return found

    def _claim(self, session: Session, now: datetime) -> list[Claimed] | Idle:
        """Claim what may go; it is in hand before anybody can see its claim."""
        is_caught_up = self._hearing.is_caught_up
        found = claim_due(
            session,
            self.account_id,
            now,
            self._rng,
            self._size,
            self._watch,
            is_caught_up=is_caught_up,
        )
        if not isinstance(found, Idle):
            self._in_hand.claim(found)
        return found

    def _fit(self, taken: timedelta) -> None:
        """Let the next batch be larger after a quick one, and smaller after a slow one."""
        if taken < BATCH / 2:
            self._size = min(self._size * 2, MOST)
        elif taken > BATCH:
            self._size = max(self._size // 2, LEAST)

    def _send_all(self, batch: list[Claimed]) -> bool:
        """Hand the batch over, and give back what was not; False when the line said "not now"."""
        waiting, pause = deque(batch), None
        try:
            self._hand_over(waiting)
        except NotNow as not_now:
            pause = not_now
        finally:
            self._stops.close()
            self._in_hand.give_back(list(waiting), pause)
        self._write()
        return pause is None

    def _hand_over(self, waiting: deque[Claimed]) -> None:
        """Hand over one after another; what was not handed over is left in `waiting`."""
        flushed = self._clock.now()
        while waiting and not self._closed:
            claimed, begun = waiting.popleft(), self._clock.now()
            try:
                ended = self._send(claimed)
            except NotNow:
                waiting.appendleft(claimed)
                raise
            except UnwantedError:  # the next claim says whether it goes at all
                self._in_hand.give_back([claimed])
                continue
            if ended is None:
                self._in_hand.leave_to_evidence(claimed)
                self._orphans.suspect()
                continue
            self._in_hand.end(ended)
            if ended.error is not None:
                self._watch.look_soon()
                self._write()
                flushed = self._clock.now()
            elif ended.at - flushed > FLUSH:
                self._begin_to_write()
                flushed = self._clock.now()
            if whatsapp_limits.asks_to_stop(ended.error) or ended.at - begun > SLOW:
                return

    def _write(self) -> None:
        """Write down what is known; what cannot be written is for the evidence to tell."""
        if not self._in_hand.write():
            self._orphans.suspect()

    def _begin_to_write(self) -> None:
        """The same, while the next message is on its way."""
        if not self._in_hand.begin_to_write():
            self._orphans.suspect()

    def _send(self, claimed: Claimed) -> AttemptResult | None:
        """Hand one message over; only NotNow gets out, for then nothing was handed over."""
        try:
            if is_blank(claimed.content):
                raise SendError(_NOTHING, permanent=True)
            self._gateway.fetch_files(claimed.content)
            self._stops.require_going()
            # The bound is for a clock that was set back since the claim.
            self._clock.sleep_until(min(claimed.at, self._clock.now() + HEAD_START))
            if claimed.typing:
                self._type(claimed)
            if claimed.is_nudge:
                self._require_wanted(claimed)
            if not self._lease.is_fresh:  # this process may just have slept
                raise NotNow(_ELSEWHERE)
            handed = self._gateway.send(Outgoing(claimed.to, claimed.content, claimed.secret))
        except (NotNow, UnwantedError):
            raise
        except SendError as error:
            return self._explain(claimed, error)
        except Exception:  # a poisoned message must not hold up the rest of its account
            log.exception("Sending message %s failed unexpectedly", claimed.message_id)
            unknown = SendError(_UNEXPECTED, permanent=False, left=None)
            return self._explain(claimed, unknown)
        return AttemptResult(claimed, self._clock.now(), handed=handed)

    def _require_wanted(self, claimed: Claimed) -> None:
        """UnwantedError if somebody may have answered since the nudge was claimed."""
        try:
            is_known = self._hearing.wait_until_written() and self._hearing.is_caught_up
            is_wanted = is_known and self._database.answer(
                lambda session: nudges.may_leave(session, claimed.message_id)
            )
        except Exception as fault:
            raise NotNow(Reason(Code.DATABASE_UNREADABLE)) from fault
        if not is_wanted:
            raise UnwantedError

    def _type(self, claimed: Claimed) -> None:
        """Show "typing …" for a moment, in which the account may be stopped as well."""
        with suppress(SendError):
            self._gateway.typing(claimed.to, True)
            self._clock.sleep_until(self._clock.now() + timedelta(seconds=1.5))
        try:
            self._stops.require_going()
        except NotNow:
            with suppress(SendError, NotNow):
                self._gateway.typing(claimed.to, False)
            raise

    def _explain(self, claimed: Claimed, error: SendError) -> AttemptResult | None:
        """Ask the session's store where the error itself cannot tell whether it left.

        None while nobody can ask it: the message stays in `sending` until it is settled.
        """
        now = self._clock.now()
        if error.left is not None:
            return AttemptResult(claimed, now, error=error)
        try:
            known = self._gateway.evidence(claimed.secret, now)
        except NotNow:
            return None
        except Exception:
            log.exception("The evidence of message %s cannot be read", claimed.message_id)
            return None
        if known.trace is SendTrace.NEVER_LEFT:
            ended = error.ended_line
            error = SendError(error.reason, permanent=False, left=False, ended_line=ended)
            return AttemptResult(claimed, now, error=error)
        return AttemptResult(claimed, now, error=error, whatsapp_id=known.message_id)
