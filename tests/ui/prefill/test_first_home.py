"""What Home says before its scripts run: the caller's own, and nothing that could be markup."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.scopes import session_scope
from tests.services.fakes import FakeClock
from wasched import bootstrap, self_check
from wasched.domain.content import Text
from wasched.domain.link import LinkState
from wasched.models import Account, Recipient
from wasched.services.accounts import accounts
from wasched.services.caller import Caller
from wasched.services.content import kept_drafts
from wasched.services.content.kept_drafts import DraftBody
from wasched.services.identity import users
from wasched.services.messages import stopping
from wasched.services.schedules import create
from wasched.services.server import health
from wasched.services.server.health_views import HealthTrouble
from wasched.ui.core import page_slots
from wasched.ui.core.page_slots import STOPPED
from wasched.ui.prefill import first_words

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)
EVIL = '<img src=x onerror=alert(1)> & "Co"'


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes out in an hour goes out today, at whatever hour the tests run."""
    monkeypatch.setattr(bootstrap, "clock", lambda: FakeClock(NOON))


def looks(user: Caller, path: str = "/", **given: str) -> dict[str, str] | None:
    """What stands on the page that this user's browser asks for."""
    with session_scope() as session:
        now = bootstrap.clock().now()
        token = users.open_session(session, user.id, "127.0.0.1", "test", now)
    return first_words.page_fillings(path, token, given)


def schedule(user: Caller, account_id: int, text: str) -> None:
    """A message to a number, an hour from now."""
    now = bootstrap.clock().now()
    at = now + timedelta(hours=1)
    made = create.ScheduleRequest(
        account_id, ("+4915100000003",), (Text(text),), at.date(), at.time(), "UTC"
    )
    with session_scope() as session:
        create.create_schedule(session, user, made, now)


def test_it_tells_the_next_message_as_plain_text(alice: Caller, account_id: int) -> None:
    with session_scope() as session:
        session.get_one(Account, account_id).name = EVIL
    schedule(alice, account_id, EVIL)

    said = looks(alice)

    assert said is not None
    assert "&lt;img src=x onerror=alert(1)&gt; &amp; &#34;Co&#34;" in said[page_slots.HOME_COLUMNS]
    assert not any("<img" in words for words in said.values())
    assert "+49 1510 0000003" in said[page_slots.HOME_SUMMARY]


def test_nobody_sees_what_is_somebody_elses(
    alice: Caller, charlie: Caller, account_id: int
) -> None:
    schedule(alice, account_id, "Rehearsal")

    assert looks(charlie) is None  # who has no account yet has first steps to take
    assert first_words.page_fillings("/", "no such session", {}) is None


def test_it_does_not_say_that_sending_works_while_something_is_wrong(
    alice: Caller, account_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with session_scope() as session:
        now = bootstrap.clock().now()
        session.get_one(Account, account_id).state = LinkState.CONNECTED
        health.note_heartbeat(session, "worker", now, now)
    schedule(alice, account_id, "Rehearsal")
    works = looks(alice)
    found = [HealthTrouble("storage", "The disk is <full>.")]
    monkeypatch.setattr(self_check, "storage_troubles", lambda: found)

    wrong = looks(alice)
    with session_scope() as session:
        stopping.stop_sending(session, alice, None, now)
    stopped = looks(alice)

    assert works is not None and "Sending works." in works[page_slots.HOME_SUMMARY]
    assert wrong is not None and "Sending works." not in wrong[page_slots.HOME_SUMMARY]
    assert "<b>The disk is &lt;full&gt;.</b>" in wrong[page_slots.HOME_SUMMARY]
    assert stopped is not None and "0 go out today." in stopped[page_slots.HOME_SUMMARY]


def test_a_stop_stands_above_every_first_page_as_plain_text_for_whose_it_is(
    alice: Caller, charlie: Caller, account_id: int
) -> None:
    with session_scope() as session:
        session.get_one(Account, account_id).name = EVIL
        # One that goes on, so that the stopped one is named.
        accounts.add_account(session, alice, "Bakery", bootstrap.clock().now())
        stopping.stop_sending(session, alice, [account_id], bootstrap.clock().now())

    for path, given in (("/", {}), ("/new", {"draft": "1"}), ("/messages", {}), ("/calendar", {})):
        said = looks(alice, path, **given)
        assert said is not None and "you stopped it" in said[STOPPED]
        assert "&lt;img src=x" in said[STOPPED] and "<img" not in str(said)
        assert STOPPED not in (looks(charlie, path, **given) or {})


@pytest.mark.parametrize(
    ("path", "given", "mark"),
    [
        ("/messages", {}, page_slots.MESSAGE_ROWS),
        ("/messages", {"tab": "all", "q": "x onerror"}, page_slots.MESSAGE_ROWS),
        ("/calendar", {}, page_slots.CALENDAR_DAYS),
        ("/calendar", {"view": "week"}, page_slots.CALENDAR_DAYS),
    ],
)
def test_lists_tell_their_first_rows_as_plain_text_to_whose_they_are(
    alice: Caller, charlie: Caller, account_id: int, path: str, given: dict[str, str], mark: str
) -> None:
    with session_scope() as session:
        user = Recipient(space_id=alice.space_id, kind="person", phone="+4915100000003", name=EVIL)
        user.created_at = bootstrap.clock().now()
        session.add(user)
    schedule(alice, account_id, EVIL)

    said = looks(alice, path, **given)

    assert said is not None and "&lt;img src=x" in said[mark]
    assert "<img" not in said[mark]
    assert "img" not in str(looks(charlie, path, **given))


def test_a_new_message_offers_whom_it_may_go_to_as_plain_text(
    alice: Caller, charlie: Caller
) -> None:
    now = bootstrap.clock().now()
    with session_scope() as session:
        phone = "+4915100000003"
        session.add(
            Recipient(
                space_id=alice.space_id, kind="person", phone=phone, name=EVIL, created_at=now
            )
        )

    said = looks(alice, "/new")

    assert said is not None and "&lt;img src=x" in said[page_slots.OFFERED]
    assert "img" not in str(looks(charlie, "/new"))


def test_a_new_message_tells_what_is_unfinished_and_no_damaged_address_is_a_fault(
    alice: Caller, charlie: Caller
) -> None:
    now = bootstrap.clock().now()
    with session_scope() as session:
        kept_drafts.keep_draft(session, alice, DraftBody("{}", EVIL, "Half a sen"), now)

    said = looks(alice, "/new")

    assert said is not None and "Half a sen" in said[page_slots.UNFINISHED]
    assert "<img" not in said[page_slots.UNFINISHED]
    assert not looks(charlie, "/new")
    assert looks(alice, "/new", draft="1") is None
    assert looks(alice, "/messages", cursor="damaged") is None
