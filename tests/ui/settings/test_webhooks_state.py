"""Webhooks in Settings: added after the password was given, their secret shown once."""

import pytest

from tests.owner import add_to_space
from tests.scopes import session_scope
from tests.ui.conftest import Tab, state_in
from tests.ui.settings.test_password_question import PASSWORD, call, give
from tests.ui.settings.test_password_question import stale as stale
from wasched import bootstrap
from wasched.models import Role
from wasched.services.caller import Caller
from wasched.services.webhooks import endpoints
from wasched.services.webhooks.endpoints import WebhookRequest
from wasched.ui.settings.webhook_log_state import WebhookLogState
from wasched.ui.settings.webhooks_state import WebhooksState

pytestmark = pytest.mark.asyncio

FORM = {"url": "https://hooks.example.org/secret-path", "tells-message.sent": "yes"}


async def test_a_webhook_is_added_shown_changed_tested_and_removed(
    stale: object, alice: Caller
) -> None:
    await call(stale, WebhooksState, "load")
    await call(stale, WebhooksState, "save", form=FORM)
    page = await state_in(stale, WebhooksState)
    assert page.secret == "" and page.webhooks == []
    await give(stale, PASSWORD)

    (row,) = page.webhooks
    assert page.secret.startswith("whsec_") and page.secret_of == row.id
    assert row.host == "hooks.example.org" and row.standing == "Works. Nothing waits."
    assert row.about == "A message is sent · ids only"
    await call(stale, WebhooksState, "edit", webhook_id=row.id)
    assert page.url == FORM["url"] and [one.kind for one in page.kinds if one.is_taken]
    await call(stale, WebhooksState, "save", form={**FORM, "url": "http://x", "with-texts": "yes"})
    assert "https://" in page.error
    await call(stale, WebhooksState, "save", form={**FORM, "with-texts": "yes"})
    assert page.editing == "" and "with texts" in page.webhooks[0].about
    first = page.secret
    await call(stale, WebhooksState, "rotate", webhook_id=row.id)
    assert page.secret not in ("", first) and "from before" in page.webhooks[0].about

    await call(stale, WebhookLogState, "test", webhook_id=row.id)
    log = await state_in(stale, WebhookLogState)
    assert [(one.what, one.outcome) for one in log.deliveries] == [("A test", "Waits for its turn")]
    await call(stale, WebhookLogState, "send_again", delivery_id=log.deliveries[0].id)
    await call(stale, WebhooksState, "turn", webhook_id=row.id)
    assert page.webhooks[0].standing.startswith("Paused")
    await call(stale, WebhooksState, "turn", webhook_id=row.id)
    assert page.webhooks[0].standing.startswith("Works")
    await call(stale, WebhooksState, "remove", webhook_id=row.id)
    await call(stale, WebhookLogState, "refresh")
    assert page.webhooks == [] and page.secret == "" and log.shown == ""


async def test_who_does_not_manage_sees_none(tab: Tab, alice: Caller) -> None:
    now = bootstrap.clock().now()
    with session_scope() as session:
        eve = add_to_space(session, alice, "Eve", Role.EDITOR, now)
        wanted = WebhookRequest(FORM["url"])
        endpoints.add_webhook(session, alice, wanted, now, allows_private=False)
    root = tab(eve, "/settings/webhooks")
    for handler in ("load", "refresh"):
        await call(root, WebhooksState, handler)

    page = await state_in(root, WebhooksState)
    assert page.webhooks == []
