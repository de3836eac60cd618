"""One worker's leases: registered, renewed, shared with the other workers, and given up."""

import logging
import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlmodel import Session

from wasched.domain.elapsed import elapsed_s
from wasched.domain.errors import ConfigError
from wasched.domain.wording import join_words
from wasched.services.line import leases, workers
from wasched.services.line.leases import Share, Standing
from wasched.services.line.registration import Registration
from wasched.services.line.workers import SeenWorker, WorkerName, WorkerWatch
from wasched.services.ports import Clock, Database

log = logging.getLogger(__name__)

ReleaseWork = Callable[[Session, str], None]

_LOOK_EVERY_S, _LOOK_S = 1.0, 0.1


@dataclass(frozen=True)
class HeldLease:
    """An account in this worker's hands."""

    account_id: int
    holder: str
    fence: int
    lost_by: str
    registration: Registration

    @property
    def is_fresh(self) -> bool:
        """True while nobody can have taken the account, by this process's own clock alone."""
        return self.registration.is_fresh

    @property
    def was_lost(self) -> bool:
        """True if it was taken from a worker that may not know so yet, and may still send."""
        return self.lost_by != ""

    def is_current(self, session: Session) -> bool:
        """True if nobody has taken the account, by what is committed and until this commits."""
        return leases.is_current(session, self.account_id, self.holder, self.fence)


