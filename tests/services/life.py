"""A stretch of a server's life on a clock that a test moves."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlmodel import select

from tests.scopes import Scope
from tests.services.fakes import FakeClock
from wasched.domain.message import Status
from wasched.models import Account, Message
from wasched.services import schedules
from wasched.services.caller import Caller
from wasched.services.delivery.sender import AccountSender
from wasched.services.messages import message_actions
from wasched.services.schedules import ActionResult, ScheduleView, Undo, create


class Life:
    """What a worker and a person do with schedules, at the clock's time."""

    def __init__(self, scope: Scope, user: Caller, clock: FakeClock, desk: AccountSender) -> None:
        self._scope, self._user, self._clock, self._desk = scope, user, clock, desk

    def at(self, account_id: int) -> "Life":
        """The same through another account."""
        gateway = self._desk._gateway
        desk = AccountSender(account_id, gateway, self._scope, self._clock, Random(1))
        return Life(self._scope, self._user, self._clock, desk)

    def send_one_now(self) -> None:
        """Send the first message that waits, ahead of its time."""
        with self._scope() as session:
            waiting = select(Message.id).where(Message.status == Status.SCHEDULED)
            first = session.scalars(waiting.order_by(Message.id)).first()
            message_actions.decide_message(
                session, self._user, first or 0, "send_now", self._clock.now()
            )
        self._desk.drain()

    def do(self, what: Any, schedule_id: int, *more: Any, **named: Any) -> Any:
        """Carry out a decision."""
        with self._scope() as session:
            return what(session, self._user, schedule_id, *more, self._clock.now(), **named)

    def undo(self, given: Undo) -> ActionResult:
        """Take a decision back."""
        with self._scope() as session:
            return schedules.undo_action(session, self._user, given, self._clock.now())

    def pass_to(self, instant: datetime) -> None:
        """Let the worker live through the time, with a sweep at every full hour."""
        while (now := self._clock.now()) < instant:
            hour = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
            self._clock.sleep_until(min(instant, hour))
            self.sweep()

    def sweep(self) -> None:
        """What the worker does every minute."""
        with self._scope() as session:
            create.put_right(session, self._clock.now())
            create.advance_schedules(session, self._clock.now())
        self._desk.drain()

    def shown(self, schedule_id: int) -> ScheduleView:
        """The schedule as its page shows it."""
        with self._scope(write=False) as session:
            return schedules.schedule_view(session, self._user, schedule_id, self._clock.now())

    def statuses(self) -> list[str]:
        """How every message stands, the earliest first."""
        with self._scope(write=False) as session:
            return [one.status for one in session.scalars(select(Message).order_by(Message.due_at))]

    def messages(self) -> list[Message]:
        """Every message, the earliest first."""
        with self._scope(write=False) as session:
            return list(session.scalars(select(Message).order_by(Message.due_at)))

    def held_until(self, account_id: int) -> datetime | None:
        """Until when WhatsApp's own limits hold the account."""
        with self._scope(write=False) as session:
            return session.get_one(Account, account_id).held_until
