"""The thread from the browser to the phone, through the containers."""

import pytest

from tests.browser.person import Person
from tests.containers.conftest import BOB
from tests.containers.stack import API, WORKER, Stack, exec_in
from tests.whatsapp_server.client import Simulator

pytestmark = pytest.mark.smoke


def test_the_log_shows_a_code_that_fits_a_terminal(linked: Simulator, stack: Stack) -> None:
    lines = stack.logs(WORKER).splitlines()
    first = lines.index("[WA] Action Required: Scan QR Code")
    block = []
    for line in lines[first + 1 :]:
        if line.startswith(("{", "[WA]")):
            break
        block.append(line)

    assert len(block) > 20
    assert max(map(len, block)) <= 80
    assert "[WA] WhatsApp Client Connected" in lines


def test_a_message_goes_from_the_browser_to_the_phone(
    owner: Person, linked: Simulator, stack: Stack
) -> None:
    owner.writes(f"+{BOB}", "Rehearsal at 19:30 🎶")

    arrived = linked.wait_inbox(phone=BOB, count=1, timeout=60)
    assert [one["text"] for one in arrived] == ["Rehearsal at 19:30 🎶"]


def test_the_operator_sends_from_a_shell_in_a_container_without_a_key(
    owner: Person, linked: Simulator, stack: Stack
) -> None:
    before = len(linked.inbox(phone=BOB))
    for number, container in enumerate((API, WORKER), 1):
        said = exec_in(container, "wasched", "send", f"+{BOB}", "Doors are open")
        assert "msg_" in said
        linked.wait_inbox(phone=BOB, count=before + number, timeout=60)
