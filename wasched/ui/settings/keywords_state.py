"""Keywords: the words that people write back, and the form that adds or changes one."""

from datetime import datetime

import reflex as rx
from reflex.event import EventSpec
from sqlmodel import Session

from wasched.domain.content_rules import TEXT_MAX
from wasched.domain.errors import InputError
from wasched.domain.keyword import ListMove
from wasched.domain.typed import read_id
from wasched.services.address_book import lists
from wasched.services.caller import Caller
from wasched.services.change_notes import KEYWORDS
from wasched.services.keywords import setting_up
from wasched.services.keywords.setting_up import KeywordRequest
from wasched.services.permissions import Action, may
from wasched.text.refusals import error_sentence
from wasched.ui.core import toasts
from wasched.ui.core.page_calls import focus_on
from wasched.ui.core.rows import Choice
from wasched.ui.core.session import ask_database, do_in_database, signed_in
from wasched.ui.live import subscriptions
from wasched.ui.settings.keywords_text import (
    EMPTY,
    MOVES,
    KeywordRow,
    keyword_form,
    keyword_row,
    list_choices,
)


class KeywordsState(rx.State):
    """The keywords of the space; who manages it has a form beside them."""

    is_loaded: bool = False
    may_manage: bool = False
    keywords: list[KeywordRow] = []
    moves: list[Choice] = []
    lists: list[Choice] = []
    editing: str = ""  # the keyword that the form changes; else it adds one
    version: int = 0
    round: int = 0  # the form is another one
    form: dict[str, str] = EMPTY
    field: str = ""
    error: str = ""

    @rx.event
    async def load(self) -> None:
        """Show them, and keep them current."""
        user = await signed_in(self)
        subscriptions.follow_topics(self, user, (KEYWORDS,), KeywordsState.refresh)
        await self._begin_form(user, "")
        await self._show(user)

    @rx.event
    async def refresh(self) -> None:
        """Show what is so now, but leave alone what is being typed."""
        await self._show(await signed_in(self))

    @rx.event
    async def save(self, form: dict[str, str]) -> EventSpec:
        """Set up a keyword, or change the one that is being edited."""
        user = await signed_in(self)
        editing, version = read_id(self.editing), self.version
        self.form = {name: form.get(name, "")[: TEXT_MAX + 1] for name in EMPTY}
        wanted = _request(form)

        def keep(session: Session, now: datetime) -> None:
            if editing:
                setting_up.change_keyword(session, user, editing, wanted, now, if_version=version)
            else:
                setting_up.add_keyword(session, user, wanted, now)

        try:
            await do_in_database(keep)
        except InputError as refusal:
            self.field, self.error = refusal.field, error_sentence(refusal)
            return focus_on(refusal.field if refusal.field in EMPTY else "words")
        await self._begin_form(user, "")
        await self._show(user)
        return toasts.toast_told("Saved." if editing else "Added. It holds from now on.")

    @rx.event
    async def edit(self, keyword_id: str) -> EventSpec:
        """Have the form change a keyword."""
        await self._begin_form(await signed_in(self), keyword_id)
        return focus_on("keyword-form")

    @rx.event
    async def leave_form(self) -> None:
        """Have the form add a keyword again."""
        await self._begin_form(await signed_in(self), "")

    @rx.event
    async def remove(self, keyword_id: str) -> EventSpec:
        """Let its words do nothing from now on."""
        user = await signed_in(self)
        await do_in_database(
            lambda session, now: setting_up.remove_keyword(session, user, read_id(keyword_id), now)
        )
        await self._begin_form(user, "")
        await self._show(user)
        return toasts.toast_told("Removed. What its words did stays done.")

    async def _begin_form(self, user: Caller, editing: str) -> None:
        number = read_id(editing)
        self.form, self.version = dict(EMPTY), 0
        if number:
            line = await ask_database(
                lambda session, _now: setting_up.read_keyword(session, user, number)
            )
            self.form, self.version = keyword_form(line), line.version
        self.editing, self.round = str(number) if number else "", self.round + 1
        self.field = self.error = ""

    async def _show(self, user: Caller) -> None:
        lines, cards = await ask_database(
            lambda session, _now: (
                setting_up.list_keywords(session, user),
                lists.all_lists(session, user, limit=lists.LISTS_MAX),
            )
        )
        self.keywords = [keyword_row(one) for one in lines]
        self.moves, self.lists = list(MOVES), list_choices(cards)
        self.may_manage, self.is_loaded = may(user, Action.MANAGE), True


def _request(form: dict[str, str]) -> KeywordRequest:
    move = form.get("move", "")
    return KeywordRequest(
        words=form.get("words", ""),
        field=form.get("field", ""),
        value=form.get("value", ""),
        list_id=read_id(form.get("list", "")),
        move=move if move in set(ListMove) else ListMove.NONE,
        answer=form.get("answer", ""),
    )
