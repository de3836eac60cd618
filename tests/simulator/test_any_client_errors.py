"""How the server ends connections and refuses logins: the stanzas, as any client gets them."""

from __future__ import annotations

import pytest
from websockets.exceptions import ConnectionClosed

from wasched.adapters.whatsapp.protocol.binary_xml import Node

from .conftest import ALICE


@pytest.fixture
def mine(device):
    """A scripted client of Alice's."""
    return device(ALICE)


def is_closed_by_the_server(client):
    """Wait for the end of the connection."""
    with pytest.raises(ConnectionClosed):
        client.wait("never")
    return True


@pytest.mark.parametrize("code", [503, 515, 999])
def test_a_stream_error_has_a_code(world, mine, code):
    world.end_stream(phone=ALICE, code=code)

    assert mine.wait("stream:error").get("code") == str(code)
    assert is_closed_by_the_server(mine)


def test_a_second_login_replaces_the_first(world, mine, device):
    with device(ALICE) as other:
        other.signal, other.noise, other.number = mine.signal, mine.noise, mine.number
        other.log_in()

        assert mine.wait("stream:error").child("conflict").get("type") == "replaced"
        assert is_closed_by_the_server(mine)
        assert mine.number in world.online(phone=ALICE)


def test_a_removed_device_is_told_so_and_then_refused(world, mine):
    world.unlink(phone=ALICE)

    error = mine.wait("stream:error")
    assert (error.get("code"), error.child("conflict").get("type")) == ("401", "device_removed")
    mine.shake_hands(mine.login_payload())
    assert mine.wait("failure").get("reason") == "401"


def test_a_refused_login_says_why_and_for_how_long(world, mine):
    world.refuse_logins(phone=ALICE, reason=402, code=101, expire=600, message="too many")

    mine.shake_hands(mine.login_payload())

    attrs = {"reason": "402", "code": "101", "expire": "600", "message": "too many"}
    failure = mine.wait("failure", **attrs)
    assert failure.tag == "failure"
    assert is_closed_by_the_server(mine)


def test_every_login_is_accepted_when_the_faults_are_used_up(world, mine):
    world.refuse_logins(phone=ALICE, reason=503, times=2)

    for _ in range(2):
        mine.shake_hands(mine.login_payload())
        mine.wait("failure", reason="503")

    assert mine.log_in().ask("w:p", "get", Node("ping")).get("type") == "result"


def test_a_muted_ping_has_no_answer(world, mine):
    world.mute_pings(phone=ALICE)
    mine.send(Node("iq", {"id": "muted", "xmlns": "w:p", "type": "get"}))

    mine.ask("abt", "get", Node("props"))

    assert not [one for one in mine.unread if one.get("id") == "muted"]
    world.mute_pings(phone=ALICE, on=False)
    mine.send(Node("iq", {"id": "heard", "xmlns": "w:p", "type": "get"}))
    assert mine.wait("iq", id="heard")


def test_a_frame_that_does_not_decrypt_ends_the_connection(whatsapp, mine):
    mine.send_raw(b"\0\0\x20" + bytes(32))

    assert is_closed_by_the_server(mine)
    assert whatsapp.problems() == []


def test_a_stream_that_opens_otherwise_is_cut(world, mine):
    mine.open_with(b"HELLO")

    assert is_closed_by_the_server(mine)
