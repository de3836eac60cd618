"""Messages: what comes, what went, what needs me; every filter lives in the address."""

from datetime import datetime
from urllib.parse import urlencode

import reflex as rx

from wasched import bootstrap
from wasched.domain.nudge import HasNot
from wasched.domain.typed import read_id, read_instant
from wasched.services import schedules
from wasched.services.accounts import accounts
from wasched.services.address_book import lists_of_sends
from wasched.services.caller import Caller
from wasched.services.change_notes import ACCOUNTS, MESSAGES
from wasched.services.messages import amend_story, batches, filters, tab_counts
from wasched.services.messages.batch_ids import read_batch_ids
from wasched.services.permissions import Action, may
from wasched.services.schedules import approvals
from wasched.services.unanswered.people import count_who_has_not
from wasched.services.votes.tally import tally_send
from wasched.ui.core import has_not_text, routes, rows, toasts, votes_text
from wasched.ui.core.rows import Choice, DayRows, count_words
from wasched.ui.core.session import ask_database, do_in_database, signed_in
from wasched.ui.core.votes_text import PollPanel
from wasched.ui.live import subscriptions
from wasched.ui.live.subscriptions import Handler
from wasched.ui.messages.amend_text import NOTHING, AmendWords, send_words

NAMES = (
    *("tab", "q", "status", "account", "recipient", "schedule", "from", "to", "order", "at"),
    "has_not",
)
"""What an address may say about the list, besides the page."""

FILTERS = ("status", "account", "from", "to", "has_not")
"""What of it stands behind Filters and leaves something out."""


