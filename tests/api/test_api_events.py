"""Events and webhooks at the door for programs."""

import threading
import time

import pytest

from tests.api.conftest import Programs
from tests.scopes import session_scope
from wasched import bootstrap, config
from wasched.services.webhooks import deliveries

MESSAGE = {"to": ["+491701234567"], "text": "Dinner is ready", "when": "tomorrow at 9"}
HOOK = {"url": "https://hooks.example.org/wasched", "events": ["message.cancelled"]}


def test_a_program_waits_for_what_happens_and_goes_on_after_it(program: Programs) -> None:
    choir, charlie = program("Alice", "read", "send"), program("Charlie", "read", "send")
    begun = choir.asks("GET", "/events?after=now&wait=0")[1]
    theirs = charlie.asks("GET", "/events?after=now&wait=0")[1]
    assert begun == {"items": [], "next": "start"}
    later = threading.Timer(0.3, choir.client.post, ["/api/v1/messages"])
    later.kwargs = {"json": MESSAGE, "headers": {"Authorization": f"Bearer {choir.key}"}}
    later.start()

    since = time.monotonic()
    found = choir.asks("GET", f"/events?after={begun['next']}&wait=20")[1]
    later.join()

    assert time.monotonic() - since < 15
    (event,) = found["items"]
    made = choir.asks("GET", f"/messages/{event['data']['message']}")[1]
    assert event["type"] == "message.scheduled" and event["data"]["status"] == "scheduled"
    assert event["data"]["schedule"] == made["schedule"] and "text" not in event["data"]
    assert event["data"]["due"].endswith("Z") and event["data"]["recipient"] == made["recipient"]
    assert choir.asks("DELETE", f"/messages/{made['id']}")[0] == 200
    told = choir.asks("GET", f"/events?after={event['id']}&texts=true")[1]["items"]
    assert [one["type"] for one in told] == ["message.cancelled"]
    assert told[0]["data"]["text"] == "Dinner is ready" and "phone" in told[0]["data"]
    everything = choir.asks("GET", "/events")[1]
    assert [one["id"] for one in everything["items"]] == [event["id"], told[0]["id"]]
    page = choir.asks("GET", "/events?limit=1")[1]
    assert page["next"] == event["id"]
    assert charlie.asks("GET", f"/events?after={theirs['next']}&wait=0")[1]["items"] == []
    assert choir.asks("GET", "/events?after=odd")[0] == 422
    assert program("Alice", "send").asks("GET", "/events")[0] == 403


def test_a_webhook_is_kept_by_a_key_that_may_read_and_manage(program: Programs) -> None:
    choir, charlie = program("Alice", "read", "manage"), program("Charlie", "read", "manage")

    status, made = choir.asks("POST", "/webhooks", HOOK, Idempotency_Key="hook")
    path = f"/webhooks/{made['id']}"
    assert status == 201 and made["secret"].startswith("whsec_") and made["state"] == "active"
    assert choir.asks("POST", "/webhooks", HOOK, Idempotency_Key="hook")[1] == made
    assert "secret" not in choir.asks("GET", path)[1]
    assert choir.asks("PATCH", path, {"state": "paused"})[1]["state"] == "paused"
    changed = choir.asks("PATCH", path, {"events": [], "texts": True, "state": "active"})[1]
    assert (changed["events"], changed["texts"], changed["url"]) == ([], True, HOOK["url"])
    rotated = choir.asks("POST", f"{path}/secret")[1]
    assert rotated["secret"] != made["secret"] and rotated["old_secret_until"]
    wrong = choir.asks("PATCH", path, {"url": "https://127.0.0.1"})
    assert wrong[0] == 422 and wrong[1]["errors"][0]["pointer"] == "#/url"
    assert choir.asks("POST", "/webhooks", {**HOOK, "events": ["x"]})[0] == 422
    assert choir.asks("POST", f"{path}/test")[0] == 202
    (delivery,) = choir.asks("GET", f"{path}/deliveries")[1]["items"]
    assert (delivery["type"], delivery["state"]) == ("webhook.test", "waiting")
    assert choir.asks("POST", f"{path}/deliveries/{delivery['id']}/again")[0] == 202
    assert choir.asks("GET", f"{path}/deliveries?after=odd")[0] == 422
    for method, of in (("GET", path), ("DELETE", path), ("POST", f"{path}/test")):
        assert charlie.asks(method, of)[0] == 404
    assert charlie.asks("GET", "/webhooks")[1]["items"] == []
    for scopes in (["read", "send"], ["manage"]):
        assert program("Alice", *scopes).asks("GET", "/webhooks")[0] == 403
    assert choir.asks("DELETE", path)[0] == 204 and choir.asks("GET", path)[0] == 404


def test_private_addresses_are_a_setting(
    program: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    choir = program("Alice", "read", "manage")
    near = {"url": "http://localhost:5678/hook"}
    assert "https" in choir.asks("POST", "/webhooks", near)[1]["detail"]
    monkeypatch.setenv("WEBHOOKS_TO_PRIVATE", "true")
    config.settings.cache_clear()

    assert choir.asks("POST", "/webhooks", near)[0] == 201
    with session_scope(write=False) as session:
        assert deliveries.due_webhooks(session, bootstrap.clock().now()) == []
