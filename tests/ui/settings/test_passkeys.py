"""Passkeys in Settings: made, named and removed, and what is said when none came."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import reflex as rx
from sqlmodel import select

from tests.authenticator import Authenticator
from tests.scopes import session_scope
from tests.ui.conftest import Tab, state_in
from wasched import bootstrap, config
from wasched.models import Passkey, SignIn
from wasched.services.caller import Caller
from wasched.ui.core.password_state import ConfirmingState
from wasched.ui.settings.passkeys_state import NAME_FIELD, RENAME_FIELD, PasskeysState
from wasched.ui.settings.second_step_state import SecondStepState

pytestmark = pytest.mark.asyncio
SITE = "https://wasched.example.org"


@pytest.fixture(autouse=True)
def public_url(server: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the server is opened."""
    monkeypatch.setenv("PUBLIC_URL", SITE)
    config.settings.cache_clear()


async def press(root: rx.State, name: str, *given: Any) -> Any:
    """Press what calls a handler."""
    call: Callable[..., Any] = PasskeysState.event_handlers[name].fn
    return await call(await state_in(root, PasskeysState), *given)


def options_of(answer: Any) -> dict[str, Any]:
    """What the page is told to make a passkey by."""
    found = re.search(r'"challenge"\W+([\w-]+)', str(answer.args))
    assert found is not None
    return {"challenge": found[1]}


async def test_one_is_made_named_and_removed(tab: Tab, alice: Caller, charlie: Caller) -> None:
    root, made = tab(alice, "/settings"), Authenticator("wasched.example.org", SITE)
    state = await state_in(root, PasskeysState)
    second = await state_in(root, SecondStepState)
    await press(root, "begin", {NAME_FIELD: " "})
    assert state.error.startswith("Give it a name")

    asked = await press(root, "begin", {NAME_FIELD: "My phone"})
    await press(root, "take", made.make(options_of(asked)))

    [line] = state.keys
    assert (line.name, line.about, state.error) == ("My phone", "since today, not used yet", "")
    assert (second.is_on, second.has_app, len(second.codes)) == (True, False, 10)
    assert second.about == "On, by passkey. 10 recovery codes are left."
    await press(root, "begin_renaming", line.id)
    await press(root, "rename", {RENAME_FIELD: ""})
    assert state.error.startswith("Give it a name") and state.renamed == line.id
    await press(root, "rename", {RENAME_FIELD: "Old phone"})
    assert (state.keys[0].name, state.renamed, state.error) == ("Old phone", "", "")
    # Those of somebody else are as if they did not exist.
    other = tab(charlie, "/settings", "other")
    await press(other, "refresh")
    assert (await state_in(other, PasskeysState)).keys == []

    await press(root, "remove", line.id)

    assert (state.keys, second.is_on, second.about) == ([], False, "")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ('{"error": "NotAllowedError"}', "No passkey came: it was cancelled"),
        ('{"error": "InvalidStateError"}', "A passkey of yours for this server is there"),
        ('{"error": "insecure"}', "Passkeys take an encrypted page"),
        ('{"error": "none"}', "This browser has no passkeys."),
        ('{"error": "elsewhere"}', f"Passkeys of this server are for {SITE} alone."),
        ('{"error": "AbortError"}', "That did not work."),
        *((odd, "That did not work.") for odd in ("", "7", "[" * 5_000)),
        ("{}", "That passkey cannot be used here."),
    ],
)
async def test_why_none_was_made_is_said(tab: Tab, alice: Caller, answer: str, said: str) -> None:
    root = tab(alice, "/settings")
    await press(root, "begin", {NAME_FIELD: "My phone"})

    await press(root, "take", answer)

    state = await state_in(root, PasskeysState)
    assert state.error.startswith(said) and state.field == NAME_FIELD


async def test_the_password_is_asked_for_first(tab: Tab, alice: Caller) -> None:
    root = tab(alice, "/settings")
    with session_scope() as session:
        for row in session.exec(select(SignIn)):
            row.confirmed_at = bootstrap.clock().now() - timedelta(hours=1)

    for name, given in (
        *(("begin", {NAME_FIELD: "x"}), ("take", "{}")),
        *(("rename", {RENAME_FIELD: "x"}), ("remove", "1")),
    ):
        question = await state_in(root, ConfirmingState)
        question.is_open = False
        await press(root, name, given)
        assert question.is_open, name
    with session_scope() as session:
        assert session.exec(select(Passkey)).all() == []


async def test_a_server_without_a_name_over_https_says_so(
    tab: Tab, alice: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLIC_URL", "http://192.0.2.7:3001")
    config.settings.cache_clear()
    root = tab(alice, "/settings")

    await press(root, "begin", {NAME_FIELD: "My phone"})

    assert "over https" in (await state_in(root, PasskeysState)).error
