"""The shell asks a server by its API, and its exit codes say what came of it."""

import io
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from tests.new_database import begin_database
from tests.owner import add_owner
from tests.scopes import session_scope
from wasched import bootstrap, cli, cli_client, config, db
from wasched.adapters import api_client
from wasched.cli_client import _time
from wasched.domain.errors import WaschedError
from wasched.models import AuditEntry
from wasched.services.accounts import accounts

KEY = "wsk_of_the_shell"
SENT = {
    "id": "sch_1",
    "sentence": "tomorrow at 09:00",
    "messages": [
        {"id": "msg_1", "to": "+491701234567", "due": "2026-12-01", "status": "scheduled"}
    ],
}
PROBLEM = {
    "detail": "Mend it.",
    "errors": [{"pointer": "#/to", "detail": "That is no number\x1b[31m."}],
}


class _Server(BaseHTTPRequestHandler):
    asked: ClassVar[list[tuple[str, dict[str, str], Any]]] = []
    answers: ClassVar[list[tuple[int, Any]]] = []

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        self.asked.append((self.path, dict(self.headers), json.loads(body) if body else None))
        status, answer = self.answers.pop(0)
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", answer)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    do_POST = do_GET  # noqa: N815 - the library's own name

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[_Server]]:
    """A server that gives the answers that a test lists."""
    _Server.asked, _Server.answers = [], []
    running = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
    monkeypatch.setenv("WASCHED_URL", f"http://127.0.0.1:{running.server_port}/")
    monkeypatch.setenv("WASCHED_KEY", KEY)
    monkeypatch.setattr(api_client, "_AGAIN_S", 0.0)
    yield _Server
    running.shutdown()
    running.server_close()


def run(*words: str, given: str = "") -> tuple[int, str]:
    """The exit code of a command, and what it prints."""
    done = CliRunner().invoke(cli.app, words, input=io.StringIO(given).read())
    return done.exit_code, done.output


def test_a_text_is_sent_once_however_often_the_server_has_to_be_asked(
    server: type[_Server],
) -> None:
    server.answers[:] = [(503, {}), (201, SENT)]

    code, printed = run("send", "+491701234567", "-", "--at", "tomorrow 9", given="Ça va?\n")

    assert code == 0 and "tomorrow at 09:00" in printed and "msg_1" in printed
    [(path, first, body), (_, second, _)] = server.asked
    assert path == "/api/v1/messages" and first["Authorization"] == f"Bearer {KEY}"
    assert first["Idempotency-Key"] == second["Idempotency-Key"]
    assert (body["to"], body["text"], body["when"]) == (["+491701234567"], "Ça va?", "tomorrow 9")


def test_lists_are_tables_for_people_and_json_for_programs(server: type[_Server]) -> None:
    rows = {"items": [{"id": "msg_1", "name": "An\x1b[31mna", "text": "Hi\nyou"}], "next": "x"}
    server.answers[:] = [(200, rows), (200, rows)]

    code, table = run("messages", "choir", "--tab", "past")
    _, printed = run("messages", "--json")

    assert code == 0 and "Hi you" in table and "\x1b" not in table + printed
    assert json.loads(printed) == rows
    assert server.asked[0][0] == "/api/v1/messages?tab=past&q=choir&limit=50&order=newest"


