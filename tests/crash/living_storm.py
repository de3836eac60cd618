"""Faults below a product that lives on, while texts go out all the time; replayed by its seed."""

import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import func, select
from sqlmodel import col

from tests.books import now
from tests.crash.home import OwnersBrowser
from tests.crash.readers import Reader, Readers
from tests.crash.sayings import Named, Witness
from tests.crash.strikes import JUMPS, Ground, Strikes, Struck, wait_out
from tests.product import until
from wasched import tasks
from wasched.adapters.queue import make_queue
from wasched.domain.content import Text
from wasched.domain.message import GONE_OUT, Status
from wasched.domain.retry import CAP
from wasched.models import Message, Recipient
from wasched.services.schedules import create

LATE = timedelta(hours=4)
"""The window of every text: the clock may be moved within it, and beyond it."""

_BURST = 8  # texts of an account for the very instant at which a fault begins
_LEAD_S, _EACH_S = 0.4, 0.006  # what scheduling takes: at all, and for each text
_WAIT_S = 3.0  # for the first text of a burst to be on its way
_STOPS = 2  # people who write STOP during each round


@dataclass(frozen=True)
class Sent:
    """A text as it was scheduled, in words that no other has."""

    account_id: int
    reader: Reader
    words: str
    at: datetime  # when it was scheduled, and when it falls due, by the true clock
    due: datetime
    faults: tuple[str, ...]  # of the round in which it falls due

    @property
    def ends(self) -> set[Status]:
        """What it is once it has come and its reader's phone has said all that it will say."""
        if self.reader.is_read:
            return {Status.READ}
        return {Status.DELIVERED} if self.reader.has_receipts else {Status.SENT}


@dataclass(frozen=True)
class Round:
    """Faults that are there together, for so many seconds, while so many texts fall due."""

    faults: tuple[str, ...]
    seconds: float
    texts: int


