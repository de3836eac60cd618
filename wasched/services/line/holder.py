"""The accounts that this worker holds: their lines, their senders and what the lines report."""

import logging
import threading
import time
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from random import Random

from sqlmodel import Session

from wasched.domain.errors import NotNow, SendError
from wasched.domain.link import (
    CaughtUp,
    ContactsChanged,
    GroupsChanged,
    Heard,
    LinkEvent,
    LinkState,
    StateChanged,
)
from wasched.domain.waiting import is_over
from wasched.models import LinkWish, Wish
from wasched.services.delivery.overdue import AccountsLook, look_at_accounts
from wasched.services.delivery.sender import AccountSender
from wasched.services.keywords.setting_up import forms_by_account
from wasched.services.line import link_events, sync
from wasched.services.line.lease_keeper import HeldLease, LeaseKeeper, TwinError
from wasched.services.line.line_hearing import LineHearing
from wasched.services.line.report_writer import ReportWriter
from wasched.services.ports import Changes, Clock, Database, Line, LineFactory
from wasched.services.replies.keeping import accounts_with_replies

log = logging.getLogger(__name__)

_UNLINKED = (LinkState.NEEDS_LINK, LinkState.LOGGED_OUT)
_TICK_S = 1.0
_LOOK = timedelta(seconds=1)
_LEAST_S = 0.1
_CLOSED_AT_ONCE = 8
_WRITTEN_S = 5.0
_CONTEST_S, _CONTEST_PAUSE_S, _RESTS_S = 60.0, 1.0, 5.0
_STILL_THERE = "Account %s: its former worker was still there; logging in anew"


