"""One message: what happened to it, and what may be done about it."""

import reflex as rx
from reflex.event import EventSpec

from wasched import bootstrap
from wasched.domain.errors import InputError, NotFoundError
from wasched.services.accounts import accounts
from wasched.services.caller import Caller
from wasched.services.change_notes import ACCOUNTS, MESSAGES, REPLIES
from wasched.services.delivery import post_views
from wasched.services.messages import message_actions
from wasched.services.messages.history_views import MessageHistory
from wasched.services.permissions import Action, allowed_to, may
from wasched.services.replies import reading
from wasched.services.replies.reading import ReplyFilters
from wasched.services.votes.answers import answers_to
from wasched.text.refusals import error_sentence
from wasched.ui.components.series import SERIES
from wasched.ui.compose import bubbles
from wasched.ui.compose.bubbles import Bubble
from wasched.ui.core import routes, rows, toasts, votes_text
from wasched.ui.core.facts import Fact
from wasched.ui.core.page_calls import focus_on
from wasched.ui.core.session import ask_database, do_in_database, signed_in
from wasched.ui.core.votes_text import PollPanel, ReactionPanel
from wasched.ui.live import subscriptions
from wasched.ui.messages import history_text, replies_text
from wasched.ui.messages.history_text import MessagePage, StepDay, ViewsPart
from wasched.ui.messages.replies_text import ReplyLine
from wasched.ui.schedule import schedule_actions


class MessageState(rx.State):
    """The message that the address names."""

    is_loaded: bool = False
    is_missing: bool = False
    message: MessagePage = MessagePage()
    bubbles: list[Bubble] = []
    days: list[StepDay] = []
    facts: list[Fact] = []
    votes: list[PollPanel] = []
    reactions: ReactionPanel = ReactionPanel()
    views: ViewsPart = ViewsPart()
    may: list[str] = []
    replies: list[ReplyLine] = []
    replies_href: str = ""  # to the whole send; empty for who may not read them
    _schedule_id: int = 0

    @rx.event
    async def load(self) -> None:
        """Show the message and keep it current."""
        user = await signed_in(self)
        self.is_loaded = False
        subscriptions.follow_topics(self, user, (MESSAGES, ACCOUNTS, REPLIES), MessageState.refresh)
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
            await do_in_database(
                lambda session, now: message_actions.decide_message(
                    session, user, message_id, choice, now
                )
            )
        except InputError as refusal:
            await self._show(user)
            return toasts.toast_told(error_sentence(refusal))
        await self._show(user)
        return None

    @rx.event
    async def ask_views(self) -> None:
        """Have WhatsApp asked how often the post was viewed; it shows here once it is told."""
        user = await signed_in(self)
        message_id = routes.number_in(self.router.url.path)
        await do_in_database(lambda s, now: post_views.ask_views(s, user, message_id, now))
        await self._show(user)

    @rx.event
    async def back_to_usual(self) -> list[EventSpec]:
        """Let the usual one of its series go instead."""
        user = await signed_in(self)
        told = await schedule_actions.back_to_usual(self, user, self._schedule_id)
        await self._show(user)
        return [*told, focus_on(SERIES)]

    async def _show(self, user: Caller) -> None:
        message_id = routes.number_in(self.router.url.path)
        try:
            story = await ask_database(
                lambda s, now: message_actions.message_story(s, user, message_id, now)
            )
        except NotFoundError:
            self.is_missing = self.is_loaded = True
            return
        cards = await ask_database(lambda session, now: accounts.account_names(session, user))
        now = bootstrap.clock().now()
        self.message = history_text.history_page(story, rows.held_accounts(cards), user.zone, now)
        self.bubbles = await ask_database(
            lambda s, now: bubbles.saved_bubbles(s, user, [story.content], all_of_it=True)
        )
        self.days = history_text.history_days(story, user.zone, now)
        answers = await ask_database(lambda s, now: answers_to(s, user, message_id))
        self.votes = votes_text.message_panels(answers, user.zone, now)
        self.reactions = votes_text.reaction_panel(answers.reactions, user.zone, now)
        self.facts = history_text.message_facts(story, user.zone, now)
        views = await ask_database(lambda s, at: post_views.views_card(s, user, message_id, at))
        self.views = history_text.views_part(views, user.zone, now)
        await self._show_replies(user, message_id, story)
        self.may, self._schedule_id = story.may, story.schedule_id
        self.is_missing, self.is_loaded = False, True

    async def _show_replies(self, user: Caller, message_id: int, story: MessageHistory) -> None:
        """What was written back to it, for who may read that."""
        self.replies, self.replies_href = [], ""
        if not may(user, Action.READ_REPLIES):
            return
        wanted = ReplyFilters(message_id=message_id)
        found, _ = await ask_database(lambda s, _now: reading.list_replies(s, user, wanted))
        now, allowed = bootstrap.clock().now(), allowed_to(user)
        self.replies = [replies_text.reply_line(one, user.zone, now, allowed) for one in found]
        self.replies_href = routes.replies_to(story.schedule_id, story.row.due_at.isoformat())
