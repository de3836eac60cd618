"""Messages in `sending` that nobody holds, whatever left them so: settled by evidence."""

import logging
from datetime import datetime, timedelta
from random import Random

from sqlmodel import Session

from wasched.db.faults import may_pass
from wasched.domain.errors import NotNow
from wasched.domain.waiting import is_over
from wasched.models import Account, Attempt, Message
from wasched.services.delivery.in_hand import InHand
from wasched.services.delivery.lease import Lease, Unshared
from wasched.services.delivery.recovery import (
    learn_ids,
    nameless_attempts,
    open_attempts,
    settle_messages,
)
from wasched.services.ports import Clock, Database, Evidence, Gateway

log = logging.getLogger(__name__)

_AGAIN = timedelta(seconds=2)
"""So long after a look that could not settle everything comes the next."""


class Orphans:
    """Settles what a crash, a lock, a full disk or a fault left behind at one account."""

    def __init__(
        self,
        account_id: int,
        gateway: Gateway,
        database: Database,
        clock: Clock,
        rng: Random,
        lease: Lease | None = None,
    ) -> None:
        self._account_id, self._gateway, self._database = account_id, gateway, database
        self._clock, self._rng, self._lease = clock, rng, lease or Unshared()
        self._may_exist = True  # a dead worker may have left some
        self._may_be_nameless = True  # so may a restore
        self._looked_at: datetime | None = None

    @property
    def may_exist(self) -> bool:
        """True until a look has found none."""
        return self._may_exist

    def suspect(self) -> None:
        """Something went wrong between a claim and its record: look again, at once."""
        self._may_exist, self._looked_at = True, None

    def is_due(self) -> bool:
        """True if it is time to look for them."""
        return self._may_exist and is_over(self._looked_at, _AGAIN, self._clock.now())

    def settle(self, in_hand: InHand) -> None:
        """Decide what became of each, as far as its evidence can be read now."""
        self._looked_at = self._clock.now()
        left = self._database.answer(lambda session: self._left(session, in_hand))
        evidence = self._evidence(left)
        if evidence:
            self._write(evidence)
            log.info("Settled %s messages of account %s", len(evidence), self._account_id)
        self._may_exist = len(evidence) < len(left)
        if self._may_be_nameless and not self._may_exist:
            self._learn_ids()

    def _learn_ids(self) -> None:
        """What may have left before a restore gets its id, by which its receipts are known."""
        nameless = self._database.answer(
            lambda session: nameless_attempts(session, self._account_id)
        )
        known = self._evidence(nameless)
        ids = {one: found.message_id for one, found in known.items() if found.message_id}
        if ids:
            self._database.transaction(lambda session: self._name(session, ids))
        self._may_exist = self._may_be_nameless = len(known) < len(nameless)

    def _name(self, session: Session, ids: dict[int, str]) -> None:
        if not self._lease.is_current(session):
            return
        account = session.get_one(Account, self._account_id)
        learn_ids(session, account, ids, self._clock.now())

    def _left(self, session: Session, in_hand: InHand) -> list[tuple[Message, Attempt]]:
        found = open_attempts(session, self._account_id)
        return [one for one in found if not in_hand.holds(one[0].id or 0)]

    def _evidence(self, left: list[tuple[Message, Attempt]]) -> dict[int, Evidence]:
        """What the session's store says of each; nothing of those it cannot be asked about yet."""
        found: dict[int, Evidence] = {}
        for message, attempt in left:
            try:
                known = self._gateway.evidence(attempt.secret, attempt.started_at)
            except NotNow as pause:
                log.debug("Account %s cannot be settled yet: %s", self._account_id, pause)
                break
            except Exception:  # one that nobody can judge keeps no other from being settled
                log.exception("The evidence of message %s cannot be read", message.id)
                continue
            found[message.id or 0] = known
        return found

    def _write(self, evidence: dict[int, Evidence]) -> None:
        try:
            self._settle(evidence)
        except Exception as fault:
            if may_pass(fault):
                raise
            log.exception("Account %s is settled message by message", self._account_id)
            self._settle_one_by_one(evidence)

    def _settle_one_by_one(self, evidence: dict[int, Evidence]) -> None:
        """One that cannot be settled keeps no other from it."""
        for message_id, known in list(evidence.items()):
            try:
                self._settle({message_id: known})
            except Exception as fault:
                if may_pass(fault):
                    raise
                log.exception("Message %s cannot be settled", message_id)
                del evidence[message_id]

    def _settle(self, evidence: dict[int, Evidence]) -> None:
        def write(session: Session) -> None:
            if not self._lease.is_current(session):  # what is `sending` may be another worker's
                return
            account = session.get(Account, self._account_id)
            if account is not None:
                settle_messages(session, account, evidence, self._clock.now(), self._rng)

        self._database.transaction(write)