def test_an_invite_link_is_asked_for_until_it_is_told_or_refused(
    server: type[_Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli_client, "_ASK_AGAIN_S", 0.0)
    asked = {"state": "asked", "link": "", "told_at": None, "reason": ""}
    told = asked | {"state": "told", "link": "https://chat.whatsapp.com/Bx3"}
    refused = asked | {"state": "refused", "reason": "Its admins alone."}
    server.answers[:] = [(200, asked), (200, told), (200, refused)]

    assert run("invite-link", "grp_1") == (0, "https://chat.whatsapp.com/Bx3\n")
    assert run("invite-link", "grp_1")[0] == 5
    assert {path for path, *_ in server.asked} == {"/api/v1/groups/grp_1/invite-link"}


@pytest.mark.parametrize(
    ("status", "code"), [(401, 3), (403, 3), (404, 4), (422, 5), (429, 6), (500, 6), (302, 5)]
)
def test_the_exit_code_says_what_came_of_it(server: type[_Server], status: int, code: int) -> None:
    server.answers[:] = [(status, "http://elsewhere.example" if status == 302 else PROBLEM)]

    ended, printed = run("accounts")

    assert ended == code and len(server.asked) == 1
    if status == 422:
        assert "Mend it. #/to: That is no number" in printed and "\x1b" not in printed


def test_what_happens_is_printed_as_it_happens_however_often_the_server_is_away(
    server: type[_Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli_client, "_AGAIN_S", 0.0)
    sent = {"id": "evt_1", "type": "message.sent", "timestamp": "2026-12-01T09:00:00Z"}
    told = {"items": [{**sent, "data": {"message": "msg_1", "name": "A\x1b[31m"}}], "next": "evt_1"}
    away = [(503, {})] * 3  # as often as one question is put
    server.answers[:] = [(200, told), *away, (200, {"items": [], "next": "evt_2"}), (401, PROBLEM)]

    code, printed = run("watch")

    assert code == 3 and "message.sent  message=msg_1 name=A" in printed and "\x1b" not in printed
    paths = [path for path, *_ in server.asked]
    assert paths[0] == "/api/v1/events?after=now&texts=false"
    assert paths[1] == paths[4] == "/api/v1/events?after=evt_1&texts=false"
    assert paths[5] == "/api/v1/events?after=evt_2&texts=false"


@pytest.fixture
def at_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The data of a server that Miriam runs, whose phone is linked."""
    monkeypatch.setenv("DB_PATH", str(tmp_path / "app.db"))
    for one in ("WASCHED_KEY", "WASCHED_URL"):
        monkeypatch.delenv(one, raising=False)
    cached = (config.settings, db.engine, bootstrap.opaque_ids)
    for one in cached:
        one.cache_clear()
    begin_database()
    now = bootstrap.clock().now()
    with session_scope() as session:
        miriam = add_owner(session, now)
        accounts.add_account(session, miriam, "Choir phone", now)
    yield
    db.engine().dispose()
    for one in cached:
        one.cache_clear()


@pytest.mark.usefixtures("at_hand")
def test_who_has_the_data_at_hand_needs_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    code, printed = run("send", "+491701234567", "Hi", "--at", "tomorrow 9")
    assert code == 0 and "at 09:00" in printed and "msg_" in printed
    assert "Choir phone" in run("accounts")[1]
    assert json.loads(run("messages", "--json")[1])["items"][0]["text"] == "Hi"
    code, printed = run("send", "+49170", "Hi")
    assert code == 5 and "too short" in printed
    with session_scope(write=False) as session:
        assert set(session.scalars(select(AuditEntry.user_id))) == {1}
    with pytest.raises(WaschedError, match="which space is meant"):
        CliRunner().invoke(cli.app, ["messages", "--space", "Nowhere"], catch_exceptions=False)

    monkeypatch.setenv("WASCHED_URL", "http://127.0.0.1:1")
    with pytest.raises(WaschedError, match="WASCHED_KEY is not set"):
        CliRunner().invoke(cli.app, ["accounts"], catch_exceptions=False)


@pytest.mark.parametrize(
    ("at", "zone", "said"),
    [
        ("", "", {}),
        ("tomorrow 9", "", {"when": "tomorrow 9"}),
        ("2026-12-24T18:00+01:00", "", {"at": "2026-12-24T18:00+01:00"}),
        ("2026-12-24T18:00", "Asia/Tokyo", {"local": "2026-12-24T18:00", "zone": "Asia/Tokyo"}),
        ("2026-12-24 18:00", "", {"when": "2026-12-24 18:00"}),
    ],
)
def test_a_time_is_an_instant_a_wall_clock_or_words(
    at: str, zone: str, said: dict[str, str]
) -> None:
    assert _time(at, zone) == said
