"""Webhooks as managers keep them."""

from dataclasses import replace

import pytest
from sqlmodel import Session

from tests.scopes import Scope
from tests.services.conftest import NOW, add_colleague
from tests.services.webhooks.conftest import URL, Lane
from wasched.domain.errors import InputError, NotFoundError, RoleError, UnconfirmedError
from wasched.models import EventReader, Role
from wasched.services.caller import Caller
from wasched.services.server import audit_page
from wasched.services.server.audit_page import AuditFilters
from wasched.services.webhooks import delivery_log, endpoints
from wasched.services.webhooks.endpoints import WebhookRequest


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("example.org", "whole address"),
        ("http://example.org", "https://"),
        ("https://user:word@example.org", "password"),
        ("https://localhost/x", "WEBHOOKS_TO_PRIVATE"),
        ("https://10.0.0.7", "WEBHOOKS_TO_PRIVATE"),
        ("https://[::ffff:127.0.0.1]/", "WEBHOOKS_TO_PRIVATE"),
        ("https://a b", "spaces"),
        ("https://[::1", "cannot be read"),
        ("https://x:99999", "cannot be read"),
        ("ftp://example.org", "whole address"),
    ],
)
def test_where_nothing_is_delivered_to_is_refused(
    session: Session, alice: Caller, url: str, says: str
) -> None:
    with pytest.raises(InputError, match=says) as refused:
        endpoints.add_webhook(session, alice, WebhookRequest(url), NOW, allows_private=False)
    assert refused.value.field == "url"


@pytest.mark.parametrize("url", ["http://localhost:5678/hook", "http://192.168.1.5", URL])
def test_where_private_addresses_are_allowed_the_neighbours_may_be_told(
    session: Session, alice: Caller, url: str
) -> None:
    made, secret = endpoints.add_webhook(
        session, alice, WebhookRequest(url), NOW, allows_private=True
    )
    assert endpoints.read_webhook(session, alice, made, NOW).url == url and secret.startswith(
        "whsec_"
    )
    with pytest.raises(InputError, match="WEBHOOKS_TO_PRIVATE"):
        metadata = WebhookRequest("http://169.254.169.254/latest")
        endpoints.add_webhook(session, alice, metadata, NOW, allows_private=True)


def test_only_managers_keep_them_and_others_learn_of_none(
    scope: Scope, session: Session, lane: Lane, alice: Caller, charlie: Caller
) -> None:
    eve = add_colleague(scope, alice, "Eve", Role.EDITOR)

    for deed in (
        endpoints.read_webhook,
        endpoints.pause_webhook,
        endpoints.rotate_secret,
        endpoints.remove_webhook,
        delivery_log.send_test,
    ):
        with pytest.raises(RoleError):
            deed(session, eve, lane.id, NOW)
        with pytest.raises(NotFoundError):
            deed(session, charlie, lane.id, NOW)
    with pytest.raises(RoleError):
        endpoints.list_webhooks(session, eve, NOW)
    assert endpoints.list_webhooks(session, charlie, NOW) == []
    with pytest.raises(RoleError):  # a key that is for one account is not for what others do
        limited = replace(alice, account_ids=frozenset({1}))
        endpoints.add_webhook(session, limited, WebhookRequest(URL), NOW, allows_private=False)
    with pytest.raises(UnconfirmedError):
        stale = replace(alice, confirmed_at=None)
        endpoints.make_webhook(session, stale, WebhookRequest(URL), NOW, allows_private=False)


def test_a_change_keeps_the_secret_and_removing_it_ends_the_writing(
    session: Session, lane: Lane, alice: Caller
) -> None:
    elsewhere = WebhookRequest("https://new.example.org", ("message.read",), True)
    endpoints.change_webhook(session, alice, lane.id, elsewhere, NOW, allows_private=False)
    (line,) = endpoints.list_webhooks(session, alice, NOW)
    assert (line.url, line.kinds, line.has_texts) == (elsewhere.url, elsewhere.kinds, True)
    with pytest.raises(InputError, match="no event"):
        odd = WebhookRequest(URL, ("message.eaten",))
        endpoints.change_webhook(session, alice, lane.id, odd, NOW, allows_private=False)
    for _ in range(endpoints.WEBHOOKS_MAX - 1):
        endpoints.add_webhook(session, alice, WebhookRequest(URL), NOW, allows_private=False)
    with pytest.raises(InputError, match="Remove one"):
        endpoints.add_webhook(session, alice, WebhookRequest(URL), NOW, allows_private=False)

    assert session.get(EventReader, alice.space_id) is not None
    for one in endpoints.list_webhooks(session, alice, NOW):
        endpoints.remove_webhook(session, alice, one.id, NOW)
    session.flush()
    assert session.get(EventReader, alice.space_id) is None
    log = audit_page.audit_page(session, alice, AuditFilters()).lines
    assert {dict(line.what.params)["host"] for line in log} >= {"hooks.example.org"}
    assert not any("token" in str(line.what) for line in log)
