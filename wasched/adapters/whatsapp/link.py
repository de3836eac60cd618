"""The link inside its process: one life of the library's client, from dialling to its end."""

import logging
import queue
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wasched.adapters.whatsapp import session_store, states, wire
from wasched.adapters.whatsapp.answers import answer_command
from wasched.adapters.whatsapp.changes_watch import ChangesWatch
from wasched.adapters.whatsapp.client import Client
from wasched.adapters.whatsapp.ends import LineEnd
from wasched.adapters.whatsapp.heard_store import HeardStore
from wasched.adapters.whatsapp.introduction import Introduction
from wasched.adapters.whatsapp.jobs import Jobs
from wasched.adapters.whatsapp.outlet import Outlet
from wasched.adapters.whatsapp.pairing import Pairing
from wasched.adapters.whatsapp.reading import News
from wasched.adapters.whatsapp.states import Report
from wasched.adapters.whatsapp.store_faults import StoreFault, fault_in
from wasched.adapters.whatsapp.store_watch import StoreFailed, StoreWatch
from wasched.adapters.whatsapp.unread_count import UnreadCount
from wasched.domain.errors import NotNow
from wasched.domain.link import (
    GroupsChanged,
    Heard,
    LinkEvent,
    LinkState,
    PhoneHeard,
    ReactionSeen,
    ReceiptSeen,
    StateChanged,
    VoteSeen,
)
from wasched.domain.reasons import Code, Reason
from wasched.services.ports import ContactSeen

log = logging.getLogger(__name__)

_LAST_SEND_S = 8.0
_LAST_EVENTS_S = 0.3
_HEARD_EVERY = timedelta(hours=1)


@dataclass(frozen=True)
class _Told:
    """The link has done what it still had to, and can end."""

    end: LineEnd


class _Returned:
    """The library's client came back; `fault` says why, empty for no reason given."""

    def __init__(self, fault: str) -> None:
        self.fault = fault


_Said = News | wire.PairByCode | StoreFailed | _Told | _Returned


