"""What any honest client finds at login: routing info, keys, small questions, the queue.

neonize does not ask all of it, or not in this way; a scripted client does, as Baileys would.
"""

from __future__ import annotations

import zlib

import pytest

from tests.whatsapp_server.protocol.protobufs import e2e, history
from tests.whatsapp_server.stanzas import bundle_children
from wasched.adapters.whatsapp.protocol.binary_xml import Node
from wasched.adapters.whatsapp.protocol.jid import LID, Jid

from .conftest import ALICE, BOB
from .correspondence import log_out, read, upload_prekeys
from .scripted import ScriptedClient


@pytest.fixture
def mine(device):
    """A scripted client of Alice's."""
    return device(ALICE)


def test_a_client_may_name_the_routing_info_it_was_given(mine):
    word = mine.wait("ib", lambda ib: ib.child("edge_routing") is not None)
    info = word.child("edge_routing", "routing_info")

    again = mine.log_in(routing_info=info.bytes)

    assert again.ask("w:p", "get", Node("ping")).get("type") == "result"


def test_stanzas_that_need_no_answer_get_none(mine):
    session = Node("unified_session", {"id": "1"})
    mine.until_pong()
    mine.unread.clear()

    mine.send(Node("presence"))
    mine.send(Node("ib", {}, [session]))
    mine.send(Node("ib", {}, [Node("offline_batch", {"count": "100"})]))
    mine.send(Node("chatstate", {"to": Jid(BOB)}, [Node("composing")]))

    assert mine.until_pong() == []
    assert mine.ask("w:stats", "set", Node("add", {"t": "1"})).get("type") == "result"


def test_an_id_of_digits_and_dots_comes_back_as_it_was(mine):
    mine.send(Node("iq", {"id": "44717.20913-4", "xmlns": "w:p", "type": "get"}))

    assert mine.wait("iq", id="44717.20913-4").get("type") == "result"


def test_a_new_device_is_told_of_few_prekeys_and_on_request_the_truth(world, mine):
    count = mine.ask("encrypt", "get", Node("count")).child("count")
    world.claim_prekeys(count=0)
    truth = mine.ask("encrypt", "get", Node("count")).child("count")

    assert (count.get("value"), truth.get("value")) == ("1", "0")


def test_the_server_says_how_many_prekeys_are_left(mine):
    upload_prekeys(mine, 7)

    assert mine.ask("encrypt", "get", Node("count")).child("count").get("value") == "7"


def test_the_digest_describes_the_keys_that_were_uploaded(mine):
    assert mine.ask("encrypt", "get", Node("digest")).get("type") == "error"
    upload_prekeys(mine, 3)

    digest = mine.ask("encrypt", "get", Node("digest")).child("digest")

    assert [one.tag for one in digest.children] == [
        *("registration", "type", "identity", "skey", "list", "hash"),
    ]
    assert digest.child("identity").bytes == mine.signal.identity.public
    assert [int.from_bytes(id.bytes) for id in digest.child("list").children] == [1, 2, 3]


def test_a_signed_prekey_may_be_rotated(device, mine):
    *_, signed = bundle_children(device(BOB).signal.bundle(one_time=False))
    upload_prekeys(mine, 1)

    answer = mine.ask("encrypt", "set", Node("rotate", {}, [signed]))

    assert answer.get("type") == "result"
    digest = mine.ask("encrypt", "get", Node("digest")).child("digest")
    assert digest.child("skey", "value").bytes == signed.child("value").bytes


def test_small_questions_have_answers(mine):
    props = mine.ask("abt", "get", Node("props", {"protocol": "1"}))
    blocked = mine.ask("blocklist", "get")

    assert props.child("props") is not None
    assert blocked.child("list").children == []


def test_privacy_settings_let_read_receipts_be_sent(mine):
    privacy = mine.ask("privacy", "get", Node("privacy")).children[0]

    settings = {one.get("name"): one.get("value") for one in privacy.children}
    assert settings["readreceipts"] == "all"


def test_an_empty_queue_has_an_end_too(mine):
    word = mine.wait("ib", lambda ib: ib.child("offline") is not None)

    assert word.child("offline").get("count") == "0"


def test_the_queue_waits_for_the_device_to_be_active_and_is_numbered(world, mine):
    upload_prekeys(mine, 9)
    mine.acknowledge_all()
    mine.close()
    world.wait_online(phone=ALICE, on=False)
    ids = [world.write(phone=BOB, to=ALICE, text=f"number {number}") for number in range(2)]

    mine.log_in(active=False)
    before = [one for one in mine.until_pong() if one.tag == "message"]
    mine.ask("passive", "set", Node("active"))

    preview = mine.wait("ib", lambda ib: ib.child("offline_preview") is not None)
    got = [mine.wait("message", id=id) for id in ids]
    end = mine.wait("ib", lambda ib: ib.child("offline") is not None)
    assert before == []
    assert preview.children[0].get("message") == "2"
    assert [one.get("offline") for one in got] == ["0", "1"]
    assert end.children[0].get("count") == "2"


def test_each_device_has_a_queue_of_its_own(world, device, mine):
    other = device(ALICE)
    for one in (mine, other):
        upload_prekeys(one, 5)
    mine.close()
    world.wait_seen(tag="iq", account=ALICE, attrs={"xmlns": "passive"}, count=2)

    id = world.write(phone=BOB, to=ALICE, text="to both")

    assert other.wait("message", id=id).get("offline") == ""
    assert mine.log_in().wait("message", id=id).get("offline") != ""


def test_a_new_device_gets_the_key_of_the_app_state_and_a_history(mine):
    first, second = (mine.wait("message", category="peer") for _ in range(2))

    key, note = (read(mine, one).protocolMessage for one in (first, second))

    assert first.jid("from") == Jid(mine.lid, LID)
    assert key.type == e2e.ProtocolMessage.APP_STATE_SYNC_KEY_SHARE
    assert note.type == e2e.ProtocolMessage.HISTORY_SYNC_NOTIFICATION
    inline = note.historySyncNotification.initialHistBootstrapInlinePayload
    told = history.HistorySync.FromString(zlib.decompress(inline))
    assert told.syncType == history.HistorySync.INITIAL_BOOTSTRAP


def test_a_client_is_logged_out_before_it_is_told_so(world, mine):
    assert log_out(mine).get("type") == "result"

    assert world.person(phone=ALICE)["devices"] == []


def test_a_client_that_does_not_wait_for_the_answer_is_logged_out_all_the_same(world, mine):
    removal = Node("remove-companion-device", {"jid": mine.jid, "reason": "user_initiated"})
    iq = {"id": "1", "xmlns": "md", "type": "set", "to": Jid("")}

    mine.send(Node("iq", {**iq}, [removal]))
    mine.close()

    world.wait_online(phone=ALICE, on=False)
    world.wait_seen(tag="iq", account=ALICE, id="1", from_client=True)
    assert world.person(phone=ALICE)["devices"] == []


def test_a_device_with_another_key_is_refused(world, mine):
    mine.close()
    with ScriptedClient(world) as thief:
        thief.phone, thief.number = mine.phone, mine.number

        thief.shake_hands(thief.login_payload())

        assert thief.wait("failure").get("reason") == "401"


def test_nobody_asks_before_the_login(world):
    with ScriptedClient(world) as stranger:
        stranger.shake_hands(stranger.pairing_payload())

        answer = stranger.ask("w:g2", "get", Node("participating"))

    assert answer.child("error").get("code") == "401"
