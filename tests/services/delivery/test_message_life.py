"""Whatever happens in whatever order: no illegal step, and nobody gets a message twice unasked."""

import tempfile
from collections import Counter
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import event, select, text

from tests.new_database import sqlite_tables
from tests.reasons import said
from tests.scopes import Scope
from tests.services.conftest import NOW, add_account, add_user
from tests.services.fakes import FakeClock, FakeGateway
from tests.services.requests import ANNA, BEN, CEM, a_request
from wasched.domain.content import Text
from wasched.domain.errors import InputError, NotNow, SendError
from wasched.domain.link import (
    IncomingSeen,
    LinkState,
    ReceiptKind,
    ReceiptSeen,
    StateChanged,
)
from wasched.domain.message import ARROWS, GONE_OUT, Status
from wasched.models import Attempt, Message, Schedule
from wasched.services import schedules
from wasched.services.delivery.sender import AccountSender
from wasched.services.line import link_events
from wasched.services.messages import bulk, message_actions, stopping
from wasched.services.messages.stopping import Meanwhile
from wasched.services.ports import Evidence, Outgoing, SendReceipt, SendTrace
from wasched.services.schedules import create

_NOTE_ARROWS = """
    CREATE TRIGGER note_arrows AFTER UPDATE OF status ON message WHEN old.status <> new.status
    BEGIN INSERT INTO arrow VALUES (old.id, old.status, new.status); END
"""
_CHOICES = ["send_now", "send_again", "it_arrived", "leave_it", "dismiss", "cancel"]
_DECISIONS = [
    schedules.pause_schedule,
    schedules.resume_schedule,
    schedules.skip_next,
    schedules.send_now,
    schedules.end_schedule,
    schedules.cancel_schedule,
    schedules.resend_failed,
]


class Killed(BaseException):
    """The worker was killed at this moment."""


class UnsureGateway(FakeGateway):
    """Answers, refuses, keeps silent, or sees its worker killed before or after hand-over."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__(clock)
        self.taken: list[bytes] = []
        self.plans: list[str] = []

    def send(self, outgoing: Outgoing) -> SendReceipt:
        """Do what is planned for this send."""
        plan = self.plans.pop(0) if self.plans else "take"
        match plan:
            case "refuse":
                raise SendError(said("Not on WhatsApp."), permanent=True, left=True)
            case "limit":
                raise SendError(said("Too fast."), permanent=False, left=True, code=429)
            case "fail":
                raise SendError(said("No connection."), permanent=False, left=False)
            case "not now":
                raise NotNow(said("Not connected."))
            case "die before":
                raise Killed()
            case "end line":
                raise SendError(said("It ended."), permanent=False, left=None, ended_line=True)
        self.taken.append(outgoing.secret)
        if plan == "silence":
            raise SendError(said("Time ran out."), permanent=False, left=None)
        if plan == "die after":
            raise Killed()
        self.outbox.append(outgoing)
        return SendReceipt(self._id(outgoing.secret), self._clock.now())

    def evidence(self, secret: bytes, attempted_at: datetime) -> Evidence:
        """What the session's store truly knows."""
        if secret not in self.taken:
            return Evidence(SendTrace.NEVER_LEFT)
        return Evidence(SendTrace.LEFT, self._id(secret))

    def _id(self, secret: bytes) -> str:
        return f"3EB0{self.taken.index(secret):04}"


_PLANS = [
    "take",
    "take",
    "refuse",
    "limit",
    "fail",
    "not now",
    "die before",
    "end line",
    "silence",
    "die after",
]
_GO_ON = [LinkState.CONNECTED, *Meanwhile]
_HOLD = [LinkState.BANNED, LinkState.LOGGED_OUT, stopping.stop_sending]


