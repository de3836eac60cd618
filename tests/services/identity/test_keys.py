"""Keys by which programs come in: what they may do, for whom, and when they end."""

from collections.abc import Collection
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import Session, col

from tests.scopes import Scope
from tests.services.conftest import NOW, add_colleague
from wasched.domain import key_text
from wasched.domain.errors import (
    InputError,
    NotFoundError,
    RoleError,
    ScopeError,
    UnconfirmedError,
)
from wasched.domain.reasons import Code
from wasched.models import ApiKey, AuditEntry, Message, Role
from wasched.services import permissions
from wasched.services.accounts import accounts
from wasched.services.caller import Caller
from wasched.services.identity import keys, team
from wasched.services.permissions import Action, may

LATER = NOW + timedelta(minutes=1)


def caller_with(
    session: Session, maker: Caller, scopes: Collection[str], accounts: Collection[int] = ()
) -> Caller:
    """A program that comes with a new key of somebody's."""
    name = f"for {' and '.join(scopes)}"
    token = keys.add_key(session, maker, name, scopes, NOW, account_ids=accounts)
    found = keys.whose_key(session, token, NOW)
    assert found is not None
    return found[0]


def test_a_key_can_be_told_from_other_words_and_from_one_with_a_slip() -> None:
    key = key_text.make_key()

    assert key.startswith("wsk_") and key != key_text.make_key()
    assert key_text.is_key(key)
    assert not any(key_text.is_key(one) for one in ("", "wsk_", key[:-1], key + "0", "é" * 53))
    assert not key_text.is_key(key[:9] + ("0" if key[9] != "0" else "1") + key[10:])


def test_only_the_hash_of_a_key_is_kept_and_the_key_lets_its_program_in(
    session: Session, alice: Caller
) -> None:
    token = keys.make_key(session, alice, "Church bells", ["send", "read"], NOW)

    row = session.scalars(select(ApiKey)).one()
    assert token not in str(row.model_dump())
    found = keys.whose_key(session, token, NOW)
    assert found is not None
    who, used_at = found
    assert (who.id, who.space_id, who.scopes) == (alice.id, alice.space_id, {"read", "send"})
    assert used_at is None and who.key_id == row.id
    keys.note_use(session, who.key_id, "192.0.2.7", LATER)
    session.expire_all()
    line = keys.list_keys(session, alice, LATER)[0]
    assert (line.name, line.used_at, line.used_from) == ("Church bells", LATER, "192.0.2.7")


@pytest.mark.parametrize(
    ("scopes", "allowed"),
    [
        (["read"], {Action.READ_REPLIES}),
        (["send"], {Action.WRITE, Action.APPROVE, Action.STOP, Action.UPLOAD}),
        (["manage"], {Action.MANAGE}),
    ],
)
def test_a_key_may_do_what_its_scopes_say_and_never_what_is_a_persons_own(
    session: Session, alice: Caller, scopes: list[str], allowed: set[Action]
) -> None:
    program = caller_with(session, alice, scopes)

    assert {one for one in Action if may(program, one)} == allowed | {Action.LOOK}
    with pytest.raises(NotFoundError):
        permissions.require(program, Action.RUN_SERVER)
    if "read" not in scopes:
        with pytest.raises(ScopeError, match="no scope `read`"):
            permissions.require_scope(program, keys.Scope.READ)


def test_a_key_for_some_accounts_finds_no_other(
    session: Session, alice: Caller, account_id: int
) -> None:
    other = accounts.add_account(session, alice, "Other", NOW)
    program = caller_with(session, alice, ["read", "send"], [other])

    assert [one.name for one in accounts.account_names(session, program)] == ["Other"]
    with pytest.raises(NotFoundError):
        accounts.account_card(session, program, account_id, NOW)
    seen = str(select(Message).where(permissions.visible_to(Message.space_id, program)))
    assert "account_id IN" in seen
    assert "account_id" not in str(permissions.visible_to(Message.space_id, alice))


def test_a_key_ends_when_it_is_revoked_over_or_its_maker_may_make_none(
    scope: Scope, session: Session, alice: Caller
) -> None:
    bob = add_colleague(scope, alice, "Bob", Role.MANAGER)
    revoked = keys.add_key(session, alice, "one", ["read"], NOW)
    short = keys.add_key(session, alice, "two", ["read"], NOW, expires_at=LATER)
    bobs = keys.add_key(session, bob, "three", ["read"], NOW)
    assert all(keys.whose_key(session, one, NOW) for one in (revoked, short, bobs))

    keys.revoke_named(session, alice, "one", NOW)
    team.change_role(session, alice, bob.id, "editor", NOW)
    session.flush()

    assert not any(keys.whose_key(session, one, LATER) for one in (revoked, short, bobs))
    whats = {one.code for one in session.scalars(select(col(AuditEntry.what)))}
    assert {Code.MADE_KEY, Code.REVOKED_KEY, Code.ENDED_KEY} <= whats
    team.change_role(session, alice, bob.id, "manager", NOW)
    assert keys.whose_key(session, bobs, NOW) is None


def test_keys_are_made_by_managers_who_gave_their_password_and_name_what_they_are_for(
    scope: Scope, session: Session, alice: Caller, charlie: Caller
) -> None:
    editor = add_colleague(scope, alice, "Eve", Role.EDITOR)
    keys.make_key(session, alice, "Bells", ["read"], NOW)

    for refused, why in (
        (lambda: keys.make_key(session, editor, "x", ["read"], NOW), RoleError),
        (
            lambda: keys.make_key(session, alice, "x", ["read"], NOW + timedelta(hours=1)),
            UnconfirmedError,
        ),
        (lambda: keys.make_key(session, alice, "Bells", ["read"], NOW), InputError),
        (lambda: keys.make_key(session, alice, "", ["read"], NOW), InputError),
        (lambda: keys.make_key(session, alice, "x", ["write"], NOW), InputError),
        (lambda: keys.make_key(session, alice, "x", [], NOW), InputError),
        (lambda: keys.make_key(session, alice, "x", ["read"], NOW, expires_at=NOW), InputError),
        (lambda: keys.make_key(session, alice, "x", ["read"], NOW, account_ids=[99]), InputError),
        (lambda: keys.revoke_key(session, charlie, 1, NOW), NotFoundError),
        (lambda: keys.list_keys(session, editor, NOW), RoleError),
    ):
        with pytest.raises(why):
            refused()


def test_the_shell_names_the_space_only_where_there_are_several(
    session: Session, alice: Caller
) -> None:
    assert keys.find_space(session, "") == alice.space_id
    assert keys.who_manages(session, alice.space_id).id == alice.id
    with pytest.raises(InputError, match="Say by --space"):
        keys.find_space(session, "elsewhere")
