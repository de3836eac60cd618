"""What was delivered to one webhook: the log, a test, the same once more."""

import reflex as rx
from reflex.event import EventSpec

from wasched import bootstrap
from wasched.domain.errors import InputError, NotFoundError
from wasched.domain.typed import read_id
from wasched.services.caller import Caller
from wasched.services.permissions import Action, may
from wasched.services.webhooks import delivery_log
from wasched.text.refusals import error_sentence
from wasched.ui.core import toasts
from wasched.ui.core.session import ask_database, do_in_database, signed_in
from wasched.ui.settings.webhooks_text import DeliveryRow, delivery_row


class WebhookLogState(rx.State):
    """The newest deliveries of the webhook that is looked at."""

    shown: str = ""  # the webhook
    deliveries: list[DeliveryRow] = []
    has_more: bool = False

    _limit: int = 20

    @rx.event
    async def refresh(self) -> None:
        """Show what is so now."""
        await self._show(await signed_in(self))

    @rx.event
    async def show(self, webhook_id: str) -> None:
        """Show what was delivered to a webhook, or no longer."""
        user = await signed_in(self)
        self.shown = "" if self.shown == webhook_id else webhook_id
        self._limit = 20
        await self._show(user)

    @rx.event
    async def show_more(self) -> None:
        """Show older ones as well."""
        user = await signed_in(self)
        self._limit = min(self._limit * 2, 500)
        await self._show(user)

    @rx.event
    async def test(self, webhook_id: str) -> EventSpec:
        """Have a test delivered, and show what becomes of it."""
        user = await signed_in(self)
        try:
            await do_in_database(
                lambda session, now: delivery_log.send_test(session, user, read_id(webhook_id), now)
            )
        except InputError as refusal:
            return toasts.toast_told(error_sentence(refusal))
        self.shown = webhook_id
        await self._show(user)
        return toasts.toast_told("A test is on its way.")

    @rx.event
    async def send_again(self, delivery_id: str) -> EventSpec:
        """Have something delivered once more."""
        user = await signed_in(self)
        webhook_id = read_id(self.shown)
        try:
            await do_in_database(
                lambda session, now: delivery_log.send_again(
                    session, user, webhook_id, read_id(delivery_id), now
                )
            )
        except InputError as refusal:
            return toasts.toast_told(error_sentence(refusal))
        await self._show(user)
        return toasts.toast_told("It is on its way again.")

    async def _show(self, user: Caller) -> None:
        webhook_id, limit = read_id(self.shown), self._limit
        if not webhook_id or not may(user, Action.MANAGE):
            self._close()
            return
        try:
            found = await ask_database(
                lambda session, _now: delivery_log.list_deliveries(
                    session, user, webhook_id, limit=limit + 1
                )
            )
        except NotFoundError:  # it was removed meanwhile
            self._close()
            return
        now = bootstrap.clock().now()
        self.deliveries = [delivery_row(one, user.zone, now) for one in found[:limit]]
        self.has_more = len(found) > limit

    def _close(self) -> None:
        """Show no deliveries."""
        self.shown, self.deliveries, self.has_more = "", [], False
