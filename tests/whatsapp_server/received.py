"""What a phone shows of a message it could decrypt, or why it could not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from google.protobuf.json_format import MessageToDict

from .protocol.media_crypto import MediaKind
from .protocol.protobufs import e2e

MEDIA = {
    "imageMessage": MediaKind.IMAGE,
    "stickerMessage": MediaKind.IMAGE,
    "videoMessage": MediaKind.VIDEO,
    "ptvMessage": MediaKind.VIDEO,
    "audioMessage": MediaKind.AUDIO,
    "documentMessage": MediaKind.DOCUMENT,
}
_WRAPPERS = (
    "ephemeralMessage",
    "viewOnceMessage",
    "viewOnceMessageV2",
    "documentWithCaptionMessage",
    "editedMessage",
)
_NO_CONTENT = ("messageContextInfo", "senderKeyDistributionMessage")
_KINDS = {
    "conversation": "text",
    "extendedTextMessage": "text",
    "pollCreationMessage": "poll",
    "pollCreationMessageV2": "poll",
    "pollCreationMessageV3": "poll",
    "pollUpdateMessage": "vote",
    "reactionMessage": "reaction",
    "liveLocationMessage": "location",
    "contactMessage": "contact",
}


@dataclass
class Received:
    """One message as it reached a phone."""

    id: str
    sender: str  # phone number
    device: int  # of the sender
    chat: str  # the group's address, or the other person's number
    at: datetime
    encryption: str  # "pkmsg", "msg" or "skmsg"
    message: e2e.Message | None = None
    problem: str = ""  # why the message could not be read
    edited: str | None = None  # the text it has now
    is_revoked: bool = False
    votes: tuple[str, ...] = ()  # of a vote: the options chosen
    receipts: list[str] = field(default_factory=list)  # what the phone said of it; "" is delivered

    @property
    def field(self) -> str:
        """The protobuf field that holds the content, such as "imageMessage"; empty for none."""
        return field_of(self.content) if self.message else ""

    @property
    def content(self) -> e2e.Message:
        """The message inside its wrappers."""
        return unwrap(self.message) if self.message else e2e.Message()

    @property
    def kind(self) -> str:
        """What it is: text, image, video, audio, document, poll, vote, edit, revoke …"""
        if self.field == "protocolMessage":
            kind = self.content.protocolMessage.type
            return {0: "revoke", 14: "edit"}.get(kind, "protocol")
        return _KINDS.get(self.field, self.field.removesuffix("Message"))

    @property
    def text(self) -> str:
        """The words: the text, the caption, the poll's question, the new text of an edit."""
        return text_of(self.content)

    @property
    def about(self) -> str:
        """The id of the message that this edits, revokes, votes on or reacts to; else empty."""
        content = self.content
        if self.field == "protocolMessage":
            return str(content.protocolMessage.key.ID)
        if self.field == "pollUpdateMessage":
            return str(content.pollUpdateMessage.pollCreationMessageKey.ID)
        if self.field == "reactionMessage":
            return str(content.reactionMessage.key.ID)
        return ""

    def as_dict(self) -> dict[str, Any]:
        """The message for the control API; bytes inside `content` are base64."""
        context = self.message.messageContextInfo if self.message else None
        return {
            "id": self.id,
            "from": self.sender,
            "device": self.device,
            "chat": self.chat,
            "at": self.at.isoformat(),
            "encryption": self.encryption,
            "kind": self.kind,
            "text": self.text,
            "about": self.about,
            "edited": self.edited,
            "revoked": self.is_revoked,
            "votes": list(self.votes),
            "receipts": list(self.receipts),
            "problem": self.problem,
            "secret": context.messageSecret.hex() if context else "",
            "content": MessageToDict(getattr(self.content, self.field))
            if self._has_parts()
            else {},
        }

    def _has_parts(self) -> bool:
        return bool(self.field) and self.field != "conversation"


def unwrap(message: e2e.Message) -> e2e.Message:
    """The message inside deviceSentMessage, viewOnceMessage and other wrappers."""
    if message.HasField("deviceSentMessage"):
        return unwrap(message.deviceSentMessage.message)
    for wrapper in _WRAPPERS:
        if message.HasField(wrapper):
            return unwrap(getattr(message, wrapper).message)
    return message


def field_of(message: e2e.Message) -> str:
    """The name of the field that holds the content; empty when there is none."""
    names = (descriptor.name for descriptor, _ in message.ListFields())
    return next((name for name in names if name not in _NO_CONTENT), "")


def text_of(message: e2e.Message) -> str:
    """The words of a message without wrappers; empty for none."""
    name = field_of(message)
    if not name:
        return ""
    if name == "conversation":
        return str(message.conversation)
    content = getattr(message, name)
    if name == "protocolMessage":
        return text_of(unwrap(content.editedMessage))
    words: Mapping[str, object] = {
        descriptor.name: value
        for descriptor, value in content.ListFields()
        if descriptor.name in ("text", "caption", "name", "displayName")
    }
    return str(next(iter(words.values()), ""))