@dataclass
class LivingStorm:
    """Schedules, strikes and asks; what came of it is for the ledger to say."""

    ground: Ground
    seed: int
    sent: dict[int, Sent] = field(default_factory=dict)  # by schedule
    struck: list[Struck] = field(default_factory=list)
    named: list[Named] = field(default_factory=list)
    stopped: set[str] = field(default_factory=set)  # phones

    def __post_init__(self) -> None:
        self.rng = Random(self.seed)
        self.strikes = Strikes(self.ground, self.rng)
        self._readers = Readers(self.ground.phones, self.rng)
        self.witness = Witness(
            self.ground.product, OwnersBrowser(self.ground.product, self.ground.books)
        )
        settings = self.ground.product.settings
        self._queue = make_queue(settings.redis_url, settings.queue_path).storage
        self._pids = self._find_pids()

    def rage(self, rounds: Sequence[Round]) -> None:
        """Go through the rounds as they come, with the same worker and api from first to last."""
        self.witness.start()
        try:
            for one in rounds:
                self._go_through(one)
                assert self._find_pids() == self._pids, "a process was started anew"
        finally:
            self.witness.stop()

    def calm(self, within_s: float = 60.0) -> float:
        """Wait until nothing is on its way or overdue and all that phones said is known.

        Returns how long it took, `within_s` at most. A text that was put off to another try waits
        for that, which ends soon after.
        """
        begin = time.monotonic()
        while time.monotonic() - begin < within_s and self._is_unquiet():
            time.sleep(0.3)
        taken = time.monotonic() - begin
        if not self.stuck():
            until(lambda: not self._put_off(), "what is tried again has gone", CAP.total_seconds())
        return taken

    def stuck(self) -> list[int]:
        """The messages that are on their way, or overdue though they are not just tried again."""
        at, message = now(), Message
        put_off = col(message.try_at).between(at, at + CAP)
        waits = (message.status == Status.SCHEDULED) & (message.due_at <= at) & ~put_off
        with self.ground.books.scope(write=False) as session:
            found = select(message.id).where((message.status == Status.SENDING) | waits)
            return list(session.scalars(found))

    def unheard(self) -> set[str]:
        """The phones that have written STOP and are not opted out."""
        with self.ground.books.scope(write=False) as session:
            rows = session.scalars(
                select(Recipient.phone).where(col(Recipient.opted_out_at).is_not(None))
            )
            return self.stopped - {(phone or "").removeprefix("+") for phone in rows}

    def _go_through(self, one: Round) -> None:
        """Schedule what falls due, strike once the first of it is on its way, and listen."""
        jumps = [JUMPS[name] for name in one.faults if name in JUMPS]
        self._schedule(one, sum(jumps, timedelta()))
        self._wait_for_burst()
        begin, logs = now(), self.witness.log_ends()
        with ExitStack() as stack:
            for name in one.faults:
                stack.enter_context(self.strikes.strike(name, self.struck))
            wait_out(one.seconds, self._write_stops)
            self.named += [self.witness.listen_back(name, begin, logs) for name in one.faults]

    def _schedule(self, one: Round, jump: timedelta) -> None:
        """Schedule a burst for the instant of the strike, and the rest over the whole round.

        Where the clock will be moved, every second text is meant by the clock as it then is.
        """
        first = now() + timedelta(seconds=_LEAD_S + _EACH_S * one.texts)
        accounts = sorted(self.ground.accounts)
        self._readers.begin_round()
        with self.ground.books.scope() as session:
            for number in range(one.texts):
                is_early = number < _BURST * len(accounts)
                later = 0.0 if is_early else self.rng.uniform(0, one.seconds)
                due = first + timedelta(seconds=later)
                at = due + (jump if number % 2 else timedelta())
                account_id = accounts[number % len(accounts)]
                reader, words = self._readers.choose(account_id), f"Text {len(self.sent)}"
                request = create.ScheduleRequest(
                    account_id,
                    (f"+{reader.phone}",),
                    (Text(words),),
                    at.date(),
                    at.time(),
                    "UTC",
                    late_s=int(LATE.total_seconds()),
                )
                owner = self.ground.books.owner
                made = create.create_schedule(session, owner, request, min(at, now()))
                text = Sent(account_id, reader, words, now(), due, one.faults)
                self.sent[made.schedule_id] = text
        for account_id in accounts:
            drain = tasks.drain.s(account_id)
            self._queue.enqueue(tasks.queue.serialize_task(drain))

    def _wait_for_burst(self) -> None:
        """Return once a message is on its way, or soon if none goes."""
        found = select(func.count()).where(Message.status == Status.SENDING)
        deadline = time.monotonic() + _LEAD_S + _WAIT_S
        while time.monotonic() < deadline:
            with self.ground.books.scope(write=False) as session:
                if session.scalar(found):
                    return
            time.sleep(0.003)

    def _write_stops(self) -> None:
        """Let people who have got their text answer STOP."""
        with self.ground.books.scope(write=False) as session:
            got = set(
                session.scalars(
                    select(Message.schedule_id).where(col(Message.status).in_(GONE_OUT))
                )
            )
        leavers = {
            self.sent[one].reader.phone: self.sent[one].account_id
            for one in sorted(got)
            if self.sent[one].reader.leaves
        }
        still = sorted(set(leavers) - self.stopped)
        for phone in self.rng.sample(still, min(_STOPS, len(still))):
            account = self.ground.accounts[leavers[phone]]
            self.ground.phones.write(phone=phone, to=account, text="STOP")
            self.stopped.add(phone)

    def _is_unquiet(self) -> bool:
        return bool(self.stuck() or self.unheard() or self._unconfirmed())

    def _unconfirmed(self) -> list[int]:
        """The texts that have gone, and whose readers' phones have said more than is known."""
        with self.ground.books.scope(write=False) as session:
            rows = session.execute(select(Message.schedule_id, Message.status)).all()
        return [
            schedule_id
            for schedule_id, status in rows
            if status in GONE_OUT and status not in self.sent[schedule_id].ends
        ]

    def _put_off(self) -> bool:
        found = select(func.count()).where(
            Message.status == Status.SCHEDULED, Message.due_at <= now()
        )
        with self.ground.books.scope(write=False) as session:
            return bool(session.scalar(found))

    def _find_pids(self) -> list[int]:
        return [self.ground.product.processes(name)[0].pid for name in ("worker", "api")]
