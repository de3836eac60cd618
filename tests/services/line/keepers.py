"""Workers that share accounts in a test, each with a clock of its own for what has passed."""

from tests.scopes import Scope
from tests.services.conftest import NOW
from tests.services.fakes import FakeClock
from wasched.services.line.lease_keeper import HeldLease, LeaseKeeper
from wasched.services.line.registration import Registration
from wasched.services.line.workers import WorkerName

LASTS_S = 20.0


def a_keeper(scope: Scope) -> LeaseKeeper:
    """The leases of the one worker that a database has."""
    return LeaseKeeper(WorkerName("worker", "worker"), scope, FakeClock(NOW))


class Machine:
    """What the workers of a test have in common: time that passes when the test says so."""

    def __init__(self) -> None:
        self.passed_s = 0.0


class SharingWorker(LeaseKeeper):
    """One of several workers: it beats and looks only when it is told that time has passed.

    `began_s` is what its machine's clock says when the test begins: no two say the same.
    """

    def __init__(self, scope: Scope, machine: Machine, name: str, began_s: float) -> None:
        self._machine, self._began_s = machine, began_s
        self.is_paused = False
        self.held: dict[int, HeldLease] = {}
        self.beats_for: Registration | None = None
        self._beat_at = 0.0
        named = WorkerName(name, f"machine-{name}", has_queue=True, lasts_s=LASTS_S)
        clock = FakeClock(NOW)
        super().__init__(named, scope, clock, is_alone=False, elapsed=self.elapsed)

    def elapsed(self) -> float:
        """Its machine's clock."""
        return self._began_s + self._machine.passed_s

    def live(self) -> None:
        """Do what is due: beat, look at the leases, and give up what is for others."""
        registered = self.beats_for
        if registered is not None and self.elapsed() >= self._beat_at:
            registered.beat()
            self._beat_at = self.elapsed() + LASTS_S / 4
        self.held = self.look()
        for account_id in sorted(self.held)[: self.count_surplus()]:
            self.release(self.held.pop(account_id))

    def may_send(self, account_id: int) -> bool:
        """True if its sender would hand a message over now, were it to run."""
        lease = self.held.get(account_id)
        return lease is not None and lease.is_fresh

    def _begin_to_beat(self, registration: Registration) -> None:
        self.beats_for, self._beat_at = registration, self.elapsed()
