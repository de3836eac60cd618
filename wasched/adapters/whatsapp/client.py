"""The library's client as this product uses it: plain values in, plain values and reports out."""

import ctypes
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from itertools import count
from typing import Any, TypeVar

from wasched.adapters.whatsapp import connections, contacts, mentions, reading, states
from wasched.adapters.whatsapp import neonize_api as api
from wasched.adapters.whatsapp.answer_watch import AnswerWatch
from wasched.adapters.whatsapp.errors import (
    PairingError,
    of_pairing,
    of_question,
    of_send,
    of_upload,
)
from wasched.adapters.whatsapp.library_log import LibraryLog
from wasched.adapters.whatsapp.messages import (
    as_status,
    build_deletion,
    build_edit,
    build_message,
)
from wasched.adapters.whatsapp.session_place import Opening
from wasched.adapters.whatsapp.states import Report
from wasched.adapters.whatsapp.store_watch import StoreWatch
from wasched.adapters.whatsapp.uploads import Body, Uploads
from wasched.domain.chats import STATUS, is_person
from wasched.domain.content import Content
from wasched.domain.errors import NotNow, SendError
from wasched.domain.link import UNANSWERED, Identified
from wasched.domain.reasons import Code, Reason
from wasched.services.ports import (
    Amending,
    ChannelSeen,
    CheckedNumber,
    ContactSeen,
    GroupSeen,
    MemberSeen,
    Outgoing,
    PostSeen,
    SendReceipt,
)

_T = TypeVar("_T")

_lives = count(1)
_LAST_CALLS_S = 3.0

_NO_KEY = Reason(Code.NO_KEY)
_POSTS = 100  # of a channel that are asked for at once

Listener = Callable[[reading.News], None]


class _Client(api.NewClient):  # type: ignore[misc]
    """neonize's client, whose word on the login would otherwise only be printed."""

    on_login_status: Callable[[str], None]

    def _NewClient__onLoginStatus(self, _uuid: int, status: int) -> None:  # noqa: N802
        self.on_login_status(ctypes.string_at(status).decode("utf-8", "replace"))


