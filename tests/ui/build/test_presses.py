"""Every event of the live line says of which press it is, and each press is answered once."""

from pathlib import Path

import pytest
import reflex_base

from tests.ui.live.test_connections import Heard, _session_of, come, heard, lines
from wasched.services.caller import Caller
from wasched.ui.build.presses import with_presses
from wasched.ui.frame.shortcuts_state import KeysState
from wasched.ui.live.connections import LiveConnections

__all__ = ["heard", "lines"]

SCRIPT = Path(reflex_base.__file__).parent / ".templates" / "web" / "utils" / "state.js"


def test_the_script_that_takes_events_asks_ours_at_each_step() -> None:
    text = with_presses(SCRIPT.read_text())

    for step in ("take(_events", "sent(routed_event", "answered(press)", "broken()"):
        assert f"window.presses?.{step}" in text
    assert with_presses(text) == text


def test_another_script_is_refused() -> None:
    with pytest.raises(ValueError, match="changed with Reflex"):
        with_presses("export const addEvents = () => {};")


@pytest.mark.asyncio
async def test_a_press_is_answered_after_what_it_shows_also_a_refused_one(
    lines: LiveConnections, heard: Heard, alice: Caller
) -> None:
    await come(lines, "hers", _session_of(alice), "p-token")
    await come(lines, "stranger", "", "s-token")
    event = {"name": f"{KeysState.get_full_name()}.switch"}

    for sid in ("hers", "stranger"):
        await lines.on_event(sid, {**event, "press": 7, "router_data": {}})
    for task in list(lines._answers):
        await task

    assert heard.all[-1] == ("hers", "answered", 7)
    assert ("stranger", "answered", 7) in heard.all
