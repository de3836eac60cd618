"""What people do with their phones: commands of the control API, like those of `commands`."""

from __future__ import annotations

import base64
from typing import Any

from wasched.adapters.whatsapp.protocol.jid import GROUP, LID, PN, Jid

from . import contents
from .phones import chat_of
from .received import Received
from .server import WhatsAppServer
from .votes import vote
from .world import WorldError

_EDITED, _REVOKED = "1", "7"  # the stanza's attribute (whatsmeow's types/message.go)


class PhoneCommands:
    """What people do with their phones, and what they find on them."""

    def __init__(self, server: WhatsAppServer) -> None:
        self._server, self._world = server, server.world

    async def inbox(self, phone: str) -> list[dict[str, Any]]:
        """What others wrote to somebody, oldest first."""
        return [one.as_dict() for one in self._world.person(phone).inbox]

    async def outbox(self, phone: str) -> list[dict[str, Any]]:
        """What somebody's linked devices wrote, as the phone shows it."""
        return [one.as_dict() for one in self._world.person(phone).outbox]

    async def app_state(self, phone: str, collection: str) -> list[list[str]]:
        """The indexes of the records in a collection of somebody's app state."""
        return [list(index) for index in self._world.person(phone).app_state.values(collection)]

    async def file(self, phone: str, id: str) -> str:
        """The decrypted file of a message in an inbox, as base64."""
        received = self._received(phone, id)
        return base64.b64encode(self._server.media.decrypted(received)).decode()

    async def write(
        self,
        phone: str,
        to: str,
        text: str,
        id: str = "",
        quoting: str = "",
        addressing: str = LID,
    ) -> str:
        """Let somebody write a text to a number, a group or "status@broadcast"; its id.

        `addressing` is by which of their addresses people know each other: lid or s.whatsapp.net.
        """
        person = self._world.person(phone)
        message = contents.text(text)
        if quoting:
            quoted = self._received(phone, quoting)
            message = contents.reply(text, quoted, self._world.person(quoted.sender))
        return await self._server.sender.send(person, self._address(to, addressing), message, id)

    async def edit(self, phone: str, to: str, id: str, text: str, addressing: str = LID) -> str:
        """Let somebody give a message of theirs other words; the id of the edit."""
        chat = self._address(to, addressing)
        message = contents.edit(id, text, str(chat))
        person = self._world.person(phone)
        return await self._server.sender.send(person, chat, message, edit=_EDITED)

    async def revoke(self, phone: str, to: str, id: str, addressing: str = LID) -> str:
        """Let somebody delete a message of theirs for everyone; the id of the deletion."""
        chat = self._address(to, addressing)
        person = self._world.person(phone)
        message = contents.revoke(id, str(chat))
        return await self._server.sender.send(person, chat, message, edit=_REVOKED)

    async def vote(
        self, phone: str, poll: str, choices: list[str], by: str = "lid", at_ms: int = 0
    ) -> str:
        """Let somebody vote on a poll in their inbox, anew or, with no choices, not any more.

        By "lid" or "pn" both the vote and its message name people so; the message's id.
        """
        person, received = self._world.person(phone), self._received(phone, poll)
        server = {"lid": LID, "pn": PN}[by]
        message = vote(person, received, self._world, choices, by=server, at_ms=at_ms)
        chat = self._chat(received, server)
        id = await self._server.sender.send(person, chat, message, mode=by)
        person.written[-1].votes = tuple(choices)
        return id

    async def react(self, phone: str, to: str, emoji: str, at_ms: int = 0) -> str:
        """Let somebody react to a message in their inbox, or with "" take it back; the id."""
        person, received = self._world.person(phone), self._received(phone, to)
        author = self._world.person(received.sender)
        message = contents.reaction(emoji, received, author, at_ms)
        return await self._server.sender.send(person, chat_of(received, self._world), message)

    async def send_file(
        self, phone: str, to: str, kind: str, body: str, mimetype: str, caption: str = ""
    ) -> str:
        """Let somebody send a file (base64; kind: image, video, audio, document)."""
        message = contents.media(
            kind, base64.b64decode(body), mimetype, caption, self._server.media
        )
        return await self._server.sender.send(self._world.person(phone), self._address(to), message)

    async def receipt(self, phone: str, id: str, type: str = "") -> None:
        """Let a phone send a receipt for a message: "" (delivered), read, played, or any other."""
        await self._server.phones.receipt(self._world.person(phone), id, type)

    def _received(self, phone: str, id: str) -> Received:
        for received in self._world.person(phone).inbox:
            if received.id == id:
                return received
        raise WorldError(f"{phone} has no message {id}")

    def _chat(self, received: Received, server: str) -> Jid:
        """Where the answer to a message goes, a person being named by LID or by number."""
        if "@" in received.chat:
            return Jid.parse(received.chat)
        return self._world.person(received.chat).jid(server)

    def _address(self, to: str, addressing: str = LID) -> Jid:
        if to.endswith(f"@{GROUP}"):
            return self._world.group(to).jid
        if to == "status@broadcast":
            return Jid.parse(to)
        return self._world.person(to).jid(addressing)
