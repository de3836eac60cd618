"""A forgotten password by e-mail: the door says the same to all, the worker knows whom to write."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event, func, select

from tests.mailbox import Mailbox, mailbox
from tests.new_database import begin_database
from tests.owner import add_owner
from tests.scopes import session_scope
from wasched import bootstrap, config, db, mailing, tasks
from wasched.api.app import make_api
from wasched.api.cookies import HALF, SESSION
from wasched.models import PasswordLink, PasswordRequest, SecondStep, User
from wasched.services.effects import MailLinks
from wasched.services.identity import password_links

KNOWN, UNKNOWN = "miriam@choir.example", "nobody@choir.example"
NEW = "four words are easy"


@pytest.fixture
def box() -> Iterator[Mailbox]:
    """The mail server of the server."""
    with mailbox() as kept:
        yield kept


@pytest.fixture
def visitor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, box: Mailbox) -> Iterator[TestClient]:
    """A browser at a server that Miriam owns, and that sends e-mails."""
    monkeypatch.setenv("DB_PATH", str(tmp_path / "app.db"))
    monkeypatch.setenv("SMTP_URL", box.url)
    monkeypatch.setenv("PUBLIC_URL", "http://localhost:3001")
    cached = (config.settings, db.engine, bootstrap.queue, bootstrap.changes, bootstrap.mailer)
    for one in cached:
        one.cache_clear()
    begin_database()
    with session_scope() as session:
        add_owner(session, datetime.now(UTC))
    yield TestClient(make_api(), base_url="http://localhost:3001", follow_redirects=False)
    db.engine().dispose()
    bootstrap.mailer.cache_clear()


def asks(visitor: TestClient, email: str) -> tuple[int, str, int]:
    """Ask for a link; all of the answer that could tell something, and how much was done for it."""
    done: list[str] = []
    note = lambda *given: done.append(given[2])  # noqa: E731
    event.listen(db.engine(), "before_cursor_execute", note)
    answer = visitor.post("/auth/forgot", data={"email": email})
    event.remove(db.engine(), "before_cursor_execute", note)
    return answer.status_code, answer.headers["location"], len(done)


def link_in(box: Mailbox) -> str:
    """The token of the link in the newest e-mail."""
    found = re.search(
        r"http://localhost:3001/new-password\?link=([\w-]+)", box.mails[-1].get_content()
    )
    assert found is not None
    return found[1]


def chooses(visitor: TestClient, token: str) -> str:
    """Choose a password by a link; where that leads."""
    form = {"link": token, "password": NEW}
    return str(visitor.post("/auth/new-password", data=form).headers["location"])


def test_who_forgot_it_gets_a_link_that_works_once(visitor: TestClient, box: Mailbox) -> None:
    assert asks(visitor, f" {KNOWN.title()} ")[1] == "/sign-in/forgot?sent=yes"
    mailing.send_waiting()
    mailing.send_waiting()

    assert (box.sent_to, len(box.mails)) == ([KNOWN], 1)
    token = link_in(box)
    assert not any(token.encode() in one.read_bytes() for one in db_files())
    assert chooses(visitor, token) == "/"
    assert "link-over" in chooses(visitor, token)


def test_nothing_at_the_door_tells_whether_anybody_has_an_email(
    visitor: TestClient, box: Mailbox
) -> None:
    said = {email: [asks(visitor, email) for _ in range(4)] for email in (KNOWN, UNKNOWN)}
    mailing.send_waiting()

    assert said[KNOWN] == said[UNKNOWN]
    assert [one[1] for one in said[KNOWN][:3]] == ["/sign-in/forgot?sent=yes"] * 3
    assert said[KNOWN][3][1] == "/sign-in/forgot?error=wait-60", "nobody fills a mailbox"
    assert box.sent_to == [KNOWN], "one answers all that waited"
    assert asks(visitor, "no e-mail")[1] == "/sign-in/forgot?error=email"


def test_a_mail_server_that_is_away_is_tried_again_and_a_refusal_is_the_end_of_it(
    visitor: TestClient, box: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    asks(visitor, KNOWN)
    box.refusal = "451 later"
    mailing.send_waiting()
    assert mailing.is_any_waiting() and "An e-mail waits" in caplog.text
    box.refusal = ""
    mailing.send_waiting()
    assert chooses(visitor, link_in(box)) == "/"

    asks(visitor, KNOWN)
    box.refusal = "550 nobody here"
    mailing.send_waiting()
    assert not mailing.is_any_waiting() and "was not taken" in caplog.text
    ours = [one.getMessage() for one in caplog.records if one.name.startswith("wasched")]
    assert ours and not any(KNOWN in one for one in ours)


def test_a_mailbox_is_no_second_step_and_makes_no_other_link_worthless(
    visitor: TestClient, box: Mailbox
) -> None:
    with session_scope() as session:
        _, given = password_links.link_for_email(session, KNOWN, datetime.now(UTC))
    asks(visitor, KNOWN)
    mailing.send_waiting()
    assert box.mails == [], "who asks for links takes none from the owner's hands"
    assert chooses(visitor, given) == "/"

    with session_scope() as session:
        owner = session.scalars(select(User)).one()
        session.add(SecondStep(user_id=owner.id or 0, secret="A" * 32, since=datetime.now(UTC)))
    asks(visitor, KNOWN)
    mailing.send_waiting()
    visitor.cookies.clear()
    assert chooses(visitor, link_in(box)).startswith("/sign-in/code?")
    assert (HALF in visitor.cookies, SESSION in visitor.cookies) == (True, False)


def test_the_worker_hears_of_it_after_the_commit_and_without_a_mail_server_nobody_asks(
    visitor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[object] = []
    monkeypatch.setattr(tasks, "_hand_over", lambda task, number: heard.append(task))
    tasks.carry_out(MailLinks())
    assert heard == [tasks.mail]

    monkeypatch.setenv("SMTP_URL", "")
    config.settings.cache_clear()
    assert asks(visitor, KNOWN)[1] == "/sign-in/forgot?error=no-mail"
    with session_scope(write=False) as session:
        for table in (PasswordRequest, PasswordLink):
            assert session.scalar(select(func.count()).select_from(table)) == 0


def db_files() -> list[Path]:
    """The files of the database."""
    path = config.settings().db_path
    return list(path.parent.glob(f"{path.name}*"))
