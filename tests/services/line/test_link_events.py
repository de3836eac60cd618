"""What becomes of the events that an account's line reports, and what people are told."""

import logging
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from tests.reasons import said, words
from tests.scopes import Scope
from tests.services.conftest import NOW, add_account
from wasched.domain.link import (
    CodeRefused,
    CodeShown,
    Identified,
    LinkEvent,
    LinkState,
    PhoneHeard,
    QrShown,
    StateChanged,
)
from wasched.models import Account
from wasched.services.accounts import accounts, qr_codes
from wasched.services.accounts.link_status import standing
from wasched.services.caller import Caller
from wasched.services.line import link_events
from wasched.services.server import health
from wasched.services.views import PairingCard

LATER = NOW + timedelta(minutes=1)
QR = QrShown("https://wa.me/settings/linked_devices#2@abc", NOW, LATER)


@pytest.fixture
def unlinked(scope: Scope, alice: Caller) -> int:
    """Alice's account that no phone is linked with yet."""
    return add_account(scope, alice, state=LinkState.CONNECTING)


def report(scope: Scope, account_id: int, *events: LinkEvent) -> None:
    """Let the account's line report these events."""
    with scope() as session:
        link_events.apply_event(session, account_id, events, NOW)


def shown(scope: Scope, user: Caller, account_id: int) -> PairingCard:
    """What the pairing page shows."""
    with scope(write=False) as session:
        return accounts.pairing_card(session, user, account_id, NOW)


def fetch(session: Session, account_id: int) -> Account:
    """The account's row."""
    account = session.get(Account, account_id)
    assert account is not None
    return account


def sentence(account: Account, waiting: int, now: datetime) -> str:
    """How the link stands, as its owner reads it."""
    return words(standing(account, waiting, now), account.zone, now)


def test_a_code_to_scan_stands_on_the_page_and_in_the_log(
    scope: Scope, alice: Caller, unlinked: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)

    report(scope, unlinked, QR)

    card = shown(scope, alice, unlinked)
    assert card.qr_path == qr_codes.svg_path(QR.code)[0]
    assert card.qr_lasts_s == 60
    block = qr_codes.ascii_block(QR.code)
    assert f"[WA] Action Required: Scan QR Code\n{block}" in caplog.messages


def test_a_code_is_gone_from_the_page_when_the_phone_is_linked(
    scope: Scope, alice: Caller, unlinked: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    connected = StateChanged(LinkState.CONNECTED, NOW)

    report(scope, unlinked, QR, connected, connected)

    assert shown(scope, alice, unlinked) == PairingCard()
    assert caplog.messages.count("[WA] WhatsApp Client Connected") == 1


def test_a_pairing_code_is_shown_and_a_refusal_replaces_it(
    scope: Scope, alice: Caller, unlinked: int
) -> None:
    report(scope, unlinked, CodeShown("ABCD-1234", "+4915100000001", NOW, LATER))
    assert shown(scope, alice, unlinked).code == "ABCD-1234"

    report(scope, unlinked, CodeRefused("+4915100000001", said("Try again in an hour."), NOW))

    card = shown(scope, alice, unlinked)
    assert (card.code, words(card.refusal)) == ("", "Try again in an hour.")


def test_a_restriction_is_kept_with_its_end(scope: Scope, account_id: int) -> None:
    report(scope, account_id, StateChanged(LinkState.BANNED, NOW, "101", until=LATER))

    with scope() as session:
        account = fetch(session, account_id)
        assert (account.state_code, account.state_until) == ("101", LATER)
        assert "restricted this number until" in sentence(account, 0, NOW)


def test_the_same_state_again_does_not_begin_anew(scope: Scope, account_id: int) -> None:
    report(scope, account_id, StateChanged(LinkState.CONNECTED, NOW))

    with scope() as session:
        assert fetch(session, account_id).state_since == NOW - timedelta(days=3)


@pytest.mark.parametrize(
    "end",
    [
        StateChanged(LinkState.LOGGED_OUT, NOW, "401"),
        StateChanged(LinkState.NEEDS_LINK, NOW, "unlinked"),
    ],
)
def test_a_link_counts_from_its_own_beginning(
    scope: Scope, account_id: int, end: StateChanged
) -> None:
    first = Identified("4915100000001@s.whatsapp.net", None, "Ada", NOW)
    again = Identified("4915100000001@s.whatsapp.net", None, "Ada", LATER)

    report(scope, account_id, first, end, again)

    with scope() as session:
        assert fetch(session, account_id).linked_at == LATER


def test_an_outdated_version_is_named_with_its_cure(
    scope: Scope, account_id: int, caplog: pytest.LogCaptureFixture
) -> None:
    report(scope, account_id, StateChanged(LinkState.OUTDATED, NOW, "405"))

    assert any("405" in line and "newer image" in line for line in caplog.messages)
    with scope() as session:
        assert "newer image" in sentence(fetch(session, account_id), 0, NOW)


@pytest.mark.parametrize("state", list(LinkState))
@pytest.mark.parametrize("waiting", [0, 1, 7])
def test_every_state_has_a_sentence(
    scope: Scope, account_id: int, state: LinkState, waiting: int
) -> None:
    report(scope, account_id, StateChanged(state, NOW))

    with scope() as session:
        said = sentence(fetch(session, account_id), waiting, NOW)
    assert said.endswith(".")


def test_who_has_no_code_to_scan_is_told_to_ask_for_one(scope: Scope, account_id: int) -> None:
    report(scope, account_id, StateChanged(LinkState.NEEDS_LINK, NOW, "unlinked"))

    with scope() as session:
        assert "Ask for a new one" in sentence(fetch(session, account_id), 0, NOW)


def test_an_event_of_an_account_that_is_gone_is_let_go(scope: Scope) -> None:
    report(scope, 999, QR)


@pytest.mark.parametrize("minutes", [0, 9, 10, 181])
def test_health_agrees_with_what_is_said_about_a_connection_that_is_away(
    scope: Scope, alice: Caller, minutes: int, tmp_path: Path
) -> None:
    account_id = add_account(scope, alice, state=LinkState.RECONNECTING)
    with scope() as session:
        account = fetch(session, account_id)
        account.state_since = NOW - timedelta(minutes=minutes)
        says = sentence(account, 0, NOW)
        found = health.health_report(session, NOW, tmp_path)

    [line] = [one for one in found if one.name == f"account {account_id}"]
    assert line.ok == ("mends itself" in says)
    assert line.ok != ("No connection" in says)


def test_a_full_disk_is_named_instead_of_a_connection_that_mends_itself(
    scope: Scope, account_id: int
) -> None:
    why = said("The disk is full. Make room.")
    full = StateChanged(LinkState.RECONNECTING, NOW, "store_full", why)

    report(scope, account_id, full)

    with scope() as session:
        assert sentence(fetch(session, account_id), 0, NOW) == "The disk is full. Make room."


def test_it_is_known_when_the_phone_itself_was_last_heard_of(scope: Scope, account_id: int) -> None:
    report(scope, account_id, PhoneHeard(LATER), PhoneHeard(NOW))  # what it did while we were away

    with scope(write=False) as session:
        assert session.get_one(Account, account_id).heard_at == LATER
