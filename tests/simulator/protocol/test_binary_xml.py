"""Binary XML comes back as it was, and nothing but DecodeError comes of anything else."""

import random
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wasched.adapters.whatsapp.protocol import binary_tags as tags
from wasched.adapters.whatsapp.protocol.binary_decoder import MAX_DEPTH
from wasched.adapters.whatsapp.protocol.binary_xml import DecodeError, Node, decode, encode
from wasched.adapters.whatsapp.protocol.jid import GROUP, INTEROP, LID, MESSENGER, PN, SERVER, Jid
from wasched.adapters.whatsapp.protocol.tokens import TokenTable, load_tokens

MUTATED_FRAMES = 100_000


@pytest.fixture(scope="module")
def tokens() -> TokenTable:
    return load_tokens()


texts = st.one_of(
    st.deferred(lambda: st.sampled_from(load_tokens().single[1:] + load_tokens().double[0])),
    st.text("0123456789-.", min_size=1, max_size=130),
    st.text("0123456789ABCDEF", min_size=1, max_size=130),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=300),
)
users = st.text("0123456789", min_size=1, max_size=15)
small = st.integers(0, 255)
large = st.integers(0, 65535)
jids = st.one_of(
    st.builds(Jid, users, st.sampled_from([PN, LID]), small),
    st.builds(Jid, users, st.sampled_from(["hosted", "hosted.lid"]), small),
    st.builds(Jid, users, st.just(MESSENGER), large),
    st.builds(Jid, users, st.just(INTEROP), large, large),
    st.builds(Jid, users, st.sampled_from([GROUP, "c.us", "newsletter", "bot"])),
    st.sampled_from([SERVER, Jid("status", "broadcast")]),
)
attributes = st.dictionaries(texts, st.one_of(texts, jids), max_size=6)
contents = st.one_of(st.none(), st.binary(max_size=600))


def nodes(children):
    return st.builds(
        Node, texts, attributes, st.one_of(contents, st.lists(children, min_size=1, max_size=4))
    )


stanzas = st.recursive(st.builds(Node, texts, attributes, contents), nodes, max_leaves=12)


@settings(max_examples=150, deadline=None)
@given(stanza=stanzas)
def test_a_stanza_comes_back_as_it_was(stanza):
    tokens = load_tokens()

    assert decode(encode(stanza, tokens), tokens) == stanza
    assert decode(encode(stanza), tokens) == stanza


@settings(max_examples=50, deadline=None)
@given(stanza=stanzas)
def test_a_compressed_stanza_comes_back_as_it_was(stanza):
    tokens = load_tokens()
    compressed = bytes([tags.COMPRESSED]) + zlib.compress(encode(stanza, tokens)[1:])

    assert decode(compressed, tokens) == stanza


def test_whatsmeow_s_form_of_a_ping_is_written(tokens):
    ping = Node("iq", {"id": "12.34-5", "xmlns": "w:p", "type": "get", "to": SERVER})
    single = tokens.single.index

    assert encode(ping, tokens) == bytes(
        (
            *(0, tags.LIST_8, 9, single("iq")),
            *(single("id"), tags.NIBBLE_8, 0x84, 0x12, 0xB3, 0x4A, 0x5F),
            *(single("xmlns"), *tokens.code("w:p")),
            *(single("type"), single("get")),
            *(single("to"), tags.JID_PAIR, tags.LIST_EMPTY, single(PN)),
        )
    )


@pytest.mark.parametrize("size", [0, 255, 256, (1 << 20) - 1, 1 << 20])
def test_content_of_every_length_class_comes_back(size, tokens):
    stanza = Node("enc", {}, bytes(size))

    assert decode(encode(stanza, tokens), tokens) == stanza


@pytest.mark.parametrize("count", [1, 255, 256, 1000])
def test_any_number_of_children_comes_back(count, tokens):
    stanza = Node("list", {}, [Node("to", {"jid": Jid(str(n), LID)}) for n in range(count)])

    assert decode(encode(stanza, tokens), tokens) == stanza


def test_what_has_no_value_is_left_out(tokens):
    stanza = Node("receipt", {"id": "1", "type": None, "participant": "", "count": 7, "last": True})

    assert decode(encode(stanza, tokens), tokens).attrs == {"id": "1", "count": "7", "last": "true"}


def test_packed_digits_and_tokens_in_content_are_read(tokens):
    digits, word = Node("count", {}, "20240"), Node("id", {}, "message")

    assert decode(encode(digits, tokens), tokens).content == b"20240"
    assert decode(encode(word, tokens), tokens).content == b"message"


def test_a_device_number_too_large_for_its_form_is_refused(tokens):
    with pytest.raises(ValueError, match="range"):
        encode(Node("to", {"jid": Jid("1", PN, 256)}), tokens)


