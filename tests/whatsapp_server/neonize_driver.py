"""A process around the real neonize: commands as JSON lines on stdin, events on a pipe.

`python -P neonize_driver.py SESSION_FILE PIPE`, started with the overlay on PYTHONPATH; PIPE is
the number of a file descriptor. A command is {"n": number, "do": name, …arguments}; its answer
{"answer": number, "result" or "error": …}. Everything neonize reports is an {"event": name, …}.
It imports nothing of this package, so that neonize is the only thing under test in its process.
"""

from __future__ import annotations

import base64
import ctypes
import json
import logging
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from google.protobuf.json_format import MessageToDict, ParseDict
from neonize import events
from neonize.client import NewClient
from neonize.exc import NeonizeError
from neonize.proto.Neonize_pb2 import ReturnFunctionWithError
from neonize.proto.waE2E.WAWebProtobufsE2E_pb2 import Message
from neonize.utils import log
from neonize.utils.enum import (
    ChatPresence,
    ChatPresenceMedia,
    MediaType,
    Presence,
    ReceiptType,
    VoteType,
)
from neonize.utils.jid import Jid2String, build_jid

_OUT = os.fdopen(int(sys.argv[2]), "w")  # not stdout: neonize prints to it
_lock = threading.Lock()

_MEDIA = {
    "image": MediaType.MediaImage,
    "video": MediaType.MediaVideo,
    "audio": MediaType.MediaAudio,
    "document": MediaType.MediaDocument,
}


def say(**what: Any) -> None:
    """Write one line."""
    with _lock:
        print(json.dumps(what, default=str), file=_OUT, flush=True)


class Client(NewClient):  # type: ignore[misc]
    """neonize's client, whose word on the login would otherwise only be printed."""

    def _NewClient__onLoginStatus(self, _uuid: int, status: int) -> None:  # noqa: N802
        say(event="LoginStatus", status=ctypes.string_at(status).decode())


