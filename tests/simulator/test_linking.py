"""Linking a client to a phone, and the ways in which it fails."""

from __future__ import annotations

import pytest

from tests.whatsapp_server.client import CommandError

from .conftest import ALICE, BOB, CAROL


def test_a_scanned_qr_code_links_the_client(world, client):
    made = client()
    made.do("connect")

    number = world.scan(qr=made.wait("QrCode")["code"], phone=ALICE)

    made.wait("LoginStatus", status="success")
    made.wait("Connected")
    assert made.do("me")["jid"] == f"{ALICE}:{number}@s.whatsapp.net"
    assert world.wait_online(phone=ALICE) == [number]


def test_codes_expire_in_turn_and_the_current_one_links(world, client):
    world.qr_codes(count=3, fast=[0.5, 0.5, 60])
    made = client()
    made.do("connect")

    first, second, third = (made.wait("QrCode")["code"] for _ in range(3))

    assert len({first, second, third}) == 3
    with pytest.raises(CommandError, match="no longer valid"):
        world.scan(qr=first, phone=ALICE)
    world.scan(qr=third, phone=ALICE)
    made.wait("Connected")


def test_a_client_learns_that_its_codes_ran_out(world, client):
    world.qr_codes(count=2, fast=0.3)
    made = client()

    made.do("connect")

    made.wait("LoginStatus", status="timeout")


def test_all_codes_run_out_on_request(world, client):
    made = client()
    made.do("connect")
    code = made.wait("QrCode")["code"]

    world.expire_codes()

    made.wait("LoginStatus", status="timeout")
    with pytest.raises(CommandError, match="no longer valid"):
        world.scan(qr=code, phone=ALICE)


def test_what_is_no_qr_code_is_refused(world):
    with pytest.raises(CommandError, match="not one for linking"):
        world.scan(qr="https://example.org/", phone=ALICE)


def test_a_pairing_code_links_after_a_wrong_one(world, client):
    made = client()
    made.do("connect")
    made.wait("QrCode")
    code = made.do("pair", phone=ALICE)

    with pytest.raises(CommandError, match="code is wrong"):
        world.enter_code(phone=ALICE, code="AAAA-AAAA")
    world.enter_code(phone=ALICE, code=code)

    made.wait("Connected")
    assert world.wait_online(phone=ALICE) == [1]


def test_nobody_can_type_a_code_that_was_not_asked_for(world):
    with pytest.raises(CommandError, match="no device asked"):
        world.enter_code(phone=ALICE, code="AAAA-AAAA")


@pytest.mark.parametrize("how", ["scan", "enter_code"])
def test_an_account_with_a_passkey_asks_for_it(world, client, how):
    world.set_person(phone=ALICE, passkey=True)
    made = client()
    made.do("connect")
    qr = made.wait("QrCode")["code"]

    with pytest.raises(CommandError, match="passkey"):
        if how == "scan":
            world.scan(qr=qr, phone=ALICE)
        else:
            world.enter_code(phone=ALICE, code=made.do("pair", phone=ALICE))

    made.wait("LoginStatus", status="passkey-request")
    assert world.person(phone=ALICE)["devices"] == []


@pytest.mark.parametrize(
    ("flaw", "refusal"),
    [("WRONG_HMAC", "hmac-mismatch"), ("WRONG_ACCOUNT_SIGNATURE", "signature-mismatch")],
)
def test_the_client_refuses_a_phone_that_signs_wrongly(world, client, flaw, refusal):
    made = client()
    made.do("connect")

    with pytest.raises(CommandError, match=refusal):
        world.scan(qr=made.wait("QrCode")["code"], phone=ALICE, flaw=flaw)

    assert made.wait("LoginStatus")["status"] != "success"
    assert world.person(phone=ALICE)["devices"] == []


def test_a_device_that_the_phone_unlinks_is_logged_out(world, alice):
    world.unlink(phone=ALICE)

    alice.wait("LoggedOut")
    assert world.person(phone=ALICE)["devices"] == []


def test_a_device_that_was_unlinked_while_away_is_refused(world, client, alice):
    alice.close()
    world.unlink(phone=ALICE)
    back = client(alice.session)

    back.do("connect")

    assert back.wait("LoggedOut")["body"]["OnConnect"]


def test_an_unlinked_client_can_be_linked_again(world, client, alice):
    world.unlink(phone=ALICE)
    alice.wait("LoggedOut")
    alice.do("stop")
    alice.close()

    again = client(alice.session).link(ALICE)

    assert world.person(phone=ALICE)["devices"] == [2]
    id = again.send(BOB, "back again")
    assert world.wait_inbox(phone=BOB, id=id)[0]["device"] == 2


def test_a_client_can_unlink_itself(world, alice):
    alice.do("log_out")

    assert world.person(phone=ALICE)["devices"] == []
    assert world.wait_online(phone=ALICE, on=False) == []


def test_two_accounts_are_linked_at_once(world, client, alice):
    carol = client().link(CAROL)

    ids = [alice.send(BOB, "from Alice"), carol.send(BOB, "from Carol")]

    messages = world.wait_inbox(phone=BOB, count=2)
    assert {one["id"]: one["from"] for one in messages} == dict(
        zip(ids, [ALICE, CAROL], strict=True)
    )


def test_a_session_logs_in_again_without_a_code(world, client, alice):
    alice.close()

    again = client(alice.session).connect()

    assert not again.events("QrCode")
    assert world.wait_online(phone=ALICE) == [1]
