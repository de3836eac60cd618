"""People: their profile, their browsers, who joins and who leaves."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session

from tests.services.conftest import NOW
from wasched.domain.errors import InputError, NotFoundError
from wasched.models import Account, LinkWish, User
from wasched.services.accounts import pacing
from wasched.services.caller import Caller
from wasched.services.identity import profile, server_people, team, users
from wasched.services.identity.users import NewUser
from wasched.services.server import server_settings

DORA = NewUser("Dora", "dora@example.org", "four words are easy", "Europe/Berlin")


def open_session(session: Session, user: Caller) -> str:
    """Another browser of the user."""
    return users.open_session(session, user.id, "192.0.2.1", "Firefox/140 Linux", NOW)


def test_browsers_are_listed_this_one_first_and_only_ones_own_can_be_ended(
    session: Session, alice: Caller, charlie: Caller
) -> None:
    open_session(session, alice)
    here = open_session(session, alice)
    theirs = open_session(session, charlie)

    first, second = profile.list_browsers(session, alice, here, NOW)
    assert (first.is_this, second.is_this) == (True, False)
    profile.end_sign_in(session, alice, second.id, NOW)
    [left] = profile.list_browsers(session, alice, here, NOW)
    assert left.is_this

    [foreign] = profile.list_browsers(session, charlie, theirs, NOW)
    with pytest.raises(NotFoundError):
        profile.end_sign_in(session, alice, foreign.id, NOW)


@pytest.mark.parametrize(
    ("name", "email", "zone", "field"),
    [
        ("", "alice@example.org", "UTC", "name"),
        ("Alice", "nowhere", "UTC", "email"),
        ("Alice", "charlie@example.org", "UTC", "email"),
        ("Alice", "alice@example.org", "Europe/Atlantis", "zone"),
    ],
)
def test_a_profile_that_cannot_be_saved_says_which_field(
    session: Session,
    alice: Caller,
    charlie: Caller,
    name: str,
    email: str,
    zone: str,
    field: str,
) -> None:
    with pytest.raises(InputError) as refusal:
        profile.save_profile(session, alice, name, email, zone, NOW)

    assert refusal.value.field == field


def test_an_invitation_lets_one_person_in_once(session: Session, alice: Caller) -> None:
    token = team.invite_member(session, alice, "Dora, alto", "own", NOW)
    assert team.is_invited(session, token, NOW)

    team.accept_invitation(session, token, DORA, "hash", NOW)

    assert not team.is_invited(session, token, NOW)
    with pytest.raises(InputError, match="over"):
        team.accept_invitation(session, token, DORA, "hash", NOW)
    assert [one.name for one in server_people.list_users(session, alice)] == ["Alice", "Dora"]


def test_an_invitation_ends_by_itself_and_can_be_taken_back(
    session: Session, alice: Caller
) -> None:
    long_ago = NOW - team.INVITATION_LASTS
    old = team.invite_member(session, replace(alice, confirmed_at=long_ago), "", "own", long_ago)
    new = team.invite_member(session, alice, "Somebody", "own", NOW)

    assert not team.is_invited(session, old, NOW + timedelta(seconds=1))
    [waiting] = team.list_invitations(session, alice, NOW + timedelta(seconds=1))
    team.take_back(session, alice, waiting.id, NOW)
    assert not team.is_invited(session, new, NOW)


def test_who_was_removed_is_out_at_once_and_may_be_invited_again(
    session: Session, alice: Caller, charlie: Caller
) -> None:
    token = open_session(session, charlie)

    server_people.remove_user(session, alice, charlie.id, NOW)

    assert users.who_is(session, token, NOW) is None
    again = NewUser("Charlie", charlie.email, "four words are easy", "UTC")
    users.register_user(session, again, "hash", NOW)


def test_who_runs_the_server_hands_over_and_does_not_then(
    session: Session, alice: Caller, charlie: Caller
) -> None:
    mine, theirs = (open_session(session, one) for one in (alice, charlie))

    server_people.hand_over(session, alice, charlie.id, NOW)

    assert users.who_is(session, mine, NOW) is not None
    assert users.who_is(session, theirs, NOW) is None, "the new owner signs in anew"
    assert [session.get_one(User, one.id).is_admin for one in (alice, charlie)] == [False, True]


def test_only_the_admin_steers_the_server(session: Session, charlie: Caller) -> None:
    for deed in (
        lambda: server_people.list_users(session, charlie),
        lambda: team.invite_member(session, charlie, "", "own", NOW),
        lambda: server_people.remove_user(session, charlie, charlie.id, NOW),
        lambda: server_people.hand_over(session, charlie, charlie.id, NOW),
        lambda: server_settings.choose_practice(session, charlie, True, NOW),
        lambda: server_settings.choose_keep_days(session, charlie, "30", NOW),
    ):
        with pytest.raises(NotFoundError):
            deed()


def test_practice_mode_opens_every_line_anew_and_the_environment_goes_first(
    session: Session, alice: Caller, account_id: int
) -> None:
    server_settings.choose_practice(session, alice, True, NOW)

    assert server_settings.practice_mode(session, None)
    assert not server_settings.practice_mode(session, False)
    assert session.get_one(LinkWish, account_id).wish == "reopen"


def test_messages_are_kept_as_long_as_the_owner_said(session: Session, alice: Caller) -> None:
    assert server_settings.keep_days(session, None) == 0
    server_settings.choose_keep_days(session, alice, " 90 ", NOW)
    assert server_settings.keep_days(session, None) == 90
    assert server_settings.keep_days(session, 7) == 7
    for typed in ("", "-1", "ten", "99999999"):
        with pytest.raises(InputError):
            server_settings.choose_keep_days(session, alice, typed, NOW)


FORM = {"gap_min_s": "10", "gap_max_s": "20", "daily_cap": "50", "stranger_cap": "5"}


def test_a_pace_is_saved_and_read_back(session: Session, alice: Caller, account_id: int) -> None:
    wanted = pacing.read_pace({**FORM, "quiet_from": "22:00", "quiet_to": "07:30", "typing": "on"})

    pacing.change_pace(session, alice, account_id, wanted, NOW)

    assert pacing.pace_of_account(session, alice, account_id) == wanted


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"gap_min_s": "30"}, "gap_max_s"),
        ({"gap_min_s": "-1"}, "gap_min_s"),
        ({"daily_cap": "0"}, "daily_cap"),
        ({"stranger_cap": "many"}, "stranger_cap"),
        ({"quiet_from": "22:00"}, "quiet_to"),
        ({"quiet_from": "late", "quiet_to": "07:00"}, "quiet_from"),
    ],
)
def test_a_pace_that_cannot_stand_names_its_knob(
    session: Session, alice: Caller, account_id: int, typed: dict[str, str], field: str
) -> None:
    with pytest.raises(InputError) as refusal:
        pacing.change_pace(session, alice, account_id, pacing.read_pace({**FORM, **typed}), NOW)

    assert refusal.value.field == field


def test_charlie_cannot_turn_the_knobs_of_alices_account(
    session: Session, charlie: Caller, account_id: int
) -> None:
    with pytest.raises(NotFoundError):
        pacing.change_pace(session, charlie, account_id, pacing.read_pace(FORM), NOW)

    assert session.get_one(Account, account_id).daily_cap == 100_000