class LeaseKeeper:
    """Knows which accounts are this worker's; `look` is called again and again by one thread.

    `is_alone` says that no other worker can be, for the database is a file that one may use.
    `release_work` lets others have what a worker that is gone had begun, apart from its accounts.
    """

    def __init__(
        self,
        worker: WorkerName,
        database: Database,
        clock: Clock,
        *,
        is_alone: bool = True,
        release_work: ReleaseWork = lambda _session, _name: None,
        elapsed: Callable[[], float] = elapsed_s,
    ) -> None:
        self._worker, self._database, self._clock = worker, database, clock
        self._is_alone, self._release_work, self._elapsed = is_alone, release_work, elapsed
        self._lasts_s = math.inf if is_alone else worker.lasts_s
        self._watch = WorkerWatch(elapsed)
        self._registration: Registration | None = None
        self._standing = Standing([], [], "")

    @property
    def name(self) -> str:
        """The worker's lasting name."""
        return self._worker.name

    @property
    def is_alone(self) -> bool:
        """True if no other worker can be."""
        return self._is_alone

    @property
    def look_every_s(self) -> float:
        """So often `look` is to be called, at least: a second, or often within a short lease."""
        return min(_LOOK_EVERY_S, self._lasts_s / 8)

    @property
    def leads(self) -> bool:
        """True if what is done once for the server is this worker's to do, just now."""
        registered = self._registration
        is_there = registered is not None and registered.is_fresh
        return is_there and self._standing.leader == self._worker.name

    def start(self) -> None:
        """Register; ConfigError if another worker is there that this one cannot work beside."""
        registered = self._register()
        try:
            self._require_company(registered.number)
        except ConfigError:
            self.end()
            raise

    def look(self) -> dict[int, HeldLease]:
        """Take what is to be this worker's; returns what it holds now, by account."""
        standing = self._database.answer(leases.read_standing)
        self._watch.note(standing.workers)
        registered = self._still_registered(standing)
        dead = self._dead(standing)
        if leases.is_change_due(standing, self.name, dead):
            standing = self._share_out(registered, dead) or standing
        self._standing = standing
        return {
            one.account_id: HeldLease(one.account_id, self.name, one.fence, one.lost_by, registered)
            for one in standing.held_by(self.name).values()
        }

    def count_surplus(self) -> int:
        """How many accounts are others' to hold, as of the last look, among who stays for long."""
        found = self._standing.workers
        settled = [one.name for one in found if not one.is_leaving and self._watch.is_settled(one)]
        return 0 if self._is_alone else leases.surplus(self._standing, self.name, settled)

    def release(self, lease: HeldLease) -> None:
        """Give an account up whose line is closed."""
        if self._is_alone:  # all of them are given up at its end
            return
        self._database.transaction(
            lambda session: leases.release_lease(
                session, lease.account_id, lease.holder, lease.fence
            )
        )
        log.info("Gave up account %s", lease.account_id)

    def leave(self) -> None:
        """Say that this worker stops, so that no account is kept for it."""
        registered = self._registration
        if registered is None or self._is_alone:
            return
        try:
            self._database.transaction(
                lambda session: workers.begin_to_leave(session, registered.number)
            )
        except Exception:  # it stops all the same
            log.exception("The other workers could not be told that this one stops")

    def end(self) -> None:
        """Give up what is still held, and be gone."""
        registered, self._registration = self._registration, None
        if registered is not None:
            registered.end()
            self._database.transaction(lambda session: self._remove(session, registered.number))

    def is_removed(self, account_id: int) -> bool:
        """True if there is no such account any more, as of the last look."""
        return all(one.account_id != account_id for one in self._standing.leases)

    def _remove(self, session: Session, number: int) -> None:
        workers.remove_worker(session, self.name, number)
        self._release_work(session, self.name)

    def _register(self) -> Registration:
        def register(session: Session) -> int:
            now = self._clock.now()
            if self._is_alone:  # whoever else has a heartbeat is of another time
                _remove_others(session, self.name)
            number = workers.register_worker(session, self._worker, now)
            leases.take_up(session, self.name, now)
            return number

        number = self._database.transaction(register)
        self._registration = Registration(number, self._database, self._lasts_s, self._elapsed)
        self._begin_to_beat(self._registration)
        return self._registration

    def _begin_to_beat(self, registration: Registration) -> None:
        registration.start()

    def _still_registered(self, standing: Standing) -> Registration:
        """This start of the worker, or a new one if the others took this one for dead."""
        registered = self._registration
        assert registered is not None
        if any(one.number == registered.number for one in standing.workers):
            return registered
        registered.bury()
        registered.end()
        if any(one.name == self.name and one.number for one in standing.workers):
            raise TwinError(
                "Another worker goes by this one's name: its session folder is a copy of this "
                "one's. Delete worker.lock in one of them, and start that worker anew."
            )
        log.warning(
            "This worker was not heard of for %.0f s, and its accounts were taken over by others. "
            "It begins anew.",
            self._lasts_s,
        )
        return self._register()

    def _dead(self, standing: Standing) -> list[SeenWorker]:
        others = (one for one in standing.workers if one.name != self.name)
        return [] if self._is_alone else [one for one in others if self._watch.is_dead(one)]

    def _share_out(self, registered: Registration, dead: Iterable[SeenWorker]) -> Standing | None:
        def share(session: Session) -> Share | None:
            number, now = registered.number, self._clock.now()
            shared = leases.share_out(session, self.name, number, dead, now)
            for one in shared.buried if shared else ():
                self._release_work(session, one.name)
            return shared

        shared = self._database.transaction(share)
        if shared is None:  # the next look registers anew
            return None
        self._say(shared)
        return shared.standing

    def _say(self, shared: Share) -> None:
        for one in shared.buried:
            log.warning(
                "Worker %s was not heard of for %.0f s: its accounts are taken over",
                one.title or one.name,
                one.lasts_s,
            )
        if shared.taken and not self._is_alone:
            numbers = join_words([str(one.account_id) for one in shared.taken])
            log.info("Holds account %s from now on", numbers)

    def _require_company(self, number: int) -> None:
        """ConfigError if an earlier worker lives and the two share no queue."""
        while not self._is_alone and (strange := self._strangers(number)):
            for one in strange:
                if self._watch.has_beaten(one):
                    raise ConfigError(_no_company(one))
            if all(self._watch.is_dead(one) for one in strange):
                return
            time.sleep(_LOOK_S)

    def _strangers(self, number: int) -> list[SeenWorker]:
        """Earlier workers that this one shares no queue with."""
        found = self._database.answer(workers.seen_workers)
        self._watch.note(found)
        is_shared = self._worker.has_queue
        return [one for one in found if one.number < number and not (is_shared and one.has_queue)]


def _remove_others(session: Session, name: str) -> None:
    for one in workers.seen_workers(session):
        if one.name != name:
            workers.remove_worker(session, one.name, one.number)


class TwinError(ConfigError):
    """Two workers go by one name."""


def _no_company(other: SeenWorker) -> str:
    return (
        f"Another worker ({other.title}) is at work on this database. Several workers need Redis "
        "or Dragonfly between them: set REDIS_HOST for every worker and api, or stop one of both."
    )
