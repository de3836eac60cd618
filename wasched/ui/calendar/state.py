"""Calendar: what goes out on which day, and moving it to another."""

from datetime import date, timedelta

import reflex as rx
from reflex.event import EventSpec, KeyInputInfo

from wasched import bootstrap
from wasched.domain.errors import InputError
from wasched.services import schedules
from wasched.services.accounts import accounts
from wasched.services.caller import Caller
from wasched.services.change_notes import ACCOUNTS, MESSAGES
from wasched.services.messages import bulk, calendar
from wasched.services.messages.batch_ids import LONGEST, batch_id, read_batch_ids
from wasched.services.messages.calendar import CalendarDay
from wasched.services.messages.filters import Filters
from wasched.services.schedules import landing
from wasched.text.refusals import error_sentence
from wasched.ui.calendar import calendar_grid
from wasched.ui.calendar.calendar_grid import Page, Week
from wasched.ui.core import date_fields, routes, rows, times, toasts
from wasched.ui.core.page_calls import call_page
from wasched.ui.core.rows import Choice, DayRows, MessageLine
from wasched.ui.core.session import ask_database, do_in_database, signed_in
from wasched.ui.live import subscriptions
from wasched.ui.schedule import schedule_actions

_WAYS = ("before", "after", "today", *calendar_grid.VIEWS)
_TRAIL = 20
_ARROWS = {"ArrowLeft": -1, "ArrowRight": 1, "ArrowUp": -7, "ArrowDown": 7}


