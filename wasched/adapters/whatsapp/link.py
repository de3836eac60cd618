"""The link inside its process: one life of the library's client, from dialling to its end."""

import logging
import queue
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wasched.adapters.whatsapp import session_store, states, wire
from wasched.adapters.whatsapp.changes_watch import ChangesWatch
from wasched.adapters.whatsapp.client import Client
from wasched.adapters.whatsapp.ends import End
from wasched.adapters.whatsapp.errors import PairingError
from wasched.adapters.whatsapp.jobs import Jobs
from wasched.adapters.whatsapp.outlet import Outlet
from wasched.adapters.whatsapp.reading import News
from wasched.adapters.whatsapp.states import Report
from wasched.domain.errors import NotNow, SendError
from wasched.domain.link import (
    CodeRefused,
    CodeShown,
    GroupsChanged,
    IncomingSeen,
    LinkEvent,
    LinkState,
    QrShown,
    ReceiptSeen,
    StateChanged,
)
from wasched.services.ports import ContactSeen

log = logging.getLogger(__name__)


_FIRST_CODE = timedelta(seconds=60)
_NEXT_CODE = timedelta(seconds=20)
_ROUND = timedelta(seconds=160)  # then WhatsApp closes the connection, and the codes are void
_LAST_SEND_S = 8.0
_CLOSE_S = 2.0


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
        self._round_began: datetime | None = None
        self._phone = self._name = ""
        self._is_introduced = False
        self._inbox: queue.SimpleQueue[_Said] = queue.SimpleQueue()
        self._client = Client(session, self._inbox.put)
        self._sends, self._questions = Jobs("sends"), Jobs("questions")
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
            self._phone = said.phone
            self._pair_if_possible()
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
            self._greet(now)
        change = states.follows(self._state, report, now)
        if change is not None:
            self._state = change.state
            self._tell(change)
        if isinstance(report, states.LoggedIn):
            self._watch.logged_in()
        if isinstance(report, states.QrCode):
            self._show(report.code, now)
        if states.asks_for_new_codes(report):
            return End.NEW_CODES
        if self._state in states.RESTING:
            return End.REST
        return End.INCIDENT if self._state is LinkState.ERROR else None

    def _greet(self, now: datetime) -> None:
        """Say who is logged in, before anybody learns that it is."""
        who, device = self._client.identity()
        session_store.note_link(self._session, device, now)
        self._tell(who)
        self._name, self._is_introduced = who.name, False
        self._questions.add(self._introduce)

    def _introduce(self) -> None:
        """Say that this device is here; WhatsApp takes it once the phone has told its name."""
        try:
            self._guard()
            self._client.introduce()
        except (NotNow, SendError) as fault:
            log.debug("Introducing this device failed: %s", fault)
            return
        self._is_introduced = True
        who, _ = self._client.identity()
        if who.name != self._name:
            self._name = who.name
            self._tell(who)

    def _look_at_contacts(self) -> tuple[ContactSeen, ...]:
        if not self._is_introduced:
            self._introduce()
        self._guard()
        return self._client.contacts()

    def _show(self, code: str, now: datetime) -> None:
        lasts = _NEXT_CODE if self._round_began else _FIRST_CODE
        self._round_began = self._round_began or now
        self._tell(QrShown(code, now, now + lasts))
        self._pair_if_possible()

    def _pair_if_possible(self) -> None:
        """WhatsApp gives pairing codes only after it gave the first code to scan."""
        if self._phone and self._round_began is not None:
            phone, self._phone = self._phone, ""
            expires_at = self._round_began + _ROUND
            self._questions.add(lambda: self._pair(phone, expires_at))

    def _pair(self, phone: str, expires_at: datetime) -> None:
        try:
            code = self._client.pair(phone)
        except PairingError as refusal:
            self._tell(CodeRefused(phone, str(refusal), datetime.now(UTC)))
        else:
            self._tell(CodeShown(code, phone, datetime.now(UTC), expires_at))

    def _answer(self, asked: wire.Asked) -> None:
        try:
            said: wire.Said = wire.Answered(asked.number, self._do(asked.ask))
        except NotNow as pause:
            said = wire.Refused(asked.number, str(pause), not_now=True, until=pause.until)
        except SendError as fault:
            said = wire.Refused(
                asked.number,
                str(fault),
                permanent=fault.permanent,
                left=fault.left,
                code=fault.code,
            )
        except Exception as fault:
            log.exception("%s failed unexpectedly", type(asked.ask).__name__)
            said = wire.Refused(asked.number, f"Something unexpected happened: {fault}", left=None)
        self._outlet.say(said)

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
