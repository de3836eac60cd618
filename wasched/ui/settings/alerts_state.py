"""Alerts: by which ways I am told of what, and when not."""

from datetime import datetime, time
from functools import cache

import reflex as rx
from reflex.event import EventSpec
from sqlmodel import Session

from wasched import alerting, bootstrap
from wasched.api.long_work import LongWork
from wasched.config import settings
from wasched.domain.errors import InputError
from wasched.domain.incidents import UNASKED, IncidentKind
from wasched.domain.typed import read_id
from wasched.services.alerts import incidents, outgoing, ways
from wasched.services.caller import Caller
from wasched.services.change_notes import PEOPLE
from wasched.text.refusals import error_sentence
from wasched.ui.core import toasts
from wasched.ui.core.page_calls import focus_on
from wasched.ui.core.session import ask_database, do_in_database, signed_in
from wasched.ui.live import subscriptions
from wasched.ui.settings.alerts_text import (
    IncidentRow,
    KindBox,
    WayRow,
    box_of,
    incident_row,
    kind_boxes,
    test_sentence,
    way_row,
)
from wasched.ui.settings.browser_push_state import BrowserPushState

_AT_ONCE = 2


class AlertsState(rx.State):
    """My ways, the form that adds or changes one, my quiet hours, and what was wrong lately."""

    is_loaded: bool = False
    sends_mail: bool = False
    ways: list[WayRow] = []
    kinds: list[KindBox] = []
    editing: str = ""  # the way that the form changes; else it adds one
    round: int = 0  # the form is another one
    quiet: dict[str, str] = {}
    incidents: list[IncidentRow] = []
    field: str = ""
    error: str = ""
    saved: bool = False
    testing: str = ""  # the way that is being tried
    tested: dict[str, str] = {}  # by way, how a test went

    @rx.event
    async def load(self) -> None:
        """Show them, and keep them current."""
        user = await signed_in(self)
        subscriptions.follow_topics(self, user, (PEOPLE,), AlertsState.refresh)
        self.tested, self.testing = {}, ""
        (await self.get_state(BrowserPushState)).error = ""
        await self._begin_form(user, "")
        await self._show(user)

    @rx.event
    async def refresh(self) -> None:
        """Show what is so now, but leave alone what is being typed."""
        await self._show(await signed_in(self))

    @rx.event
    async def save(self, form: dict[str, str]) -> EventSpec:
        """Add a way, or change of what I am told by one."""
        user = await signed_in(self)
        editing, address = self.editing, form.get("address", "")
        kinds = [one for one in IncidentKind if form.get(box_of(one))]

        def keep(session: Session, now: datetime) -> None:
            if editing:
                ways.choose_kinds(session, user, read_id(editing), kinds, now)
                return
            allows = settings().webhooks_to_private
            ways.add_service(session, user, address, kinds, now, allows_private=allows)

        try:
            await do_in_database(keep)
        except InputError as refusal:
            return self._refuse(refusal)
        await self._begin_form(user, "")
        await self._show(user)
        return toasts.toast_told(
            "Saved." if editing else "Added. Send a test to see whether it comes."
        )

    @rx.event
    async def edit(self, way_id: str) -> EventSpec:
        """Have the form change of what I am told by a way."""
        await self._begin_form(await signed_in(self), way_id)
        return focus_on("alert-form")

    @rx.event
    async def leave_form(self) -> None:
        """Have the form add a way again."""
        await self._begin_form(await signed_in(self), "")

    @rx.event
    async def remove(self, way_id: str) -> EventSpec:
        """Be told nothing more by a way."""
        user = await signed_in(self)
        await do_in_database(
            lambda session, now: ways.remove_way(session, user, read_id(way_id), now)
        )
        await self._begin_form(user, "")
        await self._show(user)
        return toasts.toast_told("Removed. Nothing more is told by it.")

    @rx.event
    async def save_quiet(self, form: dict[str, str]) -> EventSpec | None:
        """Set the hours in which I am told nothing."""
        user = await signed_in(self)
        try:
            start, end = (_read_clock(form, name) for name in ("quiet_from", "quiet_to"))
            await do_in_database(lambda session, _now: ways.choose_quiet(session, user, start, end))
        except InputError as refusal:
            return self._refuse(refusal)
        self.field, self.error, self.saved = "", "", True
        return None

    @rx.event(background=True)
    async def test(self, way_id: str) -> EventSpec | None:
        """Send a test by a way, and say how it went."""
        async with self:
            user = await signed_in(self)
            number = read_id(way_id)
            target = await ask_database(
                lambda session, _now: outgoing.own_target(session, user, number)
            )
            self.testing, self.tested = way_id, {}
        result = await _tests().run(user.id, lambda: alerting.tell_test(target))
        async with self:
            self.testing, self.tested = "", {way_id: test_sentence(result)}
            if result.is_gone:
                await self._show(user)
                return toasts.toast_told(result.fault)
        return None

    def _refuse(self, refusal: InputError) -> EventSpec:
        self.field, self.error, self.saved = refusal.field, error_sentence(refusal), False
        return focus_on(refusal.field)

    async def _begin_form(self, user: Caller, editing: str) -> None:
        """The form for a way of the person's own, or for a new one."""
        number = read_id(editing)

        def found(session: Session, _now: datetime) -> list[KindBox]:
            offered = ways.offered_kinds(session, user)
            taken = ways.read_way(session, user, number).kinds if number else UNASKED
            return kind_boxes(offered, taken)

        self.kinds = await ask_database(found)
        self.editing, self.round = str(number) if number else "", self.round + 1
        self.field = self.error = ""

    async def _show(self, user: Caller) -> None:
        sends_mail = settings().mail_server is not None
        now = bootstrap.clock().now()
        lines, hours, lately = await ask_database(
            lambda session, _now: (
                ways.list_ways(session, user, sends_mail=sends_mail),
                ways.quiet_times(session, user),
                incidents.incidents_for(session, user),
            )
        )
        self.sends_mail, self.is_loaded = sends_mail, True
        self.ways = [way_row(one, user.email) for one in lines]
        await (await self.get_state(BrowserPushState))._show(user)
        self.incidents = [incident_row(one, user.zone, now) for one in lately]
        start, end = hours or (None, None)
        self.quiet = {
            "quiet_from": f"{start:%H:%M}" if start else "",
            "quiet_to": f"{end:%H:%M}" if end else "",
        }


@cache
def _tests() -> LongWork:
    """Tests on their way: a few of all people, and one of each."""
    return LongWork("alert-tests", _AT_ONCE)


def _read_clock(form: dict[str, str], name: str) -> time | None:
    typed = form.get(name, "").strip()
    if not typed:
        return None
    try:
        return time.fromisoformat(typed).replace(tzinfo=None)
    except ValueError:
        raise InputError(name, "Give a time of the day, such as 22:00.") from None
