"""Moving an account to another space, for who manages several."""

import reflex as rx
from reflex.event import EventSpec

from wasched.config import settings
from wasched.domain.errors import InputError
from wasched.domain.typed import read_id
from wasched.services.accounts import accounts
from wasched.services.caller import Caller
from wasched.services.moving import move_account
from wasched.text.refusals import error_sentence
from wasched.ui.core import toasts
from wasched.ui.core.password_state import asks_password
from wasched.ui.core.rows import Choice
from wasched.ui.core.session import ask_database, do_in_database, signed_in
from wasched.ui.settings.moving_text import plan_sentences


class MovingState(rx.State):
    """The accounts here and where they could go; what would move, once both are chosen."""

    accounts: list[Choice] = []
    spaces: list[Choice] = []  # none for who does not manage two: nothing is shown then
    title: str = ""
    plan: list[str] = []
    error: str = ""
    _account_id: int = 0
    _target: int = 0

    @rx.event
    async def refresh(self) -> None:
        """Show what is so now."""
        await self._show(await signed_in(self))

    @rx.event
    async def look(self, form: dict[str, str]) -> None:
        """Say what would move, before anything does."""
        user = await signed_in(self)
        self._account_id, self._target = (read_id(form.get(one, "")) for one in ("phone", "to"))
        await self._plan(user)

    @rx.event
    async def turn_back(self) -> None:
        """Move nothing."""
        await signed_in(self)
        self.plan, self.error = [], ""

    @rx.event
    @asks_password
    async def move(self) -> EventSpec | None:
        """Move what was looked at."""
        user, most = await signed_in(self), settings().accounts_max
        account_id, target = self._account_id, self._target
        try:
            moved = await do_in_database(
                lambda s, now: move_account.move_account(s, user, account_id, target, most, now)
            )
        except InputError as refusal:
            self.plan, self.error = [], error_sentence(refusal)
            return None
        self.plan = []
        await self._show(user)
        return toasts.toast_told(f"{moved.account} is in {moved.space} now.")

    async def _plan(self, user: Caller) -> None:
        account_id, target = self._account_id, self._target
        self.plan, self.error = [], ""
        try:
            found = await ask_database(
                lambda s, _now: move_account.plan_move(s, user, account_id, target)
            )
        except InputError as refusal:
            self.error = error_sentence(refusal)
            return
        self.title = f"Move {found.account} to {found.space}?"
        self.plan = plan_sentences(found)

    async def _show(self, user: Caller) -> None:
        cards, spaces = await ask_database(
            lambda s, now: (
                accounts.list_accounts(s, user, now),
                move_account.spaces_to_move_to(s, user),
            )
        )
        self.accounts = [Choice(str(one.id), one.name) for one in cards]
        self.spaces = [Choice(str(number), name) for number, name in spaces]
