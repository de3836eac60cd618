"""App state and files as any client may bring them."""

from __future__ import annotations

import http.client
import json
import ssl
from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import quote, urlsplit

import pytest

from tests.whatsapp_server.protocol.app_state import AppState, Mutation
from tests.whatsapp_server.protocol.media_crypto import MediaKind, encrypt_media
from tests.whatsapp_server.protocol.protobufs import e2e, server_sync, sync_action
from wasched.adapters.whatsapp.protocol.binary_xml import Node
from wasched.adapters.whatsapp.protocol.jid import Jid

from .conftest import ALICE, BOB, CAROL
from .correspondence import copy_for, read, write

NAMES, CHATS = "critical_unblock_low", "regular_low"


@pytest.fixture
def mine(device):
    """A scripted client of Alice's."""
    return device(ALICE)


@pytest.fixture
def state(mine):
    """The app state as the client has it, with the key that the phone gave it."""
    keys = read(mine, mine.wait("message", category="peer")).protocolMessage.appStateSyncKeyShare
    key = keys.keys[0]
    return AppState(key.keyData.keyData, key.keyID.keyID)


def archived(chat):
    """The record that a chat is archived."""
    value = sync_action.SyncActionValue()
    value.archiveChatAction.archived = True
    return Mutation(("archive", str(chat)), value)


def patch(state, mutation):
    """A patch that the client makes; the server gives it its number."""
    made = server_sync.SyncdPatch.FromString(state.write(CHATS, [mutation], datetime.now(UTC)))
    made.ClearField("version")
    return Node("patch", {}, made.SerializeToString())


def sync(client, version, *children, name=CHATS):
    """Synchronise a collection; the server's <collection>."""
    attrs = {"name": name, "version": str(version), "return_snapshot": "false"}
    asked = Node("sync", {}, [Node("collection", {**attrs}, [*children])])
    answer = client.ask("w:sync:app:state", "set", asked).child("sync", "collection")
    assert answer is not None
    return answer


def test_a_patch_is_numbered_and_kept(world, mine, state):
    answer = sync(mine, 0, patch(state, archived(Jid(BOB))))

    assert world.app_state(phone=ALICE, collection=CHATS) == [["archive", str(Jid(BOB))]]
    assert answer.get("version") == "1"
    (kept,) = sync(mine, 0).child("patches").children
    assert server_sync.SyncdPatch.FromString(kept.bytes).version.version == 1


def test_the_other_devices_are_told_of_a_patch(device, mine, state):
    second = device(ALICE)
    mine.acknowledge_all()

    sync(mine, 0, patch(state, archived(Jid(BOB))))

    word = second.wait("notification", type="server_sync").child("collection")
    assert (word.get("name"), word.get("version")) == (CHATS, "1")
    assert not [one for one in mine.until_pong() if one.get("type") == "server_sync"]


def test_a_device_that_is_behind_gets_the_patches_it_misses(mine, state):
    first = patch(state, archived(Jid(BOB)))
    sync(mine, 0, first)

    answer = sync(mine, 0, patch(state, archived(Jid(CAROL))))

    assert answer.get("type") == "error"
    assert answer.child("error").get("code") == "409"
    assert len(answer.child("patches").children) == 1


def test_a_device_that_has_everything_gets_nothing(mine):
    answer = sync(mine, 0, name="regular_high")

    assert (answer.get("version"), answer.children) == ("0", [])


def test_a_collection_without_a_name_is_refused(mine):
    """neonize 0.5.2 asks for one in send_app_state()."""
    asked = Node("sync", {}, [Node("collection", {"version": "0"})])

    answer = mine.ask("w:sync:app:state", "set", asked)

    assert answer.child("error").get("code") == "400"


def test_a_patch_with_a_wrong_mac_is_refused_and_a_problem(whatsapp, mine, state):
    damaged = patch(state, archived(Jid(BOB)))
    parsed = server_sync.SyncdPatch.FromString(damaged.bytes)
    parsed.snapshotMAC = bytes(32)

    answer = sync(mine, 0, Node("patch", {}, parsed.SerializeToString()))

    assert answer.child("error").get("code") == "400"
    (problem,) = whatsapp.problems()
    assert "snapshot MAC" in problem
    whatsapp.reset()


def test_names_in_the_address_book_are_one_patch_for_all_devices(world, mine):
    world.name_contacts(phone=ALICE, names={BOB: "Bob Baker", CAROL: "Carol Cook"})

    word = mine.wait("notification", type="server_sync").child("collection")
    (kept,) = sync(mine, 0, name=NAMES).child("patches").children
    assert (word.get("name"), word.get("version")) == (NAMES, "1")
    assert len(server_sync.SyncdPatch.FromString(kept.bytes).mutations) == 2


@pytest.fixture
def media(whatsapp, mine):
    """The media host as the client is told of it, and its certificate."""
    host = mine.ask("w:m", "set", Node("media_conn")).child("media_conn", "host")
    trusted = ssl.create_default_context(cafile=whatsapp.environment({})["SSL_CERT_FILE"])
    return host.get("hostname"), trusted


def request(media, method, path, body=b""):
    """Ask the media host: status and body."""
    host, trusted = media
    connection = http.client.HTTPSConnection(host, context=trusted, timeout=60)
    connection.request(method, path, body)
    answer = connection.getresponse()
    status, content = answer.status, answer.read()
    connection.close()
    return status, content


def upload_path(body, *, padding=True):
    """Where to upload a file to: its hash is part of the address."""
    token = urlsafe_b64encode(sha256(body).digest()).decode()
    token = quote(token) if padding else token.rstrip("=")
    return f"/mms/image/{token}?auth=sim&token={token}"


def test_the_media_host_is_on_loopback_with_its_port(media):
    name, _, port = media[0].partition(":")

    assert name == "127.0.0.1" and port.isdigit()


@pytest.mark.parametrize("padding", [True, False])
def test_an_upload_token_may_have_its_padding_or_not(media, padding):
    status, answer = request(media, "POST", upload_path(b"sealed", padding=padding), b"sealed")

    placed = json.loads(answer)
    assert status == 200
    assert urlsplit(placed["url"]).netloc == media[0]
    assert "?" in placed["direct_path"]
    found = request(media, "GET", placed["direct_path"] + "&hash=abc&mms-type=image")
    assert found == (200, b"sealed")


def test_an_upload_under_another_files_hash_is_refused(media):
    status, _ = request(media, "POST", upload_path(b"one"), b"another")

    assert status == 400


def test_a_file_that_nobody_uploaded_is_not_found(media):
    assert request(media, "GET", "/v/t62.sim/nothing?ccb=1")[0] == 404


def test_a_file_that_differs_from_its_message_is_noticed(world, media, mine):
    """The recipient checks the hash of what it decrypts."""
    file = encrypt_media(b"a picture", MediaKind.IMAGE)
    placed = json.loads(request(media, "POST", upload_path(file.body), file.body)[1])
    message = e2e.Message()
    picture = message.imageMessage
    picture.directPath, picture.mediaKey = placed["direct_path"], file.media_key
    picture.fileSHA256 = bytes(32)
    to = Jid.parse(world.person(phone=BOB)["lid"])

    id = write(mine, to, [copy_for(mine, to, message)]).get("id")

    world.wait_inbox(phone=BOB, id=id)
    with pytest.raises(Exception, match="another than its message says"):
        world.file(BOB, id)
