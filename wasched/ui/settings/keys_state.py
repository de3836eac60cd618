"""The keys by which programs come into the space that somebody manages."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import reflex as rx
from reflex.event import EventSpec
from sqlmodel import Session

from wasched.domain.errors import InputError
from wasched.domain.typed import read_id, read_number
from wasched.services.accounts import accounts
from wasched.services.caller import Caller
from wasched.services.identity import keys
from wasched.services.permissions import Action, may
from wasched.services.views import KeyLine
from wasched.text.refusals import error_sentence
from wasched.ui.core import toasts
from wasched.ui.core.password_state import asks_password
from wasched.ui.core.rows import Choice
from wasched.ui.core.session import ask_database, do_in_database, signed_in
from wasched.ui.settings.key_text import about_key


@dataclass(frozen=True)
class KeyRow:
    """One key."""

    id: str
    name: str
    about: str


class KeysState(rx.State):
    """The keys there are, none for who may not make any, and the newest, which is shown once."""

    may_make: bool = False
    keys: list[KeyRow] = []
    accounts: list[Choice] = []
    made: str = ""  # shown once
    field: str = ""
    error: str = ""

    @rx.event
    async def refresh(self) -> None:
        """Show what is so now."""
        await self._show(await signed_in(self))

    @rx.event
    @asks_password
    async def make(self, form: dict[str, str]) -> None:
        """Make a key and show it."""
        user = await signed_in(self)
        self.made, self.field, self.error = "", "", ""
        try:
            token = await do_in_database(lambda s, now: _make(s, user, form, now))
        except InputError as refusal:
            self.field, self.error = refusal.field, error_sentence(refusal)
            return
        self.made = token
        await self._show(user)

    @rx.event
    async def revoke(self, key_id: str) -> EventSpec:
        """Make a key worthless."""
        user = await signed_in(self)
        await do_in_database(
            lambda session, now: keys.revoke_key(session, user, read_id(key_id), now)
        )
        self.made = ""
        await self._show(user)
        return toasts.toast_told("The key is revoked.")

    async def _show(self, user: Caller) -> None:
        self.may_make = may(user, Action.MANAGE)
        if not self.may_make:
            self.keys, self.accounts, self.made = [], [], ""
            return

        def found(session: Session, now: datetime) -> tuple[list[KeyLine], list[Choice], datetime]:
            names = accounts.account_names(session, user)
            choices = [Choice(str(one.id), one.name) for one in names]
            return keys.list_keys(session, user, now), choices, now

        lines, self.accounts, now = await ask_database(found)
        self.keys = [KeyRow(str(one.id), one.name, about_key(one, user.zone, now)) for one in lines]


def _make(session: Session, user: Caller, form: dict[str, str], now: datetime) -> str:
    days = read_number(form.get("key-days", "")) or 0
    account = read_id(form.get("key-account", ""))
    return keys.make_key(
        session,
        user,
        form.get("key-name", ""),
        form.get("key-scopes", "").split(),
        now,
        expires_at=now + timedelta(days=min(days, 3650)) if days else None,
        account_ids=[account] if account else [],
        confirms=form.get("key-confirms", "") != "no",
    )
