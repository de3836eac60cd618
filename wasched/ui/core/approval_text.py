"""Approvals in words."""

from dataclasses import dataclass
from datetime import datetime

from wasched.domain.typed import read_id
from wasched.services.views import ApprovalCard
from wasched.ui.core import times


@dataclass(frozen=True)
class ApprovalWords:
    """How the approval of a schedule stands, for a page; empty where nothing waits for it."""

    state: str = ""  # waiting or refused
    asked: str = ""  # names what is decided about, as it was seen
    title: str = ""
    about: str = ""
    word: str = ""
    may_decide: bool = False


NOT_ASKED = ApprovalWords()


def approval_words(
    card: ApprovalCard | None, schedule_id: int, zone: str, now: datetime, reach: str = ""
) -> ApprovalWords:
    """What a page says above the answers; `reach` is what else they are about."""
    if card is None or not card.state:
        return NOT_ASKED
    more = f" {reach}" if reach and card.may_decide else ""
    return ApprovalWords(
        state=card.state,
        asked=asked_key(schedule_id, card),
        title=approval_title(card),
        about=approval_about(card, zone, now) + more,
        word=card.word,
        may_decide=card.may_decide,
    )


def asked_key(schedule_id: int, card: ApprovalCard) -> str:
    """Names a schedule as it was seen when it was asked for, for an event."""
    return f"{schedule_id},{card.turn}"


def read_asked(key: str) -> tuple[int, int]:
    """The schedule's id and its turn; 0 for what names none."""
    schedule_id, _, turn = key.partition(",")
    return read_id(schedule_id), read_id(turn)


def approval_title(card: ApprovalCard) -> str:
    """What somebody did: asked, or refused."""
    if card.state == "refused":
        return f"{card.decided_by or 'Somebody'} did not approve this"
    return f"{card.asked_by} asks for approval"


def approval_about(card: ApprovalCard, zone: str, now: datetime) -> str:
    """Since when, and what follows from it for who reads."""
    if card.state == "refused":
        return "Nothing goes out as it is. Change it and save it, and it is asked for again."
    since = f"Asked {times.when_words(card.asked_at, zone, now)}."
    if card.may_decide:
        return f"{since} Look at the words, the people and the times. Unapproved it is missed."
    return f"{since} An editor or manager decides. Until then nothing goes out."
