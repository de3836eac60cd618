"""Messages as simulated phones write them."""

from __future__ import annotations

from time import time

from wasched.adapters.whatsapp.protocol.jid import LID

from .media import MediaHost
from .protocol.media_crypto import MediaKind, encrypt_media
from .protocol.protobufs import e2e
from .received import Received
from .world import Person

_FIELDS = {
    "image": ("imageMessage", MediaKind.IMAGE),
    "video": ("videoMessage", MediaKind.VIDEO),
    "audio": ("audioMessage", MediaKind.AUDIO),
    "document": ("documentMessage", MediaKind.DOCUMENT),
}


def text(words: str) -> e2e.Message:
    """A plain text."""
    return e2e.Message(conversation=words)


def reply(words: str, quoted: Received, author: Person) -> e2e.Message:
    """A text that quotes a message."""
    message = e2e.Message()
    message.extendedTextMessage.text = words
    context = message.extendedTextMessage.contextInfo
    context.stanzaID = quoted.id
    context.participant = str(author.jid(LID))
    if quoted.message:
        context.quotedMessage.CopyFrom(quoted.content)
    return message


def edit(id: str, words: str, chat: str) -> e2e.Message:
    """Other words for a text that its author wrote."""
    message = e2e.Message()
    said = message.editedMessage.message.protocolMessage
    said.key.ID, said.key.fromMe, said.key.remoteJID = id, True, chat
    said.type = said.MESSAGE_EDIT
    said.editedMessage.conversation = words
    return message


def revoke(id: str, chat: str) -> e2e.Message:
    """The deletion of a message for everyone, by its author."""
    message = e2e.Message()
    said = message.protocolMessage
    said.key.ID, said.key.fromMe, said.key.remoteJID = id, True, chat
    said.type = said.REVOKE
    return message


def reaction(emoji: str, to: Received, author: Person, at_ms: int = 0) -> e2e.Message:
    """A reaction to a message; no emoji takes an earlier one back."""
    message = e2e.Message()
    content = message.reactionMessage
    content.key.ID, content.key.fromMe = to.id, False
    is_group = "@" in to.chat
    content.key.remoteJID = to.chat if is_group else str(author.jid(LID))
    if is_group:
        content.key.participant = str(author.jid(LID))
    content.text = emoji
    content.senderTimestampMS = at_ms or int(time() * 1000)
    return message


def media(kind: str, body: bytes, mimetype: str, caption: str, host: MediaHost) -> e2e.Message:
    """A file, encrypted and placed on the media host; KeyError for an unknown kind."""
    field, keys = _FIELDS[kind]
    file = encrypt_media(body, keys)
    path = host.place(file.body)
    message = e2e.Message()
    content = getattr(message, field)
    content.URL, content.directPath = f"https://{host.host}{path}", path
    content.mediaKey, content.mimetype = file.media_key, mimetype
    content.fileSHA256, content.fileEncSHA256 = file.file_sha256, file.file_enc_sha256
    content.fileLength = file.file_length
    if caption:
        content.caption = caption
    return message
