"""Webhooks and their deliveries in words."""

from dataclasses import dataclass
from datetime import datetime

from wasched.domain.outbox import WEBHOOK_TEST, EventKind
from wasched.domain.wording import count_words
from wasched.models import DeliveryState, WebhookState
from wasched.services.webhooks.delivery_log import DeliveryLine
from wasched.services.webhooks.endpoints import WebhookLine
from wasched.ui.core import times

KINDS: tuple[tuple[EventKind, str], ...] = (
    (EventKind.MESSAGE_SCHEDULED, "A message is scheduled, or moved"),
    (EventKind.MESSAGE_SENT, "A message is sent"),
    (EventKind.MESSAGE_DELIVERED, "A message has arrived"),
    (EventKind.MESSAGE_READ, "A message is read"),
    (EventKind.MESSAGE_FAILED, "A message cannot be sent"),
    (EventKind.MESSAGE_MISSED, "A message is missed"),
    (EventKind.MESSAGE_MAYBE_SENT, "A message may have been sent"),
    (EventKind.MESSAGE_SKIPPED, "A message is skipped"),
    (EventKind.MESSAGE_CANCELLED, "A message is cancelled"),
    (EventKind.MESSAGE_TAKEN_BACK, "A message is deleted for everyone"),
    (EventKind.MESSAGE_CORRECTED, "A message is corrected"),
    (EventKind.POLL_VOTED, "Somebody votes in a poll"),
    (EventKind.REPLY_RECEIVED, "Somebody replies to a message"),
    (EventKind.PERSON_OPTED_OUT, "Somebody wants no more messages"),
    (EventKind.ACCOUNT_STATE_CHANGED, "The link of an account changes"),
    (EventKind.SCHEDULE_ENDED, "A schedule is over"),
    (EventKind.SCHEDULE_APPROVAL_CHANGED, "A schedule waits for approval, or is decided about"),
    (EventKind.SCHEDULE_HOLD_CHANGED, "A send goes badly and stops itself, or is decided about"),
    (EventKind.IMPORT_FINISHED, "People of a file are saved"),
)
"""What a webhook may be told of, as it is offered."""


@dataclass(frozen=True)
class KindChoice:
    """A kind of event in the form."""

    name: str  # of the field
    kind: str
    label: str
    is_taken: bool


@dataclass(frozen=True)
class WebhookRow:
    """One webhook."""

    id: str
    host: str
    url: str
    standing: str
    about: str
    is_on: bool
    is_well: bool


@dataclass(frozen=True)
class DeliveryRow:
    """One delivery: what of, when, and what came of it."""

    id: str
    what: str
    when: str
    outcome: str
    answer: str
    is_well: bool


def webhook_row(line: WebhookLine, zone: str, now: datetime) -> WebhookRow:
    """A webhook in the reader's zone."""
    is_on = line.state == WebhookState.ACTIVE
    return WebhookRow(
        str(line.id),
        line.host,
        line.url,
        _standing(line, zone, now),
        _about(line, zone, now),
        is_on,
        is_on and line.failing_since is None,
    )


def delivery_row(line: DeliveryLine, zone: str, now: datetime) -> DeliveryRow:
    """A delivery in the reader's zone."""
    words = dict[str, str](KINDS) | {WEBHOOK_TEST: "A test"}
    return DeliveryRow(
        str(line.id),
        words.get(line.kind, line.kind),
        times.when_words(line.happened_at, zone, now),
        _outcome(line, zone, now),
        line.answer,
        line.state == DeliveryState.DONE or not line.tries,
    )


def kind_choices(taken: tuple[str, ...]) -> list[KindChoice]:
    """The kinds of events, those that are chosen ticked."""
    return [KindChoice(field_of(kind), kind, label, kind in taken) for kind, label in KINDS]


def field_of(kind: EventKind) -> str:
    """What the box of a kind of event is called in the form."""
    return f"tells-{kind}"


def _standing(line: WebhookLine, zone: str, now: datetime) -> str:
    since = times.when_words(line.state_since, zone, now)
    match line.state:
        case WebhookState.PAUSED:
            return f"Paused {since}. What happens meanwhile waits, for a week at most."
        case WebhookState.OFF:
            return f"Off since {since}: it took nothing for three days. What happens is not kept."
        case WebhookState.GONE:
            return f"Ended {since}: it answered that it wants no more (410)."
    waits = count_words(line.waiting, "delivery waits", "deliveries wait")
    if line.failing_since is None:
        return f"Works. {waits}." if line.waiting else "Works. Nothing waits."
    failing = f"Takes nothing since {times.when_words(line.failing_since, zone, now)}"
    if line.try_at is None or line.try_at <= now:
        return f"{failing}. {waits}."
    return f"{failing}. {waits}; the next try is {times.when_words(line.try_at, zone, now)}."


def _about(line: WebhookLine, zone: str, now: datetime) -> str:
    words = dict[str, str](KINDS)
    told = "; ".join(words.get(one, one) for one in line.kinds) or "Everything that happens"
    how = "with texts, names and numbers" if line.has_texts else "ids only"
    about = f"{told} · {how}"
    if line.old_secret_until is None:
        return about
    until = times.when_words(line.old_secret_until, zone, now)
    return f"{about} · the secret from before is good until {until}"


def _outcome(line: DeliveryLine, zone: str, now: datetime) -> str:
    if not line.tries or line.tried_at is None:
        return "Waits for its turn"
    tried = times.when_words(line.tried_at, zone, now)
    if line.state == DeliveryState.DONE:
        return f"Taken {tried} ({line.status})"
    said = f"Refused {tried} ({line.status})" if line.status else f"No answer {tried}"
    if line.status in range(300, 400):
        said += ", for it led elsewhere and nobody is followed"
    if line.state == DeliveryState.FAILED:
        return f"{said}. Given up"
    if line.try_at > now:
        return f"{said}. Tried again {times.when_words(line.try_at, zone, now)}"
    return f"{said}. Tried again soon"
