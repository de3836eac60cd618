"""Linking an account that WhatsApp asks for its passkey: what people ask, and what they see."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session

from tests.reasons import words
from tests.scopes import Scope
from tests.services.conftest import NOW, add_account
from wasched.domain.errors import InputError, NotFoundError
from wasched.domain.link import (
    BY_PASSKEY,
    LinkEvent,
    LinkState,
    PasskeyAsked,
    PasskeyRefused,
    PasskeyTaken,
    StateChanged,
)
from wasched.domain.reasons import Code, Reason
from wasched.models import LinkWish, Wish
from wasched.services.accounts import passkey_links
from wasched.services.caller import Caller
from wasched.services.line import link_events
from wasched.services.views import PasskeyCard, PasskeyStep

SOON = NOW + timedelta(minutes=10)
SCANS = StateChanged(LinkState.NEEDS_LINK, NOW, BY_PASSKEY)
ASKED = PasskeyAsked('{"challenge":"AAAA"}', NOW, SOON)


@pytest.fixture
def gated(scope: Scope, alice: Caller) -> int:
    """Alice's account, whose phone WhatsApp asked for a passkey."""
    account = add_account(scope, alice, state=LinkState.CONNECTING)
    report(scope, account, StateChanged(LinkState.NEEDS_PASSKEY, NOW, "passkey-request"))
    return account


def report(scope: Scope, account: int, *events: LinkEvent) -> None:
    with scope() as session:
        link_events.apply_event(session, account, events, NOW)


def card(scope: Scope, user: Caller, account: int) -> PasskeyCard:
    with scope(write=False) as session:
        found = passkey_links.passkey_card(session, user, account, NOW)
    assert found is not None
    return found


def refusal(scope: Scope, ask: Callable[[Session], None]) -> str:
    """Why a person is refused, in words."""
    with pytest.raises(InputError) as refused, scope() as session:
        ask(session)
    return words(refused.value.reason)


def wished(scope: Scope, account: int) -> LinkWish:
    """What the worker finds to do, which it takes."""
    with scope() as session:
        wish = link_events.take_wish(session, account)
        assert wish is not None
        session.expunge(wish)
        return wish


def test_the_answer_reaches_the_worker_and_is_gone(scope: Scope, alice: Caller, gated: int) -> None:
    with scope() as session:
        passkey_links.begin_link(session, alice, gated, NOW)
    assert wished(scope, gated).wish == Wish.LINK_BY_PASSKEY
    report(scope, gated, SCANS, ASKED)
    assert card(scope, alice, gated).request == ASKED.request

    with scope() as session:
        passkey_links.hand_in_answer(session, alice, gated, " {} ", NOW)

    assert wished(scope, gated).answer == "{}"
    with scope(write=False) as session:
        assert session.get(LinkWish, gated) is None


def test_a_refused_answer_says_why_until_the_next(scope: Scope, alice: Caller, gated: int) -> None:
    report(scope, gated, SCANS, ASKED, PasskeyRefused(Reason(Code.ANSWER_NOT_UNLOCKED), NOW))

    assert card(scope, alice, gated).refusal.code is Code.ANSWER_NOT_UNLOCKED
    with scope() as session:
        passkey_links.hand_in_answer(session, alice, gated, "{}", NOW)
    assert not card(scope, alice, gated).refusal


def test_a_code_is_compared_once(scope: Scope, alice: Caller, gated: int) -> None:
    report(scope, gated, SCANS, ASKED, PasskeyTaken(NOW, "PRGL-LP3W", must_confirm=True))
    shown = card(scope, alice, gated)
    assert (shown.step, shown.code) == (PasskeyStep.COMPARE, "PRGL-LP3W")

    with scope() as session:
        passkey_links.compare_code(session, alice, gated, NOW, is_same=False)

    assert wished(scope, gated).wish == Wish.OTHER_CODE
    again = refusal(scope, lambda s: passkey_links.compare_code(s, alice, gated, NOW, is_same=True))
    assert "has not asked" in again


