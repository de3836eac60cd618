"""Votes and reactions in words and bars."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from wasched.domain.wording import count_words, join_words
from wasched.services.votes.answers import MessageAnswers
from wasched.services.votes.vote_views import OptionTally, PollTally, Reactions, VoterRow
from wasched.ui.core import routes, times


@dataclass(frozen=True)
class OptionBar:
    """An option with its bar, and in words what the bar shows."""

    text: str
    said: str
    width: str  # of the whole, as CSS has it


@dataclass(frozen=True)
class AnswerLine:
    """Somebody, what they answered and when."""

    name: str
    said: str
    when: str


@dataclass(frozen=True)
class PollPanel:
    """The votes on a message or a send."""

    key: str
    title: str
    question: str
    summary: str
    note: str
    bars: list[OptionBar] = field(default_factory=list)
    voters: list[AnswerLine] = field(default_factory=list)
    listing: str = ""  # what the list of voters is called
    more: str = ""
    export: str = ""


@dataclass(frozen=True)
class ReactionPanel:
    """The reactions to a message; without a summary there are none."""

    summary: str = ""
    people: list[AnswerLine] = field(default_factory=list)


def turnout_words(voted: int, asked: int) -> str:
    """How many voted: 14 of 20 voted; nothing where nobody was asked."""
    return f"{voted:,} of {asked:,} voted" if asked else ""


def message_panels(found: MessageAnswers, zone: str, now: datetime) -> list[PollPanel]:
    """What a message's page shows: the votes of a group and of the send, or what a person chose."""
    panels = []
    if found.own is not None and (found.is_group or found.whole is None):
        panels.append(poll_panel(found.own, "Votes", zone, now, key="own"))
    if found.whole is not None:
        panels = [replace(one, export="") for one in panels]  # a file has a whole send
        panels.append(poll_panel(found.whole, "Votes of the whole send", zone, now))
        if not found.is_group and found.own is not None:
            panels[-1] = _with_own(panels[-1], found.own)
    return panels


def send_panels(found: PollTally | None, title: str, zone: str, now: datetime) -> list[PollPanel]:
    """The votes of a whole send, if it was a poll."""
    return [] if found is None else [poll_panel(found, title, zone, now)]


def latest_panels(found: PollTally | None, zone: str, now: datetime) -> list[PollPanel]:
    """The votes on the last poll of a schedule."""
    if found is None:
        return []
    return send_panels(found, f"Votes, {times.when_words(found.due_at, zone, now)}", zone, now)


def poll_panel(
    found: PollTally, title: str, zone: str, now: datetime, key: str = "send"
) -> PollPanel:
    """The votes as bars, and by person."""
    shown = len(found.voters)
    return PollPanel(
        key=key,
        title=title,
        question=found.question,
        summary=turnout_words(found.voted, found.asked) or "Nobody has got it yet",
        note=_note(found),
        bars=[_bar(one) for one in found.options],
        voters=[_voter(one, zone, now) for one in found.voters],
        listing=count_words(found.voted, "person", "people"),
        more=f"The latest {shown:,} are shown. The file has all." if found.voted > shown else "",
        export=routes.votes_file(found.schedule_id, found.due_at.isoformat()),
    )


def reaction_panel(found: Reactions, zone: str, now: datetime) -> ReactionPanel:
    """The reactions, by emoji and by person."""
    return ReactionPanel(
        summary=" · ".join(f"{one.emoji} {one.count:,}" for one in found.counts),
        people=[
            AnswerLine(one.name, one.emoji, times.when_words(one.at, zone, now))
            for one in found.people
        ],
    )


def _with_own(panel: PollPanel, own: PollTally) -> PollPanel:
    """The panel with what the person of the page chose before all else."""
    chose = join_words(list(own.voters[0].chosen)) if own.voters else ""
    said = f"Their vote: {chose}." if chose else "They have not voted."
    return replace(panel, note=f"{said} {panel.note}".strip())


def _note(found: PollTally) -> str:
    """What the bars do not show."""
    back, lost = found.taken_back, found.unreadable
    said = []
    if back:
        said.append(f"{count_words(back, 'vote was', 'votes were')} taken back.")
    if lost:
        said.append(
            f"{count_words(lost, 'vote', 'votes')} could not be read: it is only seen on the "
            "linked phone."
            if lost == 1
            else f"{lost:,} votes could not be read: they are only seen on the linked phone."
        )
    return " ".join(said)


def _bar(one: OptionTally) -> OptionBar:
    return OptionBar(one.text, f"{one.count:,} · {one.percent} %", f"{one.percent}%")


def _voter(one: VoterRow, zone: str, now: datetime) -> AnswerLine:
    anew = "" if not one.changes else " · changed their mind"
    when = f"{times.when_words(one.at, zone, now)}{anew}"
    return AnswerLine(one.name, join_words(list(one.chosen)), when)
