"""Lines between the worker and a link's process."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reasons import said
from wasched.adapters.whatsapp import wire
from wasched.domain.content import ContactCard, Location, Media, Poll, Text
from wasched.domain.link import (
    CaughtUp,
    CodeShown,
    Identified,
    IncomingSeen,
    LinkState,
    PhoneHeard,
    QrShown,
    ReceiptKind,
    ReceiptSeen,
    StateChanged,
)
from wasched.domain.reasons import NO_REASON, Code, because
from wasched.services.ports import CheckedNumber, GroupSeen, Outgoing, SendReceipt

NOW = datetime(2026, 3, 12, 17, 42, 1, 234567, tzinfo=UTC)
SAID = [
    wire.Asked(
        3, wire.SendCommand(Outgoing("4915100000002@s.whatsapp.net", Text("Grüße\n"), b"\x00" * 32))
    ),
    wire.Asked(4, wire.SendCommand(Outgoing("1@g.us", Text("@1", ("1@lid",)), b"s" * 32))),
    wire.Asked(
        5, wire.SendCommand(Outgoing("1@lid", Media("image", "/a b.png", "image/png"), b"s" * 32))
    ),
    wire.Asked(6, wire.SendCommand(Outgoing("1@lid", Poll("When?", ("Now", "Later")), b"s" * 32))),
    wire.Asked(7, wire.SendCommand(Outgoing("1@lid", Location(52, 13.4), b"s" * 32))),
    wire.Asked(
        8, wire.SendCommand(Outgoing("1@lid", ContactCard("Ada", "+4915100000002"), b"s" * 32))
    ),
    wire.Asked(9, wire.CheckNumbers(("+4915100000002",))),
    wire.Asked(10, wire.StopCommand()),
    wire.Answered(3, SendReceipt("3EB0", NOW)),
    wire.Answered(
        9, wire.Numbers((CheckedNumber("+4915100000002", True, "4@s.whatsapp.net", None),))
    ),
    wire.Answered(11, wire.Groups((GroupSeen("1@g.us", "Choir", 12, is_admin=True),))),
    wire.Refused(3, because(Code.CANCELLED_BY, user="Zoë", at=NOW), not_now=True, until=NOW),
    wire.Refused(3, said("Who knows."), left=None),
    wire.Refused(3, NO_REASON, permanent=True, left=True, code=463),
    wire.Holding(),
    wire.CouldNotRead(3),
    wire.Happened(StateChanged(LinkState.BANNED, NOW, "101", until=NOW)),
    wire.Happened(QrShown("https://wa.me/…", NOW, NOW)),
    wire.Happened(CodeShown("ABCD-1234", "+4915100000001", NOW, NOW)),
    wire.Happened(Identified("1@s.whatsapp.net", None, "Ada", NOW)),
    wire.Happened(ReceiptSeen(("A", "B"), ReceiptKind.READ, "1@lid", "1@lid", NOW)),
    wire.Happened(PhoneHeard(NOW)),
    wire.Happened(CaughtUp(NOW)),
    wire.Happened(IncomingSeen("A", "1@lid", "1@lid", "stop", NOW)),
]


@pytest.mark.parametrize("said", SAID, ids=str)
def test_what_is_said_is_what_is_heard(said: wire.Said) -> None:
    assert wire.decode_line(wire.encode_line(said)) == said


@given(st.text())
def test_any_text_stays_one_line_of_ascii(body: str) -> None:
    said = wire.Asked(1, wire.SendCommand(Outgoing("1@lid", Text(body), b"s" * 32)))

    line = wire.encode_line(said)

    assert line.count(b"\n") == 1
    assert line.isascii()
    assert wire.decode_line(line) == said


def test_states_come_back_as_themselves_not_as_words() -> None:
    heard = wire.decode_line(wire.encode_line(wire.Happened(StateChanged(LinkState.REPLACED, NOW))))

    assert isinstance(heard, wire.Happened)
    assert isinstance(heard.event, StateChanged)
    assert heard.event.state is LinkState.REPLACED


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"Press Ctrl+C to exit\n",
        b"[]\n",
        b'{"type":"Nonsense"}\n',
        b'{"type":"Asked","number":"3","ask":{"type":"Ping"}}\n',
        b'{"type":"Asked","number":3}\n',
        b'{"type":"Asked","number":3,"ask":{"type":"Handed","message_id":"A","at":"x"}}\n',
        b'{"type":"Happened","event":{"type":"StateChanged","state":"happy","at":"2026-03-12"}}\n',
    ],
)
def test_a_line_of_another_kind_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError):
        wire.decode_line(line)
