"""One life of the library's client inside the process, from dialling to its end."""

import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from wasched.adapters.alarms import alarms
from wasched.adapters.whatsapp import states, wire
from wasched.adapters.whatsapp.answers import answer_command
from wasched.adapters.whatsapp.changes_watch import ChangesWatch
from wasched.adapters.whatsapp.client import Client
from wasched.adapters.whatsapp.ends import LineEnd
from wasched.adapters.whatsapp.heard_store import HeardStore
from wasched.adapters.whatsapp.introduction import Introduction
from wasched.adapters.whatsapp.jobs import Jobs
from wasched.adapters.whatsapp.life import Life
from wasched.adapters.whatsapp.pairing import Pairing
from wasched.adapters.whatsapp.reading import News
from wasched.adapters.whatsapp.session_place import Opening
from wasched.adapters.whatsapp.states import Report
from wasched.adapters.whatsapp.store_faults import AWAY, StoreFault, fault_in
from wasched.adapters.whatsapp.store_watch import StoreFailed, StoreWatch
from wasched.adapters.whatsapp.unread_count import UnreadCount
from wasched.domain.errors import NotNow
from wasched.domain.link import (
    CaughtUp,
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
_LET_GO_S, _STOP_STEP_S = 6.0, 0.1
_AT_ONCE = 8
"""So many links heed what they hear at one time, which takes none of them long."""


@dataclass(frozen=True)
class _Told:
    """The link has done what it still had to, and can end."""

    end: LineEnd


class _Returned:
    """The library's client came back; `fault` says why, empty for no reason given."""

    def __init__(self, fault: str) -> None:
        self.fault = fault


_Said = News | wire.PairByCode | wire.NoteWritten | StoreFailed | _Told | _Returned


@cache
def _heeding() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_AT_ONCE, "news")


