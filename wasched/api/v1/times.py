"""When something goes out, as programs say it: an instant, a wall clock in a zone, or words."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from wasched.domain import wall_clock
from wasched.domain.errors import InputError
from wasched.domain.typed import read_instant, read_moment
from wasched.domain.wall_clock import ShiftKind, UnknownZone
from wasched.services.schedules import time_requests
from wasched.services.schedules.requests import GRACE
from wasched.services.schedules.time_requests import Now, Once, Phrase
from wasched.services.schedules.timing import When

_ZONES = 64
_UNSEEN = r"\s\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
VISIBLE = f"[^{_UNSEEN}]"
"""That there is a letter which shows anything."""


class Body(BaseModel):
    """What a program sends; what is not described is refused, for it may be a slip of the pen."""

    model_config = ConfigDict(extra="forbid")


VISIBLE_TEXT = {"minLength": 1, "pattern": VISIBLE}
"""How a text that must say something is described; who reads it refuses another in a sentence."""


def _no_text(value: object) -> object:
    if isinstance(value, (str, bool)):
        raise ValueError("This is to be a number.")
    return value


A_NUMBER = BeforeValidator(_no_text)
"""A number as JSON has it: not a text that looks like one. Stands behind its bounds."""


def example(**fields: Any) -> ConfigDict:
    """How a body of this kind may look, for its description."""
    return ConfigDict(json_schema_extra={"examples": [fields]})


Instant = Annotated[str, Field(max_length=40, json_schema_extra={"format": "date-time"})]


class TimeIn(Body):
    """When it goes out: one of `at`, `local` with `zone`, and `when`; none of them is now."""

    at: Annotated[
        Instant | None,
        Field(
            description="An instant with its offset (RFC 3339).",
            examples=["2026-12-24T18:00:00+01:00"],
        ),
    ] = None
    local: Annotated[
        Annotated[str, Field(max_length=40, json_schema_extra={"format": "date-time-local"})]
        | None,
        Field(
            description="What the clocks of `zone` show then.",
            examples=["2026-12-24T18:00"],
        ),
    ] = None
    when: Annotated[
        str | None,
        Field(
            max_length=500,
            description="Words as in the field When of a new message; they may repeat.",
            examples=["every weekday at 9"],
        ),
    ] = None
    zone: Annotated[
        str | None,
        Field(
            max_length=_ZONES,
            description="An IANA time zone; without it that of who made the key.",
            examples=["Europe/Berlin"],
        ),
    ] = None
    month_end: Annotated[
        Literal["last", "skip"] | None,
        Field(description="What becomes of the 31st in shorter months, if `when` asks for it."),
    ] = None

    @property
    def said(self) -> str:
        """By which field the time is said; empty for now. InputError if by several."""
        found = [one for one in ("at", "local", "when") if getattr(self, one) is not None]
        if len(found) > 1:
            raise InputError(found[1], "Say the time once: by at, by local with zone, or by when.")
        return found[0] if found else ""


def read_when(body: TimeIn, own_zone: str, now: datetime) -> When:
    """What is meant; InputError names the field, and both ways where there are two."""
    zone = body.zone or own_zone
    try:
        wall_clock.zone(zone)
    except UnknownZone as fault:
        raise InputError("zone", str(fault)) from None
    match body.said:
        case "at":
            return _at_instant(body.at or "", zone, now)
        case "local":
            return _on_the_clock(body, now)
        case "when":
            return time_requests.read_time(Phrase(body.when or "", zone, body.month_end), now)
        case _:
            return time_requests.read_time(Now(zone), now)


def _at_instant(text: str, zone: str, now: datetime) -> When:
    at = read_instant(text)
    if at is None:
        raise InputError("at", "Give an instant with its offset, as 2026-12-24T18:00:00+01:00.")
    if at < now - GRACE:
        raise InputError("at", f"{text} is over. Choose a later time.")
    where = wall_clock.zone(zone)
    local = wall_clock.local(at, where)
    return When(local.date(), local.time(), zone, fold=wall_clock.fold(at, where))


def _on_the_clock(body: TimeIn, now: datetime) -> When:
    local = read_moment(body.local or "")
    has_clock = ":" in (body.local or "")
    if local is None or local.tzinfo is not None or not has_clock:
        raise InputError("local", "Say what the clocks show, as 2026-12-24T18:00, without offset.")
    if body.zone is None:
        raise InputError("zone", "Say of which zone that is, as Europe/Berlin.")
    where = wall_clock.zone(body.zone)
    if wall_clock.clock_shift(local, where).kind is ShiftKind.FOLD:
        first, second = (
            wall_clock.instant(local, where, fold).astimezone(where).isoformat() for fold in (0, 1)
        )
        sentence = f"The clocks of {body.zone} show that twice. Say by `at`: {first} or {second}."
        raise InputError("local", sentence)
    return time_requests.read_time(Once(local.date(), local.time(), body.zone), now)
