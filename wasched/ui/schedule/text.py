"""A schedule for its page: what stands above it, its times, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from wasched.domain.message import NEEDS_A_PERSON, WORST_FIRST, Status
from wasched.services.schedules import ScheduleView
from wasched.ui.compose.draft_text import Chip
from wasched.ui.core import routes, sending_text, times
from wasched.ui.core.approval_text import NOT_ASKED, ApprovalWords, approval_words
from wasched.ui.core.facts import Fact, instead_of, lateness, made_by
from wasched.ui.core.has_not_text import WHO, nudge_sentence
from wasched.ui.core.rows import count_words

_ORDER = (*WORST_FIRST, *(one for one in Status if one not in NEEDS_A_PERSON))
NAMED = 5


@dataclass(frozen=True)
class SchedulePage:
    """The head of the page, and what its buttons ask and lead to."""

    id: int = 0
    title: str = ""
    line: str = ""
    status: str = ""
    sentence: str = ""
    about: str = ""
    repeats: bool = False
    running: str = ""  # about when the last of what goes out now goes
    clock: str = ""
    messages: str = ""
    edit: str = ""
    duplicate: str = ""
    send_question: str = ""
    send_sentence: str = ""
    resend: str = ""
    resend_question: str = ""
    series: str = ""  # in words, of which it is a date that was changed alone
    series_href: str = ""
    instead: str = ""
    follows: str = ""  # of a nudge: the page of what it follows
    approval: ApprovalWords = NOT_ASKED


@dataclass(frozen=True)
class OutcomeLine:
    """How many messages stand in a status, and the list of them."""

    status: str
    count: str
    href: str


@dataclass(frozen=True)
class ScheduleAudience:
    """The first people, groups and lists of a schedule, how many there are, and who is left out."""

    to: list[Chip]
    total: int
    but_not: list[Chip]


def schedule_view(
    view: ScheduleView, whom: ScheduleAudience, zone: str, now: datetime
) -> SchedulePage:
    """The head of a schedule's page."""
    line = view.line
    who = count_words(line.recipients, "recipient", "recipients")
    title = whom.to[0].name if whom.to else line.recipient or "Nobody"
    others, series = whom.total - 1, view.series
    last = times.when_words(view.last_at, zone, now) if view.last_at else ""
    next_time = times.when_words(line.next_at, line.zone, now) if line.next_at else ""
    return SchedulePage(
        approval=approval_words(line.approval, line.id, zone, now),
        id=line.id,
        title=f"{title} and {count_words(others, 'other', 'others')}" if others > 0 else title,
        line=f"{who} · from {line.account}",
        status=line.status,
        sentence=line.sentence,
        about=_about(view, zone, now),
        repeats=line.repeats,
        running=f"Going out now, the last one about {last}." if last else "",
        clock=times.clock(line.next_at, line.zone) if line.next_at else "",
        messages=_messages(line.id),
        edit=routes.edit(line.id),
        duplicate=routes.duplicate(line.id),
        send_question=sending_text.send_question(title, line.waiting),
        send_sentence=sending_text.send_sentence(next_time),
        follows=routes.schedule(view.follows) if view.follows else "",
        series=series.sentence if series else "",
        series_href=routes.schedule(series.id) if series else "",
        instead=instead_of(series, now),
        resend=f"Send again to {view.failed}",
        resend_question=f"Send again to the {view.failed} it did not reach?"
        if view.failed > 1
        else "Send again to the one it did not reach?",
    )


def outcome_lines(view: ScheduleView) -> list[OutcomeLine]:
    """What became of its messages, what needs a person first."""
    return [
        OutcomeLine(str(one), f"{view.tally[one]:,}", _messages(view.line.id, one))
        for one in _ORDER
        if view.tally.get(one)
    ]


def schedule_facts(view: ScheduleView, whom: ScheduleAudience) -> list[Fact]:
    """Who gets it and who does not, how late it may go, what holds it back, by whom."""
    quiet = "It waits until they end" if view.respects_quiet_hours else "Do not hold it back"
    replied = "They get no more of it" if view.stops_on_reply else "Keeps sending"
    return [
        Fact("To", _named(whom.to, whom.total)),
        *([Fact("But not", _named(whom.but_not, len(whom.but_not)))] if whom.but_not else []),
        Fact("If late", lateness(view.late_s)),
        Fact("Quiet hours", quiet),
        Fact("When they reply", replied),
        *([Fact("Nudge", nudge_sentence(view.nudge))] if view.nudge else []),
        *made_by(view.by),
    ]


def _named(chips: list[Chip], total: int) -> str:
    """The first of them by name, a list with how many are in it."""
    names = [
        f"{one.name} ({one.detail})" if one.kind == "list" else one.name for one in chips[:NAMED]
    ]
    more = total - len(names)
    return ", ".join([*names, f"{more:,} more"] if more > 0 else names)


def _about(view: ScheduleView, zone: str, now: datetime) -> str:
    """The zone, and when it goes out next."""
    line = view.line
    if view.has_not:
        return f"A nudge: only those get it who {WHO[view.has_not]} by then."
    if line.status == "paused":
        return f"{line.zone}. Paused: nothing goes out until it is resumed."
    if line.next_at is None:
        return f"{line.zone}. Nothing more is to come."
    here = f"{times.when_words(line.next_at, zone, now)} in {zone}"
    if not line.repeats:  # its sentence has said when
        return f"{line.zone}." if line.zone == zone else f"{line.zone}. That is {here}."
    said = f"{line.zone}. Next {times.when_words(line.next_at, line.zone, now)}"
    return f"{said}." if line.zone == zone else f"{said}, {here}."


def _messages(schedule_id: int, status: str = "") -> str:
    query = {"tab": "all", "schedule": schedule_id} | ({"status": status} if status else {})
    return f"{routes.MESSAGES}?{urlencode(query)}"