class CalendarState(rx.State):
    """The days that the address names."""

    is_loaded: bool = False
    view: str = "month"
    title: str = ""
    links: dict[str, str] = dict.fromkeys(_WAYS, routes.CALENDAR)
    account: str = ""
    accounts: list[Choice] = []
    weeks: list[Week] = []
    days: list[DayRows] = []
    day_title: str = ""
    day_count: str = ""
    day_rest: str = ""
    day_lines: list[MessageLine] = []
    moving: str = ""
    error: str = ""
    _dragged: str = ""
    _trail: tuple[str, ...] = ()  # the keys that the last pushed send had, the newest last

    @rx.event
    async def load(self) -> None:
        """Show the days and keep them current."""
        user = await signed_in(self)
        subscriptions.follow_topics(self, user, (MESSAGES, ACCOUNTS), CalendarState.refresh)
        self.error = ""
        await self._show(user)

    @rx.event
    async def refresh(self) -> None:
        """Show what is so now."""
        await self._show(await signed_in(self))

    @rx.event
    def drag(self, key: str) -> None:
        """Remember what is being dragged."""
        self._dragged = key[:LONGEST]

    @rx.event
    async def drop(self, day: str) -> EventSpec | None:
        """Move what was dragged to another day, at the same time of day."""
        user = await signed_in(self)
        key, self._dragged = self._dragged, ""
        _, told = await self._move(user, key, date_fields.read_day(day), None)
        return told

    @rx.event
    async def nudge(
        self, entry_key: str, pressed: str, info: KeyInputInfo
    ) -> list[EventSpec] | None:
        """Alt with an arrow moves an entry by a day or a week; the focus goes with it."""
        if not info["alt_key"] or pressed not in _ARROWS:
            return None
        user = await signed_in(self)
        key = await self._key_now(user, entry_key)
        for _, at in read_batch_ids([key]):
            day = times.local_time(at, user.zone).date() + timedelta(days=_ARROWS[pressed])
            moved, told = await self._move(user, key, day, None)
            if moved:
                self._trail = (*self._trail[-_TRAIL:], key, moved)
            return [*([told] if told else []), *(self._follow(user, moved, day) if moved else [])]
        return None

    async def _key_now(self, user: Caller, key: str) -> str:
        """What a send is called now: pressed before the page has changed, it says the old key."""
        if key in self._trail and not await self._ids(user, key):
            return self._trail[-1]
        return key

    async def _ids(self, user: Caller, key: str) -> list[int]:
        return await ask_database(
            lambda s, now: bulk.ids_of(s, user, read_batch_ids([key]), Filters())
        )

    @rx.event
    def offer_move(self, key: str) -> None:
        """Give an entry its small form; one in each row would cost more than all other rows."""
        self.moving = key[:LONGEST]

    @rx.event
    async def move(self, form: dict[str, str]) -> EventSpec | None:
        """Move an entry to the day and time of its own small form."""
        user = await signed_in(self)
        try:
            day, _clock = date_fields.read_date(form.get("day", ""), form.get("clock", ""))
        except InputError as refusal:
            return toasts.toast_told(error_sentence(refusal))
        _, told = await self._move(user, form.get("key", ""), day, form.get("clock", ""))
        return told

    @rx.event
    async def back_to_usual(self, key: str) -> list[EventSpec]:
        """Let the usual one go instead of a date of a series that was changed alone."""
        user = await signed_in(self)
        for schedule_id, _ in read_batch_ids([key]):
            told = await schedule_actions.back_to_usual(self, user, schedule_id)
            await self._show(user)
            return told
        return []

    async def _move(
        self, user: Caller, key: str, day: date, clock: str | None
    ) -> tuple[str, EventSpec | None]:
        """The key that the send has now, empty if it stayed, and what there is to say."""
        found = read_batch_ids([key])
        if not found:
            return "", None
        at = times.local_time(found[0][1], user.zone)
        _day, chosen = date_fields.read_date(day.isoformat(), clock or f"{at:%H:%M}")
        if (at.date(), f"{at:%H:%M}") == (day, f"{chosen:%H:%M}"):
            return "", None
        target = date_fields.instant_of(day, chosen, user.zone, bootstrap.clock().now())
        ids = await self._ids(user, key)
        try:
            deed = await do_in_database(
                lambda s, now: bulk.move_messages(s, user, ids, target - found[0][1], now)
            )
        except InputError as refusal:
            return "", toasts.toast_told(f"{error_sentence(refusal)} It stays where it was.")
        await self._show(user)
        moved = f"Moved to {times.when_words(target, user.zone, bootstrap.clock().now())}."
        said = await ask_database(
            lambda s, now: landing.say_what_holds(
                s, deed.accounts, moved, deed.held, is_paused=deed.is_paused
            )
        )
        gone = await ask_database(
            lambda s, now: bulk.say_gone(s, user, found, Filters(), deed, now)
        )
        told = await toasts.tell_toast(self, deed, said, gone)
        return (batch_id(found[0][0], target) if deed.done else ""), told

    def _follow(self, user: Caller, key: str, day: date) -> list[EventSpec]:
        """The focus goes to a send where it is now, if need be on the page of that day."""
        names = [f"entry {key}", f"day {day.isoformat()}"]
        cells = [cell for week in self.weeks for cell in week.cells]
        for cell in cells:
            if cell.day == day.isoformat():
                is_shown = any(entry.key == key for entry in cell.shown)
                return [call_page("focusThing", names[:1] if is_shown else names[1:])]
        today = times.local_time(bootstrap.clock().now(), user.zone).date()
        page = Page.read(dict(self.router.url.query_parameters), today)
        return [rx.redirect(page.at(day)), call_page("focusThing", names)]

    async def _show(self, user: Caller) -> None:
        now = bootstrap.clock().now()
        today = times.local_time(now, user.zone).date()
        page = Page.read(dict(self.router.url.query_parameters), today)
        found, cards = await ask_database(
            lambda s, at: (
                calendar.calendar_days(
                    *(s, user, page.first, page.span, at, page.account_id),
                    listed=page.shown,
                    whole=None if page.view == "list" else page.chosen,
                ),
                accounts.account_names(s, user),
            )
        )
        held = rows.held_accounts(cards)
        listed = [one for one in found if page.view == "list" or one.day == page.chosen]
        own = {send.schedule_id for day in listed for send in day.sends if send.row.is_own_date}
        back = await ask_database(lambda s, at: schedules.going_back(s, own, at)) if own else set()
        self.accounts = [Choice(str(card.id), card.name) for card in cards]
        self.view, self.title = page.view, page.title(today)
        self.account = str(page.account_id or "")
        self.links = {
            "before": page.step(-1).href,
            "after": page.step(1).href,
            "today": page.at(today),
            **{view: Page(view, page.chosen, page.account_id).href for view in calendar_grid.VIEWS},
        }
        self.weeks, self.days = [], []
        if page.view == "list":
            self.days = [
                DayRows(
                    _title(one, today), calendar_grid.day_lines(one, held, user.zone, now, back)
                )
                for one in found
                if one.total
            ]
        else:
            self.weeks = calendar_grid.calendar_weeks(page, found, held, user.zone, now)
        chosen = next(one for one in found if one.day == page.chosen)
        self.day_title = calendar_grid.day_heading(chosen.day, today)
        self.day_count = calendar_grid.day_count(chosen)
        self.day_rest = calendar_grid.whole_day(chosen, page)
        self.day_lines = calendar_grid.day_lines(chosen, held, user.zone, now, back)
        self.is_loaded = True


def _title(day: CalendarDay, today: date) -> str:
    """The heading of a day in the list, with its count where not all is shown."""
    heading, shown = calendar_grid.day_heading(day.day, today), len(day.sends) + len(day.coming)
    return f"{heading} · {calendar_grid.day_count(day)}" if shown < day.total else heading
