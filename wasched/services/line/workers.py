"""The workers that are at work: each has a heartbeat, and is buried by the others when it stops.

Whoever looks counts by its own clock how long a heartbeat has stood still, and buries a worker by
deleting just the beat that it saw: one that has beaten meanwhile is not buried, and one that was
finds nothing to count on. Nobody compares the clocks of two machines.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from wasched.domain.elapsed import elapsed_s
from wasched.models import Duty, Heartbeat, Lease

BEAT = "UPDATE heartbeat SET beats = beats + 1 WHERE number = {number:d}"
"""What a worker says that lives; it was buried where no row is found."""

_REGISTER = "register"


@dataclass(frozen=True)
class WorkerName:
    """A worker as it starts: its lasting name, and what people are told."""

    name: str
    title: str
    has_queue: bool = False  # one that workers on other machines share
    lasts_s: float = 0  # so long after its last beat it is dead


@dataclass(frozen=True)
class SeenWorker:
    """A worker as its heartbeat stands."""

    name: str
    title: str
    number: int
    beats: int
    lasts_s: float
    has_queue: bool
    is_leaving: bool


def register_worker(session: Session, worker: WorkerName, now: datetime) -> int:
    """Begin the heartbeat of a worker, in the place of any it had before; returns its number."""
    number = _next_number(session, now)
    session.execute(delete(Heartbeat).where(col(Heartbeat.worker) == worker.name))
    titles = {one.title for one in seen_workers(session)}
    session.add(
        Heartbeat(
            worker=worker.name,
            at=now,
            started_at=now,
            title=_own_title(worker.title, titles),
            number=number,
            lasts_s=worker.lasts_s,
            has_queue=worker.has_queue,
        )
    )
    session.flush()
    return number


def seen_workers(session: Session) -> list[SeenWorker]:
    """All workers that are not buried, the first of them first."""
    rows = session.execute(
        select(
            Heartbeat.worker,
            Heartbeat.title,
            Heartbeat.number,
            Heartbeat.beats,
            Heartbeat.lasts_s,
            Heartbeat.has_queue,
            Heartbeat.is_leaving,
        ).order_by(col(Heartbeat.number))
    )
    return [SeenWorker(*row) for row in rows]


def bury_worker(session: Session, dead: SeenWorker, now: datetime) -> bool:
    """End a worker whose heartbeat stood still; False if it has beaten since it was seen."""
    ended = session.exec(
        delete(Heartbeat).where(
            col(Heartbeat.number) == dead.number, col(Heartbeat.beats) == dead.beats
        )
    )
    if ended.rowcount != 1:
        return False
    lost = {"holder": "", "since": now, "lost_by": dead.title or dead.name}
    session.execute(update(Lease).where(col(Lease.holder) == dead.name).values(**lost))
    _lay_down_duties(session, dead.name)
    return True


def begin_to_leave(session: Session, number: int) -> None:
    """Say that a worker stops: it takes no account any more."""
    leaving = update(Heartbeat).where(col(Heartbeat.number) == number)
    session.execute(leaving.values(is_leaving=True))


def remove_worker(session: Session, name: str, number: int) -> None:
    """End a worker that has stopped, with whatever it still held."""
    ended = session.exec(delete(Heartbeat).where(col(Heartbeat.number) == number))
    if ended.rowcount == 1:
        given_up = {"holder": "", "lost_by": ""}
        session.execute(update(Lease).where(col(Lease.holder) == name).values(**given_up))
        _lay_down_duties(session, name)


class WorkerWatch:
    """For how long each heartbeat has stood still, by this process's own clock.

    Time counts only while the database could be asked: that it was away proves nothing of anybody.
    """

    def __init__(self, clock: Callable[[], float] = elapsed_s) -> None:
        self._clock = clock
        self._looked_at = clock()
        self._first: dict[int, tuple[int, float]] = {}  # by number, its beats as first seen
        self._moved: dict[int, tuple[int, float]] = {}  # and when they changed last

    def note(self, workers: Iterable[SeenWorker]) -> None:
        """Take in the heartbeats as they stand now."""
        now, found = self._clock(), list(workers)
        passed, self._looked_at = now - self._looked_at, now
        moved: dict[int, tuple[int, float]] = {}
        for one in found:
            beats, since = self._moved.get(one.number, (-1, now))
            was_away = passed > one.lasts_s / 2  # so was the database, or this process
            moved[one.number] = (one.beats, now if was_away or beats != one.beats else since)
        self._moved = moved
        self._first = {one.number: self._first.get(one.number, (one.beats, now)) for one in found}

    def is_dead(self, worker: SeenWorker) -> bool:
        """True if its heartbeat has stood still for as long as a lease lasts."""
        _beats, since = self._moved.get(worker.number, (0, self._looked_at))
        return self._looked_at - since >= worker.lasts_s

    def has_beaten(self, worker: SeenWorker) -> bool:
        """True if it certainly lives: its heartbeat has moved since it was seen first."""
        beats, _at = self._first.get(worker.number, (worker.beats, 0.0))
        return worker.beats != beats

    def is_settled(self, worker: SeenWorker) -> bool:
        """True if it stays: accounts are not moved for whoever comes and goes."""
        _beats, began = self._first.get(worker.number, (0, self._looked_at))
        return self._looked_at - began >= worker.lasts_s / 2


def _own_title(title: str, taken: set[str]) -> str:
    """The title, told apart from those of other workers on the same machine."""
    numbered = (title if number == 1 else f"{title} ({number})" for number in count(1))
    return next(one for one in numbered if one not in taken)


def _next_number(session: Session, now: datetime) -> int:
    """One more than any start before, also of workers that are gone."""
    counted = session.get(Duty, _REGISTER) or Duty(name=_REGISTER, since=now)
    counted.fence += 1
    session.add(counted)
    session.flush()
    return counted.fence


def _lay_down_duties(session: Session, name: str) -> None:
    session.execute(update(Duty).where(col(Duty.holder) == name).values(holder=""))
