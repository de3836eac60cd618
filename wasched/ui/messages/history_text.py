"""One message's story for its page: days of steps, facts, and what stands above them."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from wasched.domain.message import MessageChoice, Status, may_choose
from wasched.models import RecipientKind
from wasched.services.delivery.post_views import ViewsCard
from wasched.services.messages.history_views import HistoryEvent, MessageHistory
from wasched.text.reasons import reason_sentence
from wasched.ui.core import routes, sending_text, times
from wasched.ui.core.approval_text import NOT_ASKED, ApprovalWords, approval_words
from wasched.ui.core.facts import Fact, instead_of, lateness, made_by
from wasched.ui.core.rows import Held, count_words, status_of
from wasched.ui.core.statuses import MESSAGE_STATUSES
from wasched.ui.messages.amend_text import NOTHING, AmendWords, message_words

_TONES = {one: tone for one, (_, _, tone) in MESSAGE_STATUSES.items() if tone != "wait"}
_TONES["attempt"] = "now"
_TITLES = {
    Status.MISSED: "It was missed.",
    Status.FAILED: "It did not go out.",
}
_STANDS = {
    Status.SENDING: "Handing it to WhatsApp.",
    Status.DELIVERED: "It is on their phone.",
    Status.READ: "They have read it.",
    Status.PLAYED: "They have played it.",
}
_ELSE = {Status.SENT: "WhatsApp took it. No receipt from their phone yet."}
"""What is said of a status where no reason says more."""

_OF_GROUPS = {
    Status.SENT: "WhatsApp took it. No receipt from anybody in the group yet.",
    Status.DELIVERED: "It is on phones of the group. Whose, and who has read it, is told below.",
    Status.READ: "All in the group have read it.",
    Status.PLAYED: "All in the group have played it.",
}
_OF_STATUSES = {
    Status.SENT: "WhatsApp took it. Nobody has seen it yet.",
    Status.DELIVERED: "It is on phones. Nobody has seen it yet.",
    Status.READ: "It was seen. By whom is told below.",
    Status.PLAYED: "It was seen. By whom is told below.",
}
_IN_CHANNELS = {Status.SENT: "It is in the channel. WhatsApp sends no receipts from there."}
_GUESS = (
    "Nothing is sent twice on a guess, so it waits for you. "
    "If a receipt still comes, this settles by itself."
)


@dataclass(frozen=True)
class MessagePage:
    """The head of the page and what is asked of the reader."""

    recipient: str = ""
    recipient_href: str = ""
    status: str = ""
    needs_me: bool = False
    line: str = ""
    clock: str = ""
    question: str = ""
    sentence: str = ""
    awaits: str = ""  # the step that is still to come
    again_sentence: str = ""
    schedule: str = ""  # the page of its schedule
    repeats: str = ""
    edit: str = ""  # empty once it is too late for that
    duplicate: str = ""
    series: str = ""  # in words, of which it is a date that was changed alone
    series_href: str = ""
    instead: str = ""
    may_go_back: bool = False
    send_question: str = ""  # asked before it goes ahead of its time
    send_sentence: str = ""
    away: str = ""  # how long until it goes out, while it only waits for its time
    away_at: str = ""  # that instant, ISO 8601
    approval: ApprovalWords = NOT_ASKED
    amend: AmendWords = NOTHING


@dataclass(frozen=True)
class PersonLine:
    """Somebody of a group, and since when they have had the message."""

    name: str
    when: str


@dataclass(frozen=True)
class StepLine:
    """One thing that happened, to the second."""

    clock: str
    kind: str
    tone: str
    title: str
    detail: str
    people: list[PersonLine] = field(default_factory=list)  # folded, the first of a group's
    more: str = ""


@dataclass(frozen=True)
class StepDay:
    """The steps of one day."""

    label: str
    steps: list[StepLine]


def history_page(story: MessageHistory, held: Held, zone: str, now: datetime) -> MessagePage:
    """The head of a message's page."""
    row, waits = story.row, story.row.status == Status.SCHEDULED
    series, is_ahead = story.series, waits and row.due_at > now
    occurrence = (row.occurrence_at or row.due_at).isoformat()
    may_edit = may_choose(MessageChoice.EDIT, row.status)
    only_waits = waits and not row.reason and row.due_at > now
    due = f"due {times.when_words(row.due_at, zone, now)}, {zone}"
    return MessagePage(
        recipient=row.recipient,
        recipient_href=routes.recipient(story.recipient_id),
        status=status_of(row, held),
        needs_me=row.needs_me or status_of(row, held) == "held_by_me",
        line=f"from {row.account} · {due}",
        clock=times.clock(row.due_at, zone),
        question=_question(story),
        sentence=_sentence(story, zone, now),
        awaits=_awaits(story),
        schedule=routes.schedule(story.schedule_id),
        repeats=story.repeats,
        edit=routes.edit(story.schedule_id, occurrence) if may_edit else "",
        duplicate=routes.duplicate(story.schedule_id),
        series=series.sentence if series else "",
        series_href=routes.schedule(series.id) if series else "",
        instead=instead_of(series, now),
        may_go_back=series is not None and series.may_go_back,
        send_question=sending_text.send_question(row.recipient, 1) if is_ahead else "",
        send_sentence=sending_text.send_sentence(
            times.when_words(row.due_at, zone, now), story.others
        ),
        away=times.distance_words(row.due_at, now) if only_waits else "",
        away_at=row.due_at.isoformat(),
        approval=approval_words(story.approval, story.schedule_id, zone, now, _reach(story)),
        amend=message_words(story.amend, row.id, row.recipient, zone, now),
        again_sentence=f"If the first one did arrive, {row.recipient} gets it twice.",
    )


