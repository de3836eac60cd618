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
from wasched.services.line import leases, link_events, sync
from wasched.services.line.line_hearing import LineHearing
from wasched.services.line.report_writer import ReportWriter
from wasched.services.ports import Changes, Clock, Database, Line, LineFactory
from wasched.services.replies.keeping import accounts_with_replies

log = logging.getLogger(__name__)

_TICK_S = 1.0
_RENEW = timedelta(seconds=10)
_LOOK = timedelta(seconds=1)
_LEAST_S = 0.1
_STOPPED_AT_ONCE = 8


class AccountHolder:
    """Keeps leases, carries out wishes and writes down reports, on two threads of its own."""

    def __init__(
        self,
        holder: str,
        make_line: LineFactory,
        database: Database,
        clock: Clock,
        changes: Changes,
        wake: Callable[[int], None],
    ) -> None:
        self._holder, self._make_line, self._database = holder, make_line, database
        self._clock, self._changes, self._wake = clock, changes, wake
        self._lines: dict[int, Line] = {}
        self._senders: dict[int, AccountSender] = {}
        self._reports = ReportWriter(database, clock, self._heed)
        self._stopping = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="keeper", daemon=True)
        self._renewed_at: datetime | None = None
        self._looked_at: datetime | None = None
        self._hearings: dict[int, LineHearing] = {}
        self._unheld: dict[int, float] = {}  # by message, since when on the monotonic clock

    def start(self) -> None:
        """Begin to hold accounts."""
        self._keeper.start()
        self._reports.start()

    def stop(self) -> None:
        """Finish what is on its way, let go of every account and return."""
        self._stopping.set()
        self._keeper.join(timeout=5)
        for sender in self._senders.values():
            sender.close()
        with ThreadPoolExecutor(_STOPPED_AT_ONCE) as pool:
            list(pool.map(_stop_line, self._lines.values()))
        self._reports.stop()
        self._database.transaction(lambda session: leases.release_lease(session, self._holder))

    def sender(self, account_id: int) -> AccountSender | None:
        """The sender of an account, None if another worker holds it."""
        return self._senders.get(account_id)

    def line(self, account_id: int) -> Line | None:
        """The line of an account, None if another worker holds it."""
        return self._lines.get(account_id)

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
            except Exception:  # the keeper must outlive a full disk or a locked database
                log.exception("Keeping the accounts failed; trying again")
            self._stopping.wait(_LEAST_S)  # a burst of changes is one look
            self._changes.wait(_TICK_S)

    def _tick(self, now: datetime) -> None:
        if is_over(self._looked_at, _LOOK, now):
            self._look(now)
        # Most looks find nothing, and disturb nobody.
        wished = set(self._database.answer(link_events.pending_wish))
        if is_over(self._renewed_at, _RENEW, now) or wished:
            for wish in self._renew(wished, now):
                self._carry_out(wish)

    def _renew(self, wished: set[int], now: datetime) -> list[LinkWish]:
        """Hold what may be held, and take the wishes about it."""
        held = self._database.transaction(
            lambda session: leases.hold_lease(session, self._holder, now)
        )
        self._renewed_at = now
        self._match(held)  # a sender that closes may have something to write first
        if not wished:
            return []
        taken = self._database.transaction(
            lambda session: [
                link_events.take_wish(session, one) for one in wished & set(self._senders)
            ]
        )
        return [wish for wish in taken if wish is not None]

    def _match(self, held: set[int]) -> None:
        """Open a line and a sender for each account newly held, close those lost."""
        for account_id in held - set(self._senders):
            self._open(account_id)
        for account_id in set(self._senders) - held:
            self._close(account_id)

    def _open(self, account_id: int) -> None:
        try:
            line = self._make_line(account_id, partial(self._reports.put, account_id))
        except Exception:  # one account that cannot be opened keeps no other from it
            log.exception("Account %s cannot be opened; trying again", account_id)
            return
        line.keep_texts(*self._database.answer(lambda session: _texts_of(session, account_id)))
        self._lines[account_id] = line
        hearing = self._hearings[account_id] = LineHearing(self._reports)
        self._senders[account_id] = AccountSender(
            account_id, line, self._database, self._clock, Random(), hearing
        )
        line.start()

    def _close(self, account_id: int) -> None:
        self._senders.pop(account_id).close()
        self._lines.pop(account_id).stop()
        self._reports.forget(account_id)

    def _carry_out(self, wish: LinkWish) -> None:
        if wish.wish == Wish.REOPEN:
            self._close(wish.account_id)
            self._open(wish.account_id)
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
            case CaughtUp():
                self._wake(account_id)
            case GroupsChanged():
                self._sync_chats(account_id, line)
            case ContactsChanged():
                _apart(lambda: sync.sync_contacts(self._database, self._clock, account_id, line))
            case _ if isinstance(event, Heard):
                line.note_written(event.number)

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


def _stop_line(line: Line) -> None:
    line.stop()


def _apart(work: Callable[[], object], name: str = "sync") -> None:
    """Run what may take a while on a thread of its own; its fault is logged and tried again."""

    def run() -> None:
        try:
            work()
        except Exception:
            log.exception("%s failed; trying again", name.capitalize())

    threading.Thread(target=run, name=name, daemon=True).start()
