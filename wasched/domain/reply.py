"""What people write back: the kinds there are, and which message one of them answers."""

from datetime import timedelta
from enum import StrEnum


class ReplyKind(StrEnum):
    """What somebody sent back; all but a text may come without a word."""

    TEXT = "text"
    PHOTO = "photo"
    VIDEO = "video"
    VOICE = "voice"
    AUDIO = "audio"
    DOCUMENT = "document"
    STICKER = "sticker"
    LOCATION = "location"
    CONTACT = "contact"


class MatchedBy(StrEnum):
    """By what a reply is known to be about a message."""

    QUOTE = "quote"  # it quotes the message
    WINDOW = "window"  # it came soon after it, in the same chat with one person


WINDOW = timedelta(days=3)
"""So long after a message what its recipient writes is taken for a reply to it."""

KEPT_DAYS = 30
"""For so many days replies are kept unless somebody chose otherwise; 0: none is kept."""

KEPT_DAYS_MAX = 3_650
