"""The state of a link that follows from the library's reports."""

from datetime import UTC, datetime, timedelta

import pytest

from wasched.adapters.whatsapp import states
from wasched.domain.link import LinkState

NOW = datetime(2026, 3, 12, 17, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "report", "after"),
    [
        (LinkState.CONNECTING, states.QrCode("…"), LinkState.NEEDS_LINK),
        (LinkState.CONNECTING, states.LoggedIn(), LinkState.CONNECTED),
        (LinkState.NEEDS_LINK, states.Paired("1:2@s.whatsapp.net"), LinkState.CONNECTING),
        (LinkState.CONNECTED, states.Disconnected(), LinkState.RECONNECTING),
        (LinkState.CONNECTED, states.Silent(), LinkState.RECONNECTING),
        (LinkState.RECONNECTING, states.Heard(), LinkState.CONNECTED),
        (LinkState.RECONNECTING, states.LoggedIn(), LinkState.CONNECTED),
        (LinkState.CONNECTED, states.LoggedOut("401"), LinkState.LOGGED_OUT),
        (LinkState.CONNECTED, states.Replaced(), LinkState.REPLACED),
        (LinkState.CONNECTING, states.Outdated(), LinkState.OUTDATED),
        (LinkState.NEEDS_LINK, states.PairingEnded("err-client-outdated"), LinkState.OUTDATED),
        (LinkState.NEEDS_LINK, states.PairingEnded("passkey-request"), LinkState.NEEDS_PASSKEY),
        (LinkState.CONNECTING, states.LoginFailed("400"), LinkState.ERROR),
    ],
)
def test_a_report_leads_to_a_state(
    before: LinkState, report: states.Report, after: LinkState
) -> None:
    change = states.may_follow(before, report, NOW)

    assert change is not None
    assert change.state is after


@pytest.mark.parametrize("resting", sorted(states.RESTING))
def test_only_a_person_ends_a_state_in_which_a_person_must_act(resting: LinkState) -> None:
    for report in (states.Disconnected(), states.LoggedIn(), states.QrCode("…"), states.Heard()):
        assert states.may_follow(resting, report, NOW) is None


def test_the_end_of_a_connection_for_scanning_is_no_disturbance() -> None:
    assert states.may_follow(LinkState.NEEDS_LINK, states.Disconnected(), NOW) is None


def test_a_restriction_ends_when_whatsapp_said() -> None:
    change = states.may_follow(LinkState.CONNECTING, states.Banned("101", 3600), NOW)

    assert change is not None
    assert change.until == NOW + timedelta(hours=1)


def test_a_restriction_without_an_end_has_none() -> None:
    change = states.may_follow(LinkState.CONNECTING, states.Banned("", 0), NOW)

    assert change is not None
    assert change.until is None


@pytest.mark.parametrize("status", ["timeout", "error", "err-unexpected-state"])
def test_new_codes_are_asked_for_when_nobody_scanned(status: str) -> None:
    assert states.asks_for_new_codes(states.PairingEnded(status))


@pytest.mark.parametrize("status", ["success", "passkey-request", "err-client-outdated"])
def test_no_new_codes_are_asked_for_when_they_would_not_help(status: str) -> None:
    assert not states.asks_for_new_codes(states.PairingEnded(status))


def test_a_refusal_that_the_library_cannot_name_is_read_from_its_log() -> None:
    logged = 'Temporary ban connect failure: <failure code="199" expire="600" reason="402"/>'
    fault = "proto: required field neonize.TemporaryBan.Code not set"

    assert states.of_refusal(logged, fault) == states.Banned("199", 600)


def test_the_end_of_the_event_pump_is_no_refusal() -> None:
    assert states.of_refusal("", "proto: required field neonize.Receipt.Type not set") is None
