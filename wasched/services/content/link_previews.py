"""The preview of a link, made when a message is written and kept with it."""

from wasched.domain.content import LinkPreview
from wasched.domain.errors import MediaAwayError, NoRoomError, WrongKindError
from wasched.domain.links import first_link
from wasched.services.ports import LinkSource, MediaStore, MediaTools


def fetch_preview(
    text: str, source: LinkSource, store: MediaStore, tools: MediaTools
) -> LinkPreview | None:
    """The preview of the first link in a text; None if there is nothing to show.

    Takes up to six seconds, so keep it off event loops.
    """
    url = first_link(text)
    seen = source.read(url) if url else None
    if seen is None:
        return None
    return LinkPreview(url, seen.title, seen.description, _keep_picture(seen.picture, store, tools))


def _keep_picture(picture: bytes, store: MediaStore, tools: MediaTools) -> str:
    """The digest of a small JPEG of the picture, empty if there is none to show."""
    if not picture:
        return ""
    try:
        return store.add(tools.shrink(picture))
    except (WrongKindError, NoRoomError, MediaAwayError):
        return ""