class MessageLife(RuleBasedStateMachine):
    """One account, its worker and its people, against a real database."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self._engine = sqlite_tables(Path(self._folder.name) / "app.db")
        event.listen(self._engine, "connect", _in_a_hurry)
        with self._scope() as session:
            session.execute(text("CREATE TABLE arrow (message_id INTEGER, old TEXT, new TEXT)"))
            session.execute(text(_NOTE_ARROWS))
        self._clock = FakeClock(NOW)
        self._gateway = UnsureGateway(self._clock)
        self._user = add_user(self._scope, "Alice", is_admin=True)
        self._account = add_account(self._scope, self._user)
        self._desk = self._new_desk()
        self._undo: list[Any] = []

    def teardown(self) -> None:
        """Throw the database away."""
        self._engine.dispose()
        self._folder.cleanup()

    @rule(
        to=st.sets(st.sampled_from([ANNA, BEN, CEM]), min_size=1),
        repeats=st.booleans(),
        stops=st.booleans(),
    )
    def schedule(self, to: set[str], repeats: bool, stops: bool) -> None:
        """A person schedules something."""
        request = a_request(self._account, *sorted(to), stops_on_reply=stops)
        if repeats:
            request = a_request(self._account, *sorted(to), stops_on_reply=stops, **_daily(18))
        with self._scope() as session:
            create.create_schedule(session, self._user, request, self._clock.now())

    @rule(minutes=st.sampled_from([1, 20, 45, 24 * 60, -60]))
    def let_time_pass(self, minutes: int) -> None:
        """The clock moves, or is set back; the worker sweeps."""
        self._clock.move(minutes=minutes)
        with self._scope() as session:
            create.put_right(session, self._clock.now())
            create.advance_schedules(session, self._clock.now(), limit=5)

    @rule(plans=st.lists(st.sampled_from(_PLANS), max_size=4))
    def drain(self, plans: list[str]) -> None:
        """The worker sends what is due; it may be killed, and another takes its place."""
        self._gateway.plans = plans
        try:
            self._desk.drain()
        except Killed:
            self._desk = self._new_desk()

    @rule(what=st.sampled_from(_DECISIONS), which=st.integers(0, 3))
    def decide(self, what: Any, which: int) -> None:
        """A person steers a schedule."""
        made = self._one(Schedule, which)
        if made is None:
            return
        with suppress(InputError), self._scope() as session:
            steered = what(session, self._user, made, self._clock.now())
            self._undo.append(steered.undo)

    @rule()
    def take_back(self) -> None:
        """A person takes back what they did last."""
        given = self._undo.pop() if self._undo else None
        if given is None:
            return
        with suppress(InputError), self._scope() as session:
            if isinstance(given, bulk.BulkResult):
                bulk.undo_bulk(session, self._user, given, self._clock.now())
            else:
                schedules.undo_action(session, self._user, given, self._clock.now())

    @rule(
        which=st.integers(0, 3),
        scope=st.sampled_from(["all", "this", "following"]),
        hour=st.sampled_from([None, 9, 20]),
        to=st.sets(st.sampled_from([ANNA, BEN, CEM]), min_size=1),
    )
    def edit(self, which: int, scope: str, hour: int | None, to: set[str]) -> None:
        """A person changes a schedule."""
        made = self._one(Schedule, which)
        if made is None:
            return
        when = {} if hour is None else _daily(hour)
        request = a_request(self._account, *sorted(to), contents=(Text("Changed"),), **when)
        with suppress(InputError), self._scope() as session:
            now = self._clock.now()
            schedules.edit_schedule(session, self._user, made, request, now, scope=scope)

    @rule(which=st.integers(0, 9), choice=st.sampled_from(_CHOICES))
    def decide_about_one(self, which: int, choice: str) -> None:
        """A person decides about one message."""
        found = self._one(Message, which)
        if found is None:
            return
        with suppress(InputError), self._scope() as session:
            message_actions.decide_message(session, self._user, found, choice, self._clock.now())

    @rule(choice=st.sampled_from(["cancel", "dismiss", "send_again"]))
    def decide_about_all(self, choice: str) -> None:
        """A person decides about all messages at once."""
        with self._scope() as session:
            ids = list(session.scalars(select(Message.id)))
            self._undo.append(
                bulk.decide_messages(session, self._user, ids, choice, self._clock.now())
            )

    @rule(which=st.integers(0, 9), kind=st.sampled_from(ReceiptKind))
    def receive(self, which: int, kind: ReceiptKind) -> None:
        """A receipt comes for something that truly went out."""
        if not self._gateway.taken:
            return
        number = which % len(self._gateway.taken)
        taken = f"3EB0{number:04}"
        seen = ReceiptSeen(
            message_ids=(taken,), chat="x@lid", by="x@lid", kind=kind, at=self._clock.now()
        )
        with self._scope() as session:
            link_events.apply_event(session, self._account, [seen], self._clock.now())

    @rule(what=st.sampled_from([*_GO_ON, *_GO_ON, *_HOLD]))
    def hold_or_go_on(self, what: Any) -> None:
        """WhatsApp or a person holds the whole account, or lets it go on."""
        with self._scope() as session:
            if isinstance(what, LinkState):
                change = StateChanged(what, self._clock.now())
                link_events.apply_event(session, self._account, [change], self._clock.now())
            elif isinstance(what, Meanwhile):
                now = self._clock.now()
                stopping.go_on(session, self._user, [self._account], what, now, now)
            else:
                what(session, self._user, [self._account], self._clock.now())

    @rule(who=st.sampled_from([ANNA, BEN]), said=st.sampled_from(["Yes.", "STOP"]))
    def reply(self, who: str, said: str) -> None:
        """Somebody writes back."""
        jid = f"{who[1:]}@s.whatsapp.net"
        seen = IncomingSeen("3A", chat=jid, sender=jid, text=said, at=self._clock.now())
        with self._scope() as session:
            link_events.apply_event(session, self._account, [seen], self._clock.now())

    @invariant()
    def every_step_is_a_legal_one(self) -> None:
        """The database saw no other arrows than those of the domain."""
        for _, old, new in self._arrows():
            assert Status(new) in ARROWS[Status(old)], f"{old} became {new}"

    @invariant()
    def nobody_gets_it_twice_unasked(self) -> None:
        """A message leaves once, and once more for each time a person risked it."""
        risked = Counter(one for one, old, new in self._arrows() if (old, new) == _RISK)
        with self._scope(write=False) as session:
            sent = session.execute(
                select(Attempt.message_id, Attempt.secret).where(
                    Attempt.secret.in_(self._gateway.taken)
                )
            ).all()
        for message_id, times in Counter(row[0] for row in sent).items():
            assert times <= 1 + risked[message_id]

    @invariant()
    def what_counts_as_gone_has_left(self) -> None:
        """Nothing is sent, delivered or read that was never handed over."""
        with self._scope(write=False) as session:
            gone = set(session.scalars(select(Message.id).where(Message.status.in_(GONE_OUT))))
            left = select(Attempt.message_id).where(Attempt.secret.in_(self._gateway.taken))
            assert gone <= set(session.scalars(left))

    def _arrows(self) -> list[Any]:
        with self._scope(write=False) as session:
            return list(session.execute(text("SELECT message_id, old, new FROM arrow")))

    @property
    def _scope(self) -> Scope:
        return Scope(self._engine)

    def _new_desk(self) -> AccountSender:
        return AccountSender(self._account, self._gateway, self._scope, self._clock, Random(1))

    def _one(self, model: Any, which: int) -> int | None:
        with self._scope(write=False) as session:
            ids = list(session.scalars(select(model.id).order_by(model.id)))
        return ids[which % len(ids)] if ids else None


_RISK = (Status.UNKNOWN, Status.SCHEDULED)


def _daily(hour: int) -> dict[str, Any]:
    return {"day": date(2026, 3, 12), "clock": time(hour), "rrule": "FREQ=DAILY"}


def _in_a_hurry(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA synchronous = OFF")  # the file is thrown away


class TestMessageLife(MessageLife.TestCase):  # type: ignore[misc, name-defined]
    """Run the machine."""

    settings = settings(
        phases=[Phase.explicit, Phase.generate],  # to find a shorter way takes too long
        max_examples=25,
        stateful_step_count=40,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
