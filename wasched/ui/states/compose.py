"""Compose: from whom, what, when; and the sentence that says what will happen."""

from dataclasses import dataclass

import reflex as rx
from reflex.event import EventSpec

from wasched import bootstrap, tasks
from wasched.domain.content import Text
from wasched.domain.errors import DraftError, NotYoursError
from wasched.services import accounts, scheduling
from wasched.services.changes import ACCOUNTS, MESSAGES
from wasched.services.scheduling import Draft, Scheduled
from wasched.ui import live, routes, times, when
from wasched.ui.bubble_text import Span, spans
from wasched.ui.rows import AccountLine, account_line
from wasched.ui.states.recipients import RecipientsState, chosen
from wasched.ui.states.session import ask, do, signed_in

_FIELDS = {"when": "day", "account": "account"}


@dataclass(frozen=True)
class Pick:
    """A usual time."""

    label: str
    day: str
    clock: str


class ComposeState(rx.State):
    """The form of a new message; what is typed stays in the browser until it is sent."""

    is_loaded: bool = False
    accounts: list[AccountLine] = []
    picks: list[Pick] = []
    spans: list[Span] = []
    length: int = 0
    is_now: bool = False
    day: str = ""
    clock: str = ""
    zone: str = ""
    moment: str = ""
    moment_about: str = ""
    field: str = ""
    error: str = ""

    @rx.event
    async def load(self) -> None:
        """Begin an empty message."""
        user = await signed_in(self)
        live.follow(self, user, (MESSAGES, ACCOUNTS))
        self.reset()
        (await self.get_state(RecipientsState)).reset()
        cards = await ask(lambda session, now: accounts.listed(session, user, now))
        self.accounts = [account_line(card) for card in cards]
        now = bootstrap.clock().now()
        self.zone = user.zone
        self.picks = [Pick(*one) for one in when.quick_picks(user.zone, now)]
        self.is_loaded = True
        self._say()

    @rx.event
    def write(self, text: str) -> None:
        """Show what the text will look like."""
        self.spans, self.length = spans(text), len(text)
        self._forgive("text")

    @rx.event
    def set_now(self, is_now: bool) -> None:
        """Send at once, or at a time."""
        self.is_now = is_now
        self._say()

    @rx.event
    def set_time(self, name: str, value: str) -> None:
        """Take what one of the fields of time says now."""
        if name in ("day", "clock", "zone"):
            setattr(self, name, value[:64])
            self._forgive(name)
        self._say()

    @rx.event
    def pick(self, day: str, clock: str) -> None:
        """Take a usual time."""
        self.day, self.clock = day[:10], clock[:8]
        self._say()

    @rx.event
    async def submit(self, form: dict[str, str]) -> EventSpec | list[EventSpec]:
        """Schedule what the form says, or say what is wrong with it."""
        user = await signed_in(self)
        to = await self.get_state(RecipientsState)
        self.field = self.error = ""
        try:
            draft = self._draft(form, chosen(to))
            made = await do(lambda s, now: scheduling.schedule(s, user, draft, now))
        except DraftError as refusal:
            self.field = _FIELDS.get(refusal.field, refusal.field)
            self.error = str(refusal)
            return rx.set_focus(self.field)
        tasks.wake_if_soon(made.account_id, made.first_at)
        to.reset()
        return [rx.redirect(routes.MESSAGES), rx.toast(self._done(made))]

    def _draft(self, form: dict[str, str], to: tuple[int | str, ...]) -> Draft:
        if not to:
            raise DraftError("to", "Say whom it goes to.")
        day, clock = (None, None) if self.is_now else when.read(self.day, self.clock)
        return Draft(
            account_id=_number(form.get("account", "")),
            to=to,
            contents=(Text(form.get("text", "").strip()),),
            day=day,
            clock=clock,
            zone=self.zone,
            late_s=_number(form.get("late", "")),
        )

    def _forgive(self, name: str) -> None:
        """Take back what was wrong with a field once it is changed."""
        if self.field == name:
            self.field = self.error = ""

    def _say(self) -> None:
        now = bootstrap.clock().now()
        self.moment, self.moment_about = (
            ("Now", "As soon as you press the button.")
            if self.is_now
            else when.sentence(self.day, self.clock, self.zone, now)
        )

    def _done(self, made: Scheduled) -> str:
        now = bootstrap.clock().now()
        return (
            "On its way."
            if self.is_now
            else (f"Scheduled for {times.when(made.first_at, self.zone, now)}.")
        )


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise NotYoursError()
    return int(text)
