"""One schedule: when it goes out, what became of it, and what may be done with it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import reflex as rx
from reflex.event import EventSpec
from sqlmodel import Session

from wasched import bootstrap
from wasched.domain.errors import NotFoundError
from wasched.domain.typed import read_id, read_instant, read_moment
from wasched.services import schedules
from wasched.services.caller import Caller
from wasched.services.change_notes import ACCOUNTS, MESSAGES
from wasched.services.schedules import ActionResult, ScheduleView
from wasched.services.schedules.preview import NextTime
from wasched.services.votes.tally import tally_latest
from wasched.ui.components.series import SERIES
from wasched.ui.compose import bubbles
from wasched.ui.compose.bubbles import Bubble
from wasched.ui.compose.recipients_state import chips_of
from wasched.ui.core import routes, votes_text
from wasched.ui.core.facts import Fact
from wasched.ui.core.page_calls import focus_on
from wasched.ui.core.session import ask_database, signed_in
from wasched.ui.core.votes_text import PollPanel
from wasched.ui.live import subscriptions
from wasched.ui.schedule import schedule_actions, upcoming_text
from wasched.ui.schedule import text as schedule_text
from wasched.ui.schedule.text import NAMED, OutcomeLine, ScheduleAudience, SchedulePage
from wasched.ui.schedule.upcoming_text import ComingLine

Deed = Callable[[Session, Caller, int, datetime], ActionResult]

_DEEDS: dict[str, Deed] = {
    "pause": schedules.pause_schedule,
    "resume": schedules.resume_schedule,
    "send_now": schedules.send_now,
    "skip": schedules.skip_next,
    "end": schedules.end_schedule,
    "cancel": schedules.cancel_schedule,
    "resend": schedules.resend_failed,
    "usual": schedules.back_to_usual,
}


class ScheduleState(rx.State):
    """The schedule that the address names."""

    is_loaded: bool = False
    is_missing: bool = False
    page: SchedulePage = SchedulePage()
    bubbles: list[Bubble] = []
    chosen: list[ComingLine] = []  # the one that the address names
    coming: list[ComingLine] = []
    is_all: bool = False
    outcomes: list[OutcomeLine] = []
    facts: list[Fact] = []
    votes: list[PollPanel] = []  # of the poll that went out last
    may: list[str] = []

    @rx.event
    async def load(self) -> None:
        """Show the schedule and keep it current."""
        user = await signed_in(self)
        self.is_loaded = False
        subscriptions.follow_topics(self, user, (MESSAGES, ACCOUNTS), ScheduleState.refresh)
        await self._show(user)

    @rx.event
    async def refresh(self) -> None:
        """Show what is so now."""
        await self._show(await signed_in(self))

    @rx.event
    async def act(self, name: str) -> list[EventSpec]:
        """Do what the person decided about it."""
        user = await signed_in(self)
        deed = _DEEDS.get(name)
        if deed is None:
            return []
        told = await self._steer(user, lambda s, now: deed(s, user, self._id(), now))
        return [*told, *([focus_on(SERIES)] if name == "usual" else [])]

    @rx.event
    async def skip(self, local: str) -> list[EventSpec]:
        """Leave one of its times out."""
        user, at = await signed_in(self), _time(local)
        return await self._steer(
            user, lambda s, now: schedules.skip_date(s, user, self._id(), at, now)
        )

    @rx.event
    async def unskip(self, local: str) -> list[EventSpec]:
        """Take one in again that was left out."""
        user, at = await signed_in(self), _time(local)
        told = await self._steer(
            user, lambda s, now: schedules.unskip_date(s, user, self._id(), at, now)
        )
        return [*told, schedule_actions.focus_date("skip", at)]

    @rx.event
    async def back_to_usual(self, schedule_id: str) -> list[EventSpec]:
        """Let the usual one go instead of one of its dates that goes on its own."""
        user = await signed_in(self)
        told = await schedule_actions.back_to_usual(self, user, read_id(schedule_id))
        await self._show(user)
        return told

    def _id(self) -> int:
        return routes.number_in(self.router.url.path)

    async def _steer(
        self, user: Caller, deed: Callable[[Session, datetime], ActionResult]
    ) -> list[EventSpec]:
        told = await schedule_actions.carry_out_action(self, deed)
        await self._show(user)
        return told

    async def _show(self, user: Caller) -> None:
        schedule_id = self._id()
        at = read_instant(self.router.url.query_parameters.get("at", ""))
        try:
            view = await ask_database(
                lambda s, now: schedules.schedule_view(s, user, schedule_id, now)
            )
            request = await ask_database(lambda s, now: schedules.request_of(s, user, schedule_id))
        except NotFoundError:
            self.is_missing = self.is_loaded = True
            return
        few = replace(request, to=request.to[:NAMED])
        to, but_not = await ask_database(lambda s, now: chips_of(s, user, few))
        whom = ScheduleAudience(to, len(request.to) + len(request.lists), but_not)
        now = bootstrap.clock().now()
        self.page = schedule_text.schedule_view(view, whom, user.zone, now)
        self.bubbles = await ask_database(
            lambda s, now: bubbles.of_request(s, user, request, view.line.next_at or now)
        )
        self.coming = upcoming_text.upcoming_lines(view, now)
        self.chosen = await self._chosen(user, view, at) if at else []
        self.is_all = view.is_all
        self.outcomes = schedule_text.outcome_lines(view)
        found = await ask_database(lambda s, now: tally_latest(s, user, schedule_id))
        self.votes = votes_text.latest_panels(found, user.zone, now)
        self.facts = schedule_text.schedule_facts(view, whom)
        self.may = view.may
        self.is_missing, self.is_loaded = False, True

    async def _chosen(self, user: Caller, view: ScheduleView, at: datetime) -> list[ComingLine]:
        """The time that the address names, as it stands."""
        one: NextTime | None = await ask_database(
            lambda s, now: schedules.usual_occurrence(s, user, view.line.id, at, now)
        )
        return upcoming_text.chosen_line(view, at, one, bootstrap.clock().now())


def _time(local: str) -> datetime:
    """The time of one of a schedule's messages on its own clock; NotFoundError if it is none."""
    if (at := read_moment(local)) is None or at.tzinfo is not None:
        raise NotFoundError()
    return at
