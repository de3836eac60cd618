"""The second step: codes are good once, few can be guessed, and no way in goes past it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pyotp
import pytest
from sqlalchemy import func, select

from tests.scopes import Scope
from tests.services.conftest import NOW
from tests.services.doorway import (
    PASSWORD,
    SECRET_KEY,
    Meter,
    PlainHasher,
    browser,
    gives,
    has_password,
)
from wasched.domain.errors import InputError, SignInError, UnconfirmedError
from wasched.models import HalfSignIn, RecoveryCode, SecondStep, SignIn
from wasched.services.caller import Caller
from wasched.services.identity import (
    half_sign_in,
    password_links,
    second_step,
    server_people,
    signing_in,
    users,
)
from wasched.services.identity.guess_limits import TRIES_MAX, TRIES_WINDOW
from wasched.services.identity.signing_in import HalfSignedIn, OpenedSession

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STEP = timedelta(seconds=30)


def code_at(now: datetime) -> str:
    """What the app shows then."""
    return pyotp.TOTP(SECRET).at(now)


def turns_on(scope: Scope, user: Caller, now: datetime = NOW) -> list[str]:
    """The user sets their second step up, an hour before; the recovery codes."""
    at = now - timedelta(hours=1)
    with scope() as session:
        mine = replace(user, confirmed_at=at)
        return second_step.turn_on(session, mine, "", SECRET, code_at(at), at)


@pytest.fixture
def codes(scope: Scope, alice: Caller) -> list[str]:
    """The recovery codes of the owner, who has a password and a second step."""
    has_password(scope, alice)
    return turns_on(scope, alice)


def half(scope: Scope, user: Caller, now: datetime = NOW) -> str:
    """The user gives their password; what the browser has then."""
    owes = gives(scope, user, PASSWORD, browser(), now)
    assert isinstance(owes, HalfSignedIn)
    return owes.half


def gives_code(
    scope: Scope, token: str, typed: str, now: datetime = NOW, known: str = ""
) -> OpenedSession:
    """Somebody gives a code in a browser that owes one."""
    at = replace(browser(), half=token, known=known)
    return signing_in.give_code(scope, SECRET_KEY, at, typed, now)


def sign_ins(scope: Scope) -> int:
    """How many browsers are signed in."""
    with scope(write=False) as session:
        return session.scalar(select(func.count()).select_from(SignIn)) or 0


def test_who_gave_the_password_is_nobody_until_the_code_is_given(
    scope: Scope, alice: Caller, codes: list[str]
) -> None:
    token = half(scope, alice)
    with scope(write=False) as session:
        assert users.who_is(session, token, NOW) is None
    assert sign_ins(scope) == 0

    opened = gives_code(scope, token, code_at(NOW))

    with scope(write=False) as session:
        who = users.who_is(session, opened.session, NOW)
    assert who is not None and who.id == alice.id
    with pytest.raises(InputError, match="too long"):
        gives_code(scope, token, code_at(NOW + STEP), NOW + STEP)


def test_a_code_of_the_app_is_taken_a_step_early_or_late_and_once(
    scope: Scope, alice: Caller, codes: list[str]
) -> None:
    for typed, good in (
        (code_at(NOW - 2 * STEP), False),
        (code_at(NOW - STEP), True),
        (code_at(NOW - STEP), False),
        (f" {code_at(NOW)[:3]} {code_at(NOW)[3:]} ", True),
        (code_at(NOW - STEP), False),
        (code_at(NOW), False),
        (code_at(NOW + STEP), True),
        (code_at(NOW + 2 * STEP), False),
    ):
        token = half(scope, alice)
        if good:
            assert gives_code(scope, token, typed).session
        else:
            with pytest.raises(InputError, match="wrong, or was used"):
                gives_code(scope, token, typed)


def test_a_recovery_code_is_good_once_however_it_is_written(
    scope: Scope, alice: Caller, charlie: Caller, codes: list[str]
) -> None:
    assert len(set(codes)) == second_step.RECOVERY_CODES
    assert gives_code(scope, half(scope, alice), f" {codes[0].upper().replace('-', ' ')}").session
    for used in (codes[0], "", "none at all", "\udcff"):
        with pytest.raises(InputError, match="wrong, or was used"):
            gives_code(scope, half(scope, alice), used)
    has_password(scope, charlie)
    turns_on(scope, charlie)
    with pytest.raises(InputError):
        gives_code(scope, half(scope, charlie), codes[1])

    with scope(write=False) as session:
        state = second_step.second_step_of(session, alice.id)
        kept = session.scalars(select(RecoveryCode.code_hash)).all()
    assert state is not None and state.codes_left == 9
    assert not set(codes) & set(kept)


@pytest.mark.parametrize("which", ["app", "recovery"])
def test_of_many_who_come_with_the_same_code_at_once_one_gets_in(
    scope: Scope, alice: Caller, codes: list[str], which: str
) -> None:
    tokens = [half(scope, alice) for _ in range(4)]
    typed = code_at(NOW) if which == "app" else codes[0]

    def give(token: str) -> bool:
        try:
            return bool(gives_code(scope, token, typed).session)
        except InputError:
            return False

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(give, tokens)) == [False] * 3 + [True]
    assert sign_ins(scope) == 1


def test_codes_are_not_guessed_and_a_known_browser_is_not_kept_out_by_who_tries(
    scope: Scope, alice: Caller, codes: list[str]
) -> None:
    known = gives_code(scope, half(scope, alice), codes[0]).known

    def wrong(now: datetime) -> str:
        try:
            gives_code(scope, half(scope, alice, now), "000000", now)
        except SignInError as refusal:
            return str(refusal)
        except InputError:
            return "wrong"
        raise AssertionError("it was right")

    said = [wrong(NOW) for _ in range(TRIES_MAX + 1)]
    assert said == ["wrong"] * TRIES_MAX + ["Too many tries. Wait 5 minutes."]
    with pytest.raises(SignInError):
        gives_code(scope, half(scope, alice), code_at(NOW))
    assert gives_code(scope, half(scope, alice), code_at(NOW), known=known).session
    assert gives_code(scope, half(scope, alice), codes[1]).session, "these are counted apart"

    said = [wrong(NOW + n * TRIES_WINDOW) for n in range(1, 5) for _ in range(TRIES_MAX)]
    assert said == ["wrong"] * 4 * TRIES_MAX
    with scope() as session:
        users.forget_old(session, NOW + 6 * TRIES_WINDOW)
    assert wrong(NOW + 6 * TRIES_WINDOW).startswith("Too many tries. Wait 2"), "some 23 hours"
    assert wrong(NOW + timedelta(days=1)) == "wrong"


def test_a_half_sign_in_ends_after_ten_minutes_by_another_password_and_by_a_removal(
    scope: Scope, alice: Caller, charlie: Caller, codes: list[str]
) -> None:
    has_password(scope, charlie)
    theirs = turns_on(scope, charlie)
    late = NOW + half_sign_in.LASTS
    token, other, removed = half(scope, alice), half(scope, alice), half(scope, charlie)
    with pytest.raises(InputError, match="too long"):
        gives_code(scope, token, code_at(late), late)

    has_password(scope, alice, "another one")
    with scope() as session:
        server_people.remove_user(session, alice, charlie.id, NOW)

    for owed, typed in ((other, codes[0]), (removed, theirs[0]), ("made up", codes[0])):
        with pytest.raises(InputError, match="too long"):
            gives_code(scope, owed, typed)
    with scope() as session:
        users.forget_old(session, late)
        assert session.scalars(select(HalfSignIn)).all() == []
        assert session.get(SecondStep, charlie.id) is None
    assert sign_ins(scope) == 0


def test_a_new_password_is_no_way_past_it_unless_the_link_is_for_who_lost_both(
    scope: Scope, alice: Caller, codes: list[str]
) -> None:
    with scope() as session:
        person, token = password_links.link_for_email(session, alice.email, NOW)
        assert person.ends_second_step
        seen = password_links.whose_link(session, token, NOW)
        assert seen is not None and seen.ends_second_step
    assert isinstance(gives(scope, alice, PASSWORD, browser()), HalfSignedIn)

    chosen = scope, PlainHasher(), Meter(), token, "four words are easy", NOW
    password_links.choose_password(*chosen)

    assert isinstance(gives(scope, alice, "four words are easy", browser()), OpenedSession)


def test_setting_it_up_takes_the_password_and_the_apps_code_and_ends_other_sign_ins(
    scope: Scope, alice: Caller
) -> None:
    has_password(scope, alice)
    here, there = (gives(scope, alice, PASSWORD, browser()) for _ in range(2))
    assert isinstance(here, OpenedSession) and isinstance(there, OpenedSession)
    mine = replace(alice, confirmed_at=NOW)

    def try_it(who: Caller, typed: str) -> list[str]:
        with scope() as session:
            return second_step.turn_on(session, who, here.session, SECRET, typed, NOW)

    with pytest.raises(UnconfirmedError):
        try_it(replace(alice, confirmed_at=None), code_at(NOW))
    with pytest.raises(InputError, match="present code"):
        try_it(mine, "000000")
    with scope(write=False) as session:
        assert second_step.second_step_of(session, alice.id) is None

    codes = try_it(mine, code_at(NOW))

    with scope(write=False) as session:
        assert users.who_is(session, here.session, NOW) is not None
        assert users.who_is(session, there.session, NOW) is None
    with pytest.raises(InputError):
        gives_code(scope, half(scope, alice), code_at(NOW)), "it was used for setting up"
    with scope() as session:
        long_ago = replace(alice, confirmed_at=None)
        with pytest.raises(UnconfirmedError):
            second_step.turn_off(session, long_ago, here.session, NOW)
        with pytest.raises(UnconfirmedError):
            second_step.new_recovery_codes(session, long_ago, NOW)
        newer = second_step.new_recovery_codes(session, mine, NOW)
    assert not set(newer) & set(codes)
    with pytest.raises(InputError):
        gives_code(scope, half(scope, alice), codes[0])
    with scope() as session:
        elsewhere = users.open_session(session, alice.id, "192.0.2.9", "", NOW)
        second_step.turn_off(session, mine, here.session, NOW)
        assert users.who_is(session, here.session, NOW) is not None
        assert users.who_is(session, elsewhere, NOW) is None
    assert isinstance(gives(scope, alice, PASSWORD, browser()), OpenedSession)
