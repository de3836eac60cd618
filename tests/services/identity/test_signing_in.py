"""Guessing is hopeless, and still nobody can keep somebody out who was here before."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.scopes import Scope
from tests.services.conftest import NOW
from tests.services.doorway import (
    PASSWORD,
    SECRET_KEY,
    PlainHasher,
    browser,
    gives,
    has_password,
)
from wasched.domain.errors import SignInError
from wasched.models import SignIn, User
from wasched.services.caller import Caller
from wasched.services.identity import (
    known_browsers,
    profile,
    server_people,
    signing_in,
    users,
)
from wasched.services.identity.guess_limits import TRIES_MAX, TRIES_WINDOW
from wasched.services.identity.signing_in import OpenedSession


@pytest.fixture
def miriam(scope: Scope, alice: Caller) -> Caller:
    """The owner, with a password."""
    has_password(scope, alice)
    return alice


def guess(scope: Scope, user: Caller, at: signing_in.Browser) -> None:
    """Give so many wrong passwords that the next one is not looked at."""
    for number in range(TRIES_MAX):
        with pytest.raises(SignInError):
            gives(scope, user, f"guess {number}", at)


def signed_in(scope: Scope) -> int:
    """How many browsers are signed in."""
    with scope(write=False) as session:
        return session.scalar(select(func.count()).select_from(SignIn)) or 0


def test_whoever_guesses_keeps_strangers_out_but_no_browser_that_was_here(
    scope: Scope, miriam: Caller
) -> None:
    mine = gives(scope, miriam, PASSWORD, browser())
    guess(scope, miriam, browser("203.0.113.66"))

    with pytest.raises(SignInError, match="Too many"):
        gives(scope, miriam, PASSWORD, browser("192.0.2.77"))
    assert gives(scope, miriam, PASSWORD, browser(opened=mine)).session


def test_guessing_from_the_owners_own_address_keeps_no_known_browser_out(
    scope: Scope, miriam: Caller
) -> None:
    mine = gives(scope, miriam, PASSWORD, browser())
    guess(scope, replace(miriam, email="nobody@example.org"), browser())

    assert gives(scope, miriam, PASSWORD, browser(opened=mine)).session


def test_a_known_browser_has_as_many_tries_as_anybody_and_no_more(
    scope: Scope, miriam: Caller
) -> None:
    stolen, other = (gives(scope, miriam, PASSWORD, browser()) for _ in range(2))
    guess(scope, miriam, browser("203.0.113.66", stolen))

    looks = PlainHasher()
    with pytest.raises(SignInError, match="Too many"):
        gives(scope, miriam, PASSWORD, browser("203.0.113.67", stolen), hasher=looks)
    assert looks.looked_at == []
    assert gives(scope, miriam, PASSWORD, browser(opened=other)).session
    assert gives(scope, miriam, PASSWORD, browser(opened=stolen), NOW + TRIES_WINDOW).session


def test_a_browser_is_known_for_its_own_people_alone(
    scope: Scope, miriam: Caller, charlie: Caller
) -> None:
    has_password(scope, charlie)
    theirs = gives(scope, charlie, PASSWORD, browser("192.0.2.9"))
    guess(scope, miriam, browser("203.0.113.66"))

    with pytest.raises(SignInError, match="Too many"):
        gives(scope, miriam, PASSWORD, browser("192.0.2.9", theirs))

    has_password(scope, miriam, "another one, forgotten")
    has_password(scope, miriam)
    shared = gives(scope, miriam, PASSWORD, browser("192.0.2.9", theirs), NOW + TRIES_WINDOW)
    guess(scope, charlie, browser("203.0.113.67"))
    assert gives(scope, charlie, PASSWORD, browser("192.0.2.9", shared)).session


@pytest.mark.parametrize(
    "spoil",
    [
        lambda known: known[:-1] + ("0" if known[-1] != "0" else "1"),
        lambda known: known.replace(".", "..", 1),
        lambda known: "~".join(["1.1.1.1"] * 5) + "~" + known,
        lambda known: "9" + known,
        lambda known: "\udcff~é~" * 3,
    ],
    ids=["another signature", "cut otherwise", "too many", "of another user", "no text"],
)
def test_what_was_made_up_makes_no_browser_known(
    scope: Scope, miriam: Caller, spoil: object
) -> None:
    mine = gives(scope, miriam, PASSWORD, browser())
    made_up = OpenedSession("", spoil(mine.known))  # type: ignore[operator]
    guess(scope, miriam, browser("203.0.113.66", made_up))

    looks = PlainHasher()
    for number in range(3):
        with pytest.raises(SignInError, match="Too many"):
            gives(scope, miriam, "x", browser(f"203.0.113.{number}", made_up), hasher=looks)
    assert looks.looked_at == []


def test_a_browser_is_no_longer_known_after_a_year_or_a_new_password(
    scope: Scope, miriam: Caller
) -> None:
    mine = gives(scope, miriam, PASSWORD, browser())

    def is_known(now: object = NOW) -> bool:
        with scope(write=False) as session:
            row = session.get_one(User, miriam.id)
            return bool(known_browsers.number_of(SECRET_KEY, mine.known, row, now))  # type: ignore[arg-type]

    assert is_known(NOW + known_browsers.STAYS_KNOWN - timedelta(seconds=1))
    assert not is_known(NOW + known_browsers.STAYS_KNOWN)
    has_password(scope, miriam, "another one")
    assert not is_known()


def test_being_signed_in_makes_a_browser_known_again(scope: Scope, miriam: Caller) -> None:
    mine = gives(scope, miriam, PASSWORD, browser())
    has_password(scope, miriam, "another one")
    with scope() as session:
        again = signing_in.remember_browser(session, SECRET_KEY, browser(opened=mine), NOW)
        nothing = signing_in.remember_browser(session, SECRET_KEY, browser(), NOW)
    guess(scope, miriam, browser("203.0.113.66"))

    assert gives(scope, miriam, "another one", browser(opened=OpenedSession("", again))).session
    assert nothing == ""


def test_who_signs_in_over_a_sign_in_leaves_none_behind(
    scope: Scope, miriam: Caller, charlie: Caller
) -> None:
    has_password(scope, charlie)
    first = gives(scope, miriam, PASSWORD, browser())

    gives(scope, charlie, PASSWORD, browser(opened=first))

    with scope(write=False) as session:
        assert users.who_is(session, first.session, NOW) is None
    assert signed_in(scope) == 1


def test_who_is_removed_while_signing_in_stays_out(
    scope: Scope, alice: Caller, charlie: Caller
) -> None:
    has_password(scope, charlie)

    def remove() -> None:
        with scope() as session:
            server_people.remove_user(session, alice, charlie.id, NOW)

    with pytest.raises(SignInError, match="do not match"):
        gives(scope, charlie, PASSWORD, browser(), hasher=PlainHasher(remove))
    assert signed_in(scope) == 0


def test_an_old_password_does_not_get_in_while_it_is_changed(scope: Scope, miriam: Caller) -> None:
    late = PlainHasher(lambda: has_password(scope, miriam, "another one"))

    with pytest.raises(SignInError, match="do not match"):
        gives(scope, miriam, PASSWORD, browser(), hasher=late)
    assert signed_in(scope) == 0


def test_a_sign_in_lasts_while_somebody_comes_and_ends_for_all_in_the_end(
    scope: Scope, miriam: Caller
) -> None:
    mine, now = gives(scope, miriam, PASSWORD, browser()).session, NOW
    with scope() as session:
        while users.who_is(session, mine, now) is not None:
            profile.note_visit(session, mine, now)
            now += timedelta(days=7)
    assert users.SIGNED_IN_MAX <= now - NOW < users.SIGNED_IN_MAX + timedelta(days=7)

    away = gives(scope, miriam, PASSWORD, browser()).session
    with scope() as session:
        assert users.who_is(session, away, NOW + users.STAYS_SIGNED_IN) is None


def test_a_removed_person_is_nobody_even_with_a_sign_in(
    scope: Scope, alice: Caller, charlie: Caller
) -> None:
    with scope() as session:
        server_people.remove_user(session, alice, charlie.id, NOW)
        left = users.open_session(session, charlie.id, "192.0.2.1", "", NOW)
        assert users.who_is(session, left, NOW) is None
