"""People are told: by e-mail and by services of others, by whichever process is there, once."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.mailbox import Mailbox, mailbox
from tests.new_database import begin_database
from tests.owner import add_owner
from tests.scopes import session_scope
from tests.services.fakes import FakeClock
from wasched import alerting, bootstrap, cli_alerts, config, db
from wasched.adapters.alert_posts import AlertPosts
from wasched.alerting import AlertRounds
from wasched.domain.errors import WaschedError
from wasched.domain.link import LinkState
from wasched.models import Account
from wasched.services.alerts import outgoing, pulse, ways
from wasched.services.caller import Caller
from wasched.services.server import health

NOW = datetime(2026, 3, 12, 16, 42, tzinfo=UTC)


class Listener:
    """A program on this machine that takes whatever is sent to it."""

    def __init__(self) -> None:
        self.came: list[tuple[str, str]] = []
        self.status, self.leads_to = 200, ""
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                listener.came.append((self.path, body.decode()))
                self.send_response(listener.status)
                self.send_header("Location", listener.leads_to)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            do_GET = do_POST  # noqa: N815

            def log_message(self, *_: object) -> None:
                """Nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        """End it."""
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.close()


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mailbox() as kept:
        yield kept


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOW)


@pytest.fixture
def owner(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    box: Mailbox,
    listener: Listener,
    clock: FakeClock,
) -> Iterator[Caller]:
    """Miriam, who runs a server with one account; what is told leaves at once."""
    monkeypatch.setenv("DB_PATH", str(tmp_path / "app.db"))
    monkeypatch.setenv("SMTP_URL", box.url)
    monkeypatch.setenv("PUBLIC_URL", "http://localhost:3001")
    monkeypatch.setenv("WEBHOOKS_TO_PRIVATE", "true")
    monkeypatch.setenv("PING_URL", f"http://127.0.0.1:{listener.port}/ping/secret")
    cached = (
        *(config.settings, db.engine, bootstrap.queue, bootstrap.changes, bootstrap.mailer),
        *(bootstrap.alert_teller, bootstrap.pinger),
    )
    for one in cached:
        one.cache_clear()
    begin_database()
    monkeypatch.setattr(bootstrap, "clock", lambda: clock)
    monkeypatch.setattr(alerting, "threading", Synchronous)
    monkeypatch.setattr(alerting, "_of_disk", lambda _now: [])
    with session_scope() as session:
        made = add_owner(session, NOW)
        session.add(
            Account(
                space_id=made.space_id,
                name="Choir phone",
                zone="UTC",
                created_at=NOW,
                state=LinkState.CONNECTED,
                state_since=NOW,
            )
        )
    yield made
    db.engine().dispose()
    for one in cached:
        one.cache_clear()


class Synchronous:
    """Threads that are done when they have been started."""

    Lock = staticmethod(threading.Lock)

    class Thread:
        """Does its work at once."""

        def __init__(self, target: object, **_: object) -> None:
            self.start = target


class Both:
    """Worker and api of a server, as far as they look whom to tell, minute by minute."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock
        seconds = lambda: (clock.now() - NOW).total_seconds()  # noqa: E731
        self.worker = AlertRounds(is_worker=True, clock=seconds)
        self.api = AlertRounds(is_worker=False, clock=seconds)

    def pass_time(self, minutes: int, *, worker: bool = True, api: bool = True) -> None:
        """Let minutes pass with those that are alive."""
        for _ in range(minutes):
            self._clock.move(minutes=1)
            if worker:
                bootstrap.transaction(
                    lambda session, now: health.note_heartbeat(session, "here", NOW, now)
                )
                self.worker.look()
            if api:
                self.api.look()


def come_to(state: LinkState, at: datetime) -> None:
    """The account's link comes to another state."""
    with session_scope() as session:
        account = session.get_one(Account, 1)
        account.state, account.state_since = state, at


def subjects(box: Mailbox) -> list[str]:
    """What the e-mails are about."""
    return [str(one["Subject"]) for one in box.mails]


def test_a_link_that_ends_is_mailed_to_who_manages_the_account(
    owner: Caller, box: Mailbox, clock: FakeClock
) -> None:
    both = Both(clock)
    both.pass_time(3)
    come_to(LinkState.LOGGED_OUT, clock.now())
    both.pass_time(5)
    come_to(LinkState.CONNECTED, clock.now())
    both.pass_time(10)

    assert subjects(box) == [
        "wasched: Choir phone is not linked any more",
        "wasched: Over: Choir phone is not linked any more",
    ]
    assert box.sent_to == ["miriam@choir.example"] * 2
    said = box.mails[0].get_content()
    assert "The phone ended the link at 16:45." in said and "localhost:3001/accounts" in said
    assert "It was so from 16:45 to 16:50." in box.mails[1].get_content()


def test_a_silent_worker_is_told_by_the_api_and_a_silent_api_by_the_worker(
    owner: Caller, box: Mailbox, clock: FakeClock
) -> None:
    with session_scope() as session:
        ways.choose_kinds(session, owner, 0, ["worker_silent", "server_silent"], NOW)
    both = Both(clock)
    both.pass_time(4)
    both.pass_time(10, worker=False)
    assert subjects(box) == ["wasched: Nothing is sent"]
    both.pass_time(10)
    both.pass_time(10, api=False)

    told = ["Nothing is sent", "Over: Nothing is sent", "The pages are away"]
    assert subjects(box) == [f"wasched: {one}" for one in told]


