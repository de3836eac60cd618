"""How much there is behind each tab of Messages, before anybody opens it."""

from sqlmodel import Session

from wasched.services import schedules
from wasched.services.caller import Caller
from wasched.services.messages import batches
from wasched.services.messages.filters import Filters

MOST = 99
"""Nothing is counted further: that many lines are many, and a million cost no more than they."""


def count_tabs(session: Session, user: Caller) -> dict[str, int]:
    """The lines behind coming, past and repeating; MOST + 1 stands for more than MOST."""
    past = Filters(tab="past", newest_first=True)
    return {
        "coming": batches.count_batches(session, user, Filters(tab="coming"), MOST),
        "past": batches.count_batches(session, user, past, MOST),
        "repeating": schedules.count_repeating(session, user, MOST),
    }