class AccountHolder:
    """Keeps to its leases, carries out wishes and writes down reports, on threads of its own.

    `end_worker` is called when the worker can be one no longer, which the log says.
    """

    def __init__(
        self,
        keeper: LeaseKeeper,
        make_line: LineFactory,
        database: Database,
        clock: Clock,
        changes: Changes,
        wake: Callable[[int], None],
        end_worker: Callable[[], None] = lambda: None,
    ) -> None:
        self._leases, self._make_line, self._database = keeper, make_line, database
        self._share_every = timedelta(seconds=keeper.look_every_s)
        self._clock, self._changes, self._wake = clock, changes, wake
        self._end_worker = end_worker
        self._lines: dict[int, Line] = {}
        self._senders: dict[int, AccountSender] = {}
        self._held: dict[int, HeldLease] = {}  # those that are being closed, too
        self._opened: dict[int, float] = {}  # since when on the monotonic clock
        self._closing = ThreadPoolExecutor(_CLOSED_AT_ONCE, "closing")
        self._reports = ReportWriter(database, clock, self._heed, self._is_held)
        self._stopping = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="keeper", daemon=True)
        self._shared_at: datetime | None = None
        self._looked_at: datetime | None = None
        self._hearings: dict[int, LineHearing] = {}
        self._resting: dict[int, float] = {}  # by account, since when on the monotonic clock
        self._unheld: dict[int, float] = {}  # by message, since when on the monotonic clock

    def start(self) -> None:
        """Begin to hold accounts; ConfigError if another worker is there that leaves no room."""
        self._leases.start()
        self._keeper.start()
        self._reports.start()

    def stop(self) -> None:
        """Finish what is on its way, let go of every account and return."""
        self._stopping.set()
        self._keeper.join(timeout=5)
        self._leases.leave()
        for sender in self._senders.values():
            sender.begin_to_close()
        for account_id in list(self._senders):
            self._give_up(account_id)
        self._closing.shutdown(wait=True)
        self._reports.stop()
        self._leases.end()

    def sender(self, account_id: int) -> AccountSender | None:
        """The sender of an account, None if another worker holds it."""
        return self._senders.get(account_id)

    def line(self, account_id: int) -> Line | None:
        """The line of an account, None if another worker holds it."""
        return self._lines.get(account_id)

    @property
    def leads(self) -> bool:
        """True if what is done once for the whole server is this worker's to do, just now."""
        return self._leases.leads

    def held(self) -> list[int]:
        """The accounts this worker holds."""
        return list(self._senders)

    def count_unsettled(self, seconds: float) -> int:
        """How many messages have been in `sending` for so long without anybody holding them."""
        since = time.monotonic() - seconds
        return sum(begun <= since for begun in self._unheld.values())

    def _keep(self) -> None:
        while not self._stopping.is_set():
            try:
                self._tick(self._clock.now())
            except TwinError as twin:
                log.error(twin)
                self._end_worker()
            except Exception:  # the keeper must outlive a full disk or a locked database
                log.exception("Keeping the accounts failed; trying again")
            self._stopping.wait(_LEAST_S)  # a burst of changes is one look
            self._changes.wait(min(_TICK_S, self._leases.look_every_s))

    def _tick(self, now: datetime) -> None:
        if is_over(self._looked_at, _LOOK, now):
            self._look(now)
        # Most looks find nothing, and disturb nobody.
        wished = set(self._database.answer(link_events.pending_wish))
        if is_over(self._shared_at, self._share_every, now) or wished:
            for wish in self._share(wished, now):
                self._carry_out(wish)

    def _share(self, wished: set[int], now: datetime) -> list[LinkWish]:
        """Hold what is to be held, give up what others are to hold, and take the wishes."""
        self._match(self._leases.look())
        self._shared_at = now
        self._give_up_surplus()
        if not wished:
            return []
        taken = self._database.transaction(
            lambda session: [
                link_events.take_wish(session, one) for one in wished & set(self._senders)
            ]
        )
        return [wish for wish in taken if wish is not None]

    def _match(self, held: dict[int, HeldLease]) -> None:
        """Open a line and a sender for each account newly held, close those lost."""
        for account_id in list(self._senders):
            if held.get(account_id) == self._held[account_id]:
                continue
            if self._leases.is_removed(account_id):
                self._give_up(account_id)
            else:
                self._lose(account_id)
        for account_id in held.keys() - self._held.keys():
            self._open(held[account_id])

    def _give_up_surplus(self) -> None:
        """Begin to give up what others are to hold, what is idle first."""
        closing = len(self._held) - len(self._senders)
        most = min(self._leases.count_surplus(), _CLOSED_AT_ONCE) - closing
        busy_last = sorted(self._senders, key=lambda one: (self._is_at_work(one), -one))
        for account_id in busy_last[: max(most, 0)]:
            self._give_up(account_id)

    def _is_at_work(self, account_id: int) -> bool:
        sender = self._senders[account_id]
        return sender.is_busy or sender.is_behind

    def _give_up(self, account_id: int) -> None:
        """Let what is on its way be finished, close the line, and only then let go."""
        sender, line = self._senders.pop(account_id), self._lines.pop(account_id)

        def give_up() -> None:
            sender.close()
            line.stop()
            self._reports.wait_until_written(_WRITTEN_S)
            self._leases.release(self._held[account_id])

        self._close_apart(account_id, give_up)

    def _lose(self, account_id: int) -> None:
        """Close what another worker has taken: its line first, for nothing more may leave by it."""
        sender, line = self._senders.pop(account_id), self._lines.pop(account_id)
        sender.begin_to_close()
        log.warning("Account %s is not this worker's any more; closing its line", account_id)

        def close() -> None:
            line.stop()
            sender.close()

        self._close_apart(account_id, close)

    def _close_apart(self, account_id: int, close: Callable[[], None]) -> None:
        def run() -> None:
            try:
                close()
            except Exception:  # whoever holds the account next settles it by evidence
                log.exception("Account %s could not be closed as it should be", account_id)
            finally:
                self._reports.forget(account_id)
                del self._held[account_id]

        self._closing.submit(run)

    def _is_held(self, session: Session, account_id: int) -> bool:
        lease = self._held.get(account_id)
        return lease is not None and lease.is_current(session)

    def _open(self, lease: HeldLease) -> None:
        account_id = lease.account_id
        self._held[account_id] = lease
        try:
            line = self._make_line(account_id, partial(self._reports.put, account_id))
        except Exception:  # one account that cannot be opened keeps no other from it
            log.exception("Account %s cannot be opened; trying again", account_id)
            del self._held[account_id]
            return
        line.keep_texts(*self._database.answer(lambda session: _texts_of(session, account_id)))
        self._lines[account_id] = line
        hearing = self._hearings[account_id] = LineHearing(self._reports)
        self._senders[account_id] = AccountSender(
            account_id, line, self._database, self._clock, Random(), hearing, lease
        )
        self._opened[account_id] = time.monotonic()
        line.start()

    def _close(self, account_id: int) -> None:
        self._senders.pop(account_id).close()
        self._lines.pop(account_id).stop()
        self._reports.forget(account_id)

    def _carry_out(self, wish: LinkWish) -> None:
        if wish.wish == Wish.REOPEN:
            self._close(wish.account_id)
            self._open(self._held[wish.account_id])
            return
        try:
            _ask_line(self._lines[wish.account_id], wish)
        except (NotNow, SendError) as fault:
            log.warning("Account %s: %s failed: %s", wish.account_id, wish.wish, fault)

    def _look(self, now: datetime) -> None:
        """Compare what the database says with what is so, and do what nobody was woken for.

        The queue may be lost, a report may not have been written, an answer neither.
        """
        self._looked_at = now
        self._drain_those_behind()  # what is to be written may be why nothing can be read
        look, with_replies, keywords = self._database.answer(
            lambda session: (
                look_at_accounts(session, now),
                accounts_with_replies(session),
                forms_by_account(session),
            )
        )
        self._reports.put_states_again(look.states)
        self._suspect_orphans(look)
        self._begin_taken_anew()
        self._hold(look.stopped)
        for account_id, held in list(self._lines.items()):
            held.keep_texts(account_id in with_replies, keywords.get(account_id, ()))
        for account_id in look.overdue:
            line = self._lines.get(account_id)
            if line is not None and line.is_ready:
                self._drain_apart(account_id)

    def _suspect_orphans(self, look: AccountsLook) -> None:
        unheld: dict[int, float] = {}
        for account_id, message_id in look.sending:
            sender = self._senders.get(account_id)
            if sender is not None and not sender.holds(message_id):
                unheld[message_id] = self._unheld.get(message_id, time.monotonic())
                sender.suspect_orphans()
        self._unheld = unheld

    def _hold(self, stopped: set[int]) -> None:
        """Hold what is being made ready, such as a film on its way up, for a stopped account."""
        for account_id in stopped & set(self._senders):
            if self._senders[account_id].is_busy:
                self._lines[account_id].hold()

    def _drain_those_behind(self) -> None:
        for account_id, sender in list(self._senders.items()):
            if sender.is_behind:
                self._drain_apart(account_id)

    def _drain_apart(self, account_id: int) -> None:
        """Drain on a thread of its own, unless one does already."""
        sender = self._senders.get(account_id)
        if sender is not None and not sender.is_busy:
            _apart(sender.drain, f"drain-{account_id}")

    def _heed(self, account_id: int, event: LinkEvent) -> None:
        """Do what follows from a report beyond writing it down."""
        if account_id in self._hearings:
            self._hearings[account_id].heed(event)
        line = self._lines.get(account_id)
        if line is None:
            return
        match event:
            case StateChanged(state=LinkState.CONNECTED):
                self._wake(account_id)
                self._sync_chats(account_id, line)
            case StateChanged(state=LinkState.REPLACED):
                self._contest(account_id, line)
            case StateChanged(state=state) if state in _UNLINKED:
                self._trust_evidence(account_id)
            case CaughtUp():
                self._wake(account_id)
            case GroupsChanged():
                self._sync_chats(account_id, line)
            case ContactsChanged():
                _apart(lambda: sync.sync_contacts(self._database, self._clock, account_id, line))
            case _ if isinstance(event, Heard):
                line.note_written(event.number)

    def _contest(self, account_id: int, line: Line) -> None:
        """Log in once more where it was the former holder that took the connection back.

        Its library connects anew by itself until it hears that the account has changed hands.
        """
        lease, opened_at = self._held.get(account_id), self._opened.get(account_id, 0.0)
        if lease is None or not lease.was_lost or time.monotonic() - opened_at > _CONTEST_S:
            return

        def connect() -> None:
            self._stopping.wait(_CONTEST_PAUSE_S)
            if self._lines.get(account_id) is line:
                line.connect()

        log.warning(_STILL_THERE, account_id)
        _apart(connect, f"contest-{account_id}")

    def _begin_taken_anew(self) -> None:
        """Log in where a line rests that was connected: the former holder took its session back.

        It says nothing of that itself, since it cannot know whose the account is.
        """
        resting: dict[int, float] = {}
        for account_id, line in list(self._lines.items()):
            was_connected = self._reports.state_of(account_id) == LinkState.CONNECTED
            if self._leases.is_alone or line.is_ready or not was_connected:
                continue
            since = resting[account_id] = self._resting.get(account_id, time.monotonic())
            if time.monotonic() - since > _RESTS_S:
                log.warning(_STILL_THERE, account_id)
                line.connect()
        self._resting = resting

    def _trust_evidence(self, account_id: int) -> None:
        """Without a session at WhatsApp nobody sends, whoever held the account before."""
        if (sender := self._senders.get(account_id)) is not None:
            sender.trust_evidence()

    def _sync_chats(self, account_id: int, line: Line) -> None:
        for work in (sync.sync_groups, sync.sync_channels):
            _apart(partial(work, self._database, self._clock, account_id, line))


def _texts_of(session: Session, account_id: int) -> tuple[bool, Collection[str]]:
    """Whether what people write to an account is kept, and the keywords that are in any case."""
    is_kept = account_id in accounts_with_replies(session)
    return is_kept, forms_by_account(session).get(account_id, ())


def _ask_line(line: Line, wish: LinkWish) -> None:
    """Ask a line for what a person wishes of it; NotNow or SendError when it cannot be."""
    match wish.wish:
        case Wish.PAIR_BY_CODE:
            line.pair_by_code(wish.phone)
        case Wish.UNLINK:
            line.unlink()
        case Wish.LINK_BY_PASSKEY:
            line.link_by_passkey()
        case Wish.ANSWER_PASSKEY:
            line.answer_passkey(wish.answer)
        case Wish.SAME_CODE | Wish.OTHER_CODE:
            line.compare_passkey(is_same=wish.wish == Wish.SAME_CODE)
        case _:
            line.connect()


def _apart(work: Callable[[], object], name: str = "sync") -> None:
    """Run what may take a while on a thread of its own; its fault is logged and tried again."""

    def run() -> None:
        try:
            work()
        except Exception:
            log.exception("%s failed; trying again", name.capitalize())

    threading.Thread(target=run, name=name, daemon=True).start()
