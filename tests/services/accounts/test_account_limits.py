"""Nobody has accounts without end, and who lets go of one may have another."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from tests.scopes import Scope
from tests.services.conftest import NOW, add_account
from tests.services.line.keepers import a_keeper
from tests.services.requests import daily
from wasched.domain.errors import InputError, NotFoundError
from wasched.models import Account, LinkWish
from wasched.services.accounts import account_limits, accounts
from wasched.services.caller import Caller
from wasched.services.schedules.create import create_schedule


def add(session: Session, user: Caller, most: int = 2) -> int:
    """One more account of the user's."""
    return accounts.add_account(session, user, "Phone", NOW, most)


def test_a_member_has_so_many_accounts_and_the_owner_five_times_as_many(
    session: Session, alice: Caller, charlie: Caller
) -> None:
    for user, most in ((charlie, 2), (alice, 10)):
        for _ in range(most):
            add(session, user)
        with pytest.raises(InputError, match=f"You have {most} accounts, .* Remove one, or") as no:
            add(session, user)
        assert no.value.field == "name"


def test_one_that_is_removed_makes_room_and_its_process_ends(scope: Scope, charlie: Caller) -> None:
    keeper = a_keeper(scope)
    keeper.start()
    with scope() as session:
        first, second = add(session, charlie), add(session, charlie)
    assert keeper.look().keys() == {first, second}

    with scope() as session:
        account_limits.remove_account(session, charlie, first, NOW)
        third = add(session, charlie)

    assert keeper.look().keys() == {second, third}
    with scope() as session:
        assert [one.id for one in accounts.list_accounts(session, charlie, NOW)] == [second, third]
        assert first not in session.scalars(select(LinkWish.account_id)).all()


def test_what_is_linked_or_still_sends_is_not_removed(
    session: Session, scope: Scope, alice: Caller
) -> None:
    linked = add_account(scope, alice, linked_at=NOW)
    busy = add_account(scope, alice)
    create_schedule(session, alice, daily(busy), NOW)

    for account_id, why in ((linked, "Unlink it first"), (busy, "Cancel them")):
        with pytest.raises(InputError, match=why):
            account_limits.remove_account(session, alice, account_id, NOW)
        assert session.get_one(Account, account_id).removed_at is None


@pytest.mark.parametrize(
    "deed",
    [
        lambda s, user, one: account_limits.remove_account(s, user, one, NOW),
        lambda s, user, one: accounts.connect_account(s, user, one, NOW),
        lambda s, user, one: accounts.unlink_account(s, user, one, NOW),
        lambda s, user, one: accounts.pair_by_code(s, user, one, "+49 151 00000012", NOW),
    ],
)
def test_nothing_is_asked_of_one_that_is_gone_or_not_ones_own(
    session: Session,
    alice: Caller,
    charlie: Caller,
    deed: Callable[[Session, Caller, int], None],
) -> None:
    gone, theirs = add(session, charlie), add(session, alice)
    account_limits.remove_account(session, charlie, gone, NOW)

    for account_id in (gone, theirs):
        with pytest.raises(NotFoundError):
            deed(session, charlie, account_id)