def test_of_two_apis_one_tells_and_the_one_that_is_left_is_the_server(
    owner: Caller, box: Mailbox, clock: FakeClock
) -> None:
    with session_scope() as session:
        ways.choose_kinds(session, owner, 0, ["worker_silent", "server_silent"], NOW)
    both, other = Both(clock), Both(clock).api
    for minute in range(24):
        both.pass_time(1, worker=minute not in range(4, 14), api=minute < 14)
        other.look()

    told = ["Nothing is sent", "Over: Nothing is sent"]
    assert subjects(box) == [f"wasched: {one}" for one in told]


def test_a_machine_that_slept_is_no_silence(owner: Caller, box: Mailbox, clock: FakeClock) -> None:
    """The clock has gone on by eight hours; for both processes no second has passed."""
    seconds = iter(range(0, 10**6, 60))
    awake = {"now": 0}
    worker = AlertRounds(is_worker=True, clock=lambda: awake["now"])
    for _ in range(5):
        awake["now"] = next(seconds)
        bootstrap.transaction(pulse.note_api)
        worker.look()
        clock.move(minutes=1)
    clock.move(hours=8)
    worker.look()

    assert box.mails == []


def test_a_way_by_another_service_gets_it_too_and_a_full_one_is_tried_again(
    owner: Caller, box: Mailbox, clock: FakeClock, listener: Listener
) -> None:
    with session_scope() as session:
        address = f"ntfy://127.0.0.1:{listener.port}/choir"
        ways.add_service(session, owner, address, ["link_ended"], NOW, allows_private=True)
        ways.choose_kinds(session, owner, 0, [], NOW)
    both = Both(clock)
    listener.status = 507
    come_to(LinkState.LOGGED_OUT, clock.now())
    both.pass_time(4)
    with session_scope(write=False) as session:
        [_, shown] = ways.list_ways(session, owner, sends_mail=True)
    assert shown.fault.startswith("The service answered with 507")
    listener.status = 200
    both.pass_time(4)

    came = [body for path, body in listener.came if path == "/"]
    assert len(came) == 2 and "Choir phone is not linked any more" in came[-1]
    assert box.mails == []


def test_the_ping_address_is_called_while_all_is_well_and_not_when_it_is_not(
    owner: Caller, clock: FakeClock, listener: Listener, caplog: pytest.LogCaptureFixture
) -> None:
    both = Both(clock)
    both.pass_time(5)
    assert {path for path, _ in listener.came} == {"/ping/secret"}
    both.pass_time(3, api=False)
    called = len(listener.came)
    both.pass_time(3, api=False)
    assert len(listener.came) == called, "a silent api is nothing that is well"
    listener.status = 404
    both.pass_time(2)
    assert "It answered with 404." in caplog.text and "secret" not in caplog.text


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("ntfy://127.0.0.1:{port}/topic", "not on the public internet"),
        ("gotify://localhost:{port}/token", "not on the public internet"),
        ("syslog://localhost", "not in the list"),
        ("file:///etc/passwd", "not in the list"),
    ],
)
def test_a_service_is_not_told_where_alerts_may_not_go(
    listener: Listener, address: str, says: str
) -> None:
    told = AlertPosts(allows_private=False).tell(address.format(port=listener.port), "T", "t")

    assert says in told.fault
    assert listener.came == []


def test_no_answer_leads_to_where_alerts_may_not_go(listener: Listener) -> None:
    """Clouds tell a machine its passwords at this address, which is not even in its networks."""
    listener.status, listener.leads_to = 302, "http://169.254.169.254/latest/"
    address = f"json://127.0.0.1:{listener.port}/?redirect=yes"

    assert "not on the public" in AlertPosts(allows_private=True).tell(address, "T", "t").fault


def test_a_test_by_e_mail_says_how_it_went(owner: Caller, box: Mailbox) -> None:
    target = outgoing.Target(0, "mail", "", owner.email, owner.name, owner.zone)
    assert alerting.tell_test(target).fault == ""
    box.refusal = "550 nobody here"
    assert alerting.tell_test(target).fault == "The mail server does not take the address (550)."
    assert subjects(box) == ["wasched: A test of wasched"]


def test_the_shell_sends_a_test_by_each_way_and_lists_what_was_wrong(
    owner: Caller, box: Mailbox, clock: FakeClock, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli_alerts.test("miriam@choir.example")
    come_to(LinkState.BANNED, clock.now())
    Both(clock).pass_time(4)
    cli_alerts.list_alerts()

    assert ended.value.code == 0
    shown = [
        "E-mail: taken.",
        "2026-03-12 16:42 UTC  still so  Choir phone is restricted by WhatsApp",
    ]
    assert capsys.readouterr().out.splitlines() == shown
    with pytest.raises(WaschedError, match="told by no way"):
        cli_alerts.test("nobody@choir.example")
