"""Linking an account, losing the link, and what each refusal of WhatsApp leads to."""

import json
import time
from datetime import timedelta
from pathlib import Path

import pytest

from tests.adapters.whatsapp.conftest import OpenLine
from tests.adapters.whatsapp.watched import ADA, BOB, Watched, processes_of, to
from tests.product import until
from tests.reasons import words
from tests.whatsapp_server.client import CommandError, Simulator
from wasched.domain.errors import NotNow, SendError
from wasched.domain.link import (
    CodeRefused,
    CodeShown,
    Identified,
    LinkState,
    PasskeyAsked,
    PasskeyRefused,
    QrShown,
)


def test_scanning_the_code_links_the_account(whatsapp: Simulator, open_line: OpenLine) -> None:
    watched = open_line()

    whatsapp.scan(qr=watched.next(QrShown).code, phone=ADA)

    who = watched.next(Identified)
    watched.state(LinkState.CONNECTED)
    assert who.jid == f"{ADA}@s.whatsapp.net"
    assert who.lid is not None and who.lid.endswith("@lid")
    assert watched.line.is_ready


def test_a_code_says_how_long_it_can_be_scanned(whatsapp: Simulator, open_line: OpenLine) -> None:
    shown = open_line().next(QrShown)

    assert shown.expires_at - shown.at == timedelta(seconds=60)


def test_a_new_code_comes_when_the_old_ones_have_run_out(
    whatsapp: Simulator, open_line: OpenLine
) -> None:
    watched = open_line()
    old = watched.next(QrShown)

    whatsapp.expire_codes()
    new = watched.next(QrShown)

    assert new.code != old.code
    whatsapp.scan(qr=new.code, phone=ADA)
    watched.state(LinkState.CONNECTED)


def test_a_scan_that_fails_leads_to_a_new_code(whatsapp: Simulator, open_line: OpenLine) -> None:
    watched = open_line()

    with pytest.raises(CommandError):
        whatsapp.scan(qr=watched.next(QrShown).code, phone=ADA, flaw="WRONG_HMAC")

    whatsapp.scan(qr=watched.next(QrShown).code, phone=ADA)
    watched.state(LinkState.CONNECTED)


def test_a_pairing_code_links_the_account(whatsapp: Simulator, open_line: OpenLine) -> None:
    watched = open_line()
    watched.next(QrShown)

    watched.line.pair_by_code(f"+{ADA}")
    shown = watched.next(CodeShown)
    whatsapp.enter_code(phone=ADA, code=shown.code)

    watched.state(LinkState.CONNECTED)
    assert shown.phone == f"+{ADA}"
    assert timedelta(seconds=60) < shown.expires_at - shown.at <= timedelta(seconds=160)


def test_a_pairing_code_that_whatsapp_retires_is_replaced(
    whatsapp: Simulator, open_line: OpenLine
) -> None:
    watched = open_line()
    watched.line.pair_by_code(f"+{ADA}")
    old = watched.next(CodeShown)

    whatsapp.retire_code(phone=ADA)
    new = watched.next(CodeShown)

    assert new.code != old.code
    whatsapp.enter_code(phone=ADA, code=new.code)
    watched.state(LinkState.CONNECTED)


def test_a_number_that_is_none_gets_no_pairing_code(
    whatsapp: Simulator, open_line: OpenLine
) -> None:
    watched = open_line()

    watched.line.pair_by_code("+12")

    assert "Check it" in words(watched.next(CodeRefused).reason)


def test_a_linked_account_gets_no_pairing_code(linked: Watched) -> None:
    with pytest.raises(NotNow):
        linked.line.pair_by_code(f"+{ADA}")


def test_a_linked_account_needs_no_code_again(
    whatsapp: Simulator, linked: Watched, open_line: OpenLine
) -> None:
    linked.line.stop()

    again = open_line()

    again.state(LinkState.CONNECTED)
    assert whatsapp.person(phone=ADA)["devices"] == [1]