def history_days(story: MessageHistory, zone: str, now: datetime) -> list[StepDay]:
    """Everything that happened, by day."""
    grouped = groupby(story.steps, lambda step: times.day_heading(step.at, zone, now))
    return [StepDay(label, [_step(step, zone, now) for step in found]) for label, found in grouped]


def message_facts(story: MessageHistory, zone: str, now: datetime) -> list[Fact]:
    """When, how late, how many tries, by whom."""
    when = f"{times.day_name(story.row.due_at, zone, now)}, {times.clock(story.row.due_at, zone)}"
    if story.zone != zone:
        there = times.clock(story.row.due_at, story.zone)
        when += f" ({there} in {story.zone})"
    return [
        *([Fact("List", story.lists)] if story.lists else []),
        Fact("When", when),
        Fact("If late", lateness(story.late_window_s)),
        Fact("Tries", str(story.attempts)),
        *made_by(story.by),
    ]


@dataclass(frozen=True)
class ViewsPart:
    """How often a post in a channel was viewed, in words; `ask` is what the button says, if any."""

    is_there: bool = False
    said: str = ""
    ask: str = ""


def views_part(card: ViewsCard, zone: str, now: datetime) -> ViewsPart:
    """What the page says of a message's views."""
    if not card.is_post:
        return ViewsPart()
    if card.is_asked:
        return ViewsPart(True, "WhatsApp is being asked.")
    if card.told_at is None:
        return ViewsPart(True, "WhatsApp tells it when it is asked.", "Ask for the views")
    when = times.when_words(card.told_at, zone, now)
    if card.views is None:
        return ViewsPart(True, f"WhatsApp told of no such post {when}.", "Ask again")
    often = count_words(card.views, "view", "views")
    return ViewsPart(True, f"{often}, as WhatsApp said {when}.", "Ask again")


def _reach(story: MessageHistory) -> str:
    """What else an approval is about: it is the whole schedule's."""
    others = [count_words(story.others, "other person", "other people")] if story.others else []
    also = [*others, *(["every time that is to come"] if story.repeats else [])]
    return f"That is also about {' and '.join(also)}." if also else ""


def _question(story: MessageHistory) -> str:
    if not story.row.needs_me:
        return ""
    if story.row.status == Status.UNKNOWN:
        return f"Did it arrive? Only the chat on the {story.row.account} phone can tell."
    return _TITLES[Status(story.row.status)]


def _sentence(story: MessageHistory, zone: str, now: datetime) -> str:
    row, why = story.row, reason_sentence(story.row.reason, zone, now)
    if row.is_taken_back:
        return "It is deleted for everyone. What it said is kept here for its story."
    if row.status == Status.UNKNOWN:
        return f"{why} {_GUESS}".strip()
    if row.status == Status.SCHEDULED and not row.reason:
        return f"Goes out {times.when_words(row.due_at, zone, now)}, {zone}."
    if row.recipient_kind == RecipientKind.GROUP and row.status in _OF_GROUPS:
        return why or _OF_GROUPS[Status(row.status)]
    if row.recipient_kind == RecipientKind.CHANNEL and row.status in _IN_CHANNELS:
        return why or _IN_CHANNELS[Status(row.status)]
    if row.recipient_kind == RecipientKind.STATUS and row.status in _OF_STATUSES:
        return why or _OF_STATUSES[Status(row.status)]
    return _STANDS.get(Status(row.status), "") or why or _ELSE.get(Status(row.status), "")


def _awaits(story: MessageHistory) -> str:
    if story.row.is_taken_back:
        return ""
    if story.row.recipient_kind == RecipientKind.CHANNEL and story.row.status == Status.SENT:
        return ""  # nothing more comes
    if story.row.status in (Status.SENT, Status.UNKNOWN):
        return "Delivered: no receipt yet"
    if story.row.status == Status.SCHEDULED:
        return "Sent: not yet"
    return ""


def _step(step: HistoryEvent, zone: str, now: datetime) -> StepLine:
    why = reason_sentence(step.reason, zone, now)
    return StepLine(
        times.clock_seconds(step.at, zone),
        step.kind,
        _TONES.get(step.kind, ""),
        step.title or why,
        step.detail or (why if step.title else ""),
        [PersonLine(one.name, times.when_words(one.at, zone, now)) for one in step.people],
        f"and {step.more:,} more" if step.more else "",
    )