class MessagesState(rx.State):
    """One page of the list."""

    is_loaded: bool = False
    given: dict[str, str] = {}
    days: list[DayRows] = []
    votes: list[PollPanel] = []  # of the send that the address names
    approvals: list[DayRows] = []  # above what needs the reader
    accounts: list[Choice] = []
    news: str = ""
    older: str = ""
    query: str = ""
    counts: dict[str, str] = {}  # by tab; a filtered list has none
    carried: str = ""  # what the address of another tab says too
    is_first: bool = True
    replies_href: str = ""  # of the one send that the address names
    makes_list: str = ""  # the button for who has not, if the list shows them
    amend: AmendWords = NOTHING  # of the send whose messages these are

    @rx.event
    async def load(self) -> None:
        """Show the page that the address names, and keep it current."""
        user = await signed_in(self)
        subscriptions.follow_topics(self, user, (MESSAGES, ACCOUNTS), MessagesState.refresh)
        await self._show(user)

    @rx.event
    async def refresh(self) -> None:
        """Show what is so now."""
        await self._show(await signed_in(self))

    @rx.event
    async def make_list(self) -> list[Handler]:
        """Make a list of those who are shown, and go to it."""
        user = await signed_in(self)
        send, who = self._send_shown(), self.given.get("has_not", "")
        if send is None or who not in tuple(HasNot):
            return []
        made = await do_in_database(
            lambda s, now: lists_of_sends.make_list_of(s, user, send, HasNot(who), now)
        )
        said = f"{made.name} has {count_words(made.size, 'recipient', 'recipients')}."
        return [rx.redirect(routes.list_page(made.id)), toasts.toast_told(said)]

    @rx.var
    def is_filtered(self) -> bool:
        """True if more than the tab is chosen."""
        return any(self.given.get(name) for name in NAMES if name not in ("tab", "order"))

    @rx.var
    def filters(self) -> int:
        """How many filters leave something out; the search beside them is none."""
        return sum(bool(self.given.get(name)) for name in FILTERS)

    async def _show(self, user: Caller) -> None:
        given = self.router.url.query_parameters
        cursor = given.get("cursor", "")
        self.given = {name: given.get(name, "") for name in NAMES}
        self.given["tab"] = self.given["tab"] or "coming"
        self.query = _query(self.given)
        made, at = routes.number_in(self.given["schedule"]), self.given["at"]
        self.replies_href = routes.replies_to(made, at) if made and at else ""
        carried = _query({name: self.given[name] for name in ("q", "account")})
        self.carried = f"&{carried}" if carried else ""
        is_filtered = self.is_filtered
        counts, cards = await ask_database(
            lambda s, now: (
                {} if is_filtered else tab_counts.count_tabs(s, user),
                accounts.account_names(s, user),
            )
        )
        self.counts = {tab: rows.up_to(number, tab_counts.MOST) for tab, number in counts.items()}
        self.accounts = [Choice(str(card.id), card.name) for card in cards]
        if self.given["tab"] == "repeating":
            found, following = await self._repeating(user, cursor)
        else:
            found, following = await self._sends(user, cursor, rows.held_accounts(cards))
        self.votes = await self._votes(user)
        self.approvals = await self._approvals(user, is_filtered)
        self.days = rows.mark_changes(found, self.days)
        self.news = rows.changed_lines(self.days)
        more = _query({**self.given, "cursor": following})
        self.older = f"{routes.MESSAGES}?{more}" if following else ""
        self.amend = await self._amending(user)
        self.makes_list = await self._list_button(user)
        self.is_first = not cursor
        self.is_loaded = True

    async def _sends(self, user: Caller, cursor: str, held: rows.Held) -> tuple[list[DayRows], str]:
        wanted = filters.read_filters(self.given, user.zone)
        page = await ask_database(lambda s, now: batches.batch_page(s, user, wanted, cursor, now))
        return rows.day_rows(page.sends, held, user.zone, bootstrap.clock().now()), page.next_cursor

    async def _votes(self, user: Caller) -> list[PollPanel]:
        schedule_id, at = read_id(self.given["schedule"]), read_instant(self.given["at"])
        if not schedule_id or at is None:
            return []
        found = await ask_database(lambda s, now: tally_send(s, user, (schedule_id, at)))
        return votes_text.send_panels(found, "Votes", user.zone, bootstrap.clock().now())

    def _send_shown(self) -> tuple[int, datetime] | None:
        schedule_id, at = (
            read_id(self.given.get("schedule", "")),
            read_instant(self.given.get("at", "")),
        )
        return (schedule_id, at) if schedule_id and at else None

    async def _list_button(self, user: Caller) -> str:
        send, who = self._send_shown(), self.given["has_not"]
        if send is None or who not in tuple(HasNot) or not may(user, Action.WRITE):
            return ""
        count = await ask_database(lambda s, now: count_who_has_not(s, user, send, HasNot(who)))
        return has_not_text.list_button(count)

    async def _amending(self, user: Caller) -> AmendWords:
        """What may be done with the send that the list shows, if it shows a single one."""
        keys = read_batch_ids([f"{self.given['schedule']}~{self.given['at']}"])
        if not keys:
            return NOTHING
        return await ask_database(
            lambda s, now: send_words(
                amend_story.offer_for_send(s, user, keys[0], now),
                amend_story.tally_send(s, user, keys[0]),
                keys[0],
                user.zone,
                now,
            )
        )

    async def _approvals(self, user: Caller, is_filtered: bool) -> list[DayRows]:
        if self.given["tab"] != "needs" or is_filtered:
            return []
        found = await ask_database(
            lambda s, now: approvals.list_approvals(s, user, now, tab_counts.MOST)
        )
        now = bootstrap.clock().now()
        lines = [rows.schedule_line(one, user.zone, now) for one in found]
        return [DayRows("Approval", lines)] if lines else []

    async def _repeating(self, user: Caller, cursor: str) -> tuple[list[DayRows], str]:
        account = filters.read_filters(self.given, user.zone).account_id
        page = await ask_database(
            lambda s, now: schedules.list_schedules(
                s, user, now, search=self.given["q"], account_id=account, cursor=cursor
            )
        )
        now = bootstrap.clock().now()
        lines = [rows.schedule_line(one, user.zone, now) for one in page.lines]
        return [DayRows("Repeating", lines)] if lines else [], page.next_cursor


def _query(given: dict[str, str]) -> str:
    return urlencode({key: value for key, value in given.items() if value})
