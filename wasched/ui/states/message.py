"""One message: what happened to it, and what may be done about it."""

import reflex as rx
from reflex.event import EventSpec

from wasched import bootstrap, tasks
from wasched.domain.errors import DraftError, NotYoursError
from wasched.services import accounts, messages
from wasched.services.changes import ACCOUNTS, MESSAGES
from wasched.services.views import SignedIn
from wasched.ui import bubbles, followers, routes, rows, stories
from wasched.ui.bubbles import Bubble
from wasched.ui.components.series import SERIES
from wasched.ui.page_calls import focus_on
from wasched.ui.states import steered, undo
from wasched.ui.states.session import ask, do, signed_in
from wasched.ui.stories import Fact, MessagePage, StepDay


class MessageState(rx.State):
    """The message that the address names."""

    is_loaded: bool = False
    is_missing: bool = False
    message: MessagePage = MessagePage()
    bubbles: list[Bubble] = []
    days: list[StepDay] = []
    facts: list[Fact] = []
    may: list[str] = []
    _schedule_id: int = 0

    @rx.event
    async def load(self) -> None:
        """Show the message and keep it current."""
        user = await signed_in(self)
        self.is_loaded = False
        followers.follow(self, user, (MESSAGES, ACCOUNTS), MessageState.refresh)
        await self._show(user)

    @rx.event
    async def refresh(self) -> None:
        """Show what is so now."""
        await self._show(await signed_in(self))

    @rx.event
    async def decide(self, choice: str) -> EventSpec | None:
        """Do what the person decided."""
        user = await signed_in(self)
        message_id = routes.number_in(self.router.url.path)
        try:
            account_id = await do(
                lambda session, now: messages.decide(session, user, message_id, choice, now)
            )
        except DraftError as refusal:
            await self._show(user)
            return undo.told(str(refusal))
        tasks.wake(account_id)
        await self._show(user)
        return None

    @rx.event
    async def back_to_usual(self) -> list[EventSpec]:
        """Let the usual one of its series go instead."""
        user = await signed_in(self)
        told = await steered.back_to_usual(self, user, self._schedule_id)
        await self._show(user)
        return [*told, focus_on(SERIES)]

    async def _show(self, user: SignedIn) -> None:
        message_id = routes.number_in(self.router.url.path)
        try:
            story = await ask(lambda s, now: messages.story(s, user, message_id, now))
        except NotYoursError:
            self.is_missing = self.is_loaded = True
            return
        cards = await ask(lambda session, now: accounts.named(session, user))
        now = bootstrap.clock().now()
        self.message = stories.page(story, rows.held_accounts(cards), user.zone, now)
        self.bubbles = await ask(
            lambda s, now: bubbles.saved(s, user, [story.content], all_of_it=True)
        )
        self.days = stories.days(story, user.zone, now)
        self.facts = stories.facts(story, user.zone, now)
        self.may, self._schedule_id = story.may, story.schedule_id
        self.is_missing, self.is_loaded = False, True
