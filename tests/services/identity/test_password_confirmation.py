"""The password is asked for once in ten minutes, before what changes who can get in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session

from tests.scopes import Scope
from tests.services.conftest import NOW
from tests.services.doorway import PASSWORD, Meter, PlainHasher, browser, gives, has_password
from wasched.domain.errors import InputError, NotFoundError, SignInError, UnconfirmedError
from wasched.models import User
from wasched.services.caller import Caller
from wasched.services.identity import profile, server_people, team, users
from wasched.services.identity.guess_limits import TRIES_MAX
from wasched.services.identity.password_confirmation import (
    CONFIRMED_FOR,
    confirm_password,
    require_recent_password,
)

NEW = "four others are easy"


@pytest.fixture
def here(scope: Scope, alice: Caller) -> str:
    """The token of a browser that the owner is signed in with."""
    has_password(scope, alice)
    return gives(scope, alice, PASSWORD, browser()).session


def changes(scope: Scope, user: Caller, token: str, present: str, new: str = NEW) -> int:
    """The user changes their password."""
    given = scope, PlainHasher(), Meter(), user, token, present, new, NOW
    return profile.change_password(*given)


@pytest.mark.parametrize(
    "deed",
    [
        lambda s, me, who: profile.save_profile(s, me, me.name, "new@example.org", me.zone, NOW),
        lambda s, me, who: profile.end_sign_in(s, me, 1, NOW),
        lambda s, me, who: profile.end_others(s, me, "", NOW),
        lambda s, me, who: team.invite_member(s, me, "", "own", NOW),
        lambda s, me, who: team.take_back(s, me, 1, NOW),
        lambda s, me, who: server_people.hand_over(s, me, who.id, NOW),
        lambda s, me, who: server_people.remove_user(s, me, who.id, NOW),
    ],
    ids=["e-mail", "sign out there", "all others", "invite", "take back", "hand over", "remove"],
)
@pytest.mark.parametrize("ago", [None, CONFIRMED_FOR, timedelta(seconds=-1)])
def test_what_changes_who_can_get_in_asks_for_the_password(
    session: Session,
    alice: Caller,
    charlie: Caller,
    ago: timedelta | None,
    deed: Callable[[Session, Caller, Caller], object],
) -> None:
    stale = replace(alice, confirmed_at=None if ago is None else NOW - ago)

    with pytest.raises(UnconfirmedError):
        deed(session, stale, charlie)

    session.flush()
    assert not session.dirty and not session.new


def test_ones_name_and_zone_are_changed_without_it(session: Session, alice: Caller) -> None:
    stale = replace(alice, confirmed_at=None)

    changed = profile.save_profile(session, stale, "Alina", alice.email.upper(), "UTC", NOW)

    assert (changed.name, changed.email, changed.zone) == ("Alina", alice.email, "UTC")


def test_the_right_password_is_good_for_ten_minutes_in_this_browser(
    scope: Scope, alice: Caller, here: str
) -> None:
    there = gives(scope, alice, PASSWORD, browser()).session
    later = NOW + timedelta(hours=1)

    confirm_password(scope, PlainHasher(), here, PASSWORD, later)

    with scope(write=False) as session:
        mine, theirs = (users.who_is(session, one, later) for one in (here, there))
    assert mine is not None and theirs is not None
    require_recent_password(mine, later + CONFIRMED_FOR - timedelta(seconds=1))
    for user, now in ((mine, later + CONFIRMED_FOR), (theirs, later)):
        with pytest.raises(UnconfirmedError):
            require_recent_password(user, now)


def test_guessing_it_is_slowed_down_for_the_one_sign_in(
    scope: Scope, alice: Caller, here: str
) -> None:
    there, looks = gives(scope, alice, PASSWORD, browser()).session, PlainHasher()
    for number in range(TRIES_MAX):
        with pytest.raises(InputError, match="not your present password"):
            confirm_password(scope, looks, here, f"guess {number}", NOW)

    for ask in (
        lambda: confirm_password(scope, looks, here, PASSWORD, NOW),
        lambda: changes(scope, alice, here, PASSWORD),
    ):
        with pytest.raises(SignInError, match="Too many tries"):
            ask()
    assert len(looks.looked_at) == TRIES_MAX
    confirm_password(scope, looks, there, PASSWORD, NOW)
    assert gives(scope, alice, PASSWORD, browser("192.0.2.5")).session


def test_a_password_that_was_changed_meanwhile_is_not_the_right_one(
    scope: Scope, alice: Caller, here: str
) -> None:
    late = PlainHasher(lambda: has_password(scope, alice, "another one"))

    with pytest.raises(InputError, match="changed meanwhile"):
        confirm_password(scope, late, here, PASSWORD, NOW)


def test_a_new_password_needs_the_present_one_and_ends_every_other_session(
    scope: Scope, alice: Caller, here: str
) -> None:
    there = gives(scope, alice, PASSWORD, browser()).session
    for present, new, field in (
        ("wrong", NEW, "current"),
        (PASSWORD, "weak weak weak", "password"),
    ):
        with pytest.raises(InputError) as refusal:
            changes(scope, alice, here, present, new)
        assert refusal.value.field == field

    assert changes(scope, alice, here, PASSWORD) == 1

    with scope(write=False) as session:
        assert users.who_is(session, here, NOW) is not None
        assert users.who_is(session, there, NOW) is None
        assert session.get_one(User, alice.id).password_hash == NEW


def test_who_is_removed_while_changing_the_password_gets_none(
    scope: Scope, alice: Caller, charlie: Caller
) -> None:
    has_password(scope, charlie)
    theirs = gives(scope, charlie, PASSWORD, browser()).session

    class Late(PlainHasher):
        def hash(self, password: str) -> str:
            with scope() as session:
                server_people.remove_user(session, alice, charlie.id, NOW)
            return password

    with pytest.raises(NotFoundError):
        profile.change_password(scope, Late(), Meter(), charlie, theirs, PASSWORD, NEW, NOW)

    with scope(write=False) as session:
        assert session.get_one(User, charlie.id).password_hash == ""
    with pytest.raises(NotFoundError), scope() as session:
        profile.save_profile(session, charlie, "Charlie", charlie.email, "UTC", NOW)