def test_the_phone_ends_the_link_and_it_can_be_linked_again(
    whatsapp: Simulator, linked: Watched
) -> None:
    whatsapp.unlink(phone=ADA)

    linked.state(LinkState.LOGGED_OUT)
    with pytest.raises(NotNow):
        linked.line.send(to(BOB, "Hello"))
    linked.line.connect()
    whatsapp.scan(qr=linked.next(QrShown).code, phone=ADA)
    linked.state(LinkState.CONNECTED)
    linked.line.send(to(BOB, "Here again"))
    whatsapp.wait_inbox(phone=BOB)
    assert whatsapp.texts(BOB) == ["Here again"]


def test_unlinking_removes_the_device_from_the_phone(
    whatsapp: Simulator, linked: Watched, session: Path
) -> None:
    linked.line.unlink()

    linked.state(LinkState.NEEDS_LINK)
    linked.line.stop()
    assert whatsapp.person(phone=ADA)["devices"] == []
    assert [path.name for path in session.parent.iterdir()] == ["account-1.lock"]


def test_a_link_that_was_lost_can_be_forgotten(
    whatsapp: Simulator, linked: Watched, session: Path
) -> None:
    whatsapp.end_stream(phone=ADA, conflict="replaced")
    linked.state(LinkState.REPLACED)

    linked.line.unlink()

    assert linked.state(LinkState.NEEDS_LINK).code == "unlinked"
    assert not session.exists()
    linked.line.connect()
    linked.next(QrShown)


def test_an_account_that_is_asked_for_a_passkey_says_so(
    whatsapp: Simulator, open_line: OpenLine
) -> None:
    whatsapp.set_person(phone=ADA, passkey=True)
    watched = open_line()

    with pytest.raises(CommandError):
        whatsapp.scan(qr=watched.next(QrShown).code, phone=ADA)

    watched.state(LinkState.NEEDS_PASSKEY)

    assert not watched.line.is_ready


def test_an_account_that_is_asked_for_a_passkey_is_linked_by_showing_it(
    whatsapp: Simulator, open_line: OpenLine
) -> None:
    whatsapp.set_person(phone=ADA, passkey=True)
    watched = open_line()
    with pytest.raises(CommandError):
        whatsapp.scan(qr=watched.next(QrShown).code, phone=ADA)
    watched.state(LinkState.NEEDS_PASSKEY)

    watched.line.link_by_passkey()
    with pytest.raises(CommandError):
        whatsapp.scan(qr=watched.next(QrShown).code, phone=ADA)
    request = json.loads(watched.next(PasskeyAsked).request)
    watched.line.answer_passkey("{}")
    assert "Copy all of it" in words(watched.next(PasskeyRefused).reason)
    shown = whatsapp.sign_with_passkey(phone=ADA, options=request)
    watched.line.answer_passkey(json.dumps(shown))

    watched.state(LinkState.CONNECTED)
    watched.line.send(to(BOB, "Linked by passkey"))
    whatsapp.wait_inbox(phone=BOB)
    assert whatsapp.texts(BOB) == ["Linked by passkey"]
    assert whatsapp.person(phone=ADA)["devices"] == [1]


def test_an_attempt_that_failed_is_not_made_again_by_itself(
    whatsapp: Simulator, open_line: OpenLine, session: Path
) -> None:
    whatsapp.qr_codes(count=1, fast=0.3)
    watched = open_line()
    watched.next(QrShown)

    watched.line.link_by_passkey()

    ended = watched.state(LinkState.NEEDS_PASSKEY)
    assert "Begin again" in words(ended.detail)
    until(lambda: _is_over(watched), "it ends")
    time.sleep(0.5)
    assert processes_of(session) == []  # and no other one begins


def _is_over(watched: Watched) -> bool:
    try:
        watched.line.answer_passkey("{}")
    except NotNow:
        return True
    return False


_LIKE_ANOTHER = pytest.mark.torture  # what is done with it is tried with another one


