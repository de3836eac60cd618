"""What is said to who saves what somebody else changed meanwhile."""

from datetime import datetime

from wasched.domain.errors import ChangedError
from wasched.ui.core import times

_KEPT = "Yours is kept here."
REMOVED = f"This was removed meanwhile. {_KEPT}"


def conflict_sentence(
    refusal: ChangedError, changes: list[str], now: datetime, *, gone: str = "removed"
) -> str:
    """Who changed it and when, what they changed, and that nothing of one's own is lost.

    `gone` says what was done with what is gone.
    """
    said = dict(refusal.reason.params)
    deed = gone if refusal.is_gone else "changed"
    if "at" not in said:
        who = f"This was {deed} meanwhile"
    else:
        ago = times.distance_words(datetime.fromisoformat(str(said["at"])), now)
        elsewhere = "" if "user" in said else " elsewhere"
        who = f"{said.get('user', 'You')} {deed} this{elsewhere} {ago}"
    what = f": {', '.join(changes)}" if changes else ""
    return f"{who}{what}. {_KEPT}"


def other_value(what: str, was: str, is_now: str) -> list[str]:
    """That a short value is another one, with both; nothing where it is the same."""
    if was == is_now:
        return []
    return [f"{what} (was {was or 'empty'}, is {is_now or 'empty'})"]


def other_text(what: str, was: str, is_now: str) -> list[str]:
    """The same of what is too long to be said."""
    return [what] if was != is_now else []
