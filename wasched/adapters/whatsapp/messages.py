"""Building WhatsApp's own messages from what a message says."""

import hashlib
import io
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from wasched.adapters.whatsapp import neonize_api as api
from wasched.adapters.whatsapp.uploads import Uploads
from wasched.domain.content import ContactCard, Content, Location, Media, Poll, Text
from wasched.domain.errors import SendError

_THUMBNAIL_SIDE = 200  # pixels; phones show it until the picture is loaded


def build(content: Content, secret: bytes, uploads: Uploads) -> api.Message:
    """The message to send, with the attempt's secret in it; SendError if a file cannot be used."""
    match content:
        case Text():
            message = _text(content)
        case Media():
            message = _media(content, uploads)
        case Poll():
            message = _poll(content)
        case Location():
            message = _location(content)
        case ContactCard():
            message = _card(content)
    message.messageContextInfo.messageSecret = secret
    return message


def _text(text: Text) -> api.Message:
    if not text.mentions:
        return api.Message(conversation=text.body)
    context = api.ContextInfo(mentionedJID=text.mentions)
    return api.Message(
        extendedTextMessage=api.ExtendedTextMessage(text=text.body, contextInfo=context)
    )


def _media(media: Media, uploads: Uploads) -> api.Message:
    body = _read(media)
    digest = media.digest or hashlib.sha256(body).hexdigest()
    match media.kind:
        case "image":
            return _image(media, body, uploads.place(body, digest, api.MediaType.MediaImage))
        case "video":
            return _video(media, uploads.place(body, digest, api.MediaType.MediaVideo))
        case "audio" | "voice":
            return _audio(media, uploads.place(body, digest, api.MediaType.MediaAudio))
        case "document":
            return _document(media, uploads.place(body, digest, api.MediaType.MediaDocument))
    raise SendError(f"{media.kind} is no kind of file that WhatsApp knows.", permanent=True)


def _read(media: Media) -> bytes:
    try:
        return Path(media.path).read_bytes()
    except OSError:
        name = media.filename or "The file"
        raise SendError(f"{name} is no longer on this server.", permanent=True) from None


def _image(media: Media, body: bytes, placed: api.UploadResponse) -> api.Message:
    width, height, thumbnail = _look_at(body)
    return api.Message(
        imageMessage=api.ImageMessage(
            **_where(placed),
            mimetype=media.mimetype,
            caption=media.caption or None,
            width=width,
            height=height,
            JPEGThumbnail=thumbnail,
            contextInfo=_mentions(media),
        )
    )


def _look_at(body: bytes) -> tuple[int, int, bytes]:
    """Width and height in pixels, and a small JPEG of the picture."""
    try:
        with Image.open(io.BytesIO(body)) as picture:
            width, height = picture.size
            picture.thumbnail((_THUMBNAIL_SIDE, _THUMBNAIL_SIDE))
            small = io.BytesIO()
            picture.convert("RGB").save(small, format="jpeg")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        raise SendError("The picture is damaged, or no picture.", permanent=True) from None
    return width, height, small.getvalue()


def _video(media: Media, placed: api.UploadResponse) -> api.Message:
    return api.Message(
        videoMessage=api.VideoMessage(
            **_where(placed),
            mimetype=media.mimetype,
            caption=media.caption or None,
            contextInfo=_mentions(media),
        )
    )


def _audio(media: Media, placed: api.UploadResponse) -> api.Message:
    return api.Message(
        audioMessage=api.AudioMessage(
            **_where(placed), mimetype=media.mimetype, PTT=media.kind == "voice"
        )
    )


def _document(media: Media, placed: api.UploadResponse) -> api.Message:
    name = media.filename or Path(media.path).name
    return api.Message(
        documentMessage=api.DocumentMessage(
            **_where(placed),
            mimetype=media.mimetype,
            caption=media.caption or None,
            fileName=name,
            title=name,
            contextInfo=_mentions(media),
        )
    )


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


def _mentions(media: Media) -> api.ContextInfo | None:
    return api.ContextInfo(mentionedJID=media.mentions) if media.mentions else None


def _poll(poll: Poll) -> api.Message:
    # Phones write a poll with one choice as V3, any other as the first version.
    name = "pollCreationMessageV3" if poll.choices == 1 else "pollCreationMessage"
    options = [api.PollCreationMessage.Option(optionName=one) for one in poll.options]
    asked = api.PollCreationMessage(
        name=poll.question, options=options, selectableOptionsCount=poll.choices
    )
    return api.Message(**{name: asked})


def _location(place: Location) -> api.Message:
    return api.Message(
        locationMessage=api.LocationMessage(
            degreesLatitude=place.latitude,
            degreesLongitude=place.longitude,
            name=place.name or None,
            address=place.address or None,
        )
    )


def _card(card: ContactCard) -> api.Message:
    return api.Message(contactMessage=api.ContactMessage(displayName=card.name, vcard=_vcard(card)))


def _vcard(card: ContactCard) -> str:
    """The card as vCard 3.0 (RFC 2426); `waid` makes it a chat on the recipient's phone."""
    name = card.name.replace("\\", "\\\\").replace("\n", " ")
    name = name.replace(",", "\\,").replace(";", "\\;")
    digits = card.phone.lstrip("+")
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"N:;{name};;;", f"FN:{name}"]
    lines += [f"TEL;type=CELL;type=VOICE;waid={digits}:+{digits}", "END:VCARD"]
    return "\n".join(lines)
