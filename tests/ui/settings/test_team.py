"""Links for others lead to where others reach the server."""

import pytest

from tests.ui.conftest import Tab, state_in
from wasched import bootstrap, config
from wasched.services.caller import Caller
from wasched.ui.settings.server_people_state import ServerPeopleState


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("asked", "network", "public", "begins", "is_local"),
    [
        ("http://localhost:3001", "", "", "http://localhost:3001", True),
        ("http://localhost:3001", "http://192.168.1.20:3001", "", "http://192.168.1.20", False),
        ("http://choir.example", "http://192.168.1.20:3001", "", "http://choir.example", False),
        ("http://localhost:3001", "", "https://choir.example", "https://choir.example", False),
    ],
)
async def test_a_link_for_somebody_else_leads_there_or_says_that_it_does_not(
    tab: Tab,
    alice: Caller,
    charlie: Caller,
    monkeypatch: pytest.MonkeyPatch,
    asked: str,
    network: str,
    public: str,
    begins: str,
    is_local: bool,
) -> None:
    monkeypatch.setattr(bootstrap, "network_url", lambda: network)
    monkeypatch.setenv("PUBLIC_URL", public)
    config.settings.cache_clear()
    root = tab(alice, "/settings")
    headers = {"cookie": root.router.headers.cookie, "origin": asked}
    root._update_router_vars({"headers": headers, "asPath": "/settings"}, {})
    state = await state_in(root, ServerPeopleState)

    await ServerPeopleState.event_handlers["give_password"].fn(state, str(charlie.id))

    assert state.password_link.startswith(f"{begins}")
    assert "/new-password?link=" in state.password_link
    assert (state.link_for, state.is_local) == (str(charlie.id), is_local)