@pytest.mark.parametrize(
    ("reason", "state"),
    [
        (400, LinkState.ERROR),
        (401, LinkState.LOGGED_OUT),
        pytest.param(403, LinkState.LOGGED_OUT, marks=_LIKE_ANOTHER),
        (405, LinkState.OUTDATED),
        pytest.param(406, LinkState.LOGGED_OUT, marks=_LIKE_ANOTHER),
        pytest.param(409, LinkState.ERROR, marks=_LIKE_ANOTHER),
        pytest.param(418, LinkState.ERROR, marks=_LIKE_ANOTHER),
        pytest.param(500, LinkState.CONNECTED, marks=_LIKE_ANOTHER),
        (503, LinkState.CONNECTED),
    ],
)
def test_a_refused_login_leads_to_a_state(
    whatsapp: Simulator, linked: Watched, open_line: OpenLine, reason: int, state: LinkState
) -> None:
    linked.line.stop()
    whatsapp.refuse_logins(phone=ADA, reason=reason)

    change = open_line().state(state)

    assert change.code in ("", str(reason))


@pytest.mark.parametrize("code", [101, pytest.param(199, marks=_LIKE_ANOTHER)])
def test_a_restricted_number_says_until_when_and_goes_on_by_itself(
    whatsapp: Simulator, linked: Watched, open_line: OpenLine, code: int
) -> None:
    linked.line.stop()
    whatsapp.refuse_logins(phone=ADA, reason=402, code=code, expire=1)
    again = open_line()

    change = again.state(LinkState.BANNED)

    assert change.code == str(code)
    assert change.until == change.at + timedelta(seconds=1)
    again.state(LinkState.CONNECTED)


def test_a_session_opened_elsewhere_waits_for_a_person(
    whatsapp: Simulator, linked: Watched
) -> None:
    whatsapp.end_stream(phone=ADA, conflict="replaced")

    linked.state(LinkState.REPLACED)
    linked.line.connect()
    linked.state(LinkState.CONNECTED)


def test_a_broken_connection_mends_itself(whatsapp: Simulator, linked: Watched) -> None:
    whatsapp.cut(phone=ADA)

    linked.state(LinkState.RECONNECTING)
    linked.state(LinkState.CONNECTED)
    linked.line.send(to(BOB, "Hello"))


def test_a_server_that_is_away_is_waited_for(whatsapp: Simulator, linked: Watched) -> None:
    whatsapp.go_down()

    linked.state(LinkState.RECONNECTING)
    with pytest.raises(NotNow):
        linked.line.send(to(BOB, "Hello"))
    whatsapp.come_back()
    linked.state(LinkState.CONNECTED)
    linked.line.send(to(BOB, "Hello"))


def test_a_process_that_starts_without_a_server_waits_for_it(
    whatsapp: Simulator, linked: Watched, open_line: OpenLine
) -> None:
    linked.line.stop()
    whatsapp.go_down()
    again = open_line()

    again.state(LinkState.RECONNECTING)
    whatsapp.come_back()
    again.state(LinkState.CONNECTED)


def test_a_receipt_nobody_knows_does_not_end_the_events(
    whatsapp: Simulator, linked: Watched
) -> None:
    handed = linked.line.send(to(BOB, "Hello"))

    whatsapp.wait_inbox(phone=BOB)
    whatsapp.receipt(phone=BOB, id=handed.message_id, type="server-error")

    linked.state(LinkState.RECONNECTING)
    linked.state(LinkState.CONNECTED)
    # WhatsApp says again what nobody has acknowledged, and the library may end once more by it.
    tries = (_said(linked, f"Are you there? {n}") for n in range(5))
    linked.receipt(next(filter(None, tries)))


def _said(linked: Watched, text: str) -> str:
    """The id of a message that went out, or nothing if the process ended; it is there again."""
    try:
        return linked.line.send(to(BOB, text)).message_id
    except (SendError, NotNow):
        linked.state(LinkState.CONNECTED)
        return ""


def test_a_killed_process_is_started_again(linked: Watched, session: Path) -> None:
    linked.process().kill()

    linked.state(LinkState.RECONNECTING)
    linked.state(LinkState.CONNECTED)
    assert len(processes_of(session)) == 1
