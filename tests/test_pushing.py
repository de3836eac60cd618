"""Browsers are told by push: encrypted for them alone, where alerts may go, until they are gone."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.mailbox import Mailbox
from tests.push_service import PushedBrowser, pushed_browser
from tests.scopes import session_scope
from tests.services.fakes import FakeClock
from tests.test_alerting import (
    NOW,
    Both,
    box,  # noqa: F401
    clock,  # noqa: F401
    come_to,
    listener,  # noqa: F401
    owner,  # noqa: F401
)
from wasched import alerting, bootstrap
from wasched.adapters import push_child, push_posts
from wasched.adapters.push_posts import PushPosts
from wasched.domain.errors import InputError
from wasched.domain.incidents import TellResult
from wasched.domain.link import LinkState
from wasched.domain.push_address import read_push_address
from wasched.models import AlertWay, AuditEntry, WayKind
from wasched.services.alerts import browsers, outgoing, ways
from wasched.services.caller import Caller
from wasched.services.identity import profile, users
from wasched.ui.health.text import alerts_hint


@pytest.fixture
def browser() -> Iterator[PushedBrowser]:
    with pushed_browser() as made:
        yield made


_own_process = push_posts._ask


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process of its own does is done in this one."""
    monkeypatch.setattr(push_posts, "_ask", lambda asked: push_child.do(asked, print))


@pytest.fixture
def token(owner: Caller) -> str:  # noqa: F811
    return _sign_in(owner)


def _sign_in(user: Caller) -> str:
    with session_scope() as session:
        return users.open_session(session, user.id, "192.0.2.1", "Firefox", NOW)


def _switch_on(user: Caller, token: str, browser: PushedBrowser) -> int:
    with session_scope() as session:
        return browsers.add_browser(
            session, user, token, browser.said, "Firefox on Linux", NOW, allows_private=True
        )


def _pushed_ways() -> list[tuple[int, str]]:
    with session_scope(write=False) as session:
        rows = session.scalars(select(AlertWay).where(AlertWay.kind == WayKind.PUSH))
        return [(one.user_id, one.address) for one in rows]


def test_a_browser_shows_what_happens_and_leads_to_its_page(
    owner: Caller,  # noqa: F811
    token: str,
    browser: PushedBrowser,
    clock: FakeClock,  # noqa: F811
) -> None:
    alerting.application_keys()
    _switch_on(owner, token, browser)
    both = Both(clock)
    come_to(LinkState.LOGGED_OUT, clock.now())
    both.pass_time(4)
    come_to(LinkState.CONNECTED, clock.now())
    both.pass_time(10)

    began, over = browser.came
    assert began["title"] == "Choir phone is not linked any more"
    assert "The phone ended the link at 16:42." in began["body"]
    assert began["path"] == f"/accounts?space={owner.space_id}"
    assert over["title"].startswith("Over: ") and over["tag"] == began["tag"] != ""
    assert all(b"Choir" not in one for one in browser.bodies), "its push service is a stranger"
    keys = bootstrap.answer(browsers.push_keys)
    assert keys is not None
    assert browser.signed_by(keys.application)["sub"].startswith("mailto:")


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten_and_written_down(
    owner: Caller,  # noqa: F811
    token: str,
    browser: PushedBrowser,
    status: int,
) -> None:
    way_id, browser.status = _switch_on(owner, token, browser), status
    with session_scope(write=False) as session:
        target = outgoing.own_target(session, owner, way_id)
    told = alerting.tell_test(target)

    assert told.is_gone and "ended its notifications" in told.fault
    assert _pushed_ways() == []
    with session_scope(write=False) as session:
        assert "ended_alert_way" in {one.what.code for one in session.scalars(select(AuditEntry))}


def test_a_push_service_that_is_full_is_tried_again(
    owner: Caller,  # noqa: F811
    token: str,
    browser: PushedBrowser,
    clock: FakeClock,  # noqa: F811
) -> None:
    _switch_on(owner, token, browser)
    browser.status = 429
    both = Both(clock)
    come_to(LinkState.LOGGED_OUT, clock.now())
    both.pass_time(4)
    browser.status = 201
    both.pass_time(4)

    assert len(browser.came) >= 2 and len(_pushed_ways()) == 1


