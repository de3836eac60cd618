"""App state written by the phone is accepted by a device with the same key, and nothing else is."""

from datetime import UTC, datetime

import pytest

from tests.whatsapp_server.protocol import lthash
from tests.whatsapp_server.protocol.app_state import (
    AppState,
    AppStateError,
    Mutation,
    contact,
    push_name,
)
from tests.whatsapp_server.protocol.protobufs import e2e, server_sync
from wasched.adapters.whatsapp.protocol.jid import LID, Jid

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CONTACTS = "critical_unblock_low"
BOB, CAROL = Jid("4915100000002"), Jid("4915100000003")


@pytest.fixture
def phone() -> AppState:
    return AppState()


@pytest.fixture
def device(phone) -> AppState:
    return AppState(phone.key, phone.key_id)


def names(state: AppState) -> list[str]:
    return [value.contactAction.fullName for value in state.values(CONTACTS).values()]


def test_a_device_follows_the_phone(phone, device):
    phone.write(CONTACTS, [contact(BOB, "Bob Baker", lid=Jid("77", LID))], NOW)
    phone.write(CONTACTS, [contact(CAROL, "Carol"), contact(BOB, "Robert Baker")], NOW)

    for patch in phone.patches_after(CONTACTS, 0):
        device.accept(CONTACTS, patch)

    assert device.version(CONTACTS) == 2
    assert sorted(names(device)) == ["Carol", "Robert Baker"]
    assert device.patches_after(CONTACTS, 1) == phone.patches_after(CONTACTS, 1)


def test_a_device_s_own_patch_is_numbered(phone, device):
    phone.write(CONTACTS, [contact(BOB, "Bob")], NOW)
    device.accept(CONTACTS, phone.patches_after(CONTACTS, 0)[0])
    patch = server_sync.SyncdPatch.FromString(
        device.write(CONTACTS, [contact(CAROL, "Carol")], NOW)
    )
    patch.ClearField("version")

    stored = phone.accept(CONTACTS, patch.SerializeToString())

    assert server_sync.SyncdPatch.FromString(stored).version.version == 2
    assert sorted(names(phone)) == ["Bob", "Carol"]


def test_what_is_removed_is_gone(phone, device):
    bob = contact(BOB, "Bob")
    patches = [
        phone.write(CONTACTS, [bob], NOW),
        phone.write(CONTACTS, [Mutation(bob.index, bob.value, remove=True)], NOW),
    ]

    for patch in patches:
        device.accept(CONTACTS, patch)

    assert names(device) == names(phone) == []


def test_collections_are_apart(phone):
    phone.write(CONTACTS, [contact(BOB, "Bob")], NOW)

    assert phone.version("critical_block") == 0
    phone.write("critical_block", [push_name("Alice")], NOW)
    assert phone.values("critical_block")[("setting_pushName",)].pushNameSetting.name == "Alice"


def test_a_patch_that_skips_one_is_refused(phone, device):
    phone.write(CONTACTS, [contact(BOB, "Bob")], NOW)
    second = phone.write(CONTACTS, [contact(CAROL, "Carol")], NOW)

    with pytest.raises(AppStateError, match="snapshot MAC"):
        device.accept(CONTACTS, second)
    assert device.version(CONTACTS) == 0


@pytest.mark.parametrize("known_id", [True, False])
def test_a_patch_with_another_key_is_refused(phone, known_id):
    stranger = AppState(key_id=phone.key_id if known_id else None)
    patch = stranger.write(CONTACTS, [contact(BOB, "Bob")], NOW)

    with pytest.raises(AppStateError, match="MAC" if known_id else "unknown key"):
        phone.accept(CONTACTS, patch)


@pytest.mark.parametrize("place", ["value", "index", "snapshot", "patch"])
def test_an_altered_patch_is_refused(phone, device, place):
    patch = server_sync.SyncdPatch.FromString(phone.write(CONTACTS, [contact(BOB, "Bob")], NOW))
    record = patch.mutations[0].record
    match place:
        case "value":
            record.value.blob = b"\x00" + record.value.blob[1:]
        case "index":
            record.index.blob = bytes(32)
        case "snapshot":
            patch.snapshotMAC = bytes(32)
        case "patch":
            patch.patchMAC = bytes(32)

    with pytest.raises(AppStateError):
        device.accept(CONTACTS, patch.SerializeToString())


def test_junk_is_refused(device):
    with pytest.raises(AppStateError):
        device.accept(CONTACTS, b"\xff\xff\xff")


def test_the_key_is_shared_in_a_message(phone):
    message = e2e.Message.FromString(phone.key_share(NOW).SerializeToString())

    (share,) = message.protocolMessage.appStateSyncKeyShare.keys
    assert (share.keyID.keyID, share.keyData.keyData) == (phone.key_id, phone.key)


def test_the_hash_of_a_set_does_not_depend_on_order():
    one, two = b"1" * 32, b"2" * 32

    forth = lthash.add(lthash.add(lthash.EMPTY, one), two)
    back = lthash.add(lthash.add(lthash.EMPTY, two), one)

    assert forth == back != lthash.EMPTY
    assert lthash.remove(lthash.remove(forth, one), two) == lthash.EMPTY
