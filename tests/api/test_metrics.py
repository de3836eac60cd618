"""What a monitor is told, whom it is told to, and that board and rules ask for nothing else."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from tests.api.conftest import Browser
from tests.api.test_calendar_feed import caller_of, fill
from tests.scopes import session_scope
from tests.services.sent import a_send
from wasched import bootstrap, config
from wasched.api import metrics
from wasched.api.app import make_api
from wasched.domain.link import LinkState, StateChanged
from wasched.domain.message import Status
from wasched.services.line import link_events
from wasched.services.server import health

GRAFANA = Path(__file__).resolve().parents[2] / "docs" / "grafana"
TOKEN = "a-monitor-elsewhere-shows-this-and-nobody-else"

Asking = Callable[..., TestClient]


@pytest.fixture
def asking(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> Asking:
    """Opens clients at an address of theirs; nothing is kept from another server."""
    monkeypatch.setenv("METRICS_TOKEN", TOKEN)
    config.settings.cache_clear()
    bootstrap.lateness_tally.cache_clear()
    monkeypatch.setattr(metrics, "_kept", metrics._Kept())
    browser("Alice")

    def ask(peer: str = "127.0.0.1", host: str = "localhost:3001") -> TestClient:
        return TestClient(make_api(), f"http://{host}", client=(peer, 40_000))

    return ask


def values(client: TestClient) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    """Every sample that a scrape reads."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_it_is_open_to_this_machine_and_to_the_token_alone(asking: Asking) -> None:
    here, away = asking(), asking("192.168.1.7", "wasched.example.org")
    shown = {"Authorization": f"Bearer {TOKEN}"}

    assert here.get("/metrics").status_code == 200
    assert away.get("/metrics", headers=shown).status_code == 200
    for client, headers in (
        (away, {}),
        (away, {"Authorization": f"Bearer {TOKEN}x"}),
        (away, {"X-Forwarded-For": "127.0.0.1"}),
        (here, {"X-Forwarded-For": "192.168.1.7"}),
        (here, {"Host": "wasched.example.org"}),
        (here, {"Authorization": "Bearer wrong"}),
    ):
        refused = client.get("/metrics", headers=headers)
        assert (refused.status_code, "wasched_" in refused.text) == (404, False)


def test_board_and_rules_name_what_is_measured_and_nothing_tells_of_people(asking: Asking) -> None:
    now = bootstrap.clock().now()
    account_id = fill("Alice")
    with session_scope() as session:
        health.note_heartbeat(session, "worker", now, now)
        late = now - timedelta(seconds=90)
        a_send(session, caller_of(session, "Alice"), account_id, late, Status.FAILED)
        for at in (now, now):
            change = StateChanged(LinkState.RECONNECTING, at, "process_ended")
            link_events.apply_event(session, account_id, [change], at)
    client = asking()
    client.get("/calendar/unsaid.ics")

    found = values(client)

    def value(name: str, **labels: str) -> float:
        return found[name, frozenset(labels.items())]

    assert value("wasched_messages_open", status="failed") == 1
    assert value("wasched_messages_last_day", status="failed") == 1
    assert value("wasched_accounts", state="reconnecting") == 1
    assert value("wasched_link_restarts_total") == 2
    assert value("wasched_database_bytes") > 0
    route = {"method": "GET", "route": "/calendar/{token}.ics", "status": "404"}
    assert value("wasched_request_seconds_count", **route) >= 1
    said = " ".join(f"{name} {labels}" for name, labels in found)
    assert not re.search(r"unsaid|Choir|Alice|Rehearsal|\+\d{6}", said)

    names = {name for name, _ in found}
    rules = (GRAFANA / "alerts.yml").read_text()
    board = json.loads((GRAFANA / "wasched.json").read_text())
    asked = re.findall(r"^ +expr: (.+)$", rules, re.MULTILINE)
    asked += [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    wanted = {name for expression in asked for name in re.findall(r"wasched_\w+", expression)}
    assert len(asked) > 10
    assert wanted - names == set()


def test_sends_are_counted_once_by_how_late_their_first_message_was(asking: Asking) -> None:
    start = bootstrap.started_at()
    with session_scope() as session:
        tally = bootstrap.lateness_tally()
        looks = [
            tally.look(session, start + timedelta(seconds=after)).values[()].counts
            for after in (20, 40)
        ]
    assert [sum(one) for one in looks] == [0, 0]

    account_id = fill("Alice")
    with session_scope() as session:
        due = start + timedelta(seconds=30)
        a_send(session, caller_of(session, "Alice"), account_id, due, *[Status.SENT] * 3)
        counts = [
            tally.look(session, start + timedelta(seconds=after)).values[()].counts
            for after in (60, 80)
        ]
    assert [sum(one) for one in counts] == [1, 1]
