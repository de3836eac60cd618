"""A link to a new password: for one person, once, for an hour, and everybody else is out then."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session

from tests.scopes import Scope
from tests.services.conftest import NOW
from tests.services.doorway import PASSWORD, Meter, PlainHasher
from wasched.domain.errors import InputError, NotFoundError, UnconfirmedError
from wasched.models import User
from wasched.services.caller import Caller
from wasched.services.identity import password_links, profile, server_people, users
from wasched.services.identity.password_links import LINK_LASTS, ResetUser

NEW = "four words are easy"


def chooses(scope: Scope, token: str, new: str = NEW, later: timedelta = timedelta(0)) -> int:
    """Somebody with a link sends the form."""
    return password_links.choose_password(scope, PlainHasher(), Meter(), token, new, NOW + later)


def test_a_link_from_the_owner_lets_a_member_in_once(
    scope: Scope, alice: Caller, charlie: Caller
) -> None:
    with scope() as session:
        old = users.open_session(session, charlie.id, "192.0.2.1", "Firefox", NOW)
        link = password_links.link_for_user(session, alice, charlie.id, NOW)
        assert password_links.whose_link(session, link, NOW) == ResetUser(
            charlie.name, charlie.email
        )

    assert chooses(scope, link) == charlie.id

    with scope() as session:
        assert session.get_one(User, charlie.id).password_hash == NEW
        assert users.who_is(session, old, NOW) is None
        assert password_links.whose_link(session, link, NOW) is None
    with pytest.raises(InputError, match="used or too old"):
        chooses(scope, link)


def test_a_link_is_over_after_an_hour_and_is_swept_up(scope: Scope, charlie: Caller) -> None:
    with scope() as session:
        _, link = password_links.link_for_email(session, charlie.email, NOW)

    with pytest.raises(InputError, match="used or too old"):
        chooses(scope, link, later=LINK_LASTS)
    with scope() as session:
        users.forget_old(session, NOW + LINK_LASTS)
        assert password_links.whose_link(session, link, NOW) is None


def test_of_two_links_the_newer_one_counts(scope: Scope, charlie: Caller) -> None:
    with scope() as session:
        _, older = password_links.link_for_email(session, charlie.email, NOW)
        _, newer = password_links.link_for_email(session, charlie.email, NOW)

    with pytest.raises(InputError):
        chooses(scope, older)
    assert chooses(scope, newer) == charlie.id


def test_a_password_that_is_refused_leaves_the_link_good(scope: Scope, charlie: Caller) -> None:
    with scope() as session:
        _, link = password_links.link_for_email(session, charlie.email, NOW)

    with pytest.raises(InputError) as refusal:
        chooses(scope, link, "weak weak weak")
    assert refusal.value.field == "password"
    assert chooses(scope, link) == charlie.id


def test_who_has_no_link_makes_the_server_hash_nothing(scope: Scope) -> None:
    hasher = PlainHasher(lambda: pytest.fail("hashed for a stranger"))

    with pytest.raises(InputError):
        password_links.choose_password(scope, hasher, Meter(), "made-up", NEW, NOW)


def test_only_the_owner_makes_links_for_members_and_gives_a_password_first(
    session: Session, alice: Caller, charlie: Caller
) -> None:
    with pytest.raises(UnconfirmedError):
        password_links.link_for_user(session, replace(alice, confirmed_at=None), charlie.id, NOW)
    with pytest.raises(NotFoundError):
        password_links.link_for_user(session, charlie, charlie.id, NOW)
    for nobody in (alice.id, 404):
        with pytest.raises(NotFoundError):
            password_links.link_for_user(session, alice, nobody, NOW)


@pytest.mark.parametrize("what", ["another password", "removed", "made the owner"])
def test_a_link_does_not_outlive_what_it_was_for(
    scope: Scope, alice: Caller, charlie: Caller, what: str
) -> None:
    with scope() as session:
        session.get_one(User, charlie.id).password_hash = PASSWORD
        here = users.open_session(session, charlie.id, "192.0.2.1", "Firefox", NOW)
        _, link = password_links.link_for_email(session, charlie.email, NOW)
    if what == "another password":
        tools = PlainHasher(), Meter()
        profile.change_password(scope, *tools, charlie, here, PASSWORD, NEW, NOW)
    with scope() as session:
        if what == "removed":
            server_people.remove_user(session, alice, charlie.id, NOW)
        elif what == "made the owner":
            server_people.hand_over(session, alice, charlie.id, NOW)

    with scope() as session:
        assert password_links.whose_link(session, link, NOW) is None