@pytest.mark.parametrize("private", [False, True])
def test_nothing_is_pushed_where_alerts_may_not_go(browser: PushedBrowser, private: bool) -> None:
    """Clouds tell a machine its passwords at the second address, which is not near either."""
    said = browser.said
    if private:
        said = said.replace(browser.origin, "http://169.254.169.254")
    with pytest.raises(InputError, match="push service is refused"):
        read_push_address(said, allows_private=private)
    address = read_push_address(said.replace("169.254.169.254", "192.168.1.1"), allows_private=True)
    keys = PushPosts(allows_private=False).make_keys()

    told = PushPosts(allows_private=False).tell(address, keys, "a@choir.example", "{}")

    assert "not on the public internet" in told.fault and browser.came == []


def test_what_a_browser_did_not_say_is_refused(browser: PushedBrowser) -> None:
    for said in ("", "[]", "{}", '{"endpoint": 1, "keys": {}}', "[" * 9000, browser.said[:-5]):
        with pytest.raises(InputError, match="cannot be used"):
            read_push_address(said, allows_private=True)


def test_a_browser_is_told_as_long_as_it_is_signed_in_and_whoever_that_is(
    owner: Caller,  # noqa: F811
    token: str,
    browser: PushedBrowser,
) -> None:
    way_id = _switch_on(owner, token, browser)
    with session_scope() as session:
        kinds = ways.read_way(session, owner, way_id).kinds
        assert {"missed", "approval"} <= set(kinds) and "queue" not in kinds
        users.forget_old(session, NOW + timedelta(days=40))  # away, but not signed out
    assert [user for user, _ in _pushed_ways()] == [owner.id]
    again = _sign_in(owner)
    assert _switch_on(owner, again, browser) == way_id, "the same browser, not a second one"
    elsewhere = _sign_in(owner)
    with session_scope() as session:
        here = users.who_is(session, elsewhere, NOW)
        assert here is not None and browsers.browser_way(session, here, elsewhere) == 0
        profile.end_others(session, here, elsewhere, NOW)

    assert _pushed_ways() == []


def test_who_signs_in_at_a_browser_takes_its_notifications(
    owner: Caller,  # noqa: F811
    token: str,
    browser: PushedBrowser,
) -> None:
    _switch_on(owner, token, browser)
    with session_scope() as session:
        bob_id = users.add_without_password(session, "Bob", "bob@choir.example", "UTC", NOW)
        users.give_space(session, bob_id, "Bob's", NOW)
        bobs = users.open_session(session, bob_id, "192.0.2.1", "Firefox", NOW)
        bob = users.who_is(session, bobs, NOW)
    assert bob is not None
    _switch_on(bob, bobs, browser)

    assert [user for user, _ in _pushed_ways()] == [bob.id]


def test_health_hints_at_a_server_of_which_nobody_hears(
    owner: Caller,  # noqa: F811
    token: str,
    browser: PushedBrowser,
) -> None:
    def is_watched(*, sends_mail: bool = False) -> bool:
        with session_scope(write=False) as session:
            return ways.is_server_watched(session, sends_mail=sends_mail)

    assert not is_watched() and is_watched(sends_mail=True)
    said = alerts_hint(is_told=is_watched(), pings=False, runs_server=True)
    assert said.startswith("Nobody who runs this server is told") and "PING_URL" in said
    with session_scope() as session:
        ways.choose_kinds(session, owner, 0, [], NOW)
    assert not is_watched(sends_mail=True), "they chose to be told nothing by e-mail"
    _switch_on(owner, token, browser)
    assert is_watched()
    assert alerts_hint(is_told=True, pings=False, runs_server=True) == ""


def test_a_browser_is_tried_from_a_process_of_its_own(
    owner: Caller,  # noqa: F811
    token: str,
    browser: PushedBrowser,
    box: Mailbox,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    alerting.application_keys()
    monkeypatch.setattr(push_posts, "_ask", _own_process)
    way_id = _switch_on(owner, token, browser)
    with session_scope(write=False) as session:
        target = outgoing.own_target(session, owner, way_id)

    assert alerting.tell_test(target) == TellResult()
    assert browser.came[0]["title"] == "A test of wasched" and box.mails == []
