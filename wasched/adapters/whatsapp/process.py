"""An account's line to WhatsApp, as the worker uses it."""

import logging
import sqlite3
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from os import close
from typing import TypeVar

from wasched.adapters.carried_files import files_at_hand
from wasched.adapters.whatsapp import session_store, wire
from wasched.adapters.whatsapp.place import ChildEndedError
from wasched.adapters.whatsapp.processes import LinkProcesses
from wasched.adapters.whatsapp.session_place import SessionPlace
from wasched.adapters.whatsapp.store_faults import DAMAGED, fault_in
from wasched.adapters.whatsapp.supervisor import Supervisor
from wasched.domain.content import Content
from wasched.domain.errors import NotNow, SendError
from wasched.domain.link import LinkEvent, LinkState
from wasched.domain.reasons import Code, Reason, because
from wasched.services.ports import (
    Amending,
    ChannelSeen,
    CheckedNumber,
    ContactSeen,
    Evidence,
    GroupSeen,
    MediaStore,
    MemberSeen,
    Outgoing,
    PostSeen,
    SendReceipt,
    SendTrace,
)

log = logging.getLogger(__name__)

_Answer = TypeVar("_Answer", bound=wire.Result)

_SEND_S = 600.0  # an upload, then two tries of the library of 75 s each, and some more
_QUESTION_S = 120.0
_UNLINK_S = 20.0  # a person waits, and so does whoever keeps the other accounts
_CHECKED_AT_ONCE = 50
_NO_PROCESS, _ENDED = Reason(Code.NO_PROCESS), Reason(Code.PROCESS_ENDED)
_ENDED_BY_OTHER = Reason(Code.PROCESS_ENDED_BY_OTHER)
_LINKED_ANEW = Reason(Code.LINKED_ANEW)


