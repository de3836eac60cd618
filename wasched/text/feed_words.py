"""What calendars elsewhere say of sends, in English."""

from collections.abc import Mapping
from datetime import datetime

from wasched.domain.reasons import Reason
from wasched.domain.wording import count_words
from wasched.text.reasons import reason_sentence

TEXT_MAX = 500
"""Characters of a message's text that an entry shows: some calendars take no more than 1 MB."""

_LINE_MAX = 80

_STANDING = {
    "scheduled": "waits, to {}",
    "held": "waits, to {}",
    "held_by_me": "waits for you, to {}",
    "stopped": "stopped, to {}",
    "paused": "paused, to {}",
    "sending": "going out to {}",
    "sent": "✓ sent to {}",
    "delivered": "✓ sent to {}",
    "read": "✓ sent to {}",
    "played": "✓ sent to {}",
    "partly": "partly sent to {}",
    "unknown": "maybe sent to {}",
    "missed": "missed, to {}",
    "failed": "✗ failed, to {}",
    "skipped": "skipped, to {}",
    "cancelled": "cancelled, to {}",
}
"""By the statuses of sends."""

_TALLY = {"scheduled": "waiting", "unknown": "maybe sent"}


def event_title(status: str, to: str, count: int, text: str) -> str:
    """How a send stands, whom it goes to and how it begins: ✓ sent to 12: Rehearsal at 19:30."""
    whom = f"{to} ({count:,})" if to and count > 1 else to or f"{count:,}"
    line = " ".join(text[: 4 * _LINE_MAX].split())
    short = f"{line[: _LINE_MAX - 1]}…" if len(line) > _LINE_MAX else line
    return ": ".join(part for part in (_STANDING[status].format(whom), short) if part)


def event_text(
    text: str, account: str, tally: Mapping[str, int], reason: Reason, zone: str, now: datetime
) -> str:
    """The beginning of the text, how many of its messages stand how, why, and by which account."""
    shown = f"{text[: TEXT_MAX - 1]}…" if len(text) > TEXT_MAX else text
    counted = ", ".join(f"{number:,} {_TALLY.get(one, one)}" for one, number in tally.items())
    about = f"{counted}. By {account}."
    return "\n\n".join(part for part in (shown, about, reason_sentence(reason, zone, now)) if part)


def feed_about(back: int, ahead: int, past: int, coming: int, *, is_cut: bool) -> str:
    """What a calendar holds, and whether there is more than that."""
    sentence = (
        f"What went out in the last {count_words(back, 'day', 'days')} and what is to come in the "
        f"next {ahead}: at most {past:,} sends that are over and {coming:,} that are not."
    )
    more = " There is more than that: wasched itself shows the rest."
    return sentence + (more if is_cut else "")