class Driver:
    """Does what the commands say; every public method is one."""

    def __init__(self, session: str) -> None:
        self._client = Client(session)
        self._messages: dict[str, Any] = {}
        self._client.event.qr(lambda _, code: say(event="QrCode", code=code.decode()))
        for kind in events.EVENT_TO_INT:
            self._client.event(kind)(self._report)

    def connect(self) -> None:
        """Connect; the end of it is an event."""
        threading.Thread(target=self._connect, daemon=True).start()

    def stop(self) -> None:
        """End the connection."""
        self._client.stop()

    def log_out(self) -> None:
        """Unlink this device."""
        self._client.logout()

    def pair(self, phone: str) -> str:
        """Ask for a pairing code."""
        return str(self._client.PairPhone(phone, True))

    def send(self, to: str, message: dict[str, Any] | str) -> dict[str, Any]:
        """Send a message, given as protobuf JSON, or a text as neonize sends it."""
        content = message if isinstance(message, str) else ParseDict(message, Message())
        return self._sent(self._client.send_message(_jid(to), content))

    def send_with_preview(self, to: str, text: str) -> dict[str, Any]:
        """Send a text with a preview of its link."""
        return self._sent(self._client.send_message(_jid(to), text, link_preview=True))

    def reply(self, text: str, to: str) -> dict[str, Any]:
        """Answer a message that came in."""
        return self._sent(self._client.reply_message(text, self._messages[to]))

    def edit(self, to: str, id: str, text: str) -> dict[str, Any]:
        """Change a message."""
        message = Message(conversation=text)
        return self._sent(self._client.edit_message(_jid(to), id, message))

    def revoke(self, to: str, id: str) -> dict[str, Any]:
        """Delete a message for everybody."""
        sender = self._client.get_me().JID
        return self._sent(self._client.revoke_message(_jid(to), sender, id))

    def poll(self, to: str, question: str, options: list[str], several: bool) -> dict[str, Any]:
        """Send a poll as neonize builds it."""
        count = VoteType.MULTIPLE if several else VoteType.SINGLE
        message = self._client.build_poll_vote_creation(question, options, count)
        return self._sent(self._client.send_message(_jid(to), message))

    def vote(self, poll: str, options: list[str]) -> dict[str, Any]:
        """Vote on a poll that came in."""
        info = self._messages[poll].Info
        message = self._client.build_poll_vote(info, options)
        return self._sent(self._client.send_message(info.MessageSource.Chat, message))

    def votes(self, id: str) -> list[str]:
        """The hashes (hex) of the options that a vote chose."""
        answer = ReturnFunctionWithError.FromString(self._decrypt_vote(self._messages[id]))
        if answer.Error:
            raise NeonizeError(answer.Error)
        return [option.hex() for option in answer.PollVoteMessage.selectedOptions]

    def upload(self, kind: str, body: str) -> dict[str, Any]:
        """Upload a file (base64): what a message has to say about it, as protobuf JSON."""
        placed = self._client.upload(base64.b64decode(body), _MEDIA[kind])
        return {
            "URL": placed.url,
            "directPath": placed.DirectPath,
            "mediaKey": _text(placed.MediaKey),
            "fileEncSHA256": _text(placed.FileEncSHA256),
            "fileSHA256": _text(placed.FileSHA256),
            "fileLength": placed.FileLength,
        }

    def download(self, id: str) -> str:
        """The file of a message that came in, as base64."""
        return _text(self._client.download_any(self._messages[id].Message))

    def mark_read(self, id: str, chat: str, sender: str, type: str = "READ") -> None:
        """Send a read, or played, receipt."""
        kind = ReceiptType[type]
        self._client.mark_read(id, chat=_jid(chat), sender=_jid(sender), receipt=kind)

    def typing(self, to: str, on: bool) -> None:
        """Show or end "typing …"."""
        state = ChatPresence.CHAT_PRESENCE_COMPOSING if on else ChatPresence.CHAT_PRESENCE_PAUSED
        text = ChatPresenceMedia.CHAT_PRESENCE_MEDIA_TEXT
        self._client.send_chat_presence(_jid(to), state, text)

    def presence(self, available: bool) -> None:
        """Say whether somebody is at the device."""
        state = Presence.AVAILABLE if available else Presence.UNAVAILABLE
        self._client.send_presence(state)

    def me(self) -> dict[str, Any]:
        """Who is logged in."""
        me = self._client.get_me()
        return {"jid": Jid2String(me.JID), "lid": Jid2String(me.LID), "name": me.PushName}

    def contacts(self) -> dict[str, str]:
        """The names in the address book, by address."""
        found = self._client.contact.get_all_contacts()
        return {Jid2String(one.JID): one.Info.FullName or one.Info.PushName for one in found}

    def groups(self) -> dict[str, Any]:
        """The groups, by address."""
        return {Jid2String(one.JID): MessageToDict(one) for one in self._client.get_joined_groups()}

    def channels(self) -> dict[str, str]:
        """The names of the channels that are followed, by address."""
        found = self._client.get_subscribed_newletters()
        return {Jid2String(one.ID): one.ThreadMeta.Name.Text for one in found}

    def channel_posts(self, jid: str) -> list[dict[str, Any]]:
        """The last posts of a channel."""
        found = self._client.get_newsletter_messages(_jid(jid), 10, 0)
        return [{"server_id": one.MessageServerID, "views": one.ViewsCount} for one in found]

    def view(self, jid: str, server_id: int) -> None:
        """Let a post of a channel count as viewed."""
        self._client.newsletter_mark_viewed(_jid(jid), [server_id])

    def group(self, jid: str) -> dict[str, Any]:
        """One group."""
        found: dict[str, Any] = MessageToDict(self._client.get_group_info(_jid(jid)))
        return found

    def check(self, phones: list[str]) -> dict[str, bool]:
        """Which numbers are on WhatsApp."""
        return {one.Query: one.IsIn for one in self._client.is_on_whatsapp(*phones)}

    def lid(self, phone: str) -> str:
        """The LID of a number."""
        return str(Jid2String(self._client.get_lid_from_pn(_jid(phone))))

    def devices(self, *jids: str) -> list[str]:
        """The addresses of people's devices."""
        return [Jid2String(one) for one in self._client.get_user_devices(*map(_jid, jids))]

    def _decrypt_vote(self, vote: Any) -> bytes:
        """Ask Go itself: decrypt_poll_vote of neonize 0.5.2 forgets to follow the pointer."""
        go, body = self._client._NewClient__client, vote.SerializeToString()
        answer: bytes = go.DecryptPollVote(self._client.uuid, body, len(body)).contents.get_bytes()
        return answer

    def _connect(self) -> None:
        try:
            self._client.connect()
        except NeonizeError as fault:
            say(event="ConnectEnded", error=repr(fault))
        else:
            say(event="ConnectEnded", error="")

    def _sent(self, answer: Any) -> dict[str, Any]:
        return {"id": answer.ID, "at": answer.Timestamp, "chat": Jid2String(answer.Chat)}

    def _report(self, _client: object, event: Any) -> None:
        name = event.DESCRIPTOR.name
        extra = {}
        if name == "Message":
            self._messages[event.Info.ID] = event
            extra = _message(event)
        elif name == "Receipt":
            extra = _receipt(event)
        say(event=name, **extra, body=MessageToDict(event))


def _message(event: Any) -> dict[str, Any]:
    message = event.Message
    source = event.Info.MessageSource
    return {
        "id": event.Info.ID,
        "text": message.conversation or message.extendedTextMessage.text,
        "chat": Jid2String(source.Chat),
        "sender": Jid2String(source.Sender),
        "name": event.Info.Pushname,
        "is_empty": not message.ListFields()
        or {one.name for one, _ in message.ListFields()} == {"senderKeyDistributionMessage"},
    }


def _receipt(event: Any) -> dict[str, Any]:
    source = event.MessageSource
    return {
        "ids": list(event.MessageIDs),
        "type": int(event.Type),
        "chat": Jid2String(source.Chat),
        "sender": Jid2String(source.Sender),
    }


def _jid(text: str) -> Any:
    user, _, server = text.partition("@")
    return build_jid(user, server or "s.whatsapp.net")


def _text(body: bytes) -> str:
    return base64.b64encode(body).decode()


def _answer(number: int, command: Callable[..., Any], arguments: dict[str, Any]) -> None:
    try:
        say(answer=number, result=command(**arguments))
    except Exception as fault:
        say(answer=number, error=f"{type(fault).__name__}: {fault}")


def main(session: Path) -> None:
    """Take commands until stdin ends."""
    level = os.environ.get("DRIVER_LOG", "WARNING")
    logging.getLogger().setLevel(level)
    log.setLevel(level)
    driver = Driver(str(session))
    say(event="Ready")
    for line in sys.stdin:
        asked = json.loads(line)
        number, command = asked.pop("n"), getattr(driver, asked.pop("do"))
        work = threading.Thread(target=_answer, args=(number, command, asked), daemon=True)
        work.start()
    os._exit(0)  # the library's threads would keep an ordinary exit waiting


if __name__ == "__main__":
    main(Path(sys.argv[1]))
