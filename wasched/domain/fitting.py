"""What a status and a channel take; each other kind is refused in a sentence."""

from wasched.domain import media
from wasched.domain.content import ContactCard, Content, Location, Media, Poll, Text
from wasched.domain.errors import InputError

_INSTEAD = "A status is a text, a photo or a video. Send it to people or groups instead."
_WORDS_ALONE = "Post a text, or send it to people or groups."


def check_status(content: Content) -> None:
    """Raise InputError unless WhatsApp shows the content as a status; its field is as elsewhere."""
    match content:
        case Text(mentions=mentions) | Media(kind="image" | "video", mentions=mentions):
            if mentions:
                raise InputError("mentions", "A status mentions nobody. Take the mentions out.")
        case Media(kind=kind):
            what = media.kind_word(kind).lower()
            raise InputError("media", f"WhatsApp shows no {what} as a status. {_INSTEAD}")
        case Poll():
            raise InputError("poll", f"Nobody can vote in a status. {_INSTEAD}")
        case Location():
            raise InputError("place", f"WhatsApp shows no place as a status. {_INSTEAD}")
        case ContactCard():
            raise InputError("card", f"WhatsApp shows no contact as a status. {_INSTEAD}")


def check_channel(content: Content) -> None:
    """Raise InputError unless it can be posted to a channel; its field is as elsewhere.

    A file in a channel has a name that WhatsApp gives at its upload, which the library cannot say.
    """
    match content:
        case Text(mentions=()):
            return
        case Text():
            raise InputError("mentions", "A channel mentions nobody. Take the mentions out.")
        case Media(kind=kind):
            what = media.kind_word(kind).lower()
            raise InputError("media", f"No {what} can be posted to a channel yet. {_WORDS_ALONE}")
        case Poll():
            raise InputError("poll", f"No poll can be posted to a channel yet. {_WORDS_ALONE}")
        case Location():
            raise InputError("place", f"No place can be posted to a channel. {_WORDS_ALONE}")
        case ContactCard():
            raise InputError("card", f"No contact can be posted to a channel. {_WORDS_ALONE}")