HOSTILE = {
    "nothing": b"",
    "only flags": b"\x00",
    "no list": b"\x00\x05",
    "an empty list": bytes([0, tags.LIST_8, 0]),
    "an unknown token": bytes([0, tags.LIST_8, 1, 240]),
    "the unused token": bytes([0, tags.LIST_8, 1, 0]),
    "a list as a tag": bytes([0, tags.LIST_8, 1, tags.LIST_8, 0]),
    "a length without end": bytes([0, tags.LIST_8, 1, tags.BINARY_32, 255, 255, 255, 255]),
    "attributes without end": bytes([0, tags.LIST_16, 255, 255, 5]),
    "an unknown domain": bytes([0, tags.LIST_8, 3, 5, 5, tags.AD_JID, 7, 0, 5]),
    "a messenger JID of elsewhere": bytes([0, tags.LIST_8, 3, 5, 5, tags.FB_JID, 5, 0, 0, 5]),
    "JIDs in JIDs": bytes([0, tags.LIST_8, 3, 5, 5]) + bytes([tags.JID_PAIR]) * 5000,
    "stanzas without end": b"\x00" + bytes([tags.LIST_8, 2, 5, tags.LIST_8, 1]) * 5000,
    "a string that is not UTF-8": bytes([0, tags.LIST_8, 1, tags.BINARY_8, 1, 255]),
    "a digit that is none": bytes([0, tags.LIST_8, 1, tags.NIBBLE_8, 1, 0xCC]),
    "half of nothing": bytes([0, tags.LIST_8, 1, tags.NIBBLE_8, 0x80]),
    "bytes behind the end": bytes([0, tags.LIST_8, 1, 5, 5]),
    "no compression": bytes([tags.COMPRESSED]) + b"plain",
    "a bomb": bytes([tags.COMPRESSED]) + zlib.compress(bytes(64 << 20)),
    "half a compressed frame": bytes([tags.COMPRESSED]) + zlib.compress(bytes(100))[:-6],
}


@pytest.mark.parametrize("frame", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_frame_is_refused(frame, tokens):
    with pytest.raises(DecodeError):
        decode(frame, tokens)


def test_nesting_is_read_to_its_limit_and_no_deeper(tokens):
    stanza = Node("iq")
    for _ in range(MAX_DEPTH):
        stanza = Node("iq", {}, [stanza])

    assert decode(encode(stanza, tokens), tokens) == stanza
    with pytest.raises(DecodeError):
        decode(encode(Node("iq", {}, [stanza]), tokens), tokens)


def test_mutated_frames_give_a_stanza_or_a_decode_error(tokens):
    chance = random.Random(20261123)
    frames = [encode(stanza, tokens) for stanza in SAMPLES]
    decoded = 0

    for _ in range(MUTATED_FRAMES):
        try:
            decode(mutated(chance.choice(frames), chance), tokens)
            decoded += 1
        except DecodeError:
            continue

    assert 0 < decoded < MUTATED_FRAMES, "the mutations were all harmless or all fatal"


def mutated(frame: bytes, chance: random.Random) -> bytes:
    """The frame with one to four bytes altered, cut out, put in or cut off."""
    altered = bytearray(frame)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(altered) + 1)
        match chance.randrange(4):
            case 0 if at < len(altered):
                altered[at] = chance.randrange(256)
            case 1:
                altered.insert(at, chance.randrange(256))
            case 2:
                del altered[at : at + chance.randint(1, 8)]
            case 3:
                del altered[chance.randint(at, len(altered)) :]
    return bytes(altered)


SAMPLES = [
    Node("iq", {"id": "1.2-3", "type": "get", "to": SERVER, "xmlns": "w:p"}, [Node("ping")]),
    Node("presence"),
    Node("iq", {"type": "set", "to": SERVER}, [Node("list", {}, [Node("key", {}, b"k" * 32)] * 5)]),
    Node(
        "message",
        {"id": "3EB0C767D71D9A33A1D5", "to": Jid("100370623134272", LID), "type": "text"},
        [
            Node(
                "participants",
                {},
                [
                    Node(
                        "to",
                        {"jid": Jid("4915112345678", PN, device)},
                        [Node("enc", {}, b"e" * 99)],
                    )
                    for device in range(4)
                ],
            ),
            Node("device-identity", {}, b"signed"),
        ],
    ),
    Node("receipt", {"from": Jid("120363021033254949", GROUP), "t": 1700000000}, b"\x00\xff"),
    Node("call", {"from": Jid("1", MESSENGER, 300), "to": Jid("2", INTEROP, 300, 4)}),
]
