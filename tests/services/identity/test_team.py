"""People and roles of a space, invitations, and spaces beside each other."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import Session, col

from tests.scopes import Scope
from tests.services.conftest import NOW, add_colleague
from wasched.domain.errors import InputError, NotFoundError, RoleError
from wasched.domain.reasons import Code
from wasched.models import (
    AuditEntry,
    Change,
    KeptDraft,
    Membership,
    Role,
    Schedule,
    ScheduleStatus,
    Space,
    User,
)
from wasched.services.address_book import lists
from wasched.services.caller import Caller
from wasched.services.content import kept_drafts, templates
from wasched.services.content.kept_drafts import DraftBody
from wasched.services.identity import server_people, spaces, team, users
from wasched.services.identity.users import NewUser
from wasched.services.schedules.of_person import pause_schedules_of

LATER = NOW + timedelta(minutes=1)
BOB = NewUser("Bob", "bob@example.org", "correct horse battery", "Europe/Berlin")


@pytest.fixture
def eve(scope: Scope, alice: Caller) -> Caller:
    """An editor in Alice's space."""
    return add_colleague(scope, alice, "Eve", Role.EDITOR)


@pytest.fixture
def vera(scope: Scope, alice: Caller) -> Caller:
    """A viewer in Alice's space."""
    return add_colleague(scope, alice, "Vera", Role.VIEWER)


def sign_in(session: Session, user_id: int) -> str:
    """A browser of somebody."""
    return users.open_session(session, user_id, "192.0.2.1", "Firefox", NOW)


def in_it(session: Session, space_id: int) -> dict[str, str]:
    """Who belongs to a space, and as what."""
    rows = session.execute(
        select(col(User.name), col(Membership.role))
        .join(Membership, col(Membership.user_id) == User.id)
        .where(col(Membership.space_id) == space_id)
    )
    return dict(rows.all())


def test_an_invitation_leads_into_the_space_and_the_role_it_names_once(
    session: Session, alice: Caller
) -> None:
    token = team.invite_member(session, alice, "Bob", "editor", NOW)
    bob = team.accept_invitation(session, token, BOB, "hash", NOW)

    who = users.who_is(session, sign_in(session, bob), NOW)
    assert who is not None and (who.space_id, who.role, who.is_admin) == (
        alice.space_id,
        "editor",
        False,
    )
    with pytest.raises(InputError):
        team.accept_invitation(session, token, replace(BOB, email="c@example.org"), "hash", NOW)


def test_who_has_an_account_joins_with_it_and_is_in_both(
    session: Session, alice: Caller, charlie: Caller
) -> None:
    token = team.invite_member(session, alice, "Charlie", "viewer", NOW)
    assert team.space_to_join(session, token, NOW) == "Alice"
    browser = sign_in(session, charlie.id)

    assert team.join_by_invitation(session, charlie, token, LATER) == alice.space_id

    first = users.who_is(session, browser, NOW)
    named = users.who_is(session, browser, NOW, alice.space_id)
    assert first is not None and (first.space_id, first.role) == (charlie.space_id, "manager")
    assert named is not None and (named.space_id, named.role) == (alice.space_id, "viewer")
    spaces.choose_space(session, charlie, browser, alice.space_id, NOW)
    chosen = users.who_is(session, browser, NOW)
    assert chosen is not None and chosen.space_id == alice.space_id
    assert [one.name for one in spaces.my_spaces(session, charlie)] == ["Charlie", "Alice"]


def test_nobody_goes_to_a_space_they_do_not_belong_to(
    session: Session, alice: Caller, charlie: Caller
) -> None:
    browser = sign_in(session, charlie.id)
    with pytest.raises(NotFoundError):
        spaces.choose_space(session, charlie, browser, alice.space_id, NOW)
    who = users.who_is(session, browser, NOW, alice.space_id)
    assert who is not None and who.space_id == charlie.space_id


