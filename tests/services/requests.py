"""What tests schedule."""

from datetime import date, datetime, time

from tests.scopes import Scope
from wasched.domain.content import Text
from wasched.services.caller import Caller
from wasched.services.schedules import create
from wasched.services.schedules.create import ScheduleRequest

ANNA, BEN, CEM = "+4915123456789", "+4915123456790", "+4915123456791"


def a_request(account_id: int, *to: int | str, **values: object) -> ScheduleRequest:
    """A text to Anna now, unless said otherwise."""
    fields = {
        "account_id": account_id,
        "to": to or (ANNA,),
        "contents": (Text("Rehearsal at 19:30"),),
        "day": None,
        "clock": None,
        "zone": "Europe/Berlin",
    }
    return ScheduleRequest(**(fields | values))  # type: ignore[arg-type]


def daily(account_id: int, *to: int | str, at: str = "18:00", **values: object) -> ScheduleRequest:
    """The same every day from 12 March 2026 on, at a time in Berlin."""
    fields = {"day": date(2026, 3, 12), "clock": time.fromisoformat(at), "rrule": "FREQ=DAILY"}
    return a_request(account_id, *to, **(fields | values))


def once(account_id: int, *to: int | str, at: datetime, **values: object) -> ScheduleRequest:
    """The same once, at a wall-clock time in Berlin."""
    return a_request(account_id, *to, day=at.date(), clock=at.time(), **values)


def save(scope: Scope, user: Caller, request: ScheduleRequest, now: datetime) -> int:
    """Schedule it; returns the schedule's id."""
    with scope() as session:
        return create.create_schedule(session, user, request, now).schedule_id