def test_each_step_follows_from_what_the_line_reports(
    scope: Scope, alice: Caller, gated: int
) -> None:
    def step_after(*events: LinkEvent) -> PasskeyStep:
        report(scope, gated, *events)
        return card(scope, alice, gated).step

    assert card(scope, alice, gated).step is PasskeyStep.BEGIN
    assert step_after(StateChanged(LinkState.CONNECTING, NOW)) is PasskeyStep.WAIT
    assert step_after(SCANS) is PasskeyStep.SCAN
    assert step_after(ASKED) is PasskeyStep.SHOW
    assert step_after(PasskeyTaken(NOW)) is PasskeyStep.PHONE
    assert step_after(PasskeyTaken(NOW, "PRGL-LP3W", must_confirm=True)) is PasskeyStep.COMPARE
    assert step_after(PasskeyTaken(NOW, "PRGL-LP3W")) is PasskeyStep.PHONE


def test_nothing_of_a_round_outlives_it(scope: Scope, alice: Caller, gated: int) -> None:
    report(scope, gated, SCANS, ASKED, PasskeyTaken(NOW, "PRGL-LP3W"))
    ended = StateChanged(LinkState.NEEDS_PASSKEY, NOW, "ended", Reason(Code.PHONE_SILENT))

    report(scope, gated, ended)

    assert card(scope, alice, gated) == PasskeyCard(refusal=Reason(Code.PHONE_SILENT))


def test_an_account_that_was_linked_so_is_still_known_for_it(
    scope: Scope, alice: Caller, gated: int
) -> None:
    report(scope, gated, SCANS, ASKED, PasskeyTaken(NOW), StateChanged(LinkState.CONNECTED, NOW))
    with scope(write=False) as session:
        assert passkey_links.passkey_card(session, alice, gated, NOW) is None

    report(scope, gated, StateChanged(LinkState.LOGGED_OUT, NOW))

    assert card(scope, alice, gated) == PasskeyCard()


def test_what_nobody_asked_for_is_refused_with_what_to_do(
    scope: Scope, alice: Caller, gated: int
) -> None:
    def hand_in(answer: str = "{}", later: timedelta = timedelta()) -> str:
        when = NOW + later
        return refusal(scope, lambda s: passkey_links.hand_in_answer(s, alice, gated, answer, when))

    assert "Scan the code on this page" in hand_in()
    report(scope, gated, SCANS, ASKED)
    assert "Copy all of it" in hand_in(" ")
    assert "Copy all of it" in hand_in("x" * 20_000)
    assert "Begin again" in hand_in(later=timedelta(minutes=10))


def test_the_fourth_attempt_within_an_hour_waits(scope: Scope, alice: Caller, gated: int) -> None:
    for minute in range(3):
        with scope() as session:
            begun_at = NOW + timedelta(minutes=minute)
            passkey_links.begin_link(session, alice, gated, begun_at)

    soon, later = NOW + timedelta(minutes=59), NOW + timedelta(minutes=60)
    said = refusal(scope, lambda s: passkey_links.begin_link(s, alice, gated, soon))

    assert "in an hour" in said
    with scope() as session:
        passkey_links.begin_link(session, alice, gated, later)


def test_an_account_that_is_connected_is_not_linked_again(
    scope: Scope, alice: Caller, gated: int
) -> None:
    report(scope, gated, StateChanged(LinkState.CONNECTED, NOW))

    said = refusal(scope, lambda s: passkey_links.begin_link(s, alice, gated, NOW))

    assert "Unlink it first" in said


def test_a_stranger_sees_and_steers_nothing(scope: Scope, charlie: Caller, gated: int) -> None:
    for ask in (
        lambda s: passkey_links.passkey_card(s, charlie, gated, NOW),
        lambda s: passkey_links.begin_link(s, charlie, gated, NOW),
        lambda s: passkey_links.hand_in_answer(s, charlie, gated, "{}", NOW),
        lambda s: passkey_links.compare_code(s, charlie, gated, NOW, is_same=True),
    ):
        with pytest.raises(NotFoundError), scope() as session:
            ask(session)
