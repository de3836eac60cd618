"""The link inside its process: one life of the library's client, from dialling to its end."""

import logging
import queue
import threading
from datetime import UTC, datetime
from pathlib import Path

from wasched.adapters.whatsapp import session_store, states, wire
from wasched.adapters.whatsapp.answers import answer
from wasched.adapters.whatsapp.changes_watch import ChangesWatch
from wasched.adapters.whatsapp.client import Client
from wasched.adapters.whatsapp.ends import End
from wasched.adapters.whatsapp.introduction import Introduction
from wasched.adapters.whatsapp.jobs import Jobs
from wasched.adapters.whatsapp.outlet import Outlet
from wasched.adapters.whatsapp.pairing import Pairing
from wasched.adapters.whatsapp.reading import News
from wasched.adapters.whatsapp.states import Report
from wasched.domain.errors import NotNow
from wasched.domain.link import (
    GroupsChanged,
    IncomingSeen,
    LinkEvent,
    LinkState,
    ReceiptSeen,
    StateChanged,
)
from wasched.services.ports import ContactSeen

log = logging.getLogger(__name__)

_LAST_SEND_S = 8.0


class _Told:
    """The worker told the link to end."""


class _Returned:
    """The library's client came back; `fault` says why, empty for no reason given."""

    def __init__(self, fault: str) -> None:
        self.fault = fault


_Said = News | wire.PairByCode | _Told | _Returned


class Link:
    """Keeps the state of the link, and asks the library only what it can answer just then."""

    def __init__(self, session: Path, outlet: Outlet) -> None:
        self._session, self._outlet = session, outlet
        self._state = LinkState.CONNECTING
        self._ending = False
        self._inbox: queue.SimpleQueue[_Said] = queue.SimpleQueue()
        self._client = Client(session, self._inbox.put)
        self._sends, self._questions = Jobs("sends"), Jobs("questions")
        self._pairing = Pairing(self._client.pair, self._tell, self._questions.add)
        self._introduction = Introduction(self._client, self._tell, self._guard)
        self._watch = ChangesWatch(self._tell, self._look_at_contacts, self._questions.add)

    def run(self) -> End:
        """Live until the link must end, and say why it did."""
        threading.Thread(target=self._connect, name="connection", daemon=True).start()
        while True:
            end = self._heed(self._inbox.get())
            if end is not None:
                self._ending = True
                return end

    def take(self, asked: wire.Asked) -> None:
        """Begin to do what the worker asks; the answer follows on the outlet."""
        match asked.ask:
            case wire.Ping():
                self._outlet.say(wire.Answered(asked.number, wire.Done()))
            case wire.Stop():
                threading.Thread(target=self._stop, name="stop", daemon=True).start()
            case wire.PairByCode():
                self._inbox.put(asked.ask)
                self._outlet.say(wire.Answered(asked.number, wire.Done()))
            case wire.Unlink():
                self._questions.add(lambda: self._answer_and_end(asked))
            case wire.Send() | wire.ShowTyping():
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
        self._inbox.put(_Told())

    def _heed(self, said: _Said) -> End | None:
        """Act on one piece of news; an End when the process must end by it."""
        if isinstance(said, ReceiptSeen | IncomingSeen):
            self._tell(said)
            return None
        if isinstance(said, GroupsChanged):
            self._watch.groups_changed()
            return None
        if isinstance(said, wire.PairByCode):
            self._pairing.want_code(said.phone)
            return None
        if isinstance(said, _Told):
            return End.REST
        if isinstance(said, _Returned):
            return self._returned(said.fault)
        return self._follow(said)

    def _returned(self, fault: str) -> End | None:
        """The client came back: an incident, unless it was stopped."""
        if self._ending:
            return None  # _Told comes next
        log.warning("The client returned although nobody stopped it: %s", fault or "no reason")
        refusal = self._client.refusal_behind(fault)
        end = self._follow(refusal) if refusal else None
        return End.INCIDENT if end is None else end

    def _follow(self, report: Report) -> End | None:
        now = datetime.now(UTC)
        if isinstance(report, states.Paired):
            session_store.note_link(self._session, report.jid, now)
        if isinstance(report, states.LoggedIn):
            # Said before anybody learns that it is connected.
            session_store.note_link(self._session, self._introduction.begin(), now)
        change = states.follows(self._state, report, now)
        if change is not None:
            self._state = change.state
            self._tell(change)
        if isinstance(report, states.LoggedIn):
            self._questions.add(self._introduction.make)
            self._watch.logged_in()
        if isinstance(report, states.QrCode):
            self._pairing.show(report.code, now)
        if states.asks_for_new_codes(report):
            return End.NEW_CODES
        if self._state in states.RESTING:
            return End.REST
        return End.INCIDENT if self._state is LinkState.ERROR else None

    def _look_at_contacts(self) -> tuple[ContactSeen, ...]:
        self._introduction.make()
        self._guard()
        return self._client.contacts()

    def _answer(self, asked: wire.Asked) -> None:
        self._outlet.say(answer(asked, self._do))

    def _do(self, ask: wire.Ask) -> wire.Result:
        self._guard()
        match ask:
            case wire.Send(outgoing):
                return self._client.send(outgoing)
            case wire.ShowTyping(jid, on):
                self._client.typing(jid, on)
            case wire.CheckNumbers(phones):
                return wire.Numbers(self._client.check(phones))
            case wire.ListGroups():
                return wire.Groups(self._client.groups())
            case wire.ListMembers(group):
                return wire.Members(self._client.members(group))
            case wire.ListContacts():
                return wire.Contacts(self._client.contacts())
            case wire.Unlink():
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
            self._inbox.put(_Told())

    def _guard(self) -> None:
        """Let nothing reach the library while it could not bear it."""
        if self._ending or self._state is not LinkState.CONNECTED:
            raise NotNow("There is no connection to WhatsApp at the moment.")

    def _tell(self, event: LinkEvent) -> None:
        self._outlet.say(wire.Happened(event))
