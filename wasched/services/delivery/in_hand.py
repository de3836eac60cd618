"""The claims of one account whose end is not written down yet, and how they end."""

import logging
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from random import Random

from sqlmodel import Session

from wasched.db.faults import may_pass
from wasched.domain.errors import NotNow
from wasched.models import Account
from wasched.services.delivery import claim, whatsapp_limits
from wasched.services.delivery.claim import Claimed
from wasched.services.delivery.outcomes import AttemptResult, record_outcomes
from wasched.services.ports import Clock, Database

log = logging.getLogger(__name__)


_WRITERS = 4  # for all accounts; the database has one writer at a time


@cache
def _writers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_WRITERS, "answers")


class InHand:
    """Keeps what is known of claimed messages until the database knows it.

    One thread at a time claims, ends and writes; what has ended may be written on another one
    while the next message is on its way. Any thread may ask what is held.
    """

    def __init__(self, account_id: int, database: Database, clock: Clock, rng: Random) -> None:
        self._account_id, self._database, self._clock, self._rng = account_id, database, clock, rng
        self._under_way: Future[bool] | None = None
        self._known = threading.Lock()  # held by whoever changes what follows
        self._held: set[int] = set()
        self._ended: list[AttemptResult] = []
        self._untouched: list[Claimed] = []
        self._pause: NotNow | None = None

    @property
    def is_written(self) -> bool:
        """True if the database knows all that is known here."""
        return not (self._ended or self._untouched)

    def holds(self, message_id: int) -> bool:
        """True while the end of a message's attempt is this worker's to write down."""
        return message_id in self._held

    def claim(self, batch: list[Claimed]) -> None:
        """Hold these messages; to be called before their claim is committed."""
        self._held = {one.message_id for one in batch}

    def hold_known_only(self) -> None:
        """Hold no more than what is to be written; evidence decides about the rest of a claim.

        For whatever was raised: a claim that was not committed, or an answer nobody waits for.
        """
        with self._known:
            self._held = {one.claimed.message_id for one in self._ended}
            self._held |= {one.message_id for one in self._untouched}

    def end(self, ended: AttemptResult) -> None:
        """Keep how an attempt ended."""
        with self._known:
            self._ended.append(ended)

    def leave_to_evidence(self, claimed: Claimed) -> None:
        """Nobody can tell yet whether it left: it stays `sending` until evidence tells."""
        with self._known:
            self._held.discard(claimed.message_id)

    def give_back(self, claims: list[Claimed], pause: NotNow | None = None) -> None:
        """Keep that these were not handed over, and WhatsApp's pause that asked for it."""
        with self._known:
            self._untouched += claims
            self._pause = pause or self._pause

    def write(self) -> bool:
        """Write down all that is known, in one transaction.

        Raises what the storage raises, and keeps all of it for the next time. False if an end
        could not be written although storage works: that message is left to the evidence.
        """
        try:
            are_written = self._finish()
        except Exception:  # all of it is kept, and tried again just now
            are_written = True
        return self._write_known() and are_written

    def begin_to_write(self) -> bool:
        """Write down all that is known while the next message is on its way.

        Whatever was begun before is waited for first, and this raises and returns what `write`
        would have: no more than the ends of two such stretches of time are ever unwritten.
        """
        are_written = self._finish()
        self._under_way = _writers().submit(self._write_known)
        return are_written

    def _finish(self) -> bool:
        under_way, self._under_way = self._under_way, None
        return under_way is None or under_way.result()

    def _write_known(self) -> bool:
        with self._known:
            ended, untouched = list(self._ended), list(self._untouched)
        if not (ended or untouched):
            return True
        try:
            self._write(ended, untouched)
        except Exception as fault:
            if may_pass(fault):
                raise
            log.exception("Account %s: its answers are written one by one", self._account_id)
            return self._write_one_by_one(ended, untouched)
        self._forget(ended, untouched)
        return True

    def _write(self, ended: list[AttemptResult], untouched: list[Claimed]) -> None:
        def write(session: Session) -> None:
            account = session.get(Account, self._account_id)
            if account is None:
                return
            if ended:
                record_outcomes(session, account, ended, self._rng)
                whatsapp_limits.heed_limit(session, account, ended)
            claim.give_back(session, untouched)
            self._heed_pause(session, account)

        self._database.transaction(write)

    def _heed_pause(self, session: Session, account: Account) -> None:
        pause = self._pause
        if pause is not None and pause.until is not None:
            whatsapp_limits.hold_account(
                session, account, pause.until, pause.reason, self._clock.now()
            )

    def _write_one_by_one(self, ended: list[AttemptResult], untouched: list[Claimed]) -> bool:
        """What was written before storage fails is not written again; False if one was left."""
        are_written = True
        parts: list[tuple[list[AttemptResult], list[Claimed]]] = [([one], []) for one in ended]
        parts += [([], [one]) for one in untouched]
        for part in parts:
            try:
                self._write(*part)
            except Exception as fault:
                if may_pass(fault):
                    raise
                log.exception("Account %s: an answer cannot be written", self._account_id)
                are_written = False
            self._forget(*part)
        return are_written

    def _forget(self, ended: list[AttemptResult], untouched: list[Claimed]) -> None:
        done = {one.claimed.secret for one in ended} | {one.secret for one in untouched}
        with self._known:
            self._held -= {one.claimed.message_id for one in ended}
            self._held -= {one.message_id for one in untouched}
            self._ended = [one for one in self._ended if one.claimed.secret not in done]
            self._untouched = [one for one in self._untouched if one.secret not in done]
            if self.is_written:
                self._pause = None
