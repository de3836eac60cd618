"""Keys in Settings: made after the password was given, shown once, revoked."""

from datetime import timedelta

import pytest

from tests.owner import add_to_space
from tests.scopes import session_scope
from tests.ui.conftest import Tab, state_in
from tests.ui.settings.test_password_question import PASSWORD, call, give
from tests.ui.settings.test_password_question import stale as stale
from wasched import bootstrap
from wasched.models import Role
from wasched.services.caller import Caller
from wasched.services.identity import keys
from wasched.ui.settings.keys_state import KeysState

pytestmark = pytest.mark.asyncio

FORM = {"key-name": "Church bells", "key-scopes": "read send", "key-days": "30"}
UNASKED = {"key-confirms": "no"}


async def test_a_key_is_made_with_the_password_shown_once_and_revoked(
    stale: object, alice: Caller
) -> None:
    await call(stale, KeysState, "make", form={**FORM, **UNASKED})
    page = await state_in(stale, KeysState)
    assert page.made == "" and page.keys == []
    await give(stale, PASSWORD)

    now = bootstrap.clock().now()
    found = bootstrap.answer(lambda session, now: keys.whose_key(session, page.made, now))
    assert found is not None and found[0].scopes == {"read", "send"} and not found[0].confirms
    (row,) = page.keys
    assert row.name == "Church bells" and row.about.startswith(
        "Looks and sends · assistants send unasked · made by Alice"
    )
    assert "never used · good until" in row.about
    late = now + timedelta(days=31)
    with session_scope(write=False) as session:
        assert keys.whose_key(session, page.made, late) is None

    await call(stale, KeysState, "make", form={**FORM, "key-name": ""})
    assert page.field == "name" and "what the key is for" in page.error
    await call(stale, KeysState, "revoke", key_id=row.id)
    assert page.made == "" and page.keys == []


async def test_who_does_not_manage_sees_no_keys(tab: Tab, alice: Caller) -> None:
    now = bootstrap.clock().now()
    with session_scope() as session:
        eve = add_to_space(session, alice, "Eve", Role.EDITOR, now)
        keys.add_key(session, alice, "Church bells", ["read"], now)
    root = tab(eve, "/settings")
    await call(root, KeysState, "refresh")

    page = await state_in(root, KeysState)
    assert (page.may_make, page.keys) == (False, [])