class Client:
    """One account's client; questions only while logged in, and nothing at all after `stop`.

    Outside these times the library aborts the whole process. Its events call `listener` on the
    library's own thread, which must not be held up.
    """

    def __init__(self, name: str, opening: Opening, listener: Listener, store: StoreWatch) -> None:
        props = api.DeviceProps(os="wasched", platformType=api.DeviceProps.CHROME)
        uuid = f"{name}.{next(_lives)}"  # Go knows clients by it, also those that ended
        is_new = opening.is_shared and not opening.jid
        self._library = _Client(opening.address, props=props, uuid=uuid, new_device=is_new)
        if opening.jid:  # else the first device there is; said to the maker it would be the uuid
            self._library.jid = reading.parse_device(opening.jid)
        self._library.on_login_status = lambda status: listener(states.PairingEnded(status))
        self._uploads = Uploads(self._upload)
        self._me = Identified("", None, "", datetime.now(UTC))
        self._log = LibraryLog(listener)
        self._store, self._listener = store, listener
        self._answers = AnswerWatch(self._connect_anew)
        self._connections = connections.OwnConnections()
        self._calls = _OpenCalls()
        self._is_online = False
        self.is_held = False  # nothing is handed over to the library
        self._listen(listener)

    def refusal_behind(self, fault: str) -> Report | None:
        """The refused login that ended `run` with this fault, None if something else did."""
        if not states.names_refusal(fault):
            return None
        return states.of_refusal(self._log.refusal(), fault)

    def run(self) -> None:
        """Connect and stay so until `stop`; ConnectionError when the first dialling fails."""
        if self._calls.are_closed:
            return
        self._connections.begin_to_dial()
        try:
            api.connect(self._library, self._hear_log)
        except api.NeonizeError as fault:
            raise ConnectionError(reading.text_of(fault)) from fault

    def stop(self) -> None:
        """Close the connection, and make `run` return if the client was ever linked."""
        self._calls.close(_LAST_CALLS_S)
        self._connections.forget()
        api.stop(self._library)

    def note_loss(self) -> None:
        """The connection has broken; the library makes another one."""
        self._connections.begin_to_dial()

    def note_login(self) -> None:
        """The connection to WhatsApp stands, and was logged in on just now."""
        api.remove_stray_file()
        self._connections.note_login()
        self._answers.note_login()

    def identity(self) -> tuple[Identified, str]:
        """Who is logged in, and the address of this very device."""
        with self._calls.one():
            me = self._library.get_me()
        lid = reading.bare_jid(me.LID) if me.LID.User else None
        self._me = Identified(reading.bare_jid(me.JID), lid, me.PushName, datetime.now(UTC))
        return self._me, reading.full_jid(me.JID)

    def may_be_mine(self, author: str) -> bool:
        """False for what surely somebody else wrote."""
        mine = {one for one in (self._me.jid, self._me.lid) if one}
        return not author or not mine or author in mine

    def introduce(self) -> None:
        """Tell WhatsApp the account's name while leaving the phone's notifications on."""
        self._question(lambda: self._library.send_presence(api.Presence.UNAVAILABLE))

    def send(self, outgoing: Outgoing) -> SendReceipt:
        """Hand a message over and wait for the answer; SendError or NotNow says what went wrong."""
        content = self._addressed(outgoing.to, outgoing.content)
        message = build_message(content, outgoing.secret, self._uploads)
        if outgoing.to == STATUS:
            message = as_status(message)
        try:
            if self.is_held:  # since it was asked: to bring up a film can take minutes
                raise NotNow(Reason(Code.HELD_BACK))
            answer = self._hand_over(outgoing.to, message)
        finally:
            self._withdraw()
        self._check_copies(outgoing.to, answer.ID)
        return SendReceipt(answer.ID, datetime.fromtimestamp(answer.Timestamp, UTC))

    def amend(self, chat: str, amending: Amending) -> SendReceipt:
        """Hand over a change of what went to a chat, and wait for the answer; as for `send`.

        It names the message by its id, so that it can never become a second one.
        """
        answer = self._hand_over(chat, self._change(chat, amending))
        self._check_copies(chat, answer.ID)
        return SendReceipt(answer.ID, datetime.fromtimestamp(answer.Timestamp, UTC))

    def typing(self, jid: str, on: bool) -> None:
        """Show or end "typing …" in a chat, which others see of an account that is online only."""
        presences = api.ChatPresence
        state = presences.CHAT_PRESENCE_COMPOSING if on else presences.CHAT_PRESENCE_PAUSED
        media = api.ChatPresenceMedia.CHAT_PRESENCE_MEDIA_TEXT
        if on:
            self._be_online()
        chat = reading.parse_jid(jid)
        self._question(lambda: self._library.send_chat_presence(chat, state, media))
        if not on:
            self._withdraw()

    def check(self, phones: tuple[str, ...]) -> tuple[CheckedNumber, ...]:
        """Ask which numbers are on WhatsApp."""
        found = self._question(lambda: list(self._library.is_on_whatsapp(*phones)))
        by_query = {one.Query.lstrip("+"): one for one in found}
        return tuple(self._checked(phone, by_query.get(phone.lstrip("+"))) for phone in phones)

    def groups(self) -> tuple[GroupSeen, ...]:
        """List the account's groups."""
        mine = {one for one in (self._me.jid, self._me.lid) if one}
        return self._question(
            lambda: tuple(
                reading.read_group(one, mine)
                for one in self._library.get_joined_groups()
                if reading.is_chat(one)
            )
        )

    def channels(self) -> tuple[ChannelSeen, ...]:
        """List the channels that the account may post to."""
        found = self._question(lambda: list(self._library.get_subscribed_newletters()))
        return tuple(reading.read_channel(one) for one in found if reading.may_post(one))

    def posts(self, channel: str) -> tuple[PostSeen, ...]:
        """List the last posts of a channel; what others wrote has another secret, or none."""
        jid = reading.parse_jid(channel)
        ask = self._library.get_newsletter_messages
        found = self._question(lambda: list(ask(jid, _POSTS, 0)))
        return tuple(
            PostSeen(one.Message.messageContextInfo.messageSecret, one.ViewsCount) for one in found
        )

    def members(self, group: str) -> tuple[MemberSeen, ...]:
        """List the members of a group."""
        jid = reading.parse_jid(group)
        found = self._question(lambda: self._library.get_group_info(jid).Participants)
        return tuple(reading.read_member(one) for one in found)

    def invite_link(self, group: str) -> str:
        """The invite link of a group that the account is an admin of."""
        jid = reading.parse_jid(group)
        return self._question(lambda: str(self._library.get_group_invite_link(jid)))

    def contacts(self) -> tuple[ContactSeen, ...]:
        """List the contacts that have a name."""
        found = self._question(lambda: list(self._library.contact.get_all_contacts()))
        return contacts.merge_contacts(found, self._other_address)

    def pair(self, phone: str) -> str:
        """A pairing code (`XXXX-XXXX`) for an E.164 number; PairingError says why there is none."""
        name, browser = api.ClientName.LINUX, api.ClientType.CHROME
        try:
            code: str = self._library.PairPhone(phone.lstrip("+"), True, name, browser)
        except api.NeonizeError as fault:
            raise PairingError(of_pairing(reading.text_of(fault))) from fault
        return code

    def log_out(self) -> None:
        """Unlink this device and delete the session."""
        self._question(self._library.logout)

    def _change(self, chat: str, amending: Amending) -> api.Message:
        if amending.content is None:
            return build_deletion(chat, amending.message_id)
        content = self._addressed(chat, amending.content)
        edit = build_edit(chat, amending.message_id, content, self._uploads)
        if self.is_held:  # new words wait while all is stopped; what is deleted does not
            raise NotNow(Reason(Code.HELD_BACK))
        return edit

    def _hand_over(self, to: str, message: api.Message) -> Any:
        """Give the library a message, and WhatsApp so long to answer as `AnswerWatch` says."""
        with self._answers.waiting(for_group=not is_person(to)):
            try:
                return self._library.send_message(reading.parse_jid(to), message)
            except api.NeonizeError as fault:
                text = reading.text_of(fault)
                self._store.hear_answer(text)
                raise of_send(text) from fault

    def _connect_anew(self) -> bool:
        """Break off the connection that WhatsApp took the login on; the library dials again."""
        silent = connections.idle_among(self._connections.found())
        if silent:
            self._listener(states.Disconnected(UNANSWERED))  # before the next login can be told
            connections.break_off(silent)
        return bool(silent)

    def _check_copies(self, to: str, message_id: str) -> None:
        """SendError if a person's phone got no copy; of a group or status they ask for theirs.

        Sending it again makes nothing double: nobody but the sender's own devices has it.
        """
        mine = {one.partition("@")[0] for one in (self._me.jid, self._me.lid) if one}
        if self._log.without_copy(message_id) - mine and is_person(to):
            raise SendError(_NO_KEY, permanent=False, left=False)

    def _checked(self, phone: str, answer: Any) -> CheckedNumber:
        if answer is None or not answer.IsIn:
            return CheckedNumber(phone, registered=False)
        if answer.JID.Server == "lid":
            jid = self._other_address(answer.JID)
            own = f"{phone.lstrip('+')}@s.whatsapp.net"
            return CheckedNumber(
                phone, registered=True, jid=jid or own, lid=reading.bare_jid(answer.JID)
            )
        lid = self._other_address(answer.JID)
        return CheckedNumber(phone, registered=True, jid=reading.bare_jid(answer.JID), lid=lid)

    def _be_online(self) -> None:
        """Be seen as online; WhatsApp allows it once it has told the account's own name."""
        with suppress(SendError):
            self._question(lambda: self._library.send_presence(api.Presence.AVAILABLE))
            self._is_online = True

    def _withdraw(self) -> None:
        """Be online no longer, so that the phone rings again; best effort."""
        if self._is_online:
            self._is_online = False
            with suppress(NotNow, SendError):
                self.introduce()

    def _upload(self, body: Body, kind: api.MediaType) -> api.UploadResponse:
        try:
            return self._library.upload(body, kind)
        except api.NeonizeError as fault:
            raise of_upload(reading.text_of(fault)) from fault

    def _addressed(self, to: str, content: Content) -> Content:
        """The content with mentions as the recipient's phones know them."""
        if not mentions.name_mentions(content):
            return content
        if not to.endswith("@g.us"):
            return mentions.in_chat(content)
        return mentions.in_group(content, self.members(to))

    def _other_address(self, jid: api.JID) -> str | None:
        """The same person's LID or number, None if the session does not know it."""
        is_lid = jid.Server == "lid"
        look_up = self._library.get_pn_from_lid if is_lid else self._library.get_lid_from_pn
        try:
            with self._calls.one():
                found = look_up(jid)
        except api.NeonizeError:
            return None
        return reading.bare_jid(found) if found.User else None

    def _question(self, ask: Callable[[], _T]) -> _T:
        try:
            with self._calls.one():
                return ask()
        except api.NeonizeError as fault:
            text = reading.text_of(fault)
            self._store.hear_answer(text)
            raise of_question(text) from fault

    def _hear_log(self, line: str) -> None:
        self._log.hear(line)
        self._store.hear_library(line)

    def _listen(self, listener: Listener) -> None:
        """Subscribe to events; only those named before connecting are ever delivered."""
        for kind, read in reading.EVENTS.items():
            self._library.event(kind)(_handler(read, listener))
        self._library.event.qr(lambda _, code: listener(states.QrCode(code.decode())))


class _OpenCalls:
    """Calls to the library that are under way; once closed, none begins any more.

    Go knows nothing of a client that was stopped, and such a call would end the whole process.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._count, self._is_closed = 0, False

    @property
    def are_closed(self) -> bool:
        """True once none may begin any more."""
        return self._is_closed

    @contextmanager
    def one(self) -> Iterator[None]:
        """NotNow once they are closed."""
        with self._changed:
            if self._is_closed:
                raise NotNow(Reason(Code.NOT_CONNECTED))
            self._count += 1
        try:
            yield
        finally:
            with self._changed:
                self._count -= 1
                self._changed.notify_all()

    def close(self, patience_s: float) -> None:
        """Let none begin, and wait so long for those that have: more would be a call that hangs."""
        with self._changed:
            self._is_closed = True
            self._changed.wait_for(lambda: self._count == 0, patience_s)


def _handler(read: reading.Reader, listener: Listener) -> Callable[[object, object], None]:
    def handle(_client: object, event: object) -> None:
        for report in read(event):
            listener(report)

    return handle
