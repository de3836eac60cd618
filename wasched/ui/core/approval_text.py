"""Approvals in words."""

from datetime import datetime

from wasched.services.views import ApprovalCard
from wasched.ui.core import times


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