def test_an_invitation_counts_for_nothing_once_its_maker_may_not_invite(
    session: Session, scope: Scope, alice: Caller
) -> None:
    mia = add_colleague(scope, alice, "Mia", Role.MANAGER)
    before = [team.invite_member(session, mia, "Bob", "manager", NOW)]
    team.change_role(session, alice, mia.id, "editor", NOW)
    team.change_role(session, alice, mia.id, "manager", NOW)
    before.append(team.invite_member(session, mia, "Bob", "manager", NOW))
    team.remove_member(session, alice, mia.id, NOW)

    assert [team.is_invited(session, one, NOW) for one in before] == [False, False]


def test_only_who_runs_the_server_invites_to_a_space_of_ones_own(
    session: Session, alice: Caller, charlie: Caller
) -> None:
    with pytest.raises(NotFoundError):
        team.invite_member(session, charlie, "Bob", team.OWN, NOW)
    token = team.invite_member(session, alice, "Bob", team.OWN, NOW)
    server_people.hand_over(session, alice, charlie.id, NOW)
    assert not team.is_invited(session, token, NOW)


@pytest.mark.parametrize("role", ["owner", "admin", "", "autor"])
def test_a_role_that_there_is_not_cannot_be_given(
    session: Session, alice: Caller, eve: Caller, role: str
) -> None:
    with pytest.raises(InputError):
        team.invite_member(session, alice, "Bob", role, NOW)
    with pytest.raises(InputError):
        team.change_role(session, alice, eve.id, role, NOW)


DEEDS: list[Callable[[Session, Caller, Caller], object]] = [
    lambda s, me, who: team.invite_member(s, me, "Bob", "viewer", NOW),
    lambda s, me, who: team.change_role(s, me, who.id, "manager", NOW),
    lambda s, me, who: team.remove_member(s, me, who.id, NOW),
    lambda s, me, who: team.take_back(s, me, 1, NOW),
    lambda s, me, who: team.list_invitations(s, me, NOW),
    lambda s, me, who: spaces.rename_space(s, me, "Mine", NOW),
    lambda s, me, who: pause_schedules_of(s, me, who.id, NOW),
]


@pytest.mark.parametrize("deed", DEEDS)
def test_only_a_manager_decides_about_people(
    session: Session, eve: Caller, vera: Caller, deed: Callable[[Session, Caller, Caller], object]
) -> None:
    for me, who in ((eve, vera), (vera, eve), (eve, eve)):
        with pytest.raises(RoleError):
            deed(session, me, who)


def test_people_of_another_space_are_not_there(
    session: Session, alice: Caller, charlie: Caller, eve: Caller
) -> None:
    """Not even for who runs the server."""
    for me, who in ((charlie, eve), (alice, charlie), (charlie, alice)):
        for deed in (
            lambda me=me, who=who: team.change_role(session, me, who.id, "viewer", NOW),
            lambda me=me, who=who: team.remove_member(session, me, who.id, NOW),
        ):
            with pytest.raises(NotFoundError):
                deed()


def test_a_space_keeps_a_manager(session: Session, alice: Caller, eve: Caller) -> None:
    for deed in (
        lambda: team.change_role(session, alice, alice.id, "editor", NOW),
        lambda: team.remove_member(session, alice, alice.id, NOW),
        lambda: team.leave_space(session, alice, NOW),
    ):
        with pytest.raises(InputError, match="manage"):
            deed()
    team.change_role(session, alice, eve.id, "manager", NOW)
    team.change_role(session, replace(eve, role="manager"), alice.id, "editor", NOW)
    assert in_it(session, alice.space_id) == {"Alice": "editor", "Eve": "manager"}


def test_who_is_removed_from_their_last_space_is_signed_out_and_gone(
    session: Session, alice: Caller, eve: Caller
) -> None:
    browser = sign_in(session, eve.id)
    kept_drafts.keep_draft(session, eve, DraftBody("{}", "", ""), NOW)

    team.remove_member(session, alice, eve.id, NOW)

    assert users.who_is(session, browser, NOW) is None
    assert session.get_one(User, eve.id).removed_at == NOW
    assert session.scalars(select(KeptDraft)).all() == []
    session.flush()
    notes = session.execute(select(col(Change.user_id), col(Change.topic)))
    assert (eve.id, "people") in {tuple(one) for one in notes}


