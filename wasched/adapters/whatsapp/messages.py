"""Building WhatsApp's own messages from what a message says."""

import time

from wasched.adapters.whatsapp import media_messages
from wasched.adapters.whatsapp import neonize_api as api
from wasched.adapters.whatsapp.media_messages import media_mentions, small_picture
from wasched.adapters.whatsapp.uploads import Uploads
from wasched.domain.content import (
    ContactCard,
    Content,
    LinkPreview,
    Location,
    Media,
    Poll,
    Text,
)
from wasched.domain.visible import clean_name

_BACKGROUND, _WHITE = 0xFF1F5F5B, 0xFFFFFFFF
"""Colours of a text that is a status: alpha, red, green, blue."""


def build_message(content: Content, secret: bytes, uploads: Uploads) -> api.Message:
    """The message to send, with the attempt's secret in it; SendError if a file cannot be used."""
    message = _built(content, uploads)
    message.messageContextInfo.messageSecret = secret
    return message


def as_status(message: api.Message) -> api.Message:
    """The message as phones post it: a text stands on a background."""
    if message.conversation:
        body = message.conversation
        message.ClearField("conversation")
        message.extendedTextMessage.text = body
    if message.HasField("extendedTextMessage"):
        message.extendedTextMessage.backgroundArgb = _BACKGROUND
        message.extendedTextMessage.textArgb = _WHITE
    return message


def build_deletion(chat: str, message_id: str) -> api.Message:
    """What deletes one of our own messages for everyone in the chat."""
    return api.Message(protocolMessage=_about(chat, message_id, api.ProtocolMessage.REVOKE))


def build_edit(chat: str, message_id: str, content: Content, uploads: Uploads) -> api.Message:
    """What lets one of our own messages say something else; as for `build_message`.

    A file stands in it with all that belongs to it, and is brought up again only where it has to.
    """
    edit = _about(chat, message_id, api.ProtocolMessage.MESSAGE_EDIT)
    edit.editedMessage.CopyFrom(_built(content, uploads))
    edit.timestampMS = int(time.time() * 1000)
    inner = api.Message(protocolMessage=edit)
    return api.Message(editedMessage=api.FutureProofMessage(message=inner))


def _about(chat: str, message_id: str, kind: int) -> api.ProtocolMessage:
    key = api.MessageKey(remoteJID=chat, fromMe=True, ID=message_id)
    return api.ProtocolMessage(key=key, type=kind)


def _built(content: Content, uploads: Uploads) -> api.Message:
    match content:
        case Text():
            return _text(content)
        case Media():
            return media_messages.build_media(content, uploads)
        case Poll():
            return _poll(content)
        case Location():
            return _location(content)
        case ContactCard():
            return _card(content)


def _text(text: Text) -> api.Message:
    if not text.mentions and text.preview is None:
        return api.Message(conversation=text.body)
    shown = api.ExtendedTextMessage(text=text.body, contextInfo=media_mentions(text.mentions))
    if text.preview is not None:
        shown.MergeFrom(_preview(text.preview))
    return api.Message(extendedTextMessage=shown)


def _preview(preview: LinkPreview) -> api.ExtendedTextMessage:
    return api.ExtendedTextMessage(
        matchedText=preview.url,
        title=preview.title or None,
        description=preview.description or None,
        JPEGThumbnail=small_picture(preview.path),
    )


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
    name = clean_name(card.name).replace("\\", "\\\\")
    name = name.replace(",", "\\,").replace(";", "\\;")
    digits = card.phone.lstrip("+")
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"N:;{name};;;", f"FN:{name}"]
    lines += [f"TEL;type=CELL;type=VOICE;waid={digits}:+{digits}", "END:VCARD"]
    return "\n".join(lines)
