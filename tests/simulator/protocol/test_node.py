"""A stanza answers questions about itself."""

from wasched.adapters.whatsapp.protocol.binary_xml import Node
from wasched.adapters.whatsapp.protocol.jid import LID, Jid

ITEMS = Node("list", {}, [Node("item", {"n": "1"}), Node("item", {"n": "2"}, b"two")])
STANZA = Node(
    "iq",
    {"id": "7", "from": Jid("49151", LID, 3), "to": "49152@lid", "t": 12, "absent": None},
    [ITEMS, Node("end")],
)


def test_children_are_found_by_their_path():
    assert STANZA.child("list", "item") == Node("item", {"n": "1"})
    assert STANZA.child("list", "none") is None
    assert STANZA.child("end", "item") is None
    assert [item.get("n") for item in ITEMS.all("item")] == ["1", "2"]


def test_attributes_are_read_as_text_or_as_jids():
    assert STANZA.get("t") == "12"
    assert STANZA.get("absent") == ""
    assert STANZA.get("missing", "set") == "set"
    assert STANZA.jid("from") == Jid("49151", LID, 3)
    assert STANZA.jid("to") == Jid("49152", LID)
    assert STANZA.jid("missing") is None


def test_content_is_bytes_or_children():
    assert Node("a", {}, "text").bytes == b"text"
    assert Node("a", {}, b"text").children == []
    assert STANZA.bytes == b""


def test_a_copy_may_be_altered():
    copy = STANZA.copy()
    copy.attrs["id"] = "8"
    copy.children[0].children[0].attrs["n"] = "3"

    assert STANZA.get("id") == "7"
    assert ITEMS.children[0].get("n") == "1"


def test_a_trace_shows_it_as_xml():
    shown = str(ITEMS)

    assert shown == '<list><item n="1"/><item n="2">two</item></list>'
    assert str(Node("enc", {}, bytes(300))) == "<enc>[300 bytes]</enc>"
    assert "<!-- 3 more -->" in str(Node("list", {}, [Node("i")] * 9))


def test_jids_are_written_and_read():
    for text in ("49151@s.whatsapp.net", "49151:7@lid", "120363@g.us", "s.whatsapp.net"):
        assert str(Jid.parse(text)) == text
    assert Jid("49151", LID, 7).bare == Jid("49151", LID)
