"""What hands over deletions and corrections through the line of one account."""

import logging
from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlmodel import Session

from wasched.domain.errors import NotNow, SendError
from wasched.domain.reasons import Code, Reason
from wasched.models import Account
from wasched.services.delivery import amendments, whatsapp_limits
from wasched.services.delivery.amendments import Ended, Turn
from wasched.services.delivery.claim import Idle
from wasched.services.delivery.lease import Lease, Unshared
from wasched.services.delivery.stop_reader import StopReader
from wasched.services.ports import Amending, Clock, Database, Gateway

log = logging.getLogger(__name__)

_UNEXPECTED = Reason(Code.UNEXPECTED)


@dataclass(frozen=True)
class Turns:
    """What is to be handed over now."""

    turns: tuple[Turn, ...]


class Amender:
    """Has its turns on the thread that drains the account."""

    def __init__(
        self,
        account_id: int,
        gateway: Gateway,
        database: Database,
        clock: Clock,
        rng: Random,
        lease: Lease | None = None,
    ) -> None:
        self._account_id, self._gateway = account_id, gateway
        self._database, self._clock, self._rng = database, clock, rng
        self._lease = lease or Unshared()
        self.had_turn = False  # so that it is the messages' now, if any is due

    def take(self, session: Session, now: datetime) -> Turns | Idle:
        """What is to be handed over now, or when to come again."""
        found = amendments.take_turns(session, self._account_id, now, self._rng)
        return found if isinstance(found, Idle) else Turns(tuple(found))

    def hand_over(self, turns: tuple[Turn, ...], stops: StopReader) -> bool:
        """Hand these over and write down how each ended; False when the line said "not now"."""
        ended: list[Ended] = []
        pause: NotNow | None = None
        try:
            for turn in turns:
                ended.append(self._amend(turn, stops))
                if whatsapp_limits.asks_to_stop(ended[-1].error):
                    break
        except NotNow as not_now:
            pause = not_now
        finally:
            stops.close()
        self._write(ended, turns[len(ended) :], pause)
        return pause is None

    def _amend(self, turn: Turn, stops: StopReader) -> Ended:
        """Hand one over; only NotNow gets out."""
        try:
            if turn.content is not None:
                stops.require_going()
            if not self._lease.is_fresh:
                raise NotNow(Reason(Code.HELD_ELSEWHERE))
            told = [
                self._gateway.amend(Amending(one, turn.content)).message_id
                for one in turn.whatsapp_ids
            ]
        except NotNow:
            raise
        except SendError as fault:
            return Ended(turn, self._clock.now(), error=fault)
        except Exception:  # one that cannot be handed over must not hold up the others
            log.exception("Amendment %s failed unexpectedly", turn.amendment_id)
            error = SendError(_UNEXPECTED, permanent=False, left=None)
            return Ended(turn, self._clock.now(), error=error)
        return Ended(turn, self._clock.now(), told[-1])

    def _write(self, ended: list[Ended], left: tuple[Turn, ...], pause: NotNow | None) -> None:
        now = self._clock.now()

        def write(session: Session) -> None:
            amendments.record_ends(session, ended)
            amendments.give_back(session, left, now)
            account = session.get(Account, self._account_id)
            if account is None:
                return
            whatsapp_limits.heed_codes(
                session, account, {one.error.code for one in ended if one.error is not None}, now
            )
            if pause is not None and pause.until is not None:
                whatsapp_limits.hold_account(session, account, pause.until, pause.reason, now)

        self._database.transaction(write)
