"""What a draft will do, in the words of the compose page."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from wasched.domain.content_rules import NOTHING_WRITTEN
from wasched.services.schedules.preview import NextTime, Preview
from wasched.text.refusals import plain_sentence
from wasched.ui.core import times
from wasched.ui.core.rows import count_words

_OF_TIME = "spread"
"""The notes that mean nothing while there is no time."""


@dataclass(frozen=True)
class TimeLine:
    """One of the next times; `note` tells of clock changes and of days left out before it."""

    day: str
    clock: str
    away: str
    note: str = ""
    local: str = ""  # its wall-clock time in ISO form, to name it by


@dataclass(frozen=True)
class NoteLine:
    """Something to know before saving; `kind` chooses its icon."""

    kind: str
    sentence: str


@dataclass(frozen=True)
class PlanLines:
    """A plan as the page shows it; without a `sentence` the time is not complete."""

    sentence: str = ""
    about: str = ""
    lead: str = ""  # To 25 people, every Tuesday at 18:00, Europe/Berlin.
    rest: str = ""  # First on Tue 17 March, done by about 18:08: ...
    short: str = ""  # 25 people · first on Tue 17 March
    clock: str = ""
    times: list[TimeLine] = field(default_factory=list)
    is_all: bool = False
    warnings: list[NoteLine] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    spread: str = ""  # what would come too late: a question to answer before saving
    spread_answer: str = ""  # Let it take 16 days; empty if that is no answer
    spread_late: str = ""  # the seconds that this answer allows
    is_to_many: bool = False


def preview_lines(plan: Preview, who: str, zone: str, now: datetime) -> PlanLines:
    """A plan for the browser; `who` names a single recipient or list, `zone` is the reader's."""
    notes = [NoteLine(one.kind, one.sentence) for one in plan.warnings if one.kind != "late"]
    missing = list(dict.fromkeys(plain_sentence(one.reason) for one in plan.refusals))
    people = _people(plan, who)
    if plan.first_at is None:
        return PlanLines(short=people, warnings=notes, missing=missing)
    first = _first(plan, now)
    lead = f"To {people}, {_lowered(plan.sentence)}" if plan.recipients else plan.sentence
    is_now = plan.sentence == "Now"
    return PlanLines(
        sentence=plan.sentence,
        about=_about(plan, zone, now),
        lead=f"{lead}." if is_now else f"{lead}, {plan.zone}.",
        rest=_rest(plan, first, now),
        short=f"{people} · {_lowered(first)}" if first and plan.recipients else people,
        clock=times.clock(plan.first_at, plan.zone),
        times=[time_line(one, plan.zone, now) for one in plan.next_times],
        is_all=plan.is_all,
        warnings=notes,
        missing=missing,
        is_to_many=plan.recipients > 1,
        **_spread(plan),
    )


def without_times(plan: PlanLines, sentence: str) -> PlanLines:
    """The same while the time is not complete, with what is missing of it."""
    return replace(
        plan,
        sentence="",
        about=sentence,
        lead="",
        rest="",
        clock="",
        times=[],
        warnings=[one for one in plan.warnings if one.kind != _OF_TIME],
        missing=list(dict.fromkeys([*plan.missing, sentence])),
        spread="",
    )


def without_words(plan: PlanLines, sentence: str) -> PlanLines:
    """The same while the message is not complete, with what is missing of it."""
    missing = [sentence if one == NOTHING_WRITTEN else one for one in plan.missing]
    return replace(plan, missing=list(dict.fromkeys([*missing, sentence])))


def time_line(one: NextTime, zone: str, now: datetime) -> TimeLine:
    """One of the next times, on the wall clock of the schedule's zone."""
    return TimeLine(
        day=times.day_name(one.at, zone, now),
        clock=f"{one.local:%H:%M}",
        away=times.distance_words(one.at, now),
        note=one.note,
        local=one.own.isoformat(),
    )


def _spread(plan: Preview) -> dict[str, Any]:
    if plan.spread is None:
        return {}
    late = plan.spread.late_s
    if late is None:
        return {"spread": plan.spread.sentence}
    hours = late // 3600
    long = (
        count_words(hours // 24, "day", "days")
        if hours >= 24
        else count_words(hours, "hour", "hours")
    )
    return {
        "spread": plan.spread.sentence,
        "spread_answer": f"Let it take {long}",
        "spread_late": str(late),
    }


def _people(plan: Preview, who: str) -> str:
    if not plan.recipients:
        return "Nobody yet"
    many = count_words(plan.recipients, "recipient", "recipients")
    if not who or plan.recipients == 1:
        return who or many
    return f"{who} ({many})"  # a list


def _about(plan: Preview, zone: str, now: datetime) -> str:
    """The line below the sentence: the zone, and what that is for the reader."""
    if plan.first_at is None or plan.sentence == "Now":
        return "As soon as you press the button."
    if not plan.sentence.startswith("Once"):
        return f"{plan.zone}."
    notes = plan.next_times[0].note if plan.next_times else ""
    there = f"{plan.zone}, {times.distance_words(plan.first_at, now)}."
    if plan.zone != zone:
        there += f" That is {times.when_words(plan.first_at, zone, now)} in {zone}."
    return f"{there} {notes}".strip()


def _first(plan: Preview, now: datetime) -> str:
    """First on Tue 17 March, where more than one are to come."""
    if plan.first_at is None or len(plan.next_times) < 2:
        return ""
    name = times.day_name(plan.first_at, plan.zone, now)
    return f"First on {name}" if " " in name else f"First {name.lower()}"


def _rest(plan: Preview, first: str, now: datetime) -> str:
    """From the first one to the last, and at what pace."""
    done = ""
    if plan.done_at is not None and plan.first_at is not None and plan.recipients > 1:
        is_same = times.day_name(plan.done_at, plan.zone, now) == times.day_name(
            plan.first_at, plan.zone, now
        )
        at = (
            times.clock(plan.done_at, plan.zone)
            if is_same
            else times.when_words(plan.done_at, plan.zone, now)
        )
        done = f"{'done' if first else 'Done'} by about {at}: {plan.pace}"
    said = ", ".join(filter(None, (first, done)))
    return f"{said}." if said else ""


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
