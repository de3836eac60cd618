"""What may be done with a message that has gone out: delete it for everyone, or correct it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from wasched.domain import media
from wasched.domain.content import EVERYONE, Content, LinkPreview, Media, Text


class AmendmentKind(StrEnum):
    """What is done with what has gone out."""

    DELETE = "delete"  # for everyone in the chat
    CORRECT = "correct"  # it says something else


class AmendmentState(StrEnum):
    """Where a deletion or a correction stands."""

    WAITING = "waiting"  # for its turn, for the line or for another try; safe
    DONE = "done"  # WhatsApp took it, or the message had not gone and goes as corrected
    FAILED = "failed"  # it cannot be done, or not any more


WITHIN = {
    AmendmentKind.DELETE: timedelta(hours=60),
    AmendmentKind.CORRECT: timedelta(minutes=15),
}
"""How long WhatsApp lets its own apps do each, from the instant at which a message went out."""

TRIES = 8
"""As often something is handed over again that WhatsApp did not answer, or not well."""


@dataclass(frozen=True)
class Gone:
    """One time that a message has left, or may have: WhatsApp's id of it, and when."""

    whatsapp_id: str
    at: datetime


def amendable_until(gone: Sequence[Gone], kind: AmendmentKind) -> datetime | None:
    """Until when all of it can be deleted or corrected; None if nothing has gone."""
    return min(one.at for one in gone) + WITHIN[kind] if gone else None


def has_words(content: Content) -> bool:
    """True if WhatsApp takes a correction of what it says."""
    match content:
        case Text():
            return True
        case Media(kind=kind, caption=caption):
            return kind in media.CAPTIONED and bool(caption.strip())
    return False


def words_of(content: Content) -> str:
    """The words that can be corrected; empty for none."""
    match content:
        case Text(body=words) | Media(caption=words):
            return words
    return ""


def with_words(content: Content, words: str) -> Content:
    """The same with other words; who is named, and the page above a link, stay if they are there.

    ValueError for what has no words.
    """
    match content:
        case Text():
            kept = _mentions(content.mentions, words)
            return Text(words, kept, _preview(content.preview, words))
        case Media():
            return replace(content, caption=words, mentions=_mentions(content.mentions, words))
    raise ValueError(f"A {type(content).__name__} has no words.")


def _mentions(mentions: tuple[str, ...], words: str) -> tuple[str, ...]:
    """Those whose name stands in the words still; everyone is named without one."""
    return tuple(one for one in mentions if one == EVERYONE or f"@{one.partition('@')[0]}" in words)


def _preview(preview: LinkPreview | None, words: str) -> LinkPreview | None:
    return preview if preview is not None and preview.url in words else None