class WhatsAppLine:
    """Fulfils the Line protocol with a supervised link that holds the session.

    `media` is where the files of messages lie; `processes` are those that links share, without
    which this one has its own.
    """

    def __init__(
        self,
        kept: SessionPlace,
        on_event: Callable[[LinkEvent], None],
        media: MediaStore,
        processes: LinkProcesses | None = None,
    ) -> None:
        self._kept, self._session, self._media = kept, kept.store(), media
        self._supervisor = Supervisor(kept, on_event, processes)

    @property
    def is_ready(self) -> bool:
        """True while messages can be handed over."""
        running = self._supervisor.child is not None
        return running and self._supervisor.state is LinkState.CONNECTED

    def start(self) -> None:
        """Begin to hold the session and keep holding it until `stop`."""
        self._supervisor.start()

    def stop(self) -> None:
        """Let go of the session; returns when its process has ended."""
        self._supervisor.stop()

    def hold(self) -> None:
        """Let the send under way end with NotNow, unless the library has been handed it."""
        if (child := self._supervisor.child) is not None:
            child.tell(wire.HoldCommand())

    def keep_texts(self, on: bool, keywords: Collection[str] = ()) -> None:
        """Say whether what people say may stand beside the session for a moment, or keywords."""
        self._supervisor.keep_texts(on, keywords)

    def note_written(self, number: int) -> None:
        """What people said is written down, up to this number."""
        self._supervisor.note_written(number)

    def connect(self) -> None:
        """Try again now: a new code when not linked, a new connection after a fault."""
        is_dialling = self._supervisor.state is LinkState.CONNECTING
        if self._supervisor.child is None or not (self.is_ready or is_dialling):
            self._supervisor.begin_again()

    def pair_by_code(self, phone: str) -> None:
        """Ask for a pairing code for the E.164 number; it arrives as an event."""
        if self.is_ready:
            raise NotNow(Reason(Code.LINKED_ALREADY))
        child = self._supervisor.child
        if child is not None and self._supervisor.is_linking:
            child.tell(wire.PairByCode(phone))
        else:
            self._supervisor.begin_again(phone)

    def link_by_passkey(self) -> None:
        """Begin a round of linking for an account that WhatsApp asks for its passkey."""
        if self.is_ready:
            raise NotNow(Reason(Code.LINKED_ALREADY))
        self._supervisor.begin_again(by_passkey=True)

    def answer_passkey(self, text: str) -> None:
        """Hand in what a browser gave for the passkey; what is made of it arrives as an event."""
        self._tell_linker(wire.AnswerPasskey(text))

    def compare_passkey(self, *, is_same: bool) -> None:
        """Say whether the phone shows the code that it should."""
        self._tell_linker(wire.ComparePasskey(is_same))

    def unlink(self) -> None:
        """Log this device out of WhatsApp and forget the session."""
        if self.is_ready:
            try:
                self._ask(wire.UnlinkCommand(), wire.Done, _UNLINK_S)
                return
            except (NotNow, SendError) as fault:
                log.warning("The phone could not be told of the unlinking: %s", fault)
        self._supervisor.forget()

    def fetch_files(self, content: Content) -> None:
        """Bring the files of a message to this machine; SendError if one cannot be had."""
        with files_at_hand(content, self._media):
            pass

    def send(self, outgoing: Outgoing) -> SendReceipt:
        """Hand over one message and wait for WhatsApp's answer."""
        if not self.is_ready:
            raise NotNow(_NO_PROCESS)
        with files_at_hand(outgoing.content, self._media) as content:
            command = wire.SendCommand(replace(outgoing, content=content))
            return self._ask(command, SendReceipt, _SEND_S)

    def amend(self, amending: Amending) -> SendReceipt:
        """Delete or correct what went out, in the chat that the session knows it to be in."""
        if not self.is_ready:
            raise NotNow(_NO_PROCESS)
        chat = self._chat_of(amending.message_id)
        if amending.content is None:
            return self._ask(wire.AmendCommand(chat, amending), SendReceipt, _SEND_S)
        with files_at_hand(amending.content, self._media) as content:
            command = wire.AmendCommand(chat, replace(amending, content=content))
            return self._ask(command, SendReceipt, _SEND_S)

    def evidence(self, secret: bytes, attempted_at: datetime) -> Evidence:
        """Say what became of an attempt that is over; NotNow while another holds the session."""
        try:
            child = self._supervisor.child
            if child is not None and child.is_holding:
                return self._session.find_evidence(secret, attempted_at)
            return self._evidence_at_rest(secret, attempted_at)
        except (sqlite3.Error, OSError) as fault:
            if fault_in(str(fault)) is DAMAGED:
                return Evidence(SendTrace.GONE)  # it will not say more later
            raise NotNow(because(Code.SESSION_UNREADABLE, text=str(fault))) from fault

    def typing(self, jid: str, on: bool) -> None:
        """Show or end "typing …" in the recipient's chat."""
        self._ask(wire.ShowTyping(jid, on), wire.Done, _QUESTION_S)

    def check(self, phones: list[str]) -> list[CheckedNumber]:
        """Ask which E.164 numbers are on WhatsApp."""
        checked: list[CheckedNumber] = []
        for start in range(0, len(phones), _CHECKED_AT_ONCE):
            some = wire.CheckNumbers(tuple(phones[start : start + _CHECKED_AT_ONCE]))
            checked += self._ask(some, wire.Numbers, _QUESTION_S).checked
        return checked

    def groups(self) -> list[GroupSeen]:
        """List the groups the account belongs to."""
        return list(self._ask(wire.ListGroups(), wire.Groups, _QUESTION_S).groups)

    def channels(self) -> list[ChannelSeen]:
        """List the channels that the account may post to."""
        return list(self._ask(wire.ListChannels(), wire.Channels, _QUESTION_S).channels)

    def posts(self, channel: str) -> list[PostSeen]:
        """List the last posts of a channel."""
        return list(self._ask(wire.ListPosts(channel), wire.Posts, _QUESTION_S).posts)

    def members(self, group: str) -> list[MemberSeen]:
        """List the members of a group."""
        return list(self._ask(wire.ListMembers(group), wire.Members, _QUESTION_S).members)

    def invite_link(self, group: str) -> str:
        """The invite link of a group that the account is an admin of."""
        return self._ask(wire.AskInviteLink(group), wire.InviteLink, _QUESTION_S).link

    def contacts(self) -> list[ContactSeen]:
        """List the contacts the linked phone knows."""
        return list(self._ask(wire.ListContacts(), wire.Contacts, _QUESTION_S).contacts)

    def _tell_linker(self, ask: wire.Ask) -> None:
        child = self._supervisor.child
        if child is None or not self._supervisor.is_linking:
            raise NotNow(Reason(Code.PASSKEY_NOT_ASKED))
        child.tell(ask)

    def _chat_of(self, message_id: str) -> str:
        """Where a message went, whatever its recipient's address has become since."""
        try:
            chat = self._session.find_chat(message_id)
        except (sqlite3.Error, OSError) as fault:
            raise NotNow(because(Code.SESSION_UNREADABLE, text=str(fault))) from fault
        if chat is None:
            raise SendError(_LINKED_ANEW, permanent=True)
        return chat

    def _evidence_at_rest(self, secret: bytes, attempted_at: datetime) -> Evidence:
        """Judge while no process runs, holding the session so that none can begin to send."""
        handle = session_store.lock_store(self._kept.file)
        if handle is None:
            raise NotNow(_NO_PROCESS)
        try:
            self._session.take_over()
            return self._session.find_evidence(secret, attempted_at)
        finally:
            close(handle)

    def _ask(self, ask: wire.Ask, kind: type[_Answer], timeout_s: float) -> _Answer:
        """Ask the process; what it may have sent before it ended is for the evidence to say."""
        child = self._supervisor.child
        if child is None:
            raise NotNow(_NO_PROCESS)
        try:
            answer = child.ask(ask, timeout_s)
        except ChildEndedError as end:
            if end.was_heard and isinstance(ask, wire.SendCommand | wire.AmendCommand):
                raise _ended(was_blamed=end.was_blamed) from None
            raise NotNow(_NO_PROCESS) from None
        assert isinstance(answer, kind)
        return answer


def _ended(*, was_blamed: bool) -> SendError:
    reason = _ENDED if was_blamed else _ENDED_BY_OTHER
    return SendError(reason, permanent=False, left=None, ended_line=was_blamed)
