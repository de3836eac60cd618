"""Building WhatsApp's messages that carry a file."""

from pathlib import Path

from wasched.adapters.whatsapp import neonize_api as api
from wasched.adapters.whatsapp.uploads import Uploads
from wasched.domain.content import Media
from wasched.domain.errors import SendError
from wasched.domain.reasons import Code, because


def build_media(media: Media, uploads: Uploads) -> api.Message:
    """The message for a file, which is uploaded first; SendError if it cannot be used."""
    match media.kind:
        case "image":
            return _image(media, uploads.place(media, api.MediaType.MediaImage))
        case "video":
            return _video(media, uploads.place(media, api.MediaType.MediaVideo))
        case "audio" | "voice":
            return _audio(media, uploads.place(media, api.MediaType.MediaAudio))
        case "document":
            return _document(media, uploads.place(media, api.MediaType.MediaDocument))
    raise SendError(because(Code.UNKNOWN_KIND, kind=media.kind), permanent=True)


def small_picture(path: str) -> bytes | None:
    """What phones show until the file is loaded, None if there is none (any more)."""
    try:
        return Path(path).read_bytes() if path else None
    except OSError:
        return None


def media_mentions(jids: tuple[str, ...]) -> api.ContextInfo | None:
    """Who is named in a message, None for nobody."""
    return api.ContextInfo(mentionedJID=jids) if jids else None


def _image(media: Media, placed: api.UploadResponse) -> api.Message:
    return api.Message(
        imageMessage=api.ImageMessage(
            **_where(placed),
            **_looks(media),
            mimetype=media.mimetype,
            caption=media.caption or None,
            contextInfo=media_mentions(media.mentions),
        )
    )


def _video(media: Media, placed: api.UploadResponse) -> api.Message:
    return api.Message(
        videoMessage=api.VideoMessage(
            **_where(placed),
            **_looks(media),
            mimetype=media.mimetype,
            caption=media.caption or None,
            seconds=media.seconds or None,
            contextInfo=media_mentions(media.mentions),
        )
    )


def _audio(media: Media, placed: api.UploadResponse) -> api.Message:
    return api.Message(
        audioMessage=api.AudioMessage(
            **_where(placed),
            mimetype=media.mimetype,
            seconds=media.seconds or None,
            PTT=media.kind == "voice",
            waveform=bytes.fromhex(media.waveform) or None,
        )
    )


def _document(media: Media, placed: api.UploadResponse) -> api.Message:
    """A document; phones expect one with a caption inside a wrapper."""
    name = media.filename or Path(media.path).name
    document = api.Message(
        documentMessage=api.DocumentMessage(
            **_where(placed),
            mimetype=media.mimetype,
            caption=media.caption or None,
            fileName=name,
            title=name,
            pageCount=media.pages or None,
            JPEGThumbnail=small_picture(media.thumbnail),
            contextInfo=media_mentions(media.mentions),
        )
    )
    if not media.caption:
        return document
    return api.Message(documentWithCaptionMessage=api.FutureProofMessage(message=document))


def _looks(media: Media) -> dict[str, object]:
    """Width and height in pixels and a small picture, as far as they are known."""
    return {
        "width": media.width or None,
        "height": media.height or None,
        "JPEGThumbnail": small_picture(media.thumbnail),
    }


def _where(placed: api.UploadResponse) -> dict[str, object]:
    """Where the file lies encrypted, and how it is opened."""
    return {
        "URL": placed.url,
        "directPath": placed.DirectPath,
        "mediaKey": placed.MediaKey,
        "fileEncSHA256": placed.FileEncSHA256,
        "fileSHA256": placed.FileSHA256,
        "fileLength": placed.FileLength,
    }