class Link:
    """Keeps the state of the link, and asks the library only what it can answer just then.

    What it hears is heeded in order, one at a time, on a thread that the links share.
    """

    def __init__(self, life: Life, opening: Opening) -> None:
        outlet = life.outlet
        self._life, self._outlet, self._session = life, outlet, life.store
        self._is_shared = opening.is_shared
        self._state = LinkState.CONNECTING
        self._ending = self._has_ended = self._shows_codes = False
        self._is_all_told = False  # of what came while this was not connected
        self._phone_at: datetime | None = None  # the phone, as it was told last
        self._news = Jobs("news", _heeding().submit)
        self._store = StoreWatch(life.store.fault, self._put)
        self._store_fault: StoreFault | None = None
        self._sending: wire.Asked | None = None
        self._returned_at_last = threading.Event()
        self._client = Client(life.kept.name, opening, self._put, self._store)
        self._sends, self._questions = Jobs("sends"), Jobs("questions")
        self._pairing = Pairing(self._client.pair, self._tell, self._questions.add)
        self._introduction = Introduction(self._client, self._tell, self._guard)
        self._watch = ChangesWatch(self._tell, self._look_at_contacts, self._questions.add)
        self._heard = HeardStore(life.store.heard())
        self._unread = UnreadCount(lambda count: outlet.say(wire.CouldNotRead(count)))

    def run(self) -> None:
        """Live until the library lets the client go; that the link has ended may be said before."""
        self._store.start()
        self._tell_what_is_left()
        self._life.inbox.deliver_to(self.take)
        fault = ""
        try:
            if not self._ending:
                self._client.run()
        except Exception as end:  # whatever ends the client is an incident
            log.debug("The client raised", exc_info=True)
            fault = str(end)
        self._returned_at_last.set()
        self._put(_Returned(fault))

    def _tell_what_is_left(self) -> None:
        try:
            for event in self._heard.read_left():
                self._tell(event)
        except OSError as fault:  # the next life tells it
            log.warning("What was said before cannot be read: %s", fault)
            self._put(StoreFailed(AWAY))

    def _put(self, said: _Said) -> None:
        self._news.add(lambda: self._hear(said))

    def _hear(self, said: _Said) -> None:
        """Heed it unless all is over, which it may be after it."""
        if self._has_ended:
            return
        try:
            end = self._heed(said)
        except Exception:
            log.exception("What the library said could not be heeded")
            end = LineEnd.INCIDENT
        if end is not None:
            self._end_life(end)

    def _end_life(self, end: LineEnd) -> None:
        """Leave nothing behind that could still act, and say that the link has ended."""
        self._has_ended = self._ending = True
        self._store.stop()
        self._watch.stop()
        threading.Thread(target=self._let_client_go, args=(end,), name="end", daemon=True).start()

    def _let_client_go(self, end: LineEnd) -> None:
        """Stop the client, and say whether it is gone."""
        stopping = threading.Thread(target=self._stop_client, name="stop", daemon=True)
        stopping.start()
        stopping.join(_LET_GO_S)
        is_gone = self._returned_at_last.is_set() or (self._shows_codes and not stopping.is_alive())
        self._heard.close()
        self._life.end(end, hangs=not is_gone)

    def _stop_client(self) -> None:
        """Stop it until it is gone: Go may not have known of it yet.

        One that shows codes is known, and stays when it is stopped, without a connection.
        """
        self._client.stop()
        until = time.monotonic() + _LET_GO_S
        while not self._shows_codes and time.monotonic() < until:
            if self._returned_at_last.wait(_STOP_STEP_S):
                return
            self._client.stop()

    def take(self, asked: wire.Asked) -> None:
        """Begin to do what the worker asks; the answer follows on the outlet."""
        match asked.ask:
            case wire.PingCommand():
                self._news.add(lambda: self._outlet.say(wire.Answered(asked.number, wire.Done())))
            case wire.Abandon():
                self._ending = True
                self._abandon(LineEnd.INCIDENT)
            case wire.StopCommand():
                threading.Thread(target=self._stop, name="stop", daemon=True).start()
            case wire.PairByCode():
                self._put(asked.ask)
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
            case wire.NoteWritten():
                self._put(asked.ask)
            case wire.ShowTyping():
                self._sends.add(lambda: self._answer(asked))
            case _:
                self._questions.add(lambda: self._answer(asked))

    def _abandon(self, end: LineEnd) -> None:
        """End it whatever the thread is doing that heeds what it hears."""
        if not self._has_ended:
            self._end_life(end)

    def _stop(self) -> None:
        self._sends.finish(_LAST_SEND_S)
        self._ending = True
        self._put(_Told(LineEnd.REST))

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
        if isinstance(said, wire.NoteWritten):
            self._heard.forget(said.number)
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
        if not fault.is_over:  # else it is for the other worker to say how the link is
            self._tell(StateChanged(fault.state, now, fault.code, fault.reason))
        if failed.held_back and (asked := self._sending):
            # The library's thread stands still before the message: it leaves neither now nor later.
            self._outlet.say(wire.Refused(asked.number, fault.reason, not_now=True))
        threading.Thread(target=self._end, args=(failed,), name="end", daemon=True).start()

    def _end(self, failed: StoreFailed) -> None:
        """Wait for the answer on its way, unless it cannot come, and for what has been read."""
        if not failed.held_back:
            self._sends.finish(_LAST_SEND_S)
        end = LineEnd.REST if failed.fault.is_over else LineEnd.STORE_FAULT
        alarms().after(_LAST_EVENTS_S, lambda: self._put(_Told(end)))

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
        if isinstance(report, states.Replaced | states.LoggedIn) and self._session.is_taken_over():
            return LineEnd.REST  # by another worker, which says how the link is
        if isinstance(report, states.Replaced) and self._is_shared:
            return LineEnd.RETAKEN
        if isinstance(report, states.Disconnected):
            self._client.note_loss()
        if isinstance(report, states.Paired | states.LoggedIn):
            self._shows_codes = False
        if isinstance(report, states.Paired):
            self._session.note_link(report.jid, now)
        if isinstance(report, states.LoggedIn):
            self._client.note_login()
            # Said before anybody learns that it is connected.
            self._session.note_link(self._introduction.begin(), now)
        change = states.may_follow(self._state, report, now)
        if change is not None:
            self._state = change.state
            self._tell(change)
        self._follow_telling(report, change is not None, now)
        if isinstance(report, states.LoggedIn):
            self._questions.add(self._introduction.make)
            self._watch.logged_in()
        if isinstance(report, states.QrCode):
            self._shows_codes = True
            self._pairing.show(report.code, now)
        if states.asks_for_new_codes(report):
            return LineEnd.NEW_CODES
        if self._state in states.RESTING:
            return LineEnd.REST
        return LineEnd.INCIDENT if self._state is LinkState.ERROR else None

    def _follow_telling(self, report: Report, has_changed: bool, now: datetime) -> None:
        """Say that it has caught up, after it is connected: the library may say that first."""
        if isinstance(report, states.Disconnected):
            self._is_all_told = False
        is_news = isinstance(report, states.AllTold)
        self._is_all_told = self._is_all_told or is_news
        if self._is_all_told and (is_news or has_changed) and self._state is LinkState.CONNECTED:
            self._tell(CaughtUp(now))

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
                self._store.check_room()
                return self._client.send(outgoing)
            case wire.AmendCommand(chat, amending):
                self._store.check_room()
                return self._client.amend(chat, amending)
            case wire.ShowTyping(jid, on):
                self._client.typing(jid, on)
            case wire.CheckNumbers(phones):
                return wire.Numbers(self._client.check(phones))
            case wire.ListGroups():
                return wire.Groups(self._client.groups())
            case wire.ListChannels():
                return wire.Channels(self._client.channels())
            case wire.ListPosts(channel):
                return wire.Posts(self._client.posts(channel))
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
            self._put(_Told(LineEnd.REST))

    def _guard(self) -> None:
        """Let nothing reach the library while it could not bear it."""
        if self._store_fault:
            raise NotNow(self._store_fault.reason)
        if self._ending or self._state is not LinkState.CONNECTED:
            raise NotNow(Reason(Code.NOT_CONNECTED))

    def _tell(self, event: LinkEvent) -> None:
        self._outlet.say(wire.Happened(event))