class Link:
    """Keeps the state of the link, and asks the library only what it can answer just then."""

    def __init__(self, session: Path, outlet: Outlet) -> None:
        self._session, self._outlet = session, outlet
        self._state = LinkState.CONNECTING
        self._ending = False
        self._phone_at: datetime | None = None  # the phone, as it was told last
        self._inbox: queue.SimpleQueue[_Said] = queue.SimpleQueue()
        self._store = StoreWatch(session, self._inbox.put)
        self._store_fault: StoreFault | None = None
        self._sending: wire.Asked | None = None
        self._client = Client(session, self._inbox.put, self._store)
        self._sends, self._questions = Jobs("sends"), Jobs("questions")
        self._pairing = Pairing(self._client.pair, self._tell, self._questions.add)
        self._introduction = Introduction(self._client, self._tell, self._guard)
        self._watch = ChangesWatch(self._tell, self._look_at_contacts, self._questions.add)
        self._heard = HeardStore(session)
        self._unread = UnreadCount(lambda count: outlet.say(wire.CouldNotRead(count)))

    def run(self) -> LineEnd:
        """Live until the link must end, and say why it did."""
        self._store.start()
        for event in self._heard.read_left():
            self._tell(event)
        threading.Thread(target=self._connect, name="connection", daemon=True).start()
        while True:
            end = self._heed(self._inbox.get())
            if end is not None:
                self._ending = True
                return end

    def take(self, asked: wire.Asked) -> None:
        """Begin to do what the worker asks; the answer follows on the outlet."""
        match asked.ask:
            case wire.PingCommand():
                self._outlet.say(wire.Answered(asked.number, wire.Done()))
            case wire.StopCommand():
                threading.Thread(target=self._stop, name="stop", daemon=True).start()
            case wire.PairByCode():
                self._inbox.put(asked.ask)
                self._outlet.say(wire.Answered(asked.number, wire.Done()))
            case wire.UnlinkCommand():
                self._questions.add(lambda: self._answer_and_end(asked))
            case wire.SendCommand() | wire.AmendCommand():
                self._client.is_held = False
                self._sends.add(lambda: self._answer_send(asked))
            case wire.HoldCommand():
                self._client.is_held = True
            case wire.KeepTexts(on, keywords):
                self._heard.keeps_texts, self._heard.keywords = on, frozenset(keywords)
            case wire.NoteWritten(number):
                self._heard.forget(number)
            case wire.ShowTyping():
                self._sends.add(lambda: self._answer(asked))
            case _:
                self._questions.add(lambda: self._answer(asked))

    def _connect(self) -> None:
        fault = ""
        try:
            self._client.run()
        except Exception as end:  # whatever ends the client is an incident
            log.debug("The client raised", exc_info=True)
            fault = str(end)
        self._inbox.put(_Returned(fault))

    def _stop(self) -> None:
        self._sends.finish(_LAST_SEND_S)
        self._ending = True
        self._client.stop()
        self._inbox.put(_Told(LineEnd.REST))

    def _heed(self, said: _Said) -> LineEnd | None:
        """Act on one piece of news; an End when the process must end by it."""
        if isinstance(said, ReceiptSeen):
            self._tell(said)
            return None
        if isinstance(said, VoteSeen | ReactionSeen) and not self._client.may_be_mine(said.author):
            return None
        if isinstance(said, Heard):
            self._tell(self._heard.keep(said))
            return None
        if isinstance(said, PhoneHeard):
            self._hear_phone(said)
            return None
        if isinstance(said, GroupsChanged):
            self._watch.groups_changed()
            return None
        if isinstance(said, wire.PairByCode):
            self._pairing.want_code(said.phone)
            return None
        if isinstance(said, states.CodeRetired):
            self._pairing.code_retired()
            return None
        if isinstance(said, states.Unread):
            self._unread.note_message()
            return None
        if isinstance(said, StoreFailed):
            self._let_go(said)
            return None
        if isinstance(said, _Told):
            return said.end
        if isinstance(said, _Returned):
            return self._returned(said.fault)
        return None if self._store_fault else self._follow(said)

    def _hear_phone(self, heard: PhoneHeard) -> None:
        """Tell of it once in a while: it is counted in days."""
        if self._phone_at is None or heard.at - self._phone_at > _HEARD_EVERY:
            self._phone_at = heard.at
            self._tell(heard)

    def _let_go(self, failed: StoreFailed) -> None:
        """Begin to end, as nothing can be kept: WhatsApp keeps what comes for the next process."""
        if self._ending:
            return
        self._ending, self._store_fault = True, failed.fault
        fault, now = failed.fault, datetime.now(UTC)
        self._tell(StateChanged(fault.state, now, fault.code, fault.reason))
        if failed.held_back and (asked := self._sending):
            # The library's thread stands still before the message: it leaves neither now nor later.
            self._outlet.say(wire.Refused(asked.number, fault.reason, not_now=True))
        threading.Thread(target=self._end, args=(failed,), name="end", daemon=True).start()

    def _end(self, failed: StoreFailed) -> None:
        """Wait for the answer on its way, unless it cannot come, and for what has been read."""
        if not failed.held_back:
            self._sends.finish(_LAST_SEND_S)
        time.sleep(_LAST_EVENTS_S)
        self._inbox.put(_Told(LineEnd.STORE_FAULT))

    def _returned(self, fault: str) -> LineEnd | None:
        """The client came back: an incident, unless it was stopped."""
        if self._ending:
            return None  # _Told comes next
        if fault_of_store := fault_in(fault):
            self._let_go(StoreFailed(fault_of_store))
            return None
        log.warning("The client returned although nobody stopped it: %s", fault or "no reason")
        refusal = self._client.refusal_behind(fault)
        end = self._follow(refusal) if refusal else None
        return LineEnd.INCIDENT if end is None else end

    def _follow(self, report: Report) -> LineEnd | None:
        now = datetime.now(UTC)
        if isinstance(report, states.Paired):
            session_store.note_link(self._session, report.jid, now)
        if isinstance(report, states.LoggedIn):
            self._client.note_login()
            # Said before anybody learns that it is connected.
            session_store.note_link(self._session, self._introduction.begin(), now)
        change = states.may_follow(self._state, report, now)
        if change is not None:
            self._state = change.state
            self._tell(change)
        if isinstance(report, states.LoggedIn):
            self._questions.add(self._introduction.make)
            self._watch.logged_in()
        if isinstance(report, states.QrCode):
            self._pairing.show(report.code, now)
        if states.asks_for_new_codes(report):
            return LineEnd.NEW_CODES
        if self._state in states.RESTING:
            return LineEnd.REST
        return LineEnd.INCIDENT if self._state is LinkState.ERROR else None

    def _look_at_contacts(self) -> tuple[ContactSeen, ...]:
        self._introduction.make()
        self._guard()
        return self._client.contacts()

    def _answer_send(self, asked: wire.Asked) -> None:
        self._sending = asked
        self._answer(asked)
        self._sending = None

    def _answer(self, asked: wire.Asked) -> None:
        self._outlet.say(answer_command(asked, self._do))

    def _do(self, ask: wire.Ask) -> wire.Result:
        self._guard()
        match ask:
            case wire.SendCommand(outgoing):
                self._store.check_folder()
                return self._client.send(outgoing)
            case wire.AmendCommand(chat, amending):
                self._store.check_folder()
                return self._client.amend(chat, amending)
            case wire.ShowTyping(jid, on):
                self._client.typing(jid, on)
            case wire.CheckNumbers(phones):
                return wire.Numbers(self._client.check(phones))
            case wire.ListGroups():
                return wire.Groups(self._client.groups())
            case wire.ListMembers(group):
                return wire.Members(self._client.members(group))
            case wire.AskInviteLink(group):
                return wire.InviteLink(self._client.invite_link(group))
            case wire.ListContacts():
                return wire.Contacts(self._client.contacts())
            case wire.UnlinkCommand():
                self._unlink()
        return wire.Done()

    def _unlink(self) -> None:
        self._client.log_out()
        self._ending = True
        self._tell(StateChanged(LinkState.NEEDS_LINK, datetime.now(UTC), "unlinked"))

    def _answer_and_end(self, asked: wire.Asked) -> None:
        """Say that it is unlinked before the process ends, unless it could not be."""
        self._answer(asked)
        if self._ending:
            self._inbox.put(_Told(LineEnd.REST))

    def _guard(self) -> None:
        """Let nothing reach the library while it could not bear it."""
        if self._store_fault:
            raise NotNow(self._store_fault.reason)
        if self._ending or self._state is not LinkState.CONNECTED:
            raise NotNow(Reason(Code.NOT_CONNECTED))

    def _tell(self, event: LinkEvent) -> None:
        self._outlet.say(wire.Happened(event))
