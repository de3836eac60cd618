"""Between a request and the fields of the compose page."""

from dataclasses import dataclass
from datetime import datetime

from wasched.domain.content import Content
from wasched.domain.errors import InputError, NotFoundError
from wasched.domain.nudge import HasNot, Nudge
from wasched.domain.typed import read_clock, read_number
from wasched.services.schedules.requests import AudienceRequest, ScheduleRequest
from wasched.ui.compose.draft_text import Options
from wasched.ui.core import times

SCOPES = ("this", "following", "all")
"""Which occurrences an edit is for."""


@dataclass(frozen=True)
class Edited:
    """The schedule that is edited, 0 if a new one is made; `next_time` is the one in question."""

    id: int = 0
    href: str = ""
    sentence: str = ""
    repeats: bool = False
    next_time: str = ""
    gone: str = ""  # the one that was chosen, once it is no more
    scope: str = ""
    conflict: str = ""  # who changed it meanwhile, and what
    is_gone: bool = False  # it was cancelled meanwhile


def request_of(
    options: Options, to: AudienceRequest, contents: tuple[Content, ...]
) -> ScheduleRequest:
    """A request for now, of what was typed and chosen; NotFoundError for what nobody can choose."""
    return ScheduleRequest(
        account_id=number_of_field(options.account),
        **vars(to),
        contents=contents,
        day=None,
        clock=None,
        zone="UTC",
        late_s=number_of_field(options.late),
        respects_quiet_hours=bool(options.quiet),
        stops_on_reply=bool(options.stops),
        nudge=_nudge_of(options),
    )


def _nudge_of(options: Options) -> Nudge | None:
    """The nudge that the fields say; InputError for a time that is none."""
    if options.nudge not in tuple(HasNot):
        return None
    days, clock = read_number(options.nudge_days.strip() or "0"), read_clock(options.nudge_clock)
    if days is None or clock is None:
        raise InputError("nudge", "Say after how many days the nudge goes, and at what time.")
    return Nudge(HasNot(options.nudge), days, clock, options.nudge_text.strip())


def options_of(request: ScheduleRequest) -> Options:
    """The options that a request has."""
    return Options(
        account=str(request.account_id),
        late=str(request.late_s),
        quiet="yes" if request.respects_quiet_hours else "",
        stops="yes" if request.stops_on_reply else "",
        **_nudge_fields(request.nudge),
    )


def _nudge_fields(nudge: Nudge | None) -> dict[str, str]:
    if nudge is None:
        return {}
    return {
        "nudge": str(nudge.who),
        "nudge_days": str(nudge.days),
        "nudge_clock": f"{nudge.clock:%H:%M}",
        "nudge_text": nudge.text,
    }


def saved_options(request: ScheduleRequest, first_at: datetime, now: datetime) -> str:
    """What is said once a request is scheduled."""
    first = times.when_words(first_at, request.zone, now)
    return f"Scheduled. First {first}." if request.rrule else f"Scheduled for {first}."


def number_of_field(text: str) -> int:
    """A number that a field can only hold if somebody tampers with it; NotFoundError if none."""
    if (found := read_number(text)) is None:
        raise NotFoundError()
    return found
