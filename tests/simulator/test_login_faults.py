"""Faults while a client connects and logs in, and faults that end its connection."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from .conftest import ALICE, BOB

KEEPS_SESSION = {400: "ConnectFailure", 409: "ConnectFailure", 405: "ClientOutdated"}
ENDS_SESSION = (401, 403, 406)
NOT_MAPPED = (415, 418, 999)  # neonize ends its events over these
COMES_BACK = (500, 503)


def _one_now(codes: Iterable[int]) -> list[object]:
    """One of those that do the same, and the others in `make torture`."""
    first, *others = codes
    return [first, *(pytest.param(one, marks=pytest.mark.torture) for one in others)]


@pytest.fixture
def away(client, alice):
    """A client of Alice's, linked before, that has yet to log in."""
    alice.close()
    return client(alice.session)


@pytest.mark.parametrize("reason", _one_now(KEEPS_SESSION))
def test_a_refused_login_keeps_the_session(world, client, away, reason):
    world.refuse_logins(phone=ALICE, reason=reason)
    away.do("connect")
    away.wait(KEEPS_SESSION[reason])
    away.close()

    client(away.session).connect()


@pytest.mark.parametrize("reason", _one_now(ENDS_SESSION))
def test_a_login_may_be_refused_for_good(world, client, away, reason):
    world.refuse_logins(phone=ALICE, reason=reason)
    away.do("connect")

    assert away.wait("LoggedOut")["body"]["OnConnect"]


def test_a_temporary_ban_has_a_code_and_an_end(world, away):
    world.refuse_logins(phone=ALICE, reason=402, code=101, expire=600)
    away.do("connect")

    ban = away.wait("TemporaryBan")["body"]

    assert (ban["Code"], float(ban["Expire"])) == ("SEND_TO_TOO_MANY_PEOPLE", 600)


@pytest.mark.parametrize("reason", _one_now(NOT_MAPPED))
def test_a_reason_that_neonize_does_not_map_ends_its_events(world, away, reason):
    world.refuse_logins(phone=ALICE, reason=reason)
    away.do("connect")

    assert "ConnectFailure.Reason" in away.wait("ConnectEnded")["error"]


@pytest.mark.parametrize("reason", _one_now(COMES_BACK))
def test_a_server_in_trouble_is_tried_again(world, away, reason):
    world.refuse_logins(phone=ALICE, reason=reason)

    away.connect()

    assert world.wait_online(phone=ALICE) == [1]


@pytest.mark.parametrize("status", _one_now((403, 429, 503)))
def test_an_upgrade_may_be_refused(world, away, status):
    world.refuse_upgrades(status=status)
    away.do("connect")

    assert str(status) in away.wait("ConnectEnded")["error"]


def test_the_connection_may_be_cut_before_the_handshake(world, away):
    world.disturb_connecting(how="cut")
    away.do("connect")

    assert away.wait("ConnectEnded")["error"]


def test_a_server_that_says_nothing_is_given_up(world, away):
    """whatsmeow waits 20 s for the handshake."""
    world.disturb_connecting(how="stall")
    away.do("connect")

    assert away.wait("ConnectEnded")["error"]


def test_a_bad_certificate_is_refused(world, away):
    world.show_bad_certificates(flaw="WRONG_ROOT")
    away.do("connect")

    assert "verify" in away.wait("ConnectEnded")["error"]


@pytest.mark.parametrize("code", _one_now((503, 515)))
def test_a_stream_error_of_the_server_makes_the_client_come_back(world, alice, code):
    assert world.end_stream(phone=ALICE, code=code) == 1

    alice.wait("Connected")
    assert world.wait_inbox(phone=BOB, id=alice.send(BOB, "back"))


def test_an_unknown_stream_error_is_reported_and_the_client_comes_back(world, alice):
    world.end_stream(phone=ALICE, code=999)

    assert alice.wait("StreamError")["body"]["Code"] == "999"
    alice.wait("Connected")


def test_another_login_of_the_device_replaces_the_first(world, client, alice):
    client(alice.session).connect()

    alice.wait("StreamReplaced")


def test_a_stream_may_be_replaced_on_request(world, alice):
    world.end_stream(phone=ALICE, conflict="replaced")

    alice.wait("StreamReplaced")


def test_a_removed_device_is_logged_out(world, alice):
    world.end_stream(phone=ALICE, code=401, conflict="device_removed")

    assert not alice.wait("LoggedOut")["body"].get("OnConnect")


def test_a_cut_connection_comes_back(world, alice):
    assert world.cut(phone=ALICE) == 1

    alice.wait("Disconnected")
    alice.wait("Connected")
    assert world.wait_inbox(phone=BOB, id=alice.send(BOB, "back again"))


def test_a_server_that_is_down_for_a_while_is_found_again(world, alice):
    world.go_down(seconds=1.5)

    alice.wait("Disconnected")
    alice.wait("Connected")
    assert world.wait_inbox(phone=BOB, id=alice.send(BOB, "you were away"))


def test_the_server_may_come_back_on_request(world, alice):
    world.go_down()
    alice.wait("Disconnected")
    id = world.write(phone=BOB, to=ALICE, text="can you hear me?")

    world.come_back()

    assert alice.wait("Message", id=id)["text"] == "can you hear me?"