def test_who_is_removed_from_one_space_is_signed_out_and_keeps_the_other(
    session: Session, alice: Caller, charlie: Caller
) -> None:
    team.join_by_invitation(
        session, charlie, team.invite_member(session, alice, "", "editor", NOW), LATER
    )
    browser = sign_in(session, charlie.id)

    team.remove_member(session, alice, charlie.id, NOW)

    assert users.who_is(session, browser, NOW) is None
    again = users.who_is(session, sign_in(session, charlie.id), NOW, alice.space_id)
    assert again is not None and again.space_id == charlie.space_id


def test_what_the_removed_scheduled_can_be_paused(
    session: Session, alice: Caller, eve: Caller, account_id: int
) -> None:
    for number, maker in enumerate((eve, eve, alice)):
        session.add(
            Schedule(
                space_id=alice.space_id,
                made_by_id=maker.id,
                account_id=account_id,
                contents=[],
                starts_local=NOW.replace(tzinfo=None) + timedelta(days=1 + number),
                zone="UTC",
                created_at=NOW,
                changed_at=NOW,
            )
        )
    session.flush()

    assert pause_schedules_of(session, alice, eve.id, NOW) == 2
    found = session.execute(select(col(Schedule.made_by_id), col(Schedule.status)))
    assert {tuple(one) for one in found} == {
        (eve.id, ScheduleStatus.PAUSED),
        (alice.id, ScheduleStatus.ACTIVE),
    }


def test_an_admin_sees_that_spaces_exist_and_joins_one_so_that_its_people_know(
    session: Session, alice: Caller, charlie: Caller
) -> None:
    made = lists.add_list(session, charlie, "Private", NOW)
    assert [one.name for one in server_people.list_spaces(session, alice)] == ["Charlie"]
    with pytest.raises(NotFoundError):
        lists.list_card(session, alice, made)

    server_people.join_space(session, alice, charlie.space_id, NOW)

    joined = replace(alice, space_id=charlie.space_id)
    assert lists.list_card(session, joined, made).name == "Private"
    session.flush()
    in_theirs = select(AuditEntry).where(AuditEntry.space_id == charlie.space_id)
    entry = session.scalars(in_theirs).one()
    assert (entry.user_id, entry.space_id) == (alice.id, charlie.space_id)
    assert entry.what.code is Code.JOINED_AS_ADMIN
    assert in_it(session, charlie.space_id) == {"Charlie": "manager", "Alice": "manager"}
    with pytest.raises(NotFoundError):
        server_people.join_space(session, charlie, alice.space_id, NOW)


def test_who_alone_manages_what_others_belong_to_is_not_removed_from_the_server(
    session: Session, scope: Scope, alice: Caller, charlie: Caller
) -> None:
    add_colleague(scope, charlie, "Dora", Role.EDITOR)
    with pytest.raises(InputError, match="Join it first"):
        server_people.remove_user(session, alice, charlie.id, NOW)
    server_people.join_space(session, alice, charlie.space_id, NOW)
    server_people.remove_user(session, alice, charlie.id, NOW)
    assert in_it(session, charlie.space_id) == {"Dora": "editor", "Alice": "manager"}


def test_colleagues_share_what_is_in_the_space_but_not_what_they_have_begun(
    session: Session, alice: Caller, eve: Caller, vera: Caller
) -> None:
    made = templates.add_template(session, eve, "Hello", "Hello!", NOW)
    draft = kept_drafts.keep_draft(session, eve, DraftBody("{}", "", ""), NOW)

    for me in (alice, vera):
        assert templates.fetch_template(session, me, made).name == "Hello"
        assert kept_drafts.list_drafts(session, me) == []
        with pytest.raises(NotFoundError):
            kept_drafts.fetch_draft(session, me, draft.id)
    with pytest.raises(RoleError):
        templates.remove_template(session, vera, made, NOW)
    templates.edit_template(session, alice, made, "Hello", "Hello, all!", NOW)


def test_a_space_gets_another_name(session: Session, alice: Caller) -> None:
    spaces.rename_space(session, alice, "  Choir ", NOW)
    assert session.get_one(Space, alice.space_id).name == "Choir"
    with pytest.raises(InputError):
        spaces.rename_space(session, alice, " ", NOW)
