"""Accounts: linking a number that WhatsApp asks for its passkey, step by step."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import reflex as rx
from reflex.event import EventSpec
from sqlmodel import Session

from wasched import bootstrap
from wasched.domain.errors import InputError
from wasched.services.accounts import passkey_links
from wasched.services.caller import Caller
from wasched.services.permissions import Action, may
from wasched.services.views import PasskeyCard
from wasched.text.reasons import reason_sentence
from wasched.text.refusals import error_sentence
from wasched.ui.core import routes, times, toasts
from wasched.ui.core.page_calls import call_page
from wasched.ui.core.session import ask_database, do_in_database, signed_in

BOOKMARK = "passkey-bookmark"


@dataclass(frozen=True)
class PasskeyPage:
    """What the page shows of it; `step` is empty for an account that needs none."""

    step: str = ""
    until: str = ""
    refusal: str = ""
    code: str = ""


class PasskeyLinkState(rx.State):
    """How far linking by passkey has come for the account of this page."""

    page: PasskeyPage = PasskeyPage()
    error: str = ""
    _request: str = ""

    @rx.event
    async def load(self) -> EventSpec:
        """Show how far it has come, and take the answer that the bookmark has come back with.

        AccountsState keeps the page current, this part of it too.
        """
        user = await signed_in(self)
        self.error = ""
        await self._show(user)
        return call_page("passkeyAnswer", callback=PasskeyLinkState.take)

    @rx.event
    async def refresh(self) -> EventSpec | None:
        """Show what is so now; a new request makes a new bookmark."""
        before = self._request
        await self._show(await signed_in(self))
        return self._bookmark() if self._request != before else None

    @rx.event
    async def begin(self) -> None:
        """Begin with new codes."""
        await self._do(passkey_links.begin_link)

    @rx.event
    async def take(self, answer: str) -> EventSpec | None:
        """Hand in the answer that the bookmark brought, if it brought one."""
        await signed_in(self)
        if answer:
            await self._hand_in(answer)
        return self._bookmark() if self._request else None

    @rx.event
    async def paste(self, form: dict[str, str]) -> None:
        """Hand in an answer that somebody brought by hand."""
        await signed_in(self)
        await self._hand_in(form.get(passkey_links.ANSWER_FIELD, ""))

    @rx.event
    async def compare(self, said: str) -> None:
        """Say whether the phone shows the same code."""
        await self._do(
            lambda session, user, account_id, now: passkey_links.compare_code(
                session, user, account_id, now, is_same=said == "same"
            )
        )

    @rx.event
    async def copy_line(self) -> EventSpec:
        """Copy what does the same as the bookmark, for the browser's console."""
        await signed_in(self)
        return call_page("copyPasskeyLine", self._request, callback=PasskeyLinkState.copied)

    @rx.event
    async def copied(self, is_copied: bool) -> EventSpec:
        """Say whether it could be copied."""
        await signed_in(self)
        return toasts.toast_told(
            "Copied." if is_copied else "The browser did not let it be copied. Use the bookmark."
        )

    async def _hand_in(self, answer: str) -> None:
        await self._do(
            lambda session, user, account_id, now: passkey_links.hand_in_answer(
                session, user, account_id, answer, now
            )
        )

    async def _do(self, deed: Callable[[Session, Caller, int, datetime], None]) -> None:
        user = await signed_in(self)
        chosen = routes.number_in(self.router.url.path)
        self.error = ""
        try:
            await do_in_database(lambda session, now: deed(session, user, chosen, now))
        except InputError as refusal:
            self.error = error_sentence(refusal)
        await self._show(user)

    async def _show(self, user: Caller) -> None:
        chosen = routes.number_in(self.router.url.path)
        card = None
        if chosen and may(user, Action.MANAGE):
            card = await ask_database(
                lambda session, now: passkey_links.passkey_card(session, user, chosen, now)
            )
        self._request = card.request if card else ""
        self.page = _page(card, user.zone, bootstrap.clock().now()) if card else PasskeyPage()

    def _bookmark(self) -> EventSpec:
        return call_page("passkeyBookmark", BOOKMARK, self._request)


def _page(card: PasskeyCard, zone: str, now: datetime) -> PasskeyPage:
    return PasskeyPage(
        step=card.step,
        until=times.clock(card.expires_at, zone) if card.expires_at else "",
        refusal=reason_sentence(card.refusal, zone, now),
        code=card.code,
    )
