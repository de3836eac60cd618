"""Webhooks: which there are, adding and changing them."""

from collections.abc import Callable
from datetime import datetime

import reflex as rx
from reflex.event import EventSpec
from sqlmodel import Session

from wasched import bootstrap
from wasched.config import settings
from wasched.domain.errors import InputError, RoleError
from wasched.domain.outbox import EventKind
from wasched.domain.typed import read_id
from wasched.models import WebhookState
from wasched.services.caller import Caller
from wasched.services.change_notes import WEBHOOKS
from wasched.services.permissions import Action, may
from wasched.services.webhooks import endpoints
from wasched.services.webhooks.endpoints import WebhookRequest
from wasched.text.refusals import error_sentence
from wasched.ui.core import routes, toasts
from wasched.ui.core.page_calls import focus_on
from wasched.ui.core.password_state import asks_password
from wasched.ui.core.session import ask_database, do_in_database, signed_in
from wasched.ui.live import subscriptions
from wasched.ui.settings.state import SettingsState
from wasched.ui.settings.webhook_log_state import WebhookLogState
from wasched.ui.settings.webhooks_text import (
    KindChoice,
    WebhookRow,
    field_of,
    kind_choices,
    webhook_row,
)


class WebhooksState(rx.State):
    """The webhooks of the space, the form, and the newest secret, which is shown once."""

    is_loaded: bool = False
    webhooks: list[WebhookRow] = []
    editing: str = ""  # the webhook that the form changes; else it adds one
    url: str = ""
    has_texts: bool = False
    kinds: list[KindChoice] = []  # of a form that is begun
    round: int = 0  # the form is another one
    secret: str = ""  # shown once
    secret_of: str = ""
    error: str = ""

    @rx.event
    async def load(self) -> list[EventSpec]:
        """Show them, and keep them current."""
        user = await signed_in(self)
        if not may(user, Action.MANAGE):
            return [toasts.toast_told(str(RoleError())), rx.redirect(routes.SETTINGS)]
        subscriptions.follow_topics(self, user, (WEBHOOKS,), WebhooksState.refresh)
        (await self.get_state(SettingsState))._show(user)  # whose password may be asked for
        (await self.get_state(WebhookLogState))._close()
        self._begin_form()
        self.secret = self.secret_of = ""
        await self._show(user)
        return []

    @rx.event
    async def refresh(self) -> EventSpec:
        """Show what is so now, but leave alone what is being typed."""
        await self._show(await signed_in(self))
        return WebhookLogState.refresh  # type: ignore[return-value]

    @rx.event
    @asks_password
    async def save(self, form: dict[str, str]) -> EventSpec | None:
        """Add a webhook and show its secret, or change one."""
        user = await signed_in(self)
        wanted = _request(form)
        changed = read_id(self.editing)
        allows = settings().webhooks_to_private
        try:
            if changed:
                await do_in_database(
                    lambda session, now: endpoints.rewrite_webhook(
                        session, user, changed, wanted, now, allows_private=allows
                    )
                )
            else:
                made, self.secret = await do_in_database(
                    lambda session, now: endpoints.make_webhook(
                        session, user, wanted, now, allows_private=allows
                    )
                )
                self.secret_of = str(made)
        except InputError as refusal:
            self.error = error_sentence(refusal)
            return focus_on("url")
        self._begin_form()
        await self._show(user)
        return toasts.toast_told("The webhook is changed." if changed else "The webhook is there.")

    @rx.event
    async def edit(self, webhook_id: str) -> EventSpec:
        """Have the form change a webhook."""
        user = await signed_in(self)
        found = await ask_database(
            lambda session, now: endpoints.read_webhook(session, user, read_id(webhook_id), now)
        )
        self._begin_form(webhook_id, WebhookRequest(found.url, found.kinds, found.has_texts))
        return focus_on("url")

    @rx.event
    async def leave_form(self) -> None:
        """Have the form add a webhook again."""
        await signed_in(self)
        self._begin_form()

    @rx.event
    @asks_password
    async def rotate(self, webhook_id: str) -> None:
        """Make another secret and show it."""
        user = await signed_in(self)
        self.secret = await do_in_database(
            lambda session, now: endpoints.renew_secret(session, user, read_id(webhook_id), now)
        )
        self.secret_of = webhook_id
        await self._show(user)

    @rx.event
    async def turn(self, webhook_id: str) -> EventSpec:
        """Pause one that is on; let any other go on."""
        user = await signed_in(self)
        return toasts.toast_told(
            await self._do(user, lambda s, now: _turn(s, user, read_id(webhook_id), now))
        )

    @rx.event
    async def remove(self, webhook_id: str) -> EventSpec:
        """Forget a webhook."""
        user = await signed_in(self)

        def forget(session: Session, now: datetime) -> str:
            endpoints.remove_webhook(session, user, read_id(webhook_id), now)
            return "The webhook is removed."

        said = await self._do(user, forget)
        if self.editing == webhook_id:
            self._begin_form()
        return toasts.toast_told(said)

    async def _do(self, user: Caller, deed: Callable[[Session, datetime], str]) -> str:
        said = await do_in_database(deed)
        await self._show(user)
        return said

    def _begin_form(self, editing: str = "", given: WebhookRequest | None = None) -> None:
        shown = given or WebhookRequest("")
        self.editing, self.url, self.has_texts = editing, shown.url, shown.has_texts
        self.kinds, self.error = kind_choices(shown.kinds), ""
        self.round += 1

    async def _show(self, user: Caller) -> None:
        if not may(user, Action.MANAGE):
            self.webhooks, self.secret = [], ""
            return
        lines = await ask_database(lambda session, now: endpoints.list_webhooks(session, user, now))
        now = bootstrap.clock().now()
        self.webhooks = [webhook_row(one, user.zone, now) for one in lines]
        if self.secret_of not in {one.id for one in self.webhooks}:
            self.secret = self.secret_of = ""
        self.is_loaded = True


def _request(form: dict[str, str]) -> WebhookRequest:
    chosen = tuple(one for one in EventKind if form.get(field_of(one)))
    return WebhookRequest(form.get("url", ""), chosen, bool(form.get("with-texts")))


def _turn(session: Session, user: Caller, webhook_id: int, now: datetime) -> str:
    line = endpoints.read_webhook(session, user, webhook_id, now)
    if line.state == WebhookState.ACTIVE:
        endpoints.pause_webhook(session, user, webhook_id, now)
        return "Paused. What happens meanwhile waits, for a week at most."
    endpoints.resume_webhook(session, user, webhook_id, now)
    return "It goes on."
