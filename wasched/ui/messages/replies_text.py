"""What people wrote back, in words: lines of the list, and what stands above it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from wasched.domain.reply import WINDOW, MatchedBy, ReplyKind
from wasched.services.permissions import ALL, Action
from wasched.services.replies.reading import ReplyRow, ReplyTally
from wasched.text.keyword_words import handled_sentence
from wasched.ui.core import routes, times
from wasched.ui.core.rows import count_words

NAMES = ("q", "open", "message", "schedule", "at", "account", "recipient")
"""What an address may say about the list, besides the page."""

_SHOWN, _ABOUT = 2_000, 60
_CUT = "… The whole of it is in the chat."
_WORDS = {
    ReplyKind.PHOTO: "A photo",
    ReplyKind.VIDEO: "A video",
    ReplyKind.VOICE: "A voice note",
    ReplyKind.AUDIO: "A recording",
    ReplyKind.DOCUMENT: "A document",
    ReplyKind.STICKER: "A sticker",
    ReplyKind.LOCATION: "A place",
    ReplyKind.CONTACT: "A contact",
}
MATCHING = (
    f"A reply that quotes a message belongs to it. Else it belongs to the latest message that went "
    f"to that person within {WINDOW.days} days. In groups only what quotes a message is kept."
)
"""By which rule replies are kept, for who reads them."""


@dataclass(frozen=True)
class ReplyLine:
    """A reply for the browser; the addresses are empty where there is no such way."""

    id: int
    author: str
    author_href: str
    group: str
    when: str
    kind: str  # in words; empty for a text
    text: str
    is_edited: bool
    answered: str  # when it was answered, in words; empty: not yet
    about: str
    about_href: str
    matched: str
    answer_href: str
    chat_href: str
    may_mark: bool
    handled: str  # what it did as a keyword, in words


def reply_line(
    row: ReplyRow, zone: str, now: datetime, allowed: Collection[Action] = ALL
) -> ReplyLine:
    """A reply in the reader's zone, with the ways that are open to them."""
    may_write = Action.WRITE in allowed
    about = " ".join(row.about.split())
    return ReplyLine(
        id=row.id,
        author=row.author,
        author_href=routes.recipient(row.person_id) if row.person_id else "",
        group=row.group,
        when=times.when_words(row.at, zone, now),
        kind=_WORDS.get(ReplyKind(row.kind), ""),
        text=row.text[:_SHOWN] + (_CUT if len(row.text) > _SHOWN else ""),
        is_edited=row.edited_at is not None,
        answered=times.when_words(row.answered_at, zone, now) if row.answered_at else "",
        about=about[:_ABOUT] + ("…" if len(about) > _ABOUT else "") or "a message",
        about_href=routes.message(row.message_id),
        matched="quotes" if row.matched_by == MatchedBy.QUOTE else "after",
        answer_href=routes.write_to(row.person_id, row.account_id)
        if may_write and row.person_id
        else "",
        chat_href=f"https://wa.me/{row.phone.lstrip('+')}" if row.phone else "",
        may_mark=may_write,
        handled=handled_sentence(row.handled),
    )


def tally_words(tally: ReplyTally) -> str:
    """How many of those whom a send went to have replied."""
    if not tally.went_to:
        return "It has not gone out to anybody yet."
    if tally.went_to == 1:
        return "They have replied." if tally.replied else "They have not replied yet."
    return f"{tally.replied:,} of {tally.went_to:,} have replied."


def silent_words(tally: ReplyTally) -> str:
    """What leads to those who have not; empty for none."""
    left = tally.went_to - tally.replied
    return f"{count_words(left, 'has', 'have')} not replied" if left else ""


def query_of(given: dict[str, str]) -> str:
    """An address's query without what is empty."""
    return urlencode({key: value for key, value in given.items() if value})
